"""A mix: milligrams per metal and origin, and the arithmetic on it.

Invariants: integers only; a function that returns a mix leaves out what has no mass, or
says that it does not; nothing is changed in place but by :func:`add_mix`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from schemas.codes import CLAIMABLE_ORIGINS, METALS, ORIGINS, Metal, Origin
from schemas.intake import Intake

Split = tuple[int, ...]
"""Milligrams per origin, in the order of :data:`schemas.codes.ORIGINS`."""

Mix = dict[Metal, Split]
"""Milligrams per metal and origin; a metal without mass is absent."""

NO_MASS: Split = (0,) * len(ORIGINS)

_PLACES: Mapping[str, int] = {origin: place for place, origin in enumerate(ORIGINS)}
_CLAIMABLE = len(CLAIMABLE_ORIGINS)
_NOT_CLAIMABLE: Split = (0,) * (len(ORIGINS) - _CLAIMABLE)


def split_of(masses: dict[Metal, int], origin: str) -> Mix:
    """Return a mix in which all mass is of one origin."""
    position = _PLACES[origin]
    before, after = (0,) * position, (0,) * (len(ORIGINS) - position - 1)
    return {metal: (*before, mass, *after) for metal, mass in masses.items()}


def split_by(masses: Mapping[Origin, int]) -> Split:
    """Return the split of masses by origin, in mg; an origin that is not named has none.

    >>> split_by({"primary": 3, "battery_post_consumer": 5})
    (5, 0, 0, 0, 0, 3, 0)
    """
    return tuple(masses.get(origin, 0) for origin in ORIGINS)


def by_origin(split: Split) -> Iterator[tuple[Origin, int]]:
    """Yield each origin with its mass in mg, the empty ones too."""
    return zip(ORIGINS, split, strict=True)


def mass_of(split: Split, origins: Iterable[Origin]) -> int:
    """Return how much of a split is of these origins, in mg.

    >>> mass_of((5, 0, 0, 0, 0, 3, 1), ("battery_post_consumer", "unknown"))
    6
    """
    return sum(split[_PLACES[origin]] for origin in origins)


def claimable_mass(split: Sequence[int]) -> int:
    """Return how much of a split is of origins that can be claimed, in mg.

    >>> claimable_mass((5, 0, 2, 0, 0, 3, 1))
    7
    """
    return sum(split[:_CLAIMABLE])


def claimable_part(split: Split) -> Split:
    """Return a split with the mass of origins that can be claimed, and none of the others.

    >>> claimable_part((5, 0, 2, 0, 0, 3, 1))
    (5, 0, 2, 0, 0, 0, 0)
    """
    return (*split[:_CLAIMABLE], *_NOT_CLAIMABLE)


def not_claimable(split: Split) -> Origin | None:
    """Return the first origin with mass that can never be claimed, ``None`` where there is none.

    >>> not_claimable((5, 0, 2, 0, 0, 3, 1))
    'primary'
    """
    rest = zip(ORIGINS[_CLAIMABLE:], split[_CLAIMABLE:], strict=True)
    return next((origin for origin, mass in rest if mass), None)


def waste_of(mix: Mix) -> Mix:
    """Return the part of a mix that may be claimed."""
    return present({metal: claimable_part(split) for metal, split in mix.items()})


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
        mix[metal] = split_by(split)
    return mix
