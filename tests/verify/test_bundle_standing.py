"""Bundles say how their lot stands, and prove it; words on findings are in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ledger.verify import Report
from schemas.ids import LotId
from tests.verify.plant import bundle_of, edited, export_of, verified
from tests.world.events import acceptance, dispatch, intake, lead_run
from tests.world.memory import MemoryWorld

WHOLE = {"material": "lead_acid_battery", "form": "whole"}


@pytest.fixture
def ledger() -> MemoryWorld:
    """MUN smelts whole batteries that are said to hold 78 % lead."""
    ledger = MemoryWorld()
    ledger.enrol("MUN", "park")
    ledger.enrol("CERT", "certifier")
    ledger.say("MUN", intake("MUN-B-1", lead="780", **WHOLE))
    ledger.say("MUN", lead_run("MUN-R-1", {"MUN-B-1": "1000"}, {"MUN-L-1": ("770", "770")}))
    return ledger


def attest(ledger: MemoryWorld, verdict: str) -> None:
    """Let the certifier speak of the batteries' lead."""
    lot = ledger.book.lots[LotId("MUN-B-1")]
    (logged,) = ledger.book.history.logged_events((lot.created,))
    word = {"type": "attestation", "statement": logged.statement, "codes": ["lead-content"], "verdict": verdict}
    ledger.say("CERT", {**word, "reason": "seen", "documents": []}, at="2026-01-08T06:00:00Z")


def shown(bundle: bytes) -> dict[str, Any]:
    """Return how the lot of a bundle stands."""
    standing: dict[str, Any] = json.loads(bundle)["lot"]["standing"]
    return standing


def said(report: Report) -> str:
    """Return the sentence of a report on how the lot stands."""
    (line,) = (line for line in report.checked if line.startswith("standing, proven: "))
    return line


def test_the_lead_of_rich_batteries_stops(ledger: MemoryWorld, tmp_path: Path) -> None:
    """The file is sound all the same, so nothing is a fault."""
    bundle = bundle_of(ledger, "MUN-L-1")
    assert shown(bundle)["proven"] == "stop"
    assert set(shown(bundle)) == {"proven", "reasons"}
    report = verified(bundle, ledger.genesis, tmp_path)
    assert report.ok
    assert said(report).startswith("standing, proven: stop, for lead-content (high)")
    assert any("reported standing" in line for line in report.not_checked)


@pytest.mark.parametrize(("verdict", "level"), [("settled", "clear"), ("upheld", "stop")])
def test_a_certifiers_word_is_in_the_bundle(ledger: MemoryWorld, tmp_path: Path, verdict: str, level: str) -> None:
    """What was settled is shown as settled; what was upheld weighs as it was."""
    attest(ledger, verdict)
    bundle = bundle_of(ledger, "MUN-L-1")
    (row,) = (row for row in shown(bundle)["reasons"] if row["code"] == "lead-content")
    assert (row["level"], row["settled"], row["share"]) == (level, verdict == "settled", "1.000000")
    assert verified(bundle, ledger.genesis, tmp_path).faults == ()


def test_a_clear_lot_says_that_later_words_are_not_proven(ledger: MemoryWorld, tmp_path: Path) -> None:
    """Nothing in a file shows that nothing came after it."""
    ledger.say("MUN", intake("MUN-B-2", documents=[{"kind": "weighbridge_slip", "issuer": "MUN", "number": "7"}]))
    report = verified(bundle_of(ledger, "MUN-B-2"), ledger.genesis, tmp_path)
    assert report.ok
    assert "clear" in said(report)
    assert "later is not proven" in said(report)


def test_a_standing_that_is_painted_green_is_a_fault(ledger: MemoryWorld, tmp_path: Path) -> None:
    """It is recomputed like every other member of the lot."""

    def paint(bundle: dict[str, Any]) -> None:
        bundle["lot"]["standing"] = {"proven": "clear", "reasons": []}

    report = verified(edited(bundle_of(ledger, "MUN-L-1"), paint), ledger.genesis, tmp_path)
    assert {fault.code for fault in report.faults} == {"lot-mismatch"}


def test_a_part_that_was_rejected_is_proven_with_the_past_of_its_lot(ledger: MemoryWorld, tmp_path: Path) -> None:
    """The bundle of the part holds the shipment, the word on it and the way of the lot; that of the rest is sound."""
    ledger.enrol("GLENCORE", "offtaker")
    ledger.say("MUN", dispatch("MUN-H-1", "MUN-L-1"))
    part = {"lot": "GLENCORE-X-1", "net_kg": "300"}
    kept = {"lot": "MUN-L-1", "decision": "accepted", "net_kg": "470", "rejected": part}
    ledger.say("GLENCORE", acceptance("MUN-H-1", lots=[kept]))
    for lot, net in (("GLENCORE-X-1", "300"), ("MUN-L-1", "470")):
        bundle = bundle_of(ledger, lot)
        report = verified(bundle, ledger.genesis, tmp_path)
        assert report.ok, report.faults
        assert shown(bundle)["proven"] == "stop"
        assert json.loads(bundle)["lot"]["net_kg"] == net
        assert len(json.loads(bundle)["entries"]) == ledger.size
    export = verified(export_of(ledger, tmp_path), ledger.genesis, tmp_path)
    assert export.ok, export.faults
