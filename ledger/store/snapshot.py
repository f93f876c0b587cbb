"""Reading the ledger as it stands at one tree size, in one transaction.

Everything a snapshot answers holds at :attr:`Snapshot.size`; whoever writes meanwhile
is not seen. What is large is streamed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, select

from ledger.admission.state import Facts, LedgerLogs, LedgerState, read_facts
from ledger.log.chains import Head
from ledger.log.merkle import CompactRange, inclusion_path
from ledger.log.tiles import TileId
from ledger.materials.state import codec
from ledger.materials.state.book import LoggedEvent
from ledger.materials.state.citations import FREED
from ledger.materials.state.credit_account import Account
from ledger.materials.state.credit_months import whole
from ledger.materials.state.kind import Kind
from ledger.materials.state.log_rows import FINDING
from ledger.materials.state.posting_sums import Sums
from ledger.materials.state.products import Span
from ledger.materials.state.records import Lot, Posting
from ledger.store import tables as t
from ledger.store.history import StoredHistory
from ledger.store.postings import postings_in, postings_of, sums_of
from ledger.store.queries import (
    account_of,
    chunks,
    entries_naming,
    findings_on,
    latest,
    products_like,
    stock_of,
    streamed,
)
from ledger.store.stored_table import StoredTable
from ledger.store.tree import nodes, read_tile
from schemas.codes import CustodyModel
from schemas.errors import NotFoundError
from schemas.findings import Finding
from schemas.ids import LotId, PartyId, StatementId
from schemas.months import Months
from schemas.rules.version import Rules


def _table(row: type[Any]) -> Any:  # noqa: ANN401
    return row.__table__


class Snapshot(LedgerState):
    """The ledger at one size, read only."""

    def __init__(self, connection: Connection) -> None:
        """Fix the size for all that follows."""
        self._connection = connection
        state = latest(connection)
        self.size: int = state[0] if state else 0
        self.time: str | None = state[1] if state else None
        self._note: bytes = bytes(state[2]) if state else b""
        self.facts: Facts | None = read_facts(state[3]) if state else None
        self._nodes = nodes(connection, self.size)
        self.history = StoredHistory(lambda: connection, lambda: self.size, lambda: self.facts)

    def open_kind(self, kind: Kind[Any, Any], /) -> StoredTable[Any, Any]:
        """Return the values of a kind of state, read from its table."""
        return StoredTable(self._connection, kind)

    @property
    def rules(self) -> Rules:
        """The version of the rules in force at its size."""
        return self.history.rules_at(self.size)

    def checkpoint(self) -> bytes:
        """Return the signed note that covers exactly :attr:`size` entries."""
        return self._note

    def entry(self, index: int) -> bytes:
        """Return the bytes of an entry.

        Raises:
            NotFoundError: if the tree has no such entry.
        """
        return self._body(t.EntryRow, index)

    def event(self, index: int) -> bytes:
        """Return the event document beside an entry.

        Raises:
            NotFoundError: if the tree has no such entry.
        """
        return self._body(t.EventRow, index)

    def entries(self, start: int, stop: int) -> Iterator[tuple[int, bytes, bytes]]:
        """Yield index, entry and event of ``start`` to ``stop``, in order, streamed."""
        entry, event = _table(t.EntryRow), _table(t.EventRow)
        query = select(entry.c["index"], entry.c.body, event.c.body).join(event, event.c["index"] == entry.c["index"])
        query = query.where(entry.c["index"] >= start, entry.c["index"] < min(stop, self.size))
        query = query.order_by(entry.c["index"])
        for row in streamed(self._connection, query):
            yield row[0], bytes(row[1]), bytes(row[2])

    def some_entries(self, indexes: Iterable[int]) -> Iterator[tuple[int, bytes, bytes]]:
        """Yield index, entry and event of the given indexes, ascending."""
        entry, event = _table(t.EntryRow), _table(t.EventRow)
        for chunk in chunks(sorted(set(indexes))):
            query = (
                select(entry.c["index"], entry.c.body, event.c.body)
                .join(event, event.c["index"] == entry.c["index"])
                .where(entry.c["index"].in_(chunk))
                .order_by(entry.c["index"])
            )
            for row in self._connection.execute(query):
                yield row[0], bytes(row[1]), bytes(row[2])

    def entries_naming(self, name: str) -> list[int]:
        """Return the indexes of the entries that may name a document's number, a file or a supplier, ascending."""
        return entries_naming(self._connection, name, self.size)

    def index_of(self, statement_id: StatementId) -> int | None:
        """Return the index of a statement, or ``None``."""
        entry = _table(t.EntryRow)
        query = select(entry.c["index"]).where(entry.c.statement_id == statement_id)
        index: int | None = self._connection.execute(query).scalar()
        return index

    def statement_id(self, index: int) -> StatementId:
        """Return the statement id of an entry.

        Raises:
            NotFoundError: if the tree has no such entry.
        """
        entry = _table(t.EntryRow)
        query = select(entry.c.statement_id).where(entry.c["index"] == index)
        found: StatementId | None = self._connection.execute(query).scalar()
        if found is None:
            raise NotFoundError("entry", str(index))
        return found

    def tile(self, tile: TileId) -> bytes:
        """Return a hash tile or entry bundle of this tree.

        Raises:
            NotFoundError: if this tree has no such tile.
        """
        return read_tile(self._connection, tile, self.size)

    def path(self, index: int) -> list[bytes]:
        """Return the RFC 6962 inclusion path of an entry at :attr:`size`."""
        if not 0 <= index < self.size:
            raise NotFoundError("entry", str(index))
        return inclusion_path(index, self.size, self._nodes)

    def root_at(self, size: int) -> bytes:
        """Return the root that the tree had at an earlier size."""
        return CompactRange.load(size, self._nodes).root()

    def page_of_lots(self, after: str | None, limit: int) -> list[Lot]:
        """Return at most ``limit`` lots by id, those behind ``after``."""
        lot = t.table_of(LedgerState.lots)
        query = select(lot.c.body).where(lot.c.id > (after or "")).order_by(lot.c.id).limit(limit)
        return [codec.read_lot(row[0]) for row in self._connection.execute(query)]

    def heads_of(self, party: PartyId) -> dict[str, Head]:
        """Return the last statement of each chain of a party."""
        head = t.table_of(LedgerState.heads)
        rows = self._connection.execute(select(head).where(head.c.issuer == party).order_by(head.c.chain))
        return {row.chain: Head(row.sequence, row.statement_id) for row in rows}

    def statements_under(self, ref: str) -> list[StatementId]:
        """Return the statements that have a ref, by issuer and type of event."""
        used = t.table_of(LedgerState.refs)
        query = select(used.c.statement_id).where(used.c.ref == ref, used.c.statement_id != FREED)
        return [StatementId(row[0]) for row in self._connection.execute(query.order_by(used.c.issuer, used.c.type))]

    def findings(self, lot: LotId, at: int | None = None) -> list[Finding]:
        """Return the findings on a lot, by entry, now or as they were at a tree size."""
        return findings_on(self._connection, (lot,), at)

    def weighty_findings_on(self, lots: Iterable[LotId], at: int | None = None) -> list[Finding]:
        """Return the findings from ``medium`` on that are on one of the lots, each once, by entry, now or at a size."""
        return findings_on(self._connection, lots, at, weighty=True)

    def all_findings(self) -> Iterator[Finding]:
        """Yield every finding in the order in which it was found, streamed."""
        finding = t.table_at(FINDING)
        query = select(finding.c.body).where(finding.c.ended.is_(None))
        for row in streamed(self._connection, query.order_by(finding.c["index"], finding.c.number)):
            yield codec.read_finding(row[0])

    def readable_events(self) -> Iterator[LoggedEvent]:
        """Yield every entry about materials that can be read, in order, streamed."""
        return self.history.readable_events()

    def mentions(self, lots: Iterable[LotId]) -> list[int]:
        """Return the indexes of the entries that name one of the lots, ascending."""
        return self.history.naming(lots)

    def account_of(self, site: PartyId) -> Account:
        """Return the mass-balance account of a site, all its months together."""
        return whole(account_of(self._connection, site))

    def open_lots(self, holder: PartyId) -> list[Lot]:
        """Return the lots with mass that a party has, by id."""
        return stock_of(self._connection, LedgerState.lots, holder)

    def custody_of(self, site: PartyId, size: int) -> CustodyModel | None:
        """Return the weakest model of all that a site had at a tree size, ``None`` where it never had anything."""
        table = t.table_of(LedgerLogs.custodies)
        query = select(table.c.model).where(table.c.site == site, table.c["index"] < size)
        found: CustodyModel | None = self._connection.execute(query.order_by(table.c["index"].desc()).limit(1)).scalar()
        return found

    def products_like(self, spans: Iterable[Span], before: int | None = None) -> list[LotId]:
        """Return the lots that were stated as products within one of these masses, by entries before a size, by id."""
        return products_like(self._connection, spans, self.size if before is None else before)

    def postings_of(self, site: PartyId) -> Iterator[Posting]:
        """Yield the postings of a site, in the order of their entries, streamed."""
        return postings_of(self._connection, site)

    def postings_in(
        self, site: PartyId, months: Months, *, since: int = 0, until: int | None = None
    ) -> Iterator[Posting]:
        """Yield the postings of a site that count in some months, in the order of their entries, streamed."""
        return postings_in(self._connection, site, months, since=since, until=until)

    def sums_of(self, site: PartyId, until: int | None = None) -> Sums:
        """Return the sums of a site's postings by month and kind, of those before an entry where one is given."""
        return sums_of(self._connection, site, until)

    def all_postings(self) -> Iterator[Posting]:
        """Yield every posting by site and entry, streamed."""
        return postings_of(self._connection)

    def kept_checkpoints(self) -> Iterator[tuple[str, int, bytes]]:
        """Yield time, size and note of the kept checkpoints, by size."""
        kept = _table(t.KeptCheckpointRow)
        for row in streamed(self._connection, select(kept).where(kept.c.size <= self.size).order_by(kept.c.size)):
            yield row.time, row.size, bytes(row.note)

    def size_by(self, time: str) -> int | None:
        """Return the size of the last kept checkpoint up to a time, ``None`` where there is none."""
        if self.time is not None and self.time <= time:
            return self.size
        kept = _table(t.KeptCheckpointRow)
        query = select(kept.c.size).where(kept.c.time <= time, kept.c.size <= self.size)
        size: int | None = self._connection.execute(query.order_by(kept.c.size.desc()).limit(1)).scalar()
        return size

    def first_time(self) -> str | None:
        """Return the time of the first checkpoint."""
        kept = _table(t.KeptCheckpointRow)
        time: str | None = self._connection.execute(select(kept.c.time).order_by(kept.c.size).limit(1)).scalar()
        return time

    def disclosures(self, statement_id: StatementId) -> list[str]:
        """Return the sealed facts of a statement that are here and were not erased."""
        table = _table(t.DisclosureRow)
        query = select(table.c.text).where(table.c.statement_id == statement_id, table.c.text.is_not(None))
        return [row[0] for row in self._connection.execute(query.order_by(table.c.digest))]

    def party_entries(self) -> list[int]:
        """Return the indexes of the genesis, participant, key and rules entries, ascending."""
        table = t.table_of(LedgerLogs.party_entries)
        return [row[0] for row in self._connection.execute(select(table.c["index"]).order_by(table.c["index"]))]

    def _body(self, row: type[Any], index: int) -> bytes:
        table = _table(row)
        found = self._connection.execute(select(table.c.body).where(table.c["index"] == index)).scalar()
        if found is None:
            raise NotFoundError("entry", str(index))
        return bytes(found)
