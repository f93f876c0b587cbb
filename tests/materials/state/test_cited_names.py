"""An entry is found by all that it names of papers, files and suppliers, in whatever version."""

from __future__ import annotations

import json
from typing import Any

from ledger.materials.state.cited_names import names_cited, number_of
from schemas.events import Event, parse_event
from schemas.ids import PartyId
from schemas.versions import VERSION_1
from tests.world.events import KG, addition, assay, correction, intake, line, output, participant, run

FILE, REPORT, SUPPLIER = "ab" * 32, "cd" * 32, "ef" * 32


def parsed(event: dict[str, Any]) -> Event:
    """Return an event as it is read."""
    return parse_event(json.dumps({"nonce": "0" * 32, **event}).encode(), PartyId("MUN"), VERSION_1)


def paper(number: str | None = None, sha256: str | None = None) -> dict[str, Any]:
    """Return an invoice, by its number or by its file."""
    named = {"number": number, "sha256": sha256}
    members = {name: value for name, value in named.items() if value is not None}
    return {"kind": "purchase_invoice", "issuer": "Alpha", **members}


def named(event: dict[str, Any]) -> set[int]:
    """Return what an event is found by."""
    return set(names_cited(parsed(event), ()))


def test_papers_files_and_suppliers_are_named() -> None:
    """Of an intake its papers and its supplier, of a run those of its additions, of an assay its report."""
    bought = intake("MUN-B-1", documents=[paper("17", FILE)], supplier=SUPPLIER)
    assert named(bought) == {number_of("17"), number_of(FILE), number_of(SUPPLIER)}
    poured = addition(10 * KG, {"Pb": 10 * KG}, material="primary_lead", documents=[paper("18")])
    made = run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [output("MUN-L-1", 600 * KG, {"Pb": 600 * KG})])
    assert named({**made, "additions": [poured], "documents": [paper("19")]}) == {number_of("18"), number_of("19")}
    assert named({**assay("0.6", "MUN-B-1"), "report": REPORT}) == {number_of(REPORT)}


def test_a_correction_names_its_own_papers_and_those_of_what_it_says_instead() -> None:
    """Each once, however often it stands there."""
    instead = intake("MUN-B-1", documents=[paper("17"), paper("18")])
    fix = {**correction("5e" * 32, instead), "documents": [paper("17"), paper("19")]}
    assert names_cited(parsed(fix), ()) == (number_of("17"), number_of("19"), number_of("18"))


def test_parties_and_what_names_nothing_are_not_listed() -> None:
    """Their papers speak of no lot."""
    assert named(participant("GZB", "park")) == set()
    assert named(intake("MUN-B-1")) == set()
