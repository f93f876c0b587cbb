"""The outbox: what was signed for each line of a feed, kept before it is sent.

A line is known by its hash and by how often it has come before, so a feed that is sent
again, or after a crash half-way, re-sends the same statements. This is the sender's own
notebook, no part of the ledger: the one file with SQL outside ``ledger/store``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from ledger.client.wire import read_submission, write_submission
from ledger.journal.answers import Submission
from schemas.errors import LedgerStateError, RefusedError

Slot = tuple[str, int]
"""Hash of a line, and how often it has come before in the feed."""


class Refusal(NamedTuple):
    """What the ledger refused; the refusal stands ``until`` a time, empty where no time ends it."""

    error: RefusedError
    until: str = ""


class Outbox:
    """Statements by line; every change is durable when the call returns."""

    def __init__(self, path: Path) -> None:
        """Open or make the notebook.

        Raises:
            LedgerStateError: if the file is no outbox.
        """
        try:
            self._connection = sqlite3.connect(path, isolation_level=None)
            self._connection.execute("PRAGMA synchronous=FULL")
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS signed (line TEXT, occurrence INTEGER, statement BLOB NOT NULL, "
                "PRIMARY KEY (line, occurrence))"
            )
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS refusal (line TEXT, occurrence INTEGER, size INTEGER NOT NULL, "
                "code TEXT NOT NULL, message TEXT NOT NULL, until TEXT NOT NULL, PRIMARY KEY (line, occurrence))"
            )
        except sqlite3.Error as error:
            raise LedgerStateError(f"expected an outbox in {path}, got: {error}") from error

    def get(self, slot: Slot) -> Submission | None:
        """Return what was signed for a line, or ``None``."""
        row = self._connection.execute(
            "SELECT statement FROM signed WHERE line = ? AND occurrence = ?", slot
        ).fetchone()
        return read_submission(row[0]) if row else None

    def put(self, signed: Iterable[tuple[Slot, Submission]]) -> None:
        """Keep what was signed, replacing what was signed before for the same lines."""
        rows = [(*slot, write_submission(submission)) for slot, submission in signed]
        if rows:
            self._connection.execute("BEGIN")
            self._connection.executemany("INSERT OR REPLACE INTO signed VALUES (?, ?, ?)", rows)
            self._connection.execute("COMMIT")

    def drop(self, slots: Iterable[Slot]) -> None:
        """Forget statements that were refused or never judged; their lines are signed anew."""
        rows = list(slots)
        if rows:
            self._connection.execute("BEGIN")
            self._connection.executemany("DELETE FROM signed WHERE line = ? AND occurrence = ?", rows)
            self._connection.execute("COMMIT")

    def keep_refusals(self, size: int, refusals: Mapping[Slot, Refusal]) -> None:
        """Keep what the ledger refused, with the tree size at the end of the feed."""
        rows = [(*slot, size, kept.error.code, kept.error.message, kept.until) for slot, kept in refusals.items()]
        self._connection.execute("BEGIN")
        self._connection.execute("DELETE FROM refusal WHERE size <> ?", (size,))
        self._connection.executemany("INSERT OR REPLACE INTO refusal VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._connection.execute("COMMIT")

    def standing_refusals(self, size: int, now: str) -> dict[Slot, Refusal]:
        """Return the refusals that stand: the ledger still has that tree size, and no time has come."""
        rows = self._connection.execute(
            "SELECT line, occurrence, code, message, until FROM refusal WHERE size = ? AND (until = '' OR until > ?)",
            (size, now),
        )
        return {(line, occurrence): Refusal(RefusedError(*said), until) for line, occurrence, *said, until in rows}

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
