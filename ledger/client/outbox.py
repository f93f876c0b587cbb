"""The outbox: what was signed for each line of a feed, kept before it is sent.

A line is known by its hash and by how often it has come before, so a feed that is sent
again, or after a crash half-way, re-sends the same statements. This is the sender's own
notebook, no part of the ledger: the one file with SQL outside ``ledger/store``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from ledger.client.turns import Turns
from ledger.submission import Submission, read_submission, write_submission
from schemas.errors import LedgerStateError
from schemas.refusal import RefusedError

_TABLES = """
PRAGMA synchronous=FULL;
CREATE TABLE IF NOT EXISTS signed (
    line TEXT, occurrence INTEGER, statement BLOB NOT NULL, PRIMARY KEY (line, occurrence)
);
CREATE TABLE IF NOT EXISTS refused (
    feed TEXT, line TEXT, occurrence INTEGER, size INTEGER NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL,
    until TEXT NOT NULL, PRIMARY KEY (feed, line, occurrence)
);
"""

_PATIENCE_S = 120.0
"""How long another process may write; one change takes milliseconds."""

Slot = tuple[str, int]
"""Hash of a line, and how often it has come before in the feed."""


class Refusal(NamedTuple):
    """What the ledger refused; the refusal stands ``until`` a time, empty where no time ends it."""

    error: RefusedError
    until: str = ""


class Outbox:
    """Statements by line; every change is durable when the call returns.

    Several processes may have it open; ``turns`` says which of them signs for a chain.
    """

    def __init__(self, path: Path) -> None:
        """Open or make the notebook.

        Raises:
            LedgerStateError: if the file is no outbox.
        """
        self._path = path
        self.turns = Turns(path.with_name(path.name + ".turns"))
        self._connection = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE_S)
        try:
            with self._in_words():
                self._connection.executescript(_TABLES)
        except LedgerStateError:
            self._connection.close()
            raise

    def get(self, slot: Slot) -> Submission | None:
        """Return what was signed for a line, or ``None``."""
        with self._in_words():
            row = self._connection.execute(
                "SELECT statement FROM signed WHERE line = ? AND occurrence = ?", slot
            ).fetchone()
        return read_submission(row[0]) if row else None

    def put(self, signed: Iterable[tuple[Slot, Submission]]) -> None:
        """Keep what was signed, replacing what was signed before for the same lines."""
        rows = [(*slot, write_submission(submission)) for slot, submission in signed]
        if rows:
            with self._changing():
                self._connection.executemany("INSERT OR REPLACE INTO signed VALUES (?, ?, ?)", rows)

    def drop(self, slots: Iterable[Slot]) -> None:
        """Forget statements that were refused or never judged; their lines are signed anew."""
        rows = list(slots)
        if rows:
            with self._changing():
                self._connection.executemany("DELETE FROM signed WHERE line = ? AND occurrence = ?", rows)

    def keep_refusals(self, feed: str, size: int, refusals: Mapping[Slot, Refusal]) -> None:
        """Keep what the ledger refused of a feed, with the tree size at its end."""
        rows = [
            (feed, *slot, size, str(kept.error.code), kept.error.message, kept.until) for slot, kept in refusals.items()
        ]
        with self._changing():
            self._connection.execute("DELETE FROM refused WHERE size <> ?", (size,))
            self._connection.executemany("INSERT OR REPLACE INTO refused VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def standing_refusals(self, feed: str, size: int, now: str) -> dict[Slot, Refusal]:
        """Return the refusals of this very feed that stand: same tree size, and no time has come."""
        with self._in_words():
            rows = self._connection.execute(
                "SELECT line, occurrence, code, message, until FROM refused "
                "WHERE feed = ? AND size = ? AND (until = '' OR until > ?)",
                (feed, size, now),
            ).fetchall()
        return {
            (line, occurrence): Refusal(RefusedError.as_received(code, message), until)
            for line, occurrence, code, message, until in rows
        }

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        """Use as a context."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Make all changes inside durable together, or none."""
        with self._in_words():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise LedgerStateError(f"expected a usable outbox in {self._path}, got: {error}") from error
