"""Bundles, exports and a ledger's folder across a change of rules, for software that knows it or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger.audit import bundle_bytes, write_export
from ledger.journal.answers import Refused, Taken
from ledger.journal.rebuild import rebuild
from ledger.verify import Report, verify_file
from schemas import versions
from schemas.correction import Correction
from schemas.errors import NewerVersionError
from schemas.handover import Dispatch
from schemas.ids import LotId
from schemas.rules.version import Rules
from tests.databases import Database, make_database
from tests.versions.version_2 import LaterCorrection, SealedDispatch
from tests.world.events import intake
from tests.world.opened import OpenWorld

CHANGE = {"type": "rules", "rules": 2}
PLAIN = {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": "MUN-B-1"}], "documents": []}
SEALED = {**PLAIN, "shipment": "MUN-H-2", "lots": [{"lot": "MUN-B-2"}], "seal": "SEAL-1"}
HOLD = {"type": "hold", "lots": ["MUN-B-3"], "reason": "why"}


def correct(statement: str, replacement: dict[str, Any]) -> dict[str, Any]:
    """Return a correction of a figure."""
    said = {"type": "correction", "statement": statement, "kind": "incorrect_data", "reason": "typing"}
    return {**said, "replacement": replacement}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database of one kind: what is asked here is the same on each."""
    made = make_database("sqlite", tmp_path)
    yield made
    made.drop()


@pytest.fixture
def yard(database: Database, tmp_path: Path) -> Iterator[OpenWorld]:
    """A ledger that begins under version 1, with three lots."""
    with OpenWorld(tmp_path / "ledger", database) as yard:
        for number in (1, 2, 3):
            yard.say("MUN", intake(f"MUN-B-{number}"))
        yield yard


@pytest.fixture
def changed(yard: OpenWorld, version_2: Rules) -> OpenWorld:
    """The same ledger gone on under version 2, with a correction of a statement of version 1."""
    first, heavy = yard.say("MUN", PLAIN), yard.say("MUN", intake("MUN-B-4"))
    yard.say("AUTHORITY", CHANGE)
    yard.say("MUN", SEALED)
    yard.say("MUN", intake("MUN-B-5", net_kg="20000"))
    yard.say("MUN", correct(heavy.id, intake("MUN-B-4", net_kg="20000")))
    yard.say("MUN", correct(first.id, {**PLAIN, "to": "TEX"}))
    return yard


def verified(yard: OpenWorld, folder: Path, kind: str) -> Report:
    """Write a file and verify it."""
    out = folder / kind
    with yard.home.store.reading() as snapshot:
        if kind == "export":
            write_export(snapshot, out)
        else:
            out.write_bytes(bundle_bytes(snapshot, LotId("MUN-B-1"), ()))
    return verify_file(out, yard.genesis)


@pytest.mark.parametrize("kind", ["bundle", "export"])
def test_a_file_with_two_versions_holds(changed: OpenWorld, tmp_path: Path, kind: str) -> None:
    """Each entry by its own; nothing differs from what the server wrote."""
    report = verified(changed, tmp_path, kind)
    assert report.faults == ()
    assert report.ok


@pytest.mark.parametrize("kind", ["bundle", "export"])
def test_a_verifier_that_is_too_old_says_so(
    changed: OpenWorld, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It cannot judge: one fault that names both versions, no verdict on what comes behind."""
    assert verified(changed, tmp_path, kind).ok
    monkeypatch.delitem(versions.KNOWN, 2)
    report = verify_file(tmp_path / kind, changed.genesis)
    assert [fault.code for fault in report.faults] == ["newer-version"]
    assert "version 2" in report.faults[0].message
    assert "may be sound" in report.faults[0].message
    assert any("version 2" in line for line in report.not_checked)
    assert not report.ok


def test_a_rebuild_reads_every_entry_by_its_own_version(changed: OpenWorld) -> None:
    """It comes out the same, and goes on under version 2."""
    before = {name: changed.database.table(name) for name in ("lot", "shipment", "finding", "latest")}
    assert rebuild(changed.home.store) == changed.size
    assert {name: changed.database.table(name) for name in before} == before
    again = changed.reopen()
    with again.store.reading() as snapshot:
        logged_events = {type(logged.event): logged for logged in snapshot.readable_events()}
        assert logged_events[SealedDispatch].rules.number == 2
        assert logged_events[Dispatch].rules.number == 1
        fix = logged_events[LaterCorrection].event
        assert isinstance(fix, Correction)
        assert type(fix.replacement) is Dispatch
    changed.say("MUN", intake("MUN-B-9"))


def test_an_older_server_and_an_older_rebuild_stop(changed: OpenWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both name the version; the folder stays as it was for newer software."""
    monkeypatch.delitem(versions.KNOWN, 2)
    before = changed.database.table("latest")
    for stop in (lambda: rebuild(changed.home.store), changed.reopen):
        with pytest.raises(NewerVersionError) as caught:
            stop()
        assert (caught.value.number, caught.value.known) == (2, 1)
    assert changed.database.table("latest") == before
    monkeypatch.setitem(versions.KNOWN, 2, versions.VERSION_1)
    changed.home = changed.another()


def test_a_statement_that_is_there_is_found_again_under_rules_that_would_not_take_it(
    yard: OpenWorld, version_2: Rules
) -> None:
    """Whoever sends its old statements again gets their receipts; a new one of that kind is malformed."""
    hold = yard.sign("MUN", HOLD)
    index = yard.hand_in(hold).index
    yard.follow(hold)
    yard.say("AUTHORITY", CHANGE)
    (answer,) = yard.submit([hold])
    assert isinstance(answer, Taken)
    assert (answer.index, answer.is_new) == (index, False)
    refused = yard.refuse(yard.sign("MUN", {**HOLD, "lots": ["MUN-B-2"]}))
    assert "expected a type among" in str(refused.error)


def test_a_batch_with_the_change_in_its_middle_is_read_by_both(yard: OpenWorld, version_2: Rules) -> None:
    """What stands behind the change was read ahead of it, and is read again."""
    signed = [
        yard.sign("MUN", SEALED),
        *yard.line_up("AUTHORITY", CHANGE),
        yard.sign("MUN", SEALED),
        yard.sign("MUN", HOLD, chain="gate-2"),
    ]
    answers = yard.submit(signed)
    assert [isinstance(answer, Refused) for answer in answers] == [True, False, False, True]
