"""The sender's notebook between processes."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from ledger.client.turns import Turns
from ledger.store.engines import sqlite_url
from ledger.store.store import Store
from schemas.errors import LedgerStateError
from schemas.ids import PartyId


def test_a_chain_has_one_sender_at_a_time_and_another_device_waits_for_nobody(tmp_path: Path) -> None:
    """Who holds a chain learns whether another used it since; a second one waits until it is free."""
    mine, yours = Turns(tmp_path / "turns"), Turns(tmp_path / "turns")
    gate, office = (PartyId("MUN"), "gate-2"), (PartyId("MUN"), "main")
    order: list[str] = []

    def wait() -> None:
        with yours.hold([office]) as moved:
            order.append(f"second {sorted(moved)}")

    with mine.hold([office]) as moved:
        assert moved == {office}
        second = threading.Thread(target=wait)
        second.start()
        with yours.hold([gate]):
            order.append("gate")
        second.join(0.2)
        order.append("first")
    second.join()
    assert order == ["gate", "first", f"second {[office]}"]
    with mine.hold([office, gate]) as moved:
        assert moved == {office, gate}
    with mine.hold([gate, office]) as moved:
        assert moved == frozenset()


def test_a_folder_for_turns_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    """A file in its place is not overwritten."""
    (tmp_path / "turns").write_bytes(b"x")
    with (
        pytest.raises(LedgerStateError, match="expected a usable folder"),
        Turns(tmp_path / "turns").hold([(PartyId("A"), "b")]),
    ):
        pass


def test_a_folder_with_a_question_mark_holds_its_own_database(tmp_path: Path) -> None:
    """The name of a folder never ends the database's address."""
    folder = tmp_path / "a?x=1#b"
    folder.mkdir()
    Store.open(sqlite_url(folder / "ledger.db")).close()
    assert (folder / "ledger.db").exists()
