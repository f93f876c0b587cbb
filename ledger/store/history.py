"""The entries behind the book, read from the database, with those of the open batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Select, select

from ledger.admission.state import Facts
from ledger.admission.statements import Statement, read_statement
from ledger.log.envelopes import parse_entry
from ledger.log.statements import parse_header
from ledger.materials.state.book import LoggedEvent
from ledger.materials.state.log_rows import MENTION
from ledger.store import tables as t
from ledger.store.queries import among, chunks, streamed
from schemas.errors import LedgerError
from schemas.events import Event, parse_event, speaks_of_materials
from schemas.ids import LotId, PartyId, StatementId
from schemas.rules.version import Rules
from schemas.versions import newest


class StoredHistory:
    """A :class:`ledger.materials.state.book.History` over a connection.

    ``pending`` are statements that are not in the tables yet, by index, ``mentions``
    the lots that they name; ``size`` says how many entries count, as a rebuild has
    more of them in the tables than it has folded; ``facts`` under which version of
    the rules each of them is read.
    """

    def __init__(
        self,
        connection: Callable[[], Connection],
        size: Callable[[], int],
        facts: Callable[[], Facts | None],
        pending: Callable[[], Mapping[int, Statement]] = dict,
        mentions: Callable[[], Iterable[tuple[str, int]]] = tuple,
    ) -> None:
        """Bind to where the entries are."""
        self._connection = connection
        self._size = size
        self._facts = facts
        self._pending = pending
        self._mentions = mentions

    def naming(self, lots: Iterable[LotId]) -> list[int]:
        """Return the indexes of the entries that name one of the lots, ascending."""
        wanted = set(lots)
        mention = t.table_at(MENTION)
        found = {index for lot, index in self._mentions() if lot in wanted}
        for chunk in chunks(sorted(wanted)):
            rows = self._connection().execute(
                select(mention.c["index"]).where(among(self._connection(), mention.c.lot, chunk))
            )
            found.update(row[0] for row in rows)
        return sorted(found)

    def logged_events(self, indexes: Iterable[int]) -> list[LoggedEvent]:
        """Return the entries of these indexes that speak of materials, ascending."""
        wanted = sorted(set(indexes))
        pending = self._pending()
        found = [_pending_event(index, pending[index]) for index in wanted if index in pending]
        entry = t.EntryRow.__table__  # type: ignore[attr-defined]
        for chunk in chunks(index for index in wanted if index not in pending):
            query = _logged_query().where(entry.c["index"].in_(chunk))
            found.extend(self._stored_event(*row) for row in self._connection().execute(query))
        return sorted((logged for logged in found if logged is not None), key=lambda logged: logged.index)

    def said_by(self, issuer: PartyId) -> list[LoggedEvent]:
        """Return all that a party said of materials, in the order of the ledger."""
        entry = t.EntryRow.__table__  # type: ignore[attr-defined]
        rows = self._connection().execute(select(entry.c["index"]).where(entry.c.issuer == issuer))
        return self.logged_events(row[0] for row in rows)

    def readable_events(self) -> Iterator[LoggedEvent]:
        """Yield every entry about materials that can be read, in order, streamed.

        What was spoilt behind the ledger's back is left out, as whoever verifies leaves it out.
        """
        index = t.EntryRow.__table__.c["index"]  # type: ignore[attr-defined]
        query = _logged_query().where(index < self._size()).order_by(index)
        for at, _, _, entry, event in streamed(self._connection(), query):
            try:
                statement = read_statement(
                    parse_entry(bytes(entry)), bytes(event), self.rules_at(at), replaced=self._rules_of
                )
            except LedgerError:
                continue
            if (logged := _pending_event(at, statement)) is not None:
                yield logged

    def logged_of(self, statement: StatementId) -> LoggedEvent | None:
        """Return the entry of a statement."""
        for index, pending in self._pending().items():
            if pending.id == statement:
                return _pending_event(index, pending)
        entry = t.EntryRow.__table__  # type: ignore[attr-defined]
        query = select(entry.c["index"]).where(entry.c.statement_id == statement)
        found: int | None = self._connection().execute(query).scalar()
        return None if found is None or found >= self._size() else next(iter(self.logged_events((found,))), None)

    def event_of(self, index: int, issuer: PartyId, raw: bytes) -> Event:
        """Return the event of an entry, from its document, as the rules of its index read it."""
        return parse_event(raw, issuer, self.rules_at(index), self._rules_of)

    def _stored_event(
        self, index: int, statement: StatementId, issuer: PartyId, entry: bytes, raw: bytes
    ) -> LoggedEvent | None:
        event = self.event_of(index, issuer, bytes(raw))
        if not speaks_of_materials(event):
            return None
        header = parse_header(parse_entry(bytes(entry)).payload)
        return LoggedEvent(
            index=index,
            statement=statement,
            issuer=issuer,
            occurred_at=header.occurred_at,
            event=event,
            rules=self.rules_at(index),
        )

    def rules_at(self, index: int) -> Rules:
        """Return the version of the rules that holds at an index, or for the next entry."""
        facts = self._facts()
        return facts.rules.at(index) if facts is not None else newest()

    def _rules_of(self, statement: StatementId) -> Rules | None:
        facts = self._facts()
        if facts is None or not facts.rules.has_changed:
            return None
        pending = next((found.rules for found in self._pending().values() if found.id == statement), None)
        if pending is not None:
            return pending
        entry = t.EntryRow.__table__  # type: ignore[attr-defined]
        query = select(entry.c["index"]).where(entry.c.statement_id == statement)
        index: int | None = self._connection().execute(query).scalar()
        return None if index is None else facts.rules.at(index)


def _logged_query() -> Select[Any]:
    entry, event = t.EntryRow.__table__, t.EventRow.__table__  # type: ignore[attr-defined]
    columns = entry.c["index"], entry.c.statement_id, entry.c.issuer, entry.c.body, event.c.body
    return select(*columns).join(event, event.c["index"] == entry.c["index"])


def _pending_event(index: int, statement: Statement) -> LoggedEvent | None:
    event, header = statement.event, statement.header
    if not speaks_of_materials(event):
        return None
    return LoggedEvent(
        index=index,
        statement=statement.id,
        issuer=header.issuer,
        occurred_at=header.occurred_at,
        event=event,
        rules=statement.rules,
    )
