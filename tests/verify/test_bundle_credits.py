"""Bundles of lots with mass-balance credits: the account is not in them, and they say so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from schemas.ids import LotId
from tests.verify.plant import bundle_of, edited, export_of, verified
from tests.world.events import acceptance, intake, lead_run
from tests.world.memory import MemoryWorld

ACCOUNT = "mass-balance account"


@pytest.fixture
def ledger() -> MemoryWorld:
    """MUN earns credit on one lot and draws it for another, of virgin metal, which GLENCORE has in part."""
    ledger = MemoryWorld()
    ledger.enrol("MUN", "park")
    ledger.enrol("GLENCORE", "offtaker")
    for number, origin in ((1, "battery_post_consumer"), (2, "primary")):
        ledger.say("MUN", intake(f"MUN-B-{number}", origin=origin))
        made = {f"MUN-L-{number}": ("500", "500")}
        ledger.say("MUN", lead_run(f"MUN-R-{number}", {f"MUN-B-{number}": "1000"}, made, custody="mass_balance"))
    lot = {"lot": "MUN-L-2", "credit_kg": {"Pb": {"battery_post_consumer": "400"}}}
    event = {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [lot]}
    ledger.say("MUN", event, at="2026-01-07T06:00:00Z")
    ledger.say("GLENCORE", acceptance("MUN-H-1", "MUN-L-2"))
    packed = lead_run("GLENCORE-R-1", {"MUN-L-2": "250"}, {"GLENCORE-L-1": ("250", "250")}, process="packing")
    ledger.say("GLENCORE", packed)
    return ledger


@pytest.mark.parametrize("lot", ["MUN-L-1", "MUN-L-2", "GLENCORE-L-1"])
def test_the_bundle_of_a_lot_with_credit_verifies(ledger: MemoryWorld, tmp_path: Path, lot: str) -> None:
    """What the account gave and had is not there: named as not checked, and no fault."""
    report = verified(bundle_of(ledger, lot), ledger.genesis, tmp_path)
    assert report.faults == ()
    assert any(ACCOUNT in line for line in report.not_checked)


def test_the_bundle_of_a_lot_without_mass_balance_says_nothing_of_accounts(ledger: MemoryWorld, tmp_path: Path) -> None:
    """Its figures rest on nothing that is not in it."""
    report = verified(bundle_of(ledger, "MUN-B-1"), ledger.genesis, tmp_path)
    assert report.ok
    assert not any(ACCOUNT in line for line in report.not_checked)


def test_a_lot_whose_credit_lost_its_cover_verifies(ledger: MemoryWorld, tmp_path: Path) -> None:
    """Its account took back what is not covered; a bundle may show less credit than was drawn, the export all."""
    logged = ledger.book.history.logged_events((3,))[0]
    replacement = {key: value for key, value in intake("MUN-B-1", lead="200").items() if key != "nonce"}
    correction = {"type": "correction", "statement": logged.statement, "kind": "incorrect_data", "reason": "a slip"}
    ledger.say("MUN", {**correction, "replacement": replacement}, at="2026-01-08T06:00:00Z")
    for lot in ("MUN-L-2", "GLENCORE-L-1"):
        report = verified(bundle_of(ledger, lot), ledger.genesis, tmp_path)
        assert report.faults == (), lot
        assert any(ACCOUNT in line for line in report.not_checked)
    assert ledger.book.lots[LotId("MUN-L-2")].credit == {"Pb": (100_000_000, 0, 0, 0, 0, 0, 0)}
    assert verified(export_of(ledger, tmp_path), ledger.genesis, tmp_path).faults == ()


def test_a_bundle_that_shows_more_credit_than_was_drawn_is_a_fault(ledger: MemoryWorld, tmp_path: Path) -> None:
    """Less may be; more may not."""

    def boast(bundle: dict[str, Any]) -> None:
        bundle["lot"]["credit_kg"]["Pb"]["battery_post_consumer"] = "401"

    report = verified(edited(bundle_of(ledger, "MUN-L-2"), boast), ledger.genesis, tmp_path)
    assert any(fault.code == "lot-mismatch" for fault in report.faults)
