"""The tiles of sums that a writer makes: of each site what no tile of the second level holds yet.

It is read when a site posts for the first time in this process, 255 tiles and 255 rows at most, and stays
until somebody else writes or a batch fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, select

from ledger.materials.state.log_rows import POSTING_SUM, by_site, row_of_sums
from ledger.materials.state.posting_sums import Sums, add_sums
from ledger.materials.state.records import Posting
from ledger.materials.state.sum_tiles import HIGH, LOW, Edge, SumTile
from ledger.store import tables as t
from ledger.store.postings import postings_of, sum_tiles_of
from schemas.ids import PartyId


class SumEdges:
    """The edges of sites, and the tiles that the open batch made full."""

    def __init__(self, connection: Callable[[], Connection]) -> None:
        """Bind to where the tiles are."""
        self._connection = connection
        self._edges: dict[PartyId, Edge] = {}
        self._full: list[tuple[PartyId, SumTile]] = []

    def note(self, index: int, postings: Sequence[Posting]) -> None:
        """Take what an entry posted."""
        for site, rows in by_site(postings).items():
            self._full += ((site, tile) for tile in self._edge(site).add(index, rows))

    def sums_of(self, site: PartyId) -> Sums:
        """Return the sums of all postings of a site, those of the open batch among them."""
        total = self._edge(site).sums()
        for tile in (*sum_tiles_of(self._connection(), site, HIGH), *(tile for at, tile in self._full if at == site)):
            if tile.level == HIGH:
                add_sums(total, tile.sums)
        return total

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the rows of the tiles that the batch made full."""
        return (row_of_sums(site, tile) for site, tile in self._full)

    def settle(self) -> None:
        """The batch is written."""
        self._full = []

    def forget(self) -> None:
        """Trust only the tables."""
        self._edges, self._full = {}, []

    def _edge(self, site: PartyId) -> Edge:
        edge = self._edges.get(site)
        if edge is None:
            edge, tiles = _read_edge(self._connection(), site)
            self._edges[site] = edge
            self._full += ((site, tile) for tile in tiles)
        return edge


def _read_edge(connection: Connection, site: PartyId) -> tuple[Edge, list[SumTile]]:
    """Return what no tile of the second level holds, and the tiles that are missing: of rows older than the table."""
    tile = t.table_at(POSTING_SUM)
    last = select(tile.c.number, tile.c.stop).where(tile.c.site == site, tile.c.level == HIGH)
    found = connection.execute(last.order_by(tile.c.number.desc()).limit(1)).first()
    high, stop = (found[0] + 1, found[1]) if found else (0, 0)
    low = sum_tiles_of(connection, site, LOW, since=stop)
    since = low[-1].stop if low else stop
    edge = Edge([one.sums for one in low], high)
    rows = groupby(postings_of(connection, site, since=since), key=attrgetter("index"))
    return edge, [tile for index, group in rows for tile in edge.add(index, list(group))]
