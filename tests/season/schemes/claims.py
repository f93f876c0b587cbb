"""Schemes of claims: a kilogram reported twice, credit without metal, models that were not kept."""

from __future__ import annotations

from typing import Any

from tests.season.court import Court
from tests.season.schemes.registry import scheme
from tests.world.events import KG, addition, line, output, run

FEBRUARY = "2026-02-10T06:00:00Z"


@scheme("claim-uncovered", by="cover of claims after an analysis or a count")
def _claimed_analysed_away_and_analysed_back(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.say("MUN", _claim("MUN-B-1", 600))
    for fraction in ("0.1", "0.6"):
        court.say("MUN", _assay("MUN-B-1", fraction))


@scheme("exceeds-claimable", by="an uncovered claim goes to all that is made of its lot")
def _an_uncovered_claim_packed_away(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.say("MUN", _claim("MUN-B-1", 600))
    court.say("MUN", _assay("MUN-B-1", "0.5"))
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 500 * KG)], [output("MUN-L-1", 500 * KG, {"Pb": 250 * KG})],
                         "packing"))  # fmt: skip
    court.say("MUN", _claim("MUN-L-1", 1, "C-2"))


@scheme("credit-exceeded", by="claimed metal earns no credit")
def _claims_washed_off_by_mass_balance(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.say("MUN", _claim("MUN-B-1", 600))
    court.smelt("MUN-R-1", {"MUN-B-1": 1000}, 590, custody="mass_balance")
    court.say("MUN", _draw("MUN-L-1", 590))


@scheme("not-creditable", by="credit within the metal of the lot")
def _credit_conjured_by_a_correction(court: Court) -> None:
    _bound(court)
    sent = court.say("MUN", _draw("MUN-L-2", 1))
    wrong = {"type": "correction", "statement": sent, "kind": "incorrect_data", "reason": "a slip"}
    court.say("MUN", {**wrong, "replacement": _draw("MUN-L-2", 99_999)})


@scheme("credit-exceeded", by="accounts by day")
def _credit_drawn_before_it_was_earned(court: Court) -> None:
    _bound(court, "2026-01-20T06:00:00Z")
    court.say("MUN", _draw("MUN-L-2", 500), "2026-01-11T06:00:00Z")


@scheme("credit-overdrawn", by="draws without cover are undone")
def _credit_whose_cover_is_taken_away(court: Court) -> None:
    batch = _bound(court)
    court.say("MUN", _draw("MUN-L-2", 500), FEBRUARY)
    court.say("MUN", {"type": "correction", "statement": batch, "kind": "did_not_occur", "reason": "a slip"}, FEBRUARY)


@scheme("credit-exceeded", by="metal of residue, waste and slag stays unearned")
def _slag_that_earns_credit_for_virgin_metal(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.batch("MUN-B-2", 1000, origin="primary")
    slag = output("MUN-L-1", 590 * KG, {"Pb": 590 * KG}, material="slag")
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [slag], custody="mass_balance"))
    court.smelt("MUN-R-2", {"MUN-B-2": 1000}, 590, custody="mass_balance")
    court.say("MUN", _thrown_away("MUN-L-1"))
    court.say("MUN", _draw("MUN-L-2", 500), FEBRUARY)


@scheme("credit-overdrawn", by="what is thrown away leaves the account")
def _thrown_away_once_its_credit_was_drawn(court: Court) -> None:
    _bound(court)
    court.say("MUN", _draw("MUN-L-2", 500), FEBRUARY)
    court.say("MUN", _thrown_away("MUN-L-1"), FEBRUARY)


@scheme("credit-exceeded", by="what is thrown away covers nothing that leaves with it")
def _credit_of_what_is_thrown_away_drawn_in_the_same_shipment(court: Court) -> None:
    _bound(court)
    rest = _draw("MUN-L-2", 500)["lots"]
    court.say("MUN", {**_thrown_away("MUN-L-1"), "lots": [{"lot": "MUN-L-1"}, *rest]}, FEBRUARY)


@scheme("claim-exists", by="numbers of claims")
def _a_certificate_number_spelled_otherwise(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    for number in ("SD-1", "sd-1 "):
        court.say("MUN", _claim("MUN-B-1", 1, number))


@scheme("claim-on-departed", by="how a lot left")
def _recycled_content_of_what_was_thrown_away(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.say(
        "MUN", {"type": "dispatch", "shipment": "MUN-H-1", "disposition": "disposal", "lots": [{"lot": "MUN-B-1"}]}
    )
    court.say("MUN", _claim("MUN-B-1", 600))


@scheme("claim-on-held", by="holds")
def _recycled_content_of_a_lot_on_hold(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.say("CERT", {"type": "hold", "lots": ["MUN-B-1"], "reason": "assay in doubt"})
    court.say("MUN", _claim("MUN-B-1", 600))


@scheme("claim-before-recycling", by="claims before any run")
def _recycling_claimed_of_batteries_that_nobody_broke(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.say("MUN", {**_claim("MUN-B-1", 600), "kind": "recycling_service"})


@scheme("custody-weakened", by="weakest model of the chain")
def _virgin_metal_poured_into_a_segregated_lot(court: Court) -> None:
    court.batch("MUN-B-1", 1000, custody="segregated")
    virgin = [addition(400 * KG, {"Pb": 400 * KG})]
    court.smelt("MUN-R-1", {"MUN-B-1": 1000}, 990, custody="segregated", additions=virgin)


def _bound(court: Court, at: str = "2026-01-06T06:00:00Z") -> str:
    """Earn 590 kg on MUN-L-1 and make MUN-L-2 of virgin metal; return the statement of the batch."""
    batch = court.batch("MUN-B-1", 1000)
    court.batch("MUN-B-2", 1000, origin="primary")
    court.smelt("MUN-R-1", {"MUN-B-1": 1000}, 590, at, custody="mass_balance")
    court.smelt("MUN-R-2", {"MUN-B-2": 1000}, 590, custody="mass_balance")
    return batch


def _claim(lot: str, kg: int, number: str = "C-1") -> dict[str, Any]:
    return {
        "type": "claim", "kind": "recycled_content", "scheme": "ISCC PLUS", "number": number,
        "lots": [{"lot": lot, "origin_kg": {"Pb": {"battery_post_consumer": str(kg)}}}],
    }  # fmt: skip


def _draw(lot: str, kg: int) -> dict[str, Any]:
    drawn = {"lot": lot, "credit_kg": {"Pb": {"battery_post_consumer": str(kg)}}}
    return {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [drawn]}


def _thrown_away(lot: str) -> dict[str, Any]:
    return {"type": "dispatch", "shipment": "MUN-H-2", "disposition": "disposal", "lots": [{"lot": lot}]}


def _assay(lot: str, fraction: str) -> dict[str, Any]:
    return {
        "type": "assay", "lots": [lot], "stage": "final", "basis": "wet", "method": "XRF", "sample": "1",
        "results": {"Pb": {"fraction": fraction, "uncertainty": "0.001"}},
    }  # fmt: skip
