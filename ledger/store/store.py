"""The store: one database, read in snapshots, written in one place at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Self

from sqlalchemy import Connection, update

from ledger.admission.state import Facts
from ledger.admission.statements import Statement
from ledger.log.merkle import CompactRange
from ledger.materials.state.row_text import write_text
from ledger.store import tables as t
from ledger.store.engines import migrate, open_engine, transaction
from ledger.store.kept_checkpoints import keep_first_of_minute
from ledger.store.queries import latest
from ledger.store.snapshot import Snapshot
from ledger.store.tree import TileBuilder, nodes
from ledger.store.writes import drop_projections, write_disclosures, write_latest, write_rows
from schemas.errors import LedgerStateError


class Writer:
    """One writing transaction; all of it becomes durable, or nothing."""

    def __init__(self, connection: Connection) -> None:
        """Bind to the open transaction."""
        self.connection = connection

    def state(self) -> tuple[int, str, bytes] | None:
        """Return size, time and note of the last checkpoint, or ``None`` where the ledger is empty."""
        found = latest(self.connection)
        return (found[0], found[1], bytes(found[2])) if found else None

    def root_at(self, size: int) -> bytes:
        """Return the root that the tree in the database has, or had, at ``size``."""
        return CompactRange.load(size, nodes(self.connection, size)).root()

    def edge(self, size: int) -> TileBuilder:
        """Return the right edge of the tree as the database has it."""
        return TileBuilder(size, nodes(self.connection, size))

    def append(self, first: int, statements: Sequence[Statement], tiles: Sequence[dict[str, Any]]) -> None:
        """Append entries, their events and sealed facts, and the tiles they fill."""
        numbered = list(enumerate(statements, first))
        entries = [
            {
                "index": index,
                "statement_id": statement.id,
                "issuer": statement.header.issuer,
                "chain": statement.header.chain,
                "sequence": statement.header.sequence,
                "body": statement.entry,
            }
            for index, statement in numbered
        ]
        write_rows(self.connection, t.EntryRow, entries)
        events = [{"index": index, "body": statement.event_bytes} for index, statement in numbered]
        write_rows(self.connection, t.EventRow, events)
        write_rows(self.connection, t.TileRow, tiles)
        self.disclose(statements)

    def disclose(self, statements: Sequence[Statement]) -> None:
        """Add the sealed facts that came with statements; erased ones stay erased."""
        rows = [(statement.id, digest, text) for statement in statements for digest, text in statement.disclosures]
        write_disclosures(self.connection, rows)

    def set_checkpoint(self, size: int, time: str, note: bytes, facts: Facts) -> None:
        """Make ``note`` the newest checkpoint; keep it where it is the first of its minute."""
        write_latest(self.connection, size, time, note, write_text(facts))
        keep_first_of_minute(self.connection, size, time, note)

    def set_facts(self, facts: Facts) -> None:
        """Replace the ledger's facts beside the newest checkpoint."""
        self.connection.execute(update(t.LatestRow).values(facts=write_text(facts)))

    def drop_projections(self) -> None:
        """Empty every projection; entries, events, tiles and checkpoints stay."""
        drop_projections(self.connection)


class Store:
    """One database, SQLite or PostgreSQL."""

    def __init__(self, url: str) -> None:
        """Open the engine; nothing is read yet.

        Raises:
            LedgerStateError: for an unusable database URL.
        """
        self._engine = open_engine(url)

    @classmethod
    def open(cls, url: str) -> Self:
        """Open a database and bring its tables to the newest version.

        Raises:
            LedgerStateError: if there is no usable database, or it cannot be migrated.
        """
        store = cls(url)
        try:
            migrate(store._engine)
        except LedgerStateError:
            store.close()
            raise
        return store

    @contextmanager
    def reading(self) -> Iterator[Snapshot]:
        """Read at one tree size.

        Raises:
            LedgerStateError: if the database fails.
        """
        with transaction(self._engine, writing=False) as connection:
            yield Snapshot(connection)

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Write alone; commit at the end, roll back on any error.

        Raises:
            LedgerStateError: if the database fails; nothing is half-written then.
        """
        with transaction(self._engine, writing=True) as connection:
            yield Writer(connection)

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()
