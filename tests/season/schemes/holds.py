"""Schemes that bring metal out from under a hold by another name."""

from __future__ import annotations

from typing import Any

from tests.season.court import SLIP, Court
from tests.season.schemes.registry import scheme
from tests.world.events import KG, correction, line, output, run

AT = "2026-01-06T06:00:00Z"


@scheme("held-lot-corrected", by="holds go along with the metal")
def _a_held_lot_left_with_twelve_kilograms_by_a_correction(court: Court) -> None:
    said = _lead_on_hold(court, 12_702)
    court.say("MUN", correction(said, _smelted(("MUN-L-1", 12), ("MUN-L-2", 12_690))))


@scheme("lot-held", by="holds go along with the metal")
def _a_held_lot_moved_to_another_by_a_correction_and_sent(court: Court) -> None:
    said = _lead_on_hold(court, 12_702)
    court.say("MUN", correction(said, _smelted(("MUN-L-1", 12), ("MUN-L-2", 12_690))))
    _send(court, "MUN-L-2")


@scheme("lot-held", by="holds go along with the metal")
def _an_earlier_packing_from_a_held_lot_corrected_to_all_of_it(court: Court) -> None:
    court.batch("MUN-B-1")
    court.smelt("MUN-R-1", {"MUN-B-1": 21_450}, 12_700)
    said = court.say("MUN", _packed(100), AT)
    _hold(court, "MUN-L-1")
    court.say("MUN", correction(said, _packed(12_500)))
    _send(court, "MUN-P-1")


@scheme("lot-held", by="holds go along with the metal")
def _the_run_of_a_held_lot_taken_back_and_run_again(court: Court) -> None:
    court.say("MUN", correction(_lead_on_hold(court, 12_702)))
    court.smelt("MUN-R-2", {"MUN-B-1": 21_450}, 12_700, at="2026-01-11T06:00:00Z")


@scheme("lot-held", by="a batch that is entered again")
def _a_held_batch_that_did_not_occur_entered_again_under_its_slip(court: Court) -> None:
    said = court.batch("MUN-B-1")
    _hold(court, "MUN-B-1")
    court.say("MUN", correction(said))
    court.batch("MUN-B-2", at="2026-01-11T06:00:00Z", documents=[{**SLIP, "number": "WB-1"}])
    _send(court, "MUN-B-2")


@scheme("held-paper-cited", by="holds on papers, and what cites them later")
def _another_part_of_a_manifest_that_is_held(court: Court) -> None:
    manifest = {"kind": "hazardous_manifest", "issuer": "MUN", "number": "HM-7"}
    court.batch("MUN-B-1", documents=[{**manifest, "part": "1/2"}])
    held = {"type": "hold", "lots": ["MUN-B-1"], "reason": "forged", "document": manifest}
    court.say("CERT", held, "2026-01-08T06:00:00Z")
    court.batch("MUN-B-2", at="2026-01-09T06:00:00Z", documents=[{**manifest, "part": "2/2"}])


@scheme("entered-again", by="a batch that is entered again")
def _a_batch_too_rich_in_lead_entered_again_under_the_next_slip(court: Court) -> None:
    court.say("MUN", correction(court.batch("MUN-B-1", 1000, 78)))
    court.batch("MUN-B-2", 1000, 67)


@scheme("lot-held", by="a batch that is entered again")
def _a_held_batch_entered_again_before_it_did_not_occur(court: Court) -> None:
    said = court.batch("MUN-B-1")
    _hold(court, "MUN-B-1")
    court.batch("MUN-B-2", at="2026-01-09T06:00:00Z")
    court.say("MUN", correction(said))
    _send(court, "MUN-B-2")


@scheme("origin-lifted", by="a batch that is entered again")
def _primary_lead_entered_again_as_scrap_before_it_did_not_occur(court: Court) -> None:
    said = court.batch("MUN-B-1", 1000, origin="primary", supplier="ee" * 32)
    court.batch("MUN-B-2", 1000, supplier="ee" * 32)
    court.say("MUN", correction(said))


def _lead_on_hold(court: Court, kg: int) -> str:
    court.batch("MUN-B-1")
    said = court.say("MUN", _smelted(("MUN-L-1", kg)), AT)
    _hold(court, "MUN-L-1")
    return said


def _hold(court: Court, lot: str) -> None:
    court.say("CERT", {"type": "hold", "lots": [lot], "reason": "assay in doubt"}, "2026-01-08T06:00:00Z")


def _smelted(*made: tuple[str, int]) -> dict[str, Any]:
    outputs = [output(lot, kg * KG, {"Pb": (kg - 1) * KG}, material="refined_lead") for lot, kg in made]
    return run("MUN-R-1", [line("MUN-B-1", 21_450 * KG)], outputs, started_at=AT, ended_at=AT)


def _packed(kg: int) -> dict[str, Any]:
    made = output("MUN-P-1", kg * KG, {"Pb": (kg - 1) * KG}, material="refined_lead")
    return run("MUN-R-2", [line("MUN-L-1", kg * KG)], [made], "packing", started_at=AT, ended_at=AT)


def _send(court: Court, lot: str) -> None:
    sent = {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": lot}]}
    court.say("MUN", sent, "2026-01-12T06:00:00Z")
