"""The book of the sequencer: the projections behind caches, read in whole batches.

Within a batch all changes stay in memory; :meth:`StoreBook.flush` writes them with the
entries. After a failure, or when another process has written, all is read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, select

from ledger.admission.book import Facts, KeyRecord, Registrations, SignedEntry, covered_before
from ledger.admission.statements import Statement
from ledger.log.chains import Head
from ledger.log.envelopes import parse_entry, statement_id
from ledger.materials.state.agreement_terms import Terms
from ledger.materials.state.book import Effects
from ledger.materials.state.citations import CitationUse, FileUse
from ledger.materials.state.credit_account import Account
from ledger.materials.state.records import Attested, Closed, Lot, Posting, Run, Shipment, Standing
from ledger.store import accounting_codec as accounts
from ledger.store import codec
from ledger.store import tables as t
from ledger.store.cache import CachedTable
from ledger.store.finding_log import FindingLog
from ledger.store.history import StoredHistory
from ledger.store.queries import among, bodies, chunks, column, entries_of, findings_of, latest, postings_of, stock_of
from ledger.store.references import references
from ledger.store.writes import (
    upsert_bodies,
    upsert_heads,
    upsert_lots,
    write_findings,
    write_mentions,
    write_postings,
    write_rows,
)
from schemas.documents import Citation
from schemas.errors import LedgerStateError
from schemas.events import PartyEvent
from schemas.findings import Finding
from schemas.party import Party

_LOTS_KEPT = 50_000
_OTHERS_KEPT = 10_000


class StoreBook:
    """A :class:`ledger.admission.book.Book` over one open transaction at a time."""

    def __init__(self) -> None:
        """Begin with empty caches."""
        self._connection: Connection | None = None
        self.facts: Facts | None = None
        self.size = 0
        self.lots: CachedTable[str, Lot] = self._table(t.LotRow, codec.read_lot, _LOTS_KEPT)
        self.runs: CachedTable[str, Run] = self._table(t.RunRow, codec.read_run, _OTHERS_KEPT)
        self.shipments: CachedTable[str, Shipment] = self._table(t.ShipmentRow, codec.read_shipment, _OTHERS_KEPT)
        self.parties: CachedTable[str, Party] = self._table(t.PartyRow, codec.read_party, _OTHERS_KEPT)
        self.keys: CachedTable[str, KeyRecord] = self._table(t.KeyRow, codec.read_key, _OTHERS_KEPT, "keyid")
        self.files: CachedTable[str, FileUse] = self._table(t.FileRow, codec.read_file, _OTHERS_KEPT)
        self.citations: CachedTable[Citation, CitationUse] = CachedTable(self._load_citations, _OTHERS_KEPT)
        self.heads: CachedTable[tuple[str, str], Head] = CachedTable(self._load_heads, _OTHERS_KEPT)
        self.statements: CachedTable[str, int] = CachedTable(self._load_statements, 0)
        self.agreements: CachedTable[str, Terms] = self._table(t.AgreementRow, accounts.read_terms, _OTHERS_KEPT)
        self.attested: CachedTable[str, tuple[Attested, ...]] = self._table(t.AttestedRow, accounts.read_attested, 0)
        self.standing: CachedTable[str, Standing] = self._table(t.StandingRow, accounts.read_standing, 0)
        self.periods: CachedTable[str, Closed] = self._table(t.PeriodRow, accounts.read_closed, _OTHERS_KEPT)
        self.accounts: CachedTable[str, Account] = self._table(t.AccountRow, accounts.read_account, _OTHERS_KEPT)
        self.history = StoredHistory(
            self._open, lambda: self.size, lambda: self.facts, lambda: self._batch, lambda: self._mentions
        )
        self._chains: dict[str, set[str]] = {}
        self._findings = FindingLog()
        self._postings: list[Posting] = []
        self._mentions: list[tuple[str, int]] = []
        self._batch: dict[int, Statement] = {}

    def begin(self, connection: Connection) -> None:
        """Work in this transaction; forget all where another writer was here."""
        self._connection = connection
        state = latest(connection)
        size = state[0] if state else 0
        if size != self.size:
            self.forget()
            self.size = size
        if self.facts is None and state:
            self.facts = codec.read_facts(state[3])

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
        self.heads.prefetch((s.header.issuer, s.header.chain) for s in batch)
        self.parties.prefetch(issuers := {s.header.issuer for s in batch})
        self.periods.prefetch(issuers)
        self.keys.prefetch({signature.keyid for s in batch for signature in s.envelope.signatures})
        self.lots.prefetch(lot for s in batch for lot in s.event.named_lots())
        runs, shipments, citations, files = references(batch)
        self.runs.prefetch(runs)
        self.shipments.prefetch(shipments)
        self.citations.prefetch(citations)
        self.files.prefetch(files)

    def enter(self, statement: Statement, index: int, effects: Effects) -> None:
        """Let an accepted statement into the batch."""
        header = statement.header
        self.lots.changed.update(effects.lots)
        self.runs.changed.update(effects.runs)
        self.shipments.changed.update(effects.shipments)
        self.citations.changed.update(effects.citations)
        self.files.changed.update(effects.files)
        if effects.is_unusual:
            self._enter_unusual(effects, index)
        if isinstance(effects, Registrations):
            self.parties.put(effects.parties)
            self.keys.put(effects.keys)
            self.facts = effects.facts or self.facts
        self._findings.note(index, effects.findings)
        self._postings.extend(effects.postings)
        named = statement.event.named_lots()
        if effects.mentions:
            named = tuple(dict.fromkeys((*named, *effects.mentions)))
        self._mentions.extend([(lot, index) for lot in named])
        self.heads.put({(header.issuer, header.chain): Head(header.sequence, statement.id)})
        self.statements.put({statement.id: index})
        if header.issuer in self._chains:
            self._chains[header.issuer].add(header.chain)
        self._batch[index] = statement
        self.size = index + 1

    def _enter_unusual(self, effects: Effects, index: int) -> None:
        self.agreements.put(effects.agreements)
        self.attested.put(effects.attested)
        self.standing.put(effects.standing)
        self.periods.put(effects.periods)
        self.accounts.put(effects.accounts)
        self._findings.renew(effects.anew, index, self._batch)

    def flush(self) -> None:
        """Write all changes of the batch into the open transaction."""
        upsert_lots(connection := self._open(), self.lots.changed)
        self._flush_bodies(connection)
        keys = {key: codec.write_key(value) for key, value in self.keys.changed.items()}
        upsert_bodies(connection, t.KeyRow, keys, "keyid")
        citations = {codec.citation_key(key): codec.write_citation(use) for key, use in self.citations.changed.items()}
        upsert_bodies(connection, t.CitationRow, citations)
        upsert_heads(connection, self.heads.changed)
        write_mentions(connection, self._mentions)
        about_parties = [index for index, s in self._batch.items() if isinstance(s.event, PartyEvent)]
        write_rows(connection, t.PartyEntryRow, ({"index": index} for index in about_parties))
        write_postings(connection, self._postings)
        write_findings(connection, self._findings.rows(), self._findings.ended)

    def _flush_bodies(self, connection: Connection) -> None:
        plain: tuple[tuple[type[Any], CachedTable[str, Any], Callable[[Any], str]], ...] = (
            (t.RunRow, self.runs, codec.write_run),
            (t.ShipmentRow, self.shipments, codec.write_shipment),
            (t.PartyRow, self.parties, codec.write_party),
            (t.FileRow, self.files, codec.write_file),
            (t.AgreementRow, self.agreements, accounts.write_terms),
            (t.AttestedRow, self.attested, accounts.write_attested),
            (t.StandingRow, self.standing, accounts.write_standing),
            (t.PeriodRow, self.periods, accounts.write_closed),
            (t.AccountRow, self.accounts, accounts.write_account),
        )
        for row, table, write in plain:
            upsert_bodies(connection, row, {key: write(value) for key, value in table.changed.items()})

    def settle(self) -> None:
        """The transaction is durable."""
        for table in self._tables():
            table.settle()
        self._drop_batch()
        self._connection = None

    def forget(self) -> None:
        """The transaction failed, or somebody else wrote: trust only the tables."""
        for table in self._tables():
            table.forget()
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

    def open_lots(self, holder: str) -> list[Lot]:
        """Return the lots with mass that a party has, by id."""
        found = {lot.id: lot for lot in stock_of(self._open(), holder)}
        for name, lot in self.lots.changed.items():
            found.pop(name, None)
            if lot.holder == holder and lot.in_stock and lot.net:
                found[name] = lot
        return [found[name] for name in sorted(found)]

    def postings_of(self, site: str) -> Iterator[Posting]:
        """Yield the postings of a site, in the order of their entries."""
        yield from postings_of(self._open(), site)
        yield from (row for row in self._postings if row.site == site)

    def chain_count(self, issuer: str) -> int:
        """Return how many chains a party has begun."""
        if issuer not in self._chains:
            head = t.HeadRow
            query = select(column(head, "chain")).where(column(head, "issuer") == issuer)
            known = {row[0] for row in self._open().execute(query)}
            known.update(chain for party, chain in self.heads.changed if party == issuer)
            self._chains[issuer] = known
        return len(self._chains[issuer])

    def party_under(self, prefix: str) -> str | None:
        """Return a party whose id begins with ``prefix``, if there is one."""
        fresh = next((name for name in sorted(self.parties.changed) if name.startswith(prefix)), None)
        name = column(t.PartyRow, "id")
        query = select(name).where(name.startswith(prefix, autoescape=True)).order_by(name).limit(1)
        return fresh or self._open().execute(query).scalar()

    def signed_since(self, keyid: str, time: str) -> list[SignedEntry]:
        """Return the entries signed by a key and not covered by a checkpoint before ``time``."""
        connection = self._open()
        kept = t.KeptCheckpointRow.__table__  # type: ignore[attr-defined]
        rows = connection.execute(select(kept.c.time, kept.c.size).where(kept.c.time < time))
        first = covered_before(time, [(row[0], row[1]) for row in rows], self.size)
        key = self.keys.get(keyid)
        # A rebuild has the batch, and all that came later, in the table too.
        stop = min(self._batch, default=self.size)
        issuer = key.participant if key else ""
        stored = (
            (index, body, self.history.event_of(index, "", event).named_lots())
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
        self._postings, self._mentions, self._batch = [], [], {}

    def _tables(self) -> tuple[CachedTable[Any, Any], ...]:
        return (
            self.lots, self.runs, self.shipments, self.parties, self.keys, self.files, self.citations, self.heads,
            self.statements, self.agreements, self.attested, self.standing, self.periods, self.accounts,
        )  # fmt: skip

    def _open(self) -> Connection:
        if self._connection is None:
            raise LedgerStateError("expected an open transaction, got none")
        return self._connection

    def _table(self, row: type[Any], read: Any, limit: int, key: str = "id") -> CachedTable[str, Any]:  # noqa: ANN401
        return CachedTable(lambda names: bodies(self._open(), row, names, read, key), limit)

    def _load_citations(self, citations: list[Citation]) -> dict[Citation, CitationUse]:
        names = {codec.citation_key(citation): citation for citation in citations}
        found = bodies(self._open(), t.CitationRow, names, codec.read_citation)
        return {names[name]: use for name, use in found.items()}

    def _load_heads(self, chains: list[tuple[str, str]]) -> dict[tuple[str, str], Head]:
        table = t.HeadRow.__table__  # type: ignore[attr-defined]
        issuers = {issuer for issuer, _ in chains}
        rows = self._open().execute(select(table).where(table.c.issuer.in_(issuers)))
        return {(row.issuer, row.chain): Head(row.sequence, row.statement_id) for row in rows}

    def _load_statements(self, ids: list[str]) -> dict[str, int]:
        table = t.EntryRow.__table__  # type: ignore[attr-defined]
        found: dict[str, int] = {}
        for chunk in chunks(ids):
            # A rebuild has entries in the table that it has not folded yet.
            rows = self._open().execute(
                select(table.c.statement_id, table.c["index"]).where(
                    among(self._open(), table.c.statement_id, chunk), table.c["index"] < self.size
                )
            )
            found.update((row[0], row[1]) for row in rows)
        return found
