"""The sender's notebook between processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.client.outbox import Outbox
from ledger.store.engines import sqlite_url
from ledger.store.store import Store
from schemas.errors import LedgerStateError


def test_a_second_process_is_reported_to_wait(tmp_path: Path) -> None:
    """Two that submit from one folder would drop what the other signed, so the second is refused."""
    with Outbox(tmp_path / "outbox.db"), pytest.raises(LedgerStateError, match="the only one who submits"):
        Outbox(tmp_path / "outbox.db")
    Outbox(tmp_path / "outbox.db").close()


def test_a_folder_with_a_question_mark_holds_its_own_database(tmp_path: Path) -> None:
    """The name of a folder never ends the database's address."""
    folder = tmp_path / "a?x=1#b"
    folder.mkdir()
    Store.open(sqlite_url(folder / "ledger.db")).close()
    assert (folder / "ledger.db").exists()
