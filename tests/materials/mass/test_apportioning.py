"""Apportioning, worked out by hand (contract, section 5)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.materials.mass.apportioning import apportion

MASS = st.integers(min_value=0, max_value=10**16)


@pytest.mark.parametrize(
    ("amount", "weights", "shares"),
    [
        (10, [1, 1, 1], [4, 3, 3]),  # all remainders 1/3: the first gets the milligram
        (11, [1, 1, 1], [4, 4, 3]),
        (7, [3, 5, 2], [2, 4, 1]),  # 2.1, 3.5, 1.4: one left, to the .5
        (1, [1, 2, 2], [0, 1, 0]),  # 0.2, 0.4, 0.4: the tie goes to the first of them
        (5, [0, 5, 0, 5], [0, 3, 0, 2]),  # 2.5, 2.5
        (3, [0, 0], [0, 0]),
        (0, [4, 5], [0, 0]),
        (9, [9], [9]),
        (20, [1, 2], [7, 13]),  # more than the weights: 6.67, 13.33
    ],
)
def test_apportioning_by_hand(amount: int, weights: list[int], shares: list[int]) -> None:
    """Floors, then one milligram each to the largest remainders, ties in the given order."""
    assert apportion(amount, weights) == shares


@given(MASS, st.lists(MASS, max_size=9))
def test_shares_add_up_and_are_within_one_milligram(amount: int, weights: list[int]) -> None:
    """The shares add up to the amount, and none is a milligram or more from its exact part."""
    shares = apportion(amount, weights)
    total = sum(weights)
    assert sum(shares) == (amount if total else 0)
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share * total - amount * weight) < max(total, 1)


@given(MASS, st.lists(MASS, max_size=9))
def test_a_part_never_exceeds_what_is_there(amount: int, weights: list[int]) -> None:
    """Splitting no more than the weights hold takes from none more than it has."""
    amount = min(amount, sum(weights))
    assert all(0 <= share <= weight for share, weight in zip(apportion(amount, weights), weights, strict=True))
