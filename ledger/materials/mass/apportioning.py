"""Apportioning: integer milligrams split without losing one (contract, section 5).

Invariants: the parts add up to the amount (or are all zero where no weight is), no
part is negative, no part of a lot's origins exceeds what the lot has of it.
"""

from __future__ import annotations

from collections.abc import Sequence


def apportion(amount: int, weights: Sequence[int]) -> list[int]:
    """Split ``amount`` milligrams by ``weights``, largest remainders first.

    The floor of each share is given out, then one milligram each to the largest
    remainders; ties go to the first in the given order. All zero where the weights
    add up to zero. (Hamilton's method, contract section 5.)

    >>> apportion(10, [1, 1, 1])
    [4, 3, 3]
    >>> apportion(7, [3, 0, 5])
    [3, 0, 4]
    >>> apportion(7, [0, 0])
    [0, 0]
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
