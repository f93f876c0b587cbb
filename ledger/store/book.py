"""The book of the sequencer: the projections behind caches, read in whole batches.

Within a batch all changes stay in memory; :meth:`StoreBook.flush` writes them with the
entries. After a failure, or when another process has written, all is read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any, ClassVar

from sqlalchemy import Connection, select

from ledger.admission.book import Book, Registrations, SignedEntry, covered_before
from ledger.admission.judge import Accepted, Entered
from ledger.admission.state import Facts, LedgerLogs, LedgerState, read_facts
from ledger.admission.statements import Statement
from ledger.log.chains import Head
from ledger.log.envelopes import parse_entry, statement_id
from ledger.materials.state.credit_account import Account
from ledger.materials.state.credit_months import whole
from ledger.materials.state.kind import Asking, Kind, kinds_of
from ledger.materials.state.log import logs_of
from ledger.materials.state.log_rows import POSTING_SUM
from ledger.materials.state.posting_sums import Sums
from ledger.materials.state.records import Lot, Posting
from ledger.store import tables as t
from ledger.store.cache import CachedTable
from ledger.store.finding_log import FindingLog
from ledger.store.history import StoredHistory
from ledger.store.postings import postings_of
from ledger.store.queries import (
    account_of,
    among,
    chunks,
    entries_of,
    findings_of,
    latest,
    named_by,
    stock_of,
    values_of,
)
from ledger.store.sum_edges import SumEdges
from ledger.store.writes import upsert_values, write_findings, write_log, write_rows
from schemas.errors import LedgerStateError
from schemas.findings import Finding
from schemas.ids import KeyId, LotId, PartyId, StatementId


class StoreBook(Book):
    """A :class:`ledger.admission.book.Book` over one open transaction at a time."""

    list_of_logs: ClassVar[type] = LedgerLogs

    def __init__(self) -> None:
        """Begin with empty caches."""
        self._connection: Connection | None = None
        self._logs = [log for log in logs_of(self.list_of_logs) if log.rows is not None]
        self.facts: Facts | None = None
        self.size = 0
        self._values: dict[str, CachedTable[Any, Any]] = {
            kind.name: CachedTable(partial(self._load_values, kind), kind.kept) for kind in kinds_of(type(self))
        }
        self.statements: CachedTable[StatementId, int] = CachedTable(self._load_statements, 0)
        self.history: StoredHistory = StoredHistory(
            self._open, lambda: self.size, lambda: self.facts, lambda: self._batch, self._named
        )
        self._chains: dict[PartyId, set[str]] = {}
        self._findings = FindingLog()
        self._sums = SumEdges(self._open)
        self._added: dict[str, list[tuple[int, Sequence[Any]]]] = {log.name: [] for log in self._logs}
        self._batch: dict[int, Statement] = {}

    def open_kind(self, kind: Kind[Any, Any], /) -> CachedTable[Any, Any]:
        """Return the cached table of a kind of state."""
        return self._values[kind.name]

    def begin(self, connection: Connection) -> None:
        """Work in this transaction; forget all where another writer was here."""
        self._connection = connection
        state = latest(connection)
        size = state[0] if state else 0
        if size != self.size:
            self.forget()
            self.size = size
        if self.facts is None and state:
            self.facts = read_facts(state[3])

    def begin_anew(self, connection: Connection) -> None:
        """Work from entry 0, over projections that were dropped."""
        self.forget()
        self._connection = connection

    def resume(self, connection: Connection) -> None:
        """Go on in a transaction."""
        self._connection = connection

    def prefetch(self, statements: Iterable[Statement]) -> None:
        """Read what a batch will look up, a query a table, not one a statement."""
        batch = list(statements)
        self.statements.prefetch(statement.id for statement in batch)
        self._values["heads"].prefetch((s.header.issuer, s.header.chain) for s in batch)
        asking = [
            Asking(s.header.issuer, s.header.occurred_at, s.event, [one.keyid for one in s.envelope.signatures])
            for s in batch
        ]
        for kind in kinds_of(type(self)):
            if kind.asked is not None:
                self._values[kind.name].prefetch(chain.from_iterable(map(kind.asked, asking)))

    def enter(self, accepted: Accepted) -> Entered:
        """Let an accepted statement into the batch, as the next entry."""
        statement, index, effects = accepted.statement, self.size, accepted.effects.entered_at(self.size)
        header = statement.header
        for name, rows in effects.changes():
            self._values[name].put(rows)
        if isinstance(effects, Registrations):
            self.facts = effects.facts or self.facts
        self._findings.renew(effects.anew, index, self._batch)
        self._findings.note(index, effects.findings)
        for log in self._logs:
            if items := log.added_by(effects, statement.event):
                self._added[log.name].append((index, items))
        self._sums.note(index, effects.postings)
        self._values["heads"].put({(header.issuer, header.chain): Head(header.sequence, statement.id)})
        self.statements.put({statement.id: index})
        if header.issuer in self._chains:
            self._chains[header.issuer].add(header.chain)
        self._batch[index] = statement
        self.size = index + 1
        return Entered(statement, index, effects)

    def flush(self) -> None:
        """Write all changes of the batch into the open transaction."""
        connection = self._open()
        for kind in kinds_of(type(self)):
            upsert_values(connection, kind, self._values[kind.name].changed)
        for log in self._logs:
            write_log(connection, log, self._added[log.name])
        write_rows(connection, t.table_at(POSTING_SUM), self._sums.rows())
        write_findings(connection, self._findings.rows(), self._findings.ended)

    def settle(self) -> None:
        """The transaction is durable."""
        for table in self._tables():
            table.settle()
        self._sums.settle()
        self._drop_batch()
        self._connection = None

    def forget(self) -> None:
        """The transaction failed, or somebody else wrote: trust only the tables."""
        for table in self._tables():
            table.forget()
        self._sums.forget()
        self._drop_batch()
        self._chains = {}
        self.facts = None
        self.size = 0

    def findings_of(self, index: int) -> tuple[Finding, ...]:
        """Return the findings that judging the entry ``index`` gave."""
        found = self._findings.of(index)
        if found is None:
            return () if index in self._batch else findings_of(self._open(), index)
        return found

    def account_of(self, site: PartyId) -> Account:
        """Return the mass-balance account of a site, all its months together."""
        changed = self._values["accounts"].changed
        return whole(
            ((key, row) for key, row in sorted(changed.items()) if key.site == site),
            whole(account_of(self._open(), site)),
        )

    def open_lots(self, holder: PartyId) -> list[Lot]:
        """Return the lots with mass that a party has, by id."""
        found = {lot.id: lot for lot in stock_of(self._open(), LedgerState.lots, holder)}
        for name, lot in self._values["lots"].changed.items():
            found.pop(name, None)
            if lot.holder == holder and lot.in_stock and lot.net:
                found[name] = lot
        return [found[name] for name in sorted(found)]

    def lots_named_by(self, party: PartyId) -> list[Lot]:
        """Return the lots that a party gave their ids, by id."""
        found = {lot.id: lot for lot in named_by(self._open(), LedgerState.lots, party)}
        changed = self._values["lots"].changed
        found.update((name, lot) for name, lot in changed.items() if name.startswith(f"{party}-"))
        return [found[name] for name in sorted(found)]

    def postings_of(self, site: PartyId) -> Iterator[Posting]:
        """Yield the postings of a site, in the order of their entries."""
        yield from postings_of(self._open(), site)
        yield from (row for _, rows in self._added["postings"] for row in rows if row.site == site)

    def sums_of(self, site: PartyId) -> Sums:
        """Return the sums of the postings of a site, by month and kind."""
        return self._sums.sums_of(site)

    def chain_count(self, issuer: PartyId) -> int:
        """Return how many chains a party has begun."""
        if issuer not in self._chains:
            head = t.table_of(LedgerState.heads)
            query = select(head.c.chain).where(head.c.issuer == issuer)
            known = {row[0] for row in self._open().execute(query)}
            known.update(chain for party, chain in self._values["heads"].changed if party == issuer)
            self._chains[issuer] = known
        return len(self._chains[issuer])

    def party_under(self, prefix: str) -> PartyId | None:
        """Return a party whose id begins with ``prefix``, if there is one."""
        fresh = next((name for name in sorted(self._values["parties"].changed) if name.startswith(prefix)), None)
        name = t.table_of(LedgerState.parties).c.id
        query = select(name).where(name.startswith(prefix, autoescape=True)).order_by(name).limit(1)
        return fresh or self._open().execute(query).scalar()

    def signed_since(self, keyid: KeyId, time: str) -> list[SignedEntry]:
        """Return the entries signed by a key and not covered by a checkpoint before ``time``."""
        connection = self._open()
        kept = t.KeptCheckpointRow.__table__  # type: ignore[attr-defined]
        rows = connection.execute(select(kept.c.time, kept.c.size).where(kept.c.time < time))
        first = covered_before(time, [(row[0], row[1]) for row in rows], self.size)
        key = self.keys.get(keyid)
        # A rebuild has the batch, and all that came later, in the table too.
        stop = min(self._batch, default=self.size)
        nobody = PartyId("")
        issuer = key.participant if key else nobody
        stored = (
            (index, body, self.history.event_of(index, nobody, event).named_lots())
            for index, body, event in entries_of(connection, issuer, first, stop)
        )
        fresh = ((index, statement.entry, statement.event.named_lots()) for index, statement in self._batch.items())
        found: list[SignedEntry] = []
        for index, body, lots in (*stored, *fresh):
            envelope = parse_entry(body)
            if index >= first and any(signature.keyid == keyid for signature in envelope.signatures):
                found.append(SignedEntry(index, statement_id(envelope.payload), lots))
        return found

    def _drop_batch(self) -> None:
        self._findings = FindingLog()
        self._added, self._batch = {log.name: [] for log in self._logs}, {}

    def _named(self) -> Iterator[tuple[LotId, int]]:
        return ((lot, index) for index, lots in self._added["mentions"] for lot in lots)

    def _tables(self) -> tuple[CachedTable[Any, Any], ...]:
        return (*self._values.values(), self.statements)

    def _open(self) -> Connection:
        if self._connection is None:
            raise LedgerStateError("expected an open transaction, got none")
        return self._connection

    def _load_values(self, kind: Kind[Any, Any], keys: list[Any]) -> dict[Any, Any]:
        return values_of(self._open(), kind, keys)

    def _load_statements(self, ids: list[StatementId]) -> dict[StatementId, int]:
        table = t.EntryRow.__table__  # type: ignore[attr-defined]
        found: dict[StatementId, int] = {}
        for chunk in chunks(ids):
            # A rebuild has entries in the table that it has not folded yet.
            rows = self._open().execute(
                select(table.c.statement_id, table.c["index"]).where(
                    among(self._open(), table.c.statement_id, chunk), table.c["index"] < self.size
                )
            )
            found.update((row[0], row[1]) for row in rows)
        return found
