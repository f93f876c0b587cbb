"""Apportioning: integer milligrams split without losing one (contract, section 5).

Invariants: the parts add up to the amount (or are all zero where no weight is), no
part is negative, no part of a lot's origins exceeds what the lot has of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from schemas.codes import METALS, ORIGINS, Metal

Split = tuple[int, ...]
"""Milligrams per origin, in the order of :data:`schemas.codes.ORIGINS`."""

Mix = dict[Metal, Split]
"""Milligrams per metal and origin; a metal without mass is absent."""

NO_MASS: Split = (0,) * len(ORIGINS)
UNKNOWN = ORIGINS.index("unknown")


def apportion(amount: int, weights: Sequence[int]) -> list[int]:
    """Split ``amount`` milligrams by ``weights``, largest remainders first.

    The floor of each share is given out, then one milligram each to the largest
    remainders; ties go to the first in the given order. All zero where the weights
    add up to zero. (Hamilton's method, contract section 5.)
    """
    total = sum(weights)
    if total == 0:
        return [0] * len(weights)
    if amount == total:
        return list(weights)
    shares: list[int] = []
    remainders: list[int] = []
    for weight in weights:
        share, remainder = divmod(amount * weight, total)
        shares.append(share)
        remainders.append(remainder)
    left = amount - sum(shares)
    if left:
        # sorted() is stable: positions with equal remainders keep the given order.
        for position in sorted(range(len(weights)), key=lambda place: -remainders[place])[:left]:
            shares[position] += 1
    return shares


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
