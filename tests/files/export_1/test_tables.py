"""What the tables of an export say of additions, and of runs and shipments that did not occur."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.files.export_1.exported import correction, rows
from tests.world.events import dispatch, intake, lead_run
from tests.world.memory import MemoryWorld

SODA = {"material": "soda ash", "net_kg": "20", "content_kg": {}, "origin": "primary"}
LEAD = {"material": "=virgin lead", "net_kg": "10", "content_kg": {"Pb": "9"}, "origin": "primary"}


@pytest.fixture
def ledger() -> MemoryWorld:
    """A run with two additions, and a lot that is there."""
    ledger = MemoryWorld()
    ledger.enrol("MUN", "park")
    ledger.enrol("GLENCORE", "offtaker")
    ledger.say("MUN", intake("MUN-B-1"))
    return ledger


def smelting(*additions: dict[str, Any]) -> dict[str, Any]:
    """Return the run."""
    return lead_run("MUN-R-1", {"MUN-B-1": "1000"}, {"MUN-L-1": ("600", "590")}, additions=list(additions))


def test_an_addition_has_its_material_and_its_mass(ledger: MemoryWorld, tmp_path: Path) -> None:
    """In the table of what a run took; a text that a spreadsheet would run has its apostrophe."""
    ledger.say("MUN", smelting(SODA, LEAD))
    found = [row for row in rows(ledger, "run_lots", tmp_path) if row["side"] == "addition"]
    assert [(row["material"], row["net_kg"], row["Pb_kg"]) for row in found] == [
        ("soda ash", "20", "0"),
        ("'=virgin lead", "10", "9"),
    ]


def test_an_addition_is_posted_as_what_it_is(ledger: MemoryWorld, tmp_path: Path) -> None:
    """Soda ash is no lead; what the run lost is of the material that it makes."""
    ledger.say("MUN", smelting(SODA, LEAD))
    found = [(row["kind"], row["material"], row["net_kg"]) for row in rows(ledger, "postings", tmp_path)]
    assert ("addition", "soda ash", "20") in found
    assert ("addition", "'=virgin lead", "10") in found
    assert {material for kind, material, _ in found if kind == "loss"} == {"refined_lead"}


def test_a_correction_posts_each_addition_by_its_material(ledger: MemoryWorld, tmp_path: Path) -> None:
    """Half of the soda ash is taken back; of the lead nothing changed, so nothing is posted."""
    index = ledger.say("MUN", smelting(SODA, LEAD))
    ledger.say("MUN", correction(ledger, index, smelting({**SODA, "net_kg": "10"}, LEAD)))
    found = [row for row in rows(ledger, "postings", tmp_path) if row["kind"] == "addition"]
    masses = [(row["material"], row["net_kg"], row["entry"]) for row in found if row["figure"] == "mass"]
    assert masses == [("soda ash", "20", "4"), ("'=virgin lead", "10", "4"), ("soda ash", "-10", "5")]


def test_a_shipment_that_did_not_occur_has_no_count(ledger: MemoryWorld, tmp_path: Path) -> None:
    """It is withdrawn: how many lots there were to be is not known as a number, and not nought."""
    ledger.say("MUN", smelting())
    index = ledger.say("MUN", dispatch("MUN-H-1", "MUN-L-1"))
    (sent,) = rows(ledger, "shipments", tmp_path)
    assert (sent["status"], sent["lots"], sent["awaiting"]) == ("stands", "1", "1")
    ledger.say("MUN", correction(ledger, index))
    (sent,) = rows(ledger, "shipments", tmp_path)
    assert (sent["status"], sent["lots"], sent["awaiting"]) == ("withdrawn", "", "")


def test_a_run_that_did_not_occur_has_no_count(ledger: MemoryWorld, tmp_path: Path) -> None:
    """As a shipment: it is withdrawn, and nobody reads that nothing went in."""
    index = ledger.say("MUN", smelting())
    (run,) = rows(ledger, "runs", tmp_path)
    assert (run["status"], run["inputs"], run["additions"], run["outputs"]) == ("stands", "1", "0", "1")
    ledger.say("MUN", correction(ledger, index))
    (run,) = rows(ledger, "runs", tmp_path)
    assert (run["status"], run["inputs"], run["additions"], run["outputs"]) == ("withdrawn", "", "", "")
