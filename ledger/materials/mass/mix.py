"""A mix: milligrams per metal and origin, and the arithmetic on it.

Invariants: integers only; a function that returns a mix leaves out what has no mass, or
says that it does not; nothing is changed in place but by :func:`add_mix`.
"""

from __future__ import annotations

from collections.abc import Sequence

from schemas.codes import METALS, ORIGINS, Metal
from schemas.intake import Intake

Split = tuple[int, ...]
"""Milligrams per origin, in the order of :data:`schemas.codes.ORIGINS`."""

Mix = dict[Metal, Split]
"""Milligrams per metal and origin; a metal without mass is absent."""

NO_MASS: Split = (0,) * len(ORIGINS)
UNKNOWN = ORIGINS.index("unknown")


def split_of(masses: dict[Metal, int], origin: str) -> Mix:
    """Return a mix in which all mass is of one origin."""
    position = ORIGINS.index(origin)
    before, after = (0,) * position, (0,) * (len(ORIGINS) - position - 1)
    return {metal: (*before, mass, *after) for metal, mass in masses.items()}


def add_split(left: Split, right: Sequence[int]) -> Split:
    """Return the sum per origin."""
    return tuple(a + b for a, b in zip(left, right, strict=True))


def subtract_split(left: Split, right: Sequence[int]) -> Split:
    """Return the difference per origin."""
    return tuple(a - b for a, b in zip(left, right, strict=True))


def add_mix(total: Mix, part: Mix) -> None:
    """Add ``part`` into ``total`` in place."""
    for metal, split in part.items():
        total[metal] = add_split(total[metal], split) if metal in total else split


def content_of(mix: Mix) -> dict[Metal, int]:
    """Return milligrams per metal in the order of :data:`schemas.codes.METALS`."""
    return {metal: sum(mix[metal]) for metal in METALS if metal in mix}


def smaller(left: Mix, right: Mix) -> Mix:
    """Return the smaller mass per metal and origin."""
    both = {metal: tuple(map(min, split, right.get(metal, NO_MASS))) for metal, split in left.items()}
    return {metal: split for metal, split in both.items() if any(split)}


def larger(left: Mix, right: Mix) -> Mix:
    """Return the larger mass per metal and origin."""
    return {
        metal: tuple(map(max, left.get(metal, NO_MASS), right.get(metal, NO_MASS)))
        for metal in dict.fromkeys((*left, *right))
    }


def less(mix: Mix, part: Mix) -> Mix:
    """Return what is left of a mix without a part of it, never below zero."""
    rest = {
        metal: tuple(max(a - b, 0) for a, b in zip(split, part.get(metal, NO_MASS), strict=True))
        for metal, split in mix.items()
    }
    return {metal: split for metal, split in rest.items() if any(split)}


def negative(mix: Mix) -> Mix:
    """Return a mix with every mass below zero that was above it."""
    return {metal: subtract_split(NO_MASS, split) for metal, split in mix.items()}


def present(mix: Mix) -> Mix:
    """Return a mix without metals that have no mass."""
    return {metal: split for metal, split in mix.items() if any(split)}


def intake_mix(event: Intake) -> Mix:
    """Return the content that an intake states, by origin, in mg."""
    if event.origin_kg is None:
        return split_of(event.content_kg, event.origin or "unknown")
    mix: Mix = {}
    for metal, split in event.origin_kg.items():
        row = list(NO_MASS)
        for origin, mass in split.items():
            row[ORIGINS.index(origin)] = mass
        mix[metal] = tuple(row)
    return mix
