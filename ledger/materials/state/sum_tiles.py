"""Tiles of sums: each 256 rows of a site's postings make one, and 256 of those one more.

A row is what one entry moved at a site. Invariants: the tiles of a level follow one another without a gap; a
tile never changes, as rows are only added; whoever folds the same entries makes the same tiles. So the
sums at any size are those of at most a few tiles of the second level for each million rows, 255 of the first
and 255 rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ledger.materials.state.posting_sums import Sums, add_postings, add_sums, sums_of
from ledger.materials.state.records import Posting

WIDTH: Final = 256
"""Rows of a tile of the first level, and tiles of the first level of one of the second."""

LOW: Final = 1
HIGH: Final = 2
"""The levels; rows are level 0."""


class SumTile(NamedTuple):
    """The sums of the rows of a site from the stop of the tile before to its own.

    ``stop`` is the index behind that of its last row's entry.
    """

    level: int
    number: int
    stop: int
    sums: Sums


class Edge:
    """What no tile of the second level holds yet of a site's rows, and what it becomes."""

    def __init__(self, low: Sequence[Sums] = (), high: int = 0) -> None:
        """Go on behind ``high`` tiles of the second level and, after them, some of the first."""
        self._high = high
        self._low = list(low)
        self._rows: list[Sequence[Posting]] = []

    def add(self, index: int, rows: Sequence[Posting]) -> Iterator[SumTile]:
        """Take the row of an entry; yield the tiles that it makes full."""
        self._rows.append(rows)
        if len(self._rows) == WIDTH:
            sums = sums_of(row for rows in self._rows for row in rows)
            yield SumTile(LOW, self._high * WIDTH + len(self._low), index + 1, sums)
            self._rows = []
            self._low.append(sums)
        if len(self._low) == WIDTH:
            total: Sums = {}
            for sums in self._low:
                add_sums(total, sums)
            yield SumTile(HIGH, self._high, index + 1, total)
            self._low = []
            self._high += 1

    def sums(self) -> Sums:
        """Return the sums of what no tile of the second level holds."""
        total: Sums = {}
        for sums in self._low:
            add_sums(total, sums)
        for rows in self._rows:
            add_postings(total, rows)
        return total
