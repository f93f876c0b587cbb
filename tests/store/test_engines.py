"""Somebody opens the SQLite file with another program, none of our settings made."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ledger.home.opening import Home


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO entry SELECT \"index\", statement_id, issuer, chain, sequence, 'evil' FROM entry",
        "REPLACE INTO event SELECT \"index\", 'evil' FROM event",
        "REPLACE INTO kept_checkpoint SELECT size, time, 'evil' FROM kept_checkpoint",
        "UPDATE entry SET body = 'evil'",
        "DELETE FROM event",
    ],
)
def test_a_connection_without_our_settings_cannot_change_an_entry(tmp_path: Path, statement: str) -> None:
    """UPDATE, DELETE and REPLACE are refused by the database itself, whoever is connected."""
    Home.create(tmp_path / "ledger", "ledger.example.com/ace")
    connection = sqlite3.connect(tmp_path / "ledger" / "ledger.db")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)
    assert connection.execute("SELECT count(*) FROM entry WHERE body = 'evil'").fetchone() == (0,)
    connection.close()
