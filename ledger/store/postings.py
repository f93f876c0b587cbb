"""Reading the postings of a site, and their sums, with a cost that follows the answer.

Sums are read from the tiles of the second level, those of the first behind them, and the rows behind
those. The rows of a month are looked for only under tiles that have it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, select

from ledger.materials.state import codec
from ledger.materials.state.log_rows import POSTING, POSTING_SUM
from ledger.materials.state.posting_sums import Sums, add_postings, add_sums, read_sums
from ledger.materials.state.records import Posting
from ledger.materials.state.sum_tiles import HIGH, LOW, SumTile
from ledger.store import tables as t
from ledger.store.queries import streamed
from schemas.ids import PartyId
from schemas.months import Months


def postings_of(
    connection: Connection, site: PartyId | None = None, *, since: int = 0, until: int | None = None
) -> Iterator[Posting]:
    """Yield the postings of a site, or of all by site, in the order of their entries, streamed.

    Args:
        connection: where they are.
        site: whose.
        since: the first entry whose postings are wanted.
        until: the entry before which they are.
    """
    posting, entry = t.table_at(POSTING), t.EntryRow.__table__  # type: ignore[attr-defined]
    query = (
        select(posting.c.site, posting.c["index"], entry.c.statement_id, posting.c.body)
        .join(entry, entry.c["index"] == posting.c["index"])
        .order_by(posting.c.site, posting.c["index"])
    )
    if site is not None:
        query = query.where(posting.c.site == site)
    if since:
        query = query.where(posting.c["index"] >= since)
    if until is not None:
        query = query.where(posting.c["index"] < until)
    for at, index, statement, body in streamed(connection, query):
        yield from codec.read_postings(at, index, statement, body)


def sums_of(connection: Connection, site: PartyId, until: int | None = None) -> Sums:
    """Return the sums of a site's postings, of those before the entry ``until`` where one is given."""
    total: Sums = {}
    stop = 0
    for level in (HIGH, LOW):
        for tile in sum_tiles_of(connection, site, level, since=stop, until=until):
            add_sums(total, tile.sums)
            stop = tile.stop
    add_postings(total, postings_of(connection, site, since=stop, until=until))
    return total


def sum_tiles_of(
    connection: Connection, site: PartyId, level: int, *, since: int = 0, until: int | None = None
) -> list[SumTile]:
    """Return the tiles of a site and level, in order, that hold entries from ``since`` to before ``until`` alone."""
    tile = t.table_at(POSTING_SUM)
    query = select(tile.c.number, tile.c.stop, tile.c.body).where(tile.c.site == site, tile.c.level == level)
    query = query.where(tile.c.stop > since).order_by(tile.c.number)
    if until is not None:
        query = query.where(tile.c.stop <= until)
    return [SumTile(level, row[0], row[1], read_sums(row[2])) for row in connection.execute(query)]


def postings_in(
    connection: Connection, site: PartyId, months: Months, *, since: int = 0, until: int | None = None
) -> Iterator[Posting]:
    """Yield the postings of a site that count in some months, in the order of their entries."""
    for first, stop in _spans(connection, site, months, since, until):
        for row in postings_of(connection, site, since=first, until=stop):
            if months.first <= row.period <= months.last:
                yield row


def _spans(
    connection: Connection, site: PartyId, months: Months, since: int, until: int | None
) -> Iterator[tuple[int, int | None]]:
    """Yield spans of entries, from the first to before the second, outside of which nothing counts in the months."""
    first = since
    for high in sum_tiles_of(connection, site, HIGH, since=since, until=until):
        if _has(high.sums, months):
            for low in sum_tiles_of(connection, site, LOW, since=first, until=high.stop):
                if _has(low.sums, months):
                    yield first, low.stop
                first = low.stop
        first = high.stop
    for low in sum_tiles_of(connection, site, LOW, since=first, until=until):
        if _has(low.sums, months):
            yield first, low.stop
        first = low.stop
    yield first, until


def _has(sums: Iterable[tuple[str, str]], months: Months) -> bool:
    return any(months.first <= month <= months.last for month, _ in sums)
