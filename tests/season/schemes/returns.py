"""Schemes with what customers send back."""

from __future__ import annotations

from typing import Any

from tests.materials.yard import intake
from tests.season.court import Court
from tests.season.schemes.registry import scheme
from tests.world import events
from tests.world.events import KG, claim, correction, dispatch


@scheme("exceeds-departed", by="what left and did not come back")
def _a_return_that_comes_twice(court: Court) -> None:
    _sell(court)
    for number in (1, 2):
        court.say("MUN", _back(f"MUN-B-{number}", 8_000), "2026-01-12T06:00:00Z")


@scheme("not-entitled", by="who sent what comes back")
def _a_return_of_a_lot_that_another_site_sent(court: Court) -> None:
    court.say("TEX", intake("TEX-B-1", 12_000 * KG, {"Pb": 7_000 * KG}), "2026-01-05T06:00:00Z")
    court.say("TEX", dispatch("TEX-H-1", "TEX-B-1", disposition="sold"), "2026-01-06T06:00:00Z")
    court.say("MUN", _back("MUN-B-1", 1_000, of="TEX-B-1"), "2026-01-12T06:00:00Z")


@scheme("exceeds-departed", by="what left and did not come back")
def _a_return_of_a_lot_that_never_left(court: Court) -> None:
    court.batch("MUN-B-9")
    court.say("MUN", _back("MUN-B-1", 1_000, of="MUN-B-9"), "2026-01-12T06:00:00Z")


@scheme("exceeds-claimable", by="returns that no certifier settled")
def _returned_lead_claimed_before_a_certifier_has_seen_it(court: Court) -> None:
    _sell(court)
    court.say("MUN", _back("MUN-B-1", 1_000), "2026-01-12T06:00:00Z")
    court.say("MUN", claim("MUN-B-1", KG))


@scheme("exceeds-claimable", by="returns that no certifier settled, with their metal")
def _returned_lead_claimed_as_what_was_cast_of_it(court: Court) -> None:
    _sell(court)
    court.say("MUN", _back("MUN-B-1", 1_000), "2026-01-12T06:00:00Z")
    court.smelt("MUN-R-9", {"MUN-B-1": 1_000}, 990, at="2026-01-13T06:00:00Z")
    court.say("MUN", claim("MUN-L-9", KG))


@scheme("exceeds-claimable", by="one use per kilogram")
def _lead_claimed_sold_returned_settled_and_claimed_again(court: Court) -> None:
    _sell(court, claimed=11_900)
    said = court.say("MUN", _back("MUN-B-1", 1_000), "2026-01-12T06:00:00Z")
    word = {"type": "attestation", "statement": said, "codes": ["customer-return"], "verdict": "settled"}
    court.say("CERT", {**word, "reason": "seen"}, "2026-01-13T06:00:00Z")
    court.say("MUN", claim("MUN-B-1", KG, "C-2"), "2026-01-14T06:00:00Z")


@scheme("exceeds-claimable", by="returns as a certifier has seen them")
def _a_small_return_settled_and_corrected_to_all_that_left(court: Court) -> None:
    _sell(court)
    said = court.say("MUN", _back("MUN-B-1", 100), "2026-01-12T06:00:00Z")
    word = {"type": "attestation", "statement": said, "codes": ["customer-return"], "verdict": "settled"}
    court.say("CERT", {**word, "reason": "seen"}, "2026-01-13T06:00:00Z")
    court.say("MUN", correction(said, _back("MUN-B-1", 11_000)), "2026-01-14T06:00:00Z")
    court.say("MUN", claim("MUN-B-1", KG), "2026-01-15T06:00:00Z")


@scheme("origin-lifted", by="returns that become ordinary deliveries")
def _a_return_corrected_into_a_delivery_of_scrap(court: Court) -> None:
    _sell(court)
    said = court.say("MUN", _back("MUN-B-1", 1_000), "2026-01-12T06:00:00Z")
    scrap = intake("MUN-B-1", 1_000 * KG, {"Pb": 970 * KG}, material="lead_scrap", form="bulk")
    court.say("MUN", correction(said, scrap), "2026-01-13T06:00:00Z")


@scheme("many-customer-returns", by="returns of a month against what left in it")
def _half_of_a_months_sales_that_comes_back(court: Court) -> None:
    _sell(court)
    court.say("MUN", _back("MUN-B-1", 6_000), "2026-01-12T06:00:00Z")


def _sell(court: Court, claimed: int = 0) -> None:
    """Make 11,902 kg of refined lead of batteries, claim some of it, and sell it out of the ledger."""
    court.batch("MUN-B-0", 20_000)
    court.smelt("MUN-R-1", {"MUN-B-0": 20_000}, 11_900)
    if claimed:
        court.say("MUN", claim("MUN-L-1", claimed * KG), "2026-01-07T06:00:00Z")
    court.say("MUN", dispatch("MUN-H-1", "MUN-L-1", disposition="sold"), "2026-01-08T06:00:00Z")


def _back(lot: str, kg: int, of: str = "MUN-L-1") -> dict[str, Any]:
    """Return the intake of so many kilograms that came back of a lot."""
    note = {"kind": "credit_note", "issuer": "MUN", "number": f"CN-{lot}"}
    event = events.intake(lot, kg * KG, material="refined_lead", form="ingot", content_kg={}, documents=[note])
    del event["origin"]
    return {**event, "reason": "customer_return", "returned_lot": of}
