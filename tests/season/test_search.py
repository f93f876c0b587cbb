"""The project's own search: in no random season do moves of the schemes make a lot look better unseen.

``make search`` plays 10,000 seasons; its last figures stand in ``docs/figures.md``.
"""

from __future__ import annotations

import pytest

from tests.season.search.holding import search
from tests.season.search.moves import MOVES, Move

BLOCK = 25


@pytest.mark.parametrize("first", range(0, 200, BLOCK))
def test_nothing_rises_unseen(first: int) -> None:
    """Not by 0.5 points from what is not recycled, not by 5 % within an origin; nor is an honest season accused."""
    found = [search(seed) for seed in range(first, first + BLOCK)]
    assert [row for row in found if row.faults] == []
    assert sum(row.rose > 0 for row in found) > BLOCK // 4


@pytest.mark.parametrize("one", MOVES, ids=lambda one: one.name)
def test_every_move_raises_something_somewhere(one: Move) -> None:
    """A move that never gets a lot beyond a limit searches nothing."""
    assert any(search(seed, one).rose for seed in range(40))
