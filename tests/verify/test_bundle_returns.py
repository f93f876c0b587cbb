"""Bundles and exports of what customers sent back, and of a certifier's word on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from schemas.ids import LotId
from tests.materials.sent_back import back, settle
from tests.verify.plant import bundle_of, edited, export_of, verified
from tests.world.events import dispatch, intake, lead_run
from tests.world.memory import MemoryWorld

LATER = "2026-01-10T06:00:00Z"


@pytest.fixture
def ledger() -> MemoryWorld:
    """MUN sold MUN-L-1, took 200 kg of it back as MUN-B-9, made MUN-L-2 of that; then a certifier settled it."""
    ledger = MemoryWorld()
    ledger.enrol("MUN", "park")
    ledger.enrol("CERT", "certifier")
    ledger.say("MUN", intake("MUN-B-1"))
    ledger.say("MUN", lead_run("MUN-R-1", {"MUN-B-1": "1000"}, {"MUN-L-1": ("590", "590")}))
    ledger.say("MUN", dispatch("MUN-H-1", "MUN-L-1", disposition="sold"), at="2026-01-07T06:00:00Z")
    ledger.say("MUN", back("MUN-B-9", "MUN-L-1", "200"), at="2026-01-08T06:00:00Z")
    times = {"started_at": "2026-01-09T02:00:00Z", "ended_at": "2026-01-09T06:00:00Z"}
    ledger.say("MUN", lead_run("MUN-R-2", {"MUN-B-9": "100"}, {"MUN-L-2": ("99", "99")}, **times), at=LATER)
    lot = ledger.book.lots[LotId("MUN-B-9")]
    (logged,) = ledger.book.history.logged_events((lot.created,))
    ledger.say("CERT", settle(logged.statement), at=LATER)
    return ledger


@pytest.mark.parametrize(("lot", "free"), [("MUN-B-9", "100"), ("MUN-L-2", "99"), ("MUN-L-1", "390")])
def test_a_bundle_holds_the_word_that_lets_metal_be_claimed(
    ledger: MemoryWorld, tmp_path: Path, lot: str, free: str
) -> None:
    """The closure alone gives what may be claimed, wherever the metal went before the word."""
    bundle = bundle_of(ledger, lot)
    report = verified(bundle, ledger.genesis, tmp_path)
    assert report.ok, report.faults
    claimable: dict[str, Any] = json.loads(bundle)["lot"]["claimable_kg"]
    assert claimable["recycled_content"] == {"Pb": {"battery_post_consumer": free}}


def test_without_the_word_nothing_is_claimable(ledger: MemoryWorld, tmp_path: Path) -> None:
    """Whoever leaves the certifier out of a file finds that its lot was shown otherwise."""

    def leave_out(members: dict[str, Any]) -> None:
        members["entries"] = members["entries"][:-1]

    report = verified(edited(bundle_of(ledger, "MUN-B-9"), leave_out), ledger.genesis, tmp_path)
    assert "lot-mismatch" in {fault.code for fault in report.faults}


def test_a_lot_shows_what_came_back_of_it(ledger: MemoryWorld) -> None:
    """In its bundle as in its answer."""
    shown = json.loads(bundle_of(ledger, "MUN-L-1"))["lot"]
    assert (shown["status"], shown["net_kg"], shown["returned_kg"]) == ("left", "390", "200")


def test_an_export_is_recomputed(ledger: MemoryWorld, tmp_path: Path) -> None:
    """Every table of it, with the marks as the word left them."""
    report = verified(export_of(ledger, tmp_path), ledger.genesis, tmp_path)
    assert report.ok, report.faults
