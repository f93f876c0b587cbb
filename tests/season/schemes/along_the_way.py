"""Schemes that stay within each limit, and add up along the way of the metal."""

from __future__ import annotations

from typing import Any

from tests.materials.yard import intake
from tests.season.court import Court
from tests.season.schemes.analyses import assay_of
from tests.season.schemes.registry import scheme
from tests.season.schemes.words import count_of
from tests.world.events import KG, addition, correction, line, output, run

TONNE = 1000 * KG
UP = 10_195


@scheme("gained-on-the-way", by="what is gained along the way")
def _black_mass_sent_to_and_fro_between_two_parks(court: Court) -> None:
    powder: dict[str, Any] = {"material": "black_mass", "form": "powder", "waste_code": "19 14 02*"}
    court.cells("MUN-B-1", 1000, {"Li": 40, "Ni": 200, "Co": 70}, **powder)
    nickel, cobalt = 200_000, 70_000
    for hop in range(12):
        nickel, cobalt = nickel * UP // 10_000, cobalt * UP // 10_000
        _hop(court, hop, nickel, cobalt)


@scheme("gained-on-the-way", by="what is gained along the way")
def _forty_counts_of_a_little_more_with_analyses_of_the_same(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.say("MUN", assay_of("MUN-B-1", "0.6"))
    grams = 1_000_000
    for _ in range(40):
        grams = grams * 10_049 // 10_000
        court.say("MUN", {**count_of("MUN-B-1", 1), "counted_kg": f"{grams / 1000}"})
        court.say("MUN", assay_of("MUN-B-1", "0.6"))


@scheme("gained-on-the-way", by="what is gained along the way")
def _packed_and_analysed_again_and_again(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    lot, lead = "MUN-B-1", 600_000
    for number in range(1, 8):
        made = output(f"MUN-P-{number}", TONNE, {"Pb": lead * 1000}, material="lead_acid_battery", role="intermediate")
        court.say("MUN", run(f"MUN-R-{number}", [line(lot, TONNE)], [made], "packing"))
        lot, lead = f"MUN-P-{number}", lead * 1015 // 1000
        court.say("MUN", assay_of(lot, f"{lead / 1_000_000:.6f}"))


@scheme("gained-on-the-way", by="what is gained along the way")
def _yields_of_a_little_more_than_went_in(court: Court) -> None:
    court.batch("MUN-B-1", 1000, 40)
    lot, lead = "MUN-B-1", 400
    for number in range(1, 9):
        made = output(f"MUN-L-{number}", TONNE, {"Pb": (lead + 6) * KG}, material="lead_bullion", role="intermediate")
        court.say("MUN", run(f"MUN-R-{number}", [line(lot, TONNE)], [made], "remelting"))
        lot, lead = f"MUN-L-{number}", lead + 6


@scheme("gained-on-the-way", by="what first analyses find, and what is gained after them")
def _a_batch_analysed_high_and_then_a_little_higher(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    for fraction in ("0.629", "0.6405"):
        court.say("MUN", assay_of("MUN-B-1", fraction))


@scheme("origin-lifted", by="what corrections make claimable, along the way")
def _a_little_of_a_batch_and_a_little_of_its_run(court: Court) -> None:
    said = court.say("MUN", _mixed(28), "2026-01-05T06:00:00Z")
    smelted = court.say("MUN", _poured(28))
    court.say("MUN", correction(smelted, _poured(0)))
    court.say("MUN", correction(said, _mixed(0)))


def _hop(court: Court, hop: int, nickel: int, cobalt: int) -> None:
    """Send black mass to the other park, which settles on a little more of each metal, in g."""
    sender, receiver = ("MUN", "TEX") if hop % 2 == 0 else ("TEX", "MUN")
    shipment, lot = f"{sender}-H-{hop}", "MUN-B-1"
    court.say(sender, {"type": "dispatch", "shipment": shipment, "to": receiver, "lots": [{"lot": lot}]})
    word: dict[str, Any] = {"lot": lot, "decision": "disputed", "net_kg": "1000"}
    court.say(receiver, {"type": "acceptance", "shipment": shipment, "lots": [word]})
    results = {metal: {"fraction": f"{mass / 1_000_000}", "uncertainty": "0.001"}
               for metal, mass in (("Ni", nickel), ("Co", cobalt))}  # fmt: skip
    assay = court.say(receiver, {"type": "assay", "lots": [lot], "stage": "final", "basis": "wet", "method": "ICP-OES",
                                 "sample": f"{hop}", "results": results})  # fmt: skip
    content = {"Ni": f"{nickel / 1000}", "Co": f"{cobalt / 1000}"}
    word |= {"decision": "settled", "content_kg": content, "assays": [assay]}
    court.say(receiver, {"type": "acceptance", "shipment": shipment, "lots": [word]})


def _mixed(primary: int) -> dict[str, Any]:
    """Return ten tonnes of scrap with so many kilograms of primary lead in 6,000."""
    split = {"battery_post_consumer": 6000 - primary, "primary": primary}
    slip = [{"kind": "weighbridge_slip", "issuer": "MUN", "number": "WB-1"}]
    event = intake("MUN-B-1", 10_000 * KG, {"Pb": 6000 * KG}, documents=slip)
    del event["origin"]
    return {**event, "origin_kg": {"Pb": {origin: f"{mass}" for origin, mass in split.items() if mass}}}


def _poured(kilograms: int) -> dict[str, Any]:
    """Return the run that smelts them, with so much virgin lead poured in."""
    made = output("MUN-L-1", 5950 * KG, {"Pb": 5940 * KG}, material="refined_lead")
    virgin = addition(kilograms * KG, {"Pb": kilograms * KG}, material="primary_lead")
    more: dict[str, Any] = {"additions": [virgin]} if kilograms else {}
    return run("MUN-R-1", [line("MUN-B-1", 10_000 * KG)], [made], **more)
