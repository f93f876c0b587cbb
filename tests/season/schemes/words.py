"""Schemes about claims, assays, counts, holds, corrections and closes."""

from __future__ import annotations

from tests.materials.yard import intake
from tests.season.court import SLIP, Court
from tests.season.schemes.registry import scheme
from tests.world.events import KG, line, output, run


@scheme("claim-exists")
def _one_certificate_number_twice(court: Court) -> None:
    for lot in ("MUN-B-1", "MUN-B-2"):
        court.batch(lot)
        court.say("MUN", _claim(lot, 100, number="EPR-1"))


@scheme("exceeds-claimable")
def _the_same_kilograms_under_two_schemes(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    for scheme_name in ("CPCB", "ISCC PLUS"):
        court.say("MUN", _claim("MUN-B-1", 600, scheme=scheme_name, number=scheme_name))


@scheme("exceeds-claimable")
def _kilograms_claimed_before_and_after_packing(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.say("MUN", _claim("MUN-B-1", 600, kind="recycled_content"))
    made = output("MUN-P-1", 1000 * KG, {"Pb": 600 * KG})
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [made], process="packing"))
    court.say("MUN", _claim("MUN-P-1", 1, kind="recycled_content", number="2"))


@scheme("exceeds-claimable")
def _a_claim_on_metal_that_never_arrived(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.say("MUN", {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": "MUN-B-1"}]})
    word = {"lot": "MUN-B-1", "decision": "accepted", "net_kg": "900"}
    court.say("GLENCORE", {"type": "acceptance", "shipment": "MUN-H-1", "lots": [word]})
    court.say("GLENCORE", _claim("MUN-B-1", 600, kind="recycled_content"))


@scheme("not-claimable")
def _virgin_metal_claimed_as_recycled(court: Court) -> None:
    court.batch("MUN-B-1", 1000, origin="primary")
    court.say("MUN", _claim("MUN-B-1", 600, origin="primary"))


@scheme("malformed")
def _a_percentage_for_a_fraction(court: Court) -> None:
    court.batch("MUN-B-1")
    court.say("MUN", _assay("MUN-B-1", "59.1"))


@scheme("malformed")
def _a_comma_for_a_point(court: Court) -> None:
    court.batch("MUN-B-1")
    court.say("MUN", _assay("MUN-B-1", "0,591"))


@scheme("malformed")
def _a_dry_fraction_on_a_wet_weight(court: Court) -> None:
    court.batch("MUN-B-1")
    court.say("MUN", _assay("MUN-B-1", "0.65", basis="dry"))


@scheme("handover-difference")
def _a_shipment_heavier_on_paper(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.say("MUN", {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": "MUN-B-1"}]})
    word = {"lot": "MUN-B-1", "decision": "accepted", "net_kg": "950"}
    court.say("GLENCORE", {"type": "acceptance", "shipment": "MUN-H-1", "lots": [word]})


@scheme("assay-differs")
def _a_certificate_that_the_laboratory_contradicts(court: Court) -> None:
    court.batch("MUN-B-1")
    court.say("LAB", _assay("MUN-B-1", "0.45"))


@scheme("not-entitled")
def _an_assay_by_somebody_without_part_in_it(court: Court) -> None:
    court.batch("MUN-B-1")
    court.say("TEX", _assay("MUN-B-1", "0.65"))


@scheme("settlement-without-effect")
def _a_settlement_that_rests_on_nothing(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.say("MUN", {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": "MUN-B-1"}]})
    for decision in ("disputed", "settled"):
        word = {"lot": "MUN-B-1", "decision": decision, "net_kg": "1000", "content_kg": {"Pb": "700"}}
        court.say("GLENCORE", {"type": "acceptance", "shipment": "MUN-H-1", "lots": [word]})


@scheme("agreement-mismatch")
def _a_sale_booked_under_an_agreement_with_somebody_else(court: Court) -> None:
    terms = {"type": "agreement", "agreement": "MUN-A-1", "seller": "MUN", "buyer": "GLENCORE", "parks": ["MUN"],
             "starts_on": "2026-01-01", "ends_on": "2040-12-31"}  # fmt: skip
    offer = court.say("MUN", terms)
    court.say("GLENCORE", {**terms, "confirms": offer})
    court.batch("MUN-B-1", 1000)
    lots = [{"lot": "MUN-B-1"}]
    court.say("MUN", {"type": "dispatch", "shipment": "MUN-H-1", "to": "TEX", "lots": lots, "agreement": "MUN-A-1"})


@scheme("implausible-count")
def _a_count_that_makes_stock(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.say("MUN", count_of("MUN-B-1", 21_450))


@scheme("stock-adjusted")
def _a_shortage_counted_away(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.say("MUN", count_of("MUN-B-1", 900))


@scheme("not-entitled")
def _a_certifiers_hold_released_by_the_park(court: Court) -> None:
    court.batch("MUN-B-1")
    hold = court.say("CERT", {"type": "hold", "lots": ["MUN-B-1"], "reason": "no slip"})
    court.say("MUN", {"type": "release", "hold": hold, "lots": ["MUN-B-1"], "reason": "all well"})


@scheme("malformed")
def _book_and_claim(court: Court) -> None:
    court.batch("MUN-B-1", custody="book_and_claim")


@scheme("shortfall")
def _a_batch_withdrawn_after_its_lead_was_sold(court: Court) -> None:
    batch = court.batch("MUN-B-1")
    court.smelt("MUN-R-1", {"MUN-B-1": 21_450}, 12_000)
    court.say("MUN", _correction(batch))


@scheme("corrected-after-dispatch")
def _papers_changed_after_the_sale(court: Court) -> None:
    batch = court.batch("MUN-B-1", 1000)
    court.say("MUN", {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": "MUN-B-1"}]})
    court.say("MUN", _correction(batch))


@scheme("time-corrected")
def _a_batch_dated_to_the_other_side_of_a_hold(court: Court) -> None:
    batch = court.batch("MUN-B-1", at="2026-01-12T06:00:00Z")
    court.say("CERT", {"type": "hold", "lots": ["MUN-B-1"], "reason": "no slip"}, "2026-01-14T06:00:00Z")
    again = intake("MUN-B-1", 21_450 * KG, {"Pb": 12_870 * KG}, material="lead_acid_battery", form="whole",
                   waste_code="16 06 01*", documents=[{**SLIP, "number": "WB-1"}])  # fmt: skip
    dated = {"kind": "incorrect_data", "replacement": again, "occurred_at": "2026-01-15T06:00:00Z"}
    court.say("MUN", {**_correction(batch), **dated}, "2026-01-16T06:00:00Z")


@scheme("acceptance-contradicted")
def _a_shipment_denied_after_it_arrived(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    sent = court.say("MUN", {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": "MUN-B-1"}]})
    word = {"lot": "MUN-B-1", "decision": "accepted", "net_kg": "1000"}
    court.say("GLENCORE", {"type": "acceptance", "shipment": "MUN-H-1", "lots": [word]})
    court.say("MUN", _correction(sent))


@scheme("claim-uncovered")
def _a_claim_on_a_batch_that_is_taken_back(court: Court) -> None:
    batch = court.batch("MUN-B-1", 1000)
    court.say("MUN", _claim("MUN-B-1", 600))
    court.say("MUN", _correction(batch))


@scheme("gain-after-correction")
def _inputs_corrected_until_the_output_cannot_be(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    smelted = court.smelt("MUN-R-1", {"MUN-B-1": 1000}, 590)
    less = run("MUN-R-1", [line("MUN-B-1", 700 * KG)], [output("MUN-L-1", 592 * KG, {"Pb": 590 * KG})])
    court.say("MUN", {**_correction(smelted), "kind": "incorrect_data", "replacement": less})


@scheme("totals-differ")
def _a_month_closed_with_other_figures(court: Court) -> None:
    court.batch("MUN-B-1")
    close = {"type": "period_close", "period": "2026-01", "totals": "00" * 32, "lots_root": "00" * 32}
    court.say("MUN", close, "2026-02-02T06:00:00Z")


@scheme("prior-period-adjustment")
def _a_batch_slipped_into_a_closed_month(court: Court) -> None:
    court.batch("MUN-B-1")
    court.close("MUN", "2026-01", "2026-02-02T06:00:00Z")
    court.batch("MUN-B-2")


def _claim(lot: str, kg: int, origin: str = "battery_post_consumer", **more: object) -> dict[str, object]:
    lots = [{"lot": lot, "origin_kg": {"Pb": {origin: str(kg)}}}]
    return {"type": "claim", "kind": "recycling_service", "scheme": "CPCB", "number": "1", "lots": lots, **more}


def _assay(lot: str, fraction: str, **more: object) -> dict[str, object]:
    results = {"Pb": {"fraction": fraction, "uncertainty": "0.005"}}
    return {"type": "assay", "lots": [lot], "stage": "final", "basis": "wet", "method": "XRF", "sample": "1",
            "results": results, **more}  # fmt: skip


def count_of(lot: str, kg: int) -> dict[str, object]:
    """Return a count of one lot that the book shall follow."""
    return {"type": "stock_count", "lots": [lot], "counted_kg": str(kg), "method": "weighed", "reason": "month end",
            "adjust": True}  # fmt: skip


def _correction(statement: str) -> dict[str, object]:
    return {"type": "correction", "statement": statement, "kind": "did_not_occur", "reason": "entered by mistake"}
