"""What holds for every fold, however odd its events: conservation, no negative mass, sums of 1."""

from __future__ import annotations

from collections import Counter
from copy import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from schemas.refusal import RefusedError
from tests.season.dice import SEEDS, seasons
from tests.season.random_seasons import RandomSeason

STATE = ("lots", "runs", "shipments", "citations", "files", "findings")


@seasons(60)
@given(SEEDS, st.integers(min_value=1, max_value=80))
def test_odd_seasons_conserve_metal(seed: int, count: int) -> None:
    """Metal is conserved per origin and no mass is negative, after every event."""
    month = RandomSeason(seed)
    refused = month.fold.refusals(month.lines(count), after=month.fold.check)
    assert month.fold.index == count - len(refused)
    assert +month.fold.entered == +(month.fold.content_there() + month.fold.lost)


@seasons(60)
@given(SEEDS, st.integers(min_value=1, max_value=60))
def test_contributions_of_odd_seasons_add_up(seed: int, count: int) -> None:
    """The contributions to every metal of every lot are positive and exactly 1 in sum."""
    month = RandomSeason(seed)
    refused = month.fold.refusals(month.lines(count))
    assert month.fold.index == count - len(refused)
    month.fold.check_contributions()


@seasons(30)
@given(SEEDS)
def test_a_refusal_changes_nothing(seed: int) -> None:
    """After a refusal the book is as it was before."""
    month = RandomSeason(seed)
    for line in month.lines(60):
        before: dict[str, Any] = {name: copy(getattr(month.fold, name)) for name in STATE}
        try:
            month.fold.take(line)
        except RefusedError:
            assert before == {name: getattr(month.fold, name) for name in STATE}


def test_odd_seasons_reach_the_corners() -> None:
    """Most lines are taken, and those that are not meet nearly every refusal there is."""
    taken: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    for seed in range(60):
        month = RandomSeason(seed)
        for line in month.lines(80):
            try:
                month.fold.take(line)
                taken[line["event"]["type"]] += 1
            except RefusedError as refusal:
                refused[refusal.code] += 1
    assert set(taken) == {"intake", "transformation", "dispatch", "acceptance"}
    assert taken.total() > 2 * refused.total()
    assert set(refused) >= {
        "lot-exists", "content-exceeds-net", "duplicate-document", "insufficient-mass", "lot-left", "lot-disputed",
        "lot-in-transit", "net-gain", "gain-exceeds-tolerance", "unknown-receiver", "already-settled",
    }  # fmt: skip
