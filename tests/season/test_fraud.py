"""A season of fraud: every scheme is refused or found, and an honest month is not accused.

The patterns are those of public cases and of the issue that asked for these checks; the
table in ``docs/fraud.md`` says the same in words, and is held against this one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.season.court import KG, SLIP, Court, addition, intake, line, output, run

Scheme = Callable[[Court], object]
SCHEMES: dict[str, tuple[str, Scheme]] = {}
FILE = "ab" * 32
DOCS = Path(__file__).parents[2] / "docs" / "fraud.md"


def scheme(code: str) -> Callable[[Scheme], Scheme]:
    """Name the code that must stop or show a scheme."""

    def note(act: Scheme) -> Scheme:
        SCHEMES[act.__name__.removeprefix("_").replace("_", " ")] = (code, act)
        return act

    return note


@scheme("duplicate-document")
def _one_slip_for_two_batches(court: Court) -> None:
    court.batch("MUN-B-1", documents=[{**SLIP, "number": "WB-9"}])
    court.batch("MUN-B-2", documents=[{**SLIP, "number": "WB-9"}])


@scheme("file-cited-twice")
def _one_file_under_two_numbers(court: Court) -> None:
    for number in ("1", "2"):
        court.batch(f"MUN-B-{number}", documents=[{**SLIP, "number": number, "sha256": FILE}])


@scheme("lead-content")
def _batteries_with_78_percent_lead(court: Court) -> None:
    court.batch("MUN-B-1", percent=78)


@scheme("above-stoichiometric-ceiling")
def _63_percent_cobalt_in_black_mass_of_lco(court: Court) -> None:
    court.cells("MUN-B-1", 1000, {"Co": 630, "Li": 40}, material="black_mass", chemistry="LCO", form="powder")


@scheme("above-stoichiometric-ceiling")
def _salt_that_holds_more_than_its_formula(court: Court) -> None:
    court.cells("MUN-B-1", 1000, {"Li": 35})
    made = output("MUN-C-1", 100 * KG, {"Li": 21 * KG}, material="lithium_carbonate")
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [made], process="precipitation"))


@scheme("time-order")
def _lead_made_before_its_batteries_came(court: Court) -> None:
    court.batch("MUN-B-1")
    court.smelt("MUN-R-1", {"MUN-B-1": 21_450}, 12_000, at="2026-01-03T06:00:00Z")


@scheme("throughput-above-nameplate")
def _a_month_30_percent_over_the_nameplate(court: Court) -> None:
    court.batch("MUN-B-1", 1_300_000, reason="opening_stock")
    court.smelt("MUN-R-1", {"MUN-B-1": 1_300_000}, 770_000, line="MUN-LAB-1")


@scheme("throughput-above-nameplate")
def _twelve_months_over_the_nameplate(court: Court) -> None:
    court.batch("MUN-B-1", 12_600_000, reason="opening_stock")
    for month in range(1, 13):
        at = f"2026-{month:02d}-20T06:00:00Z"
        court.smelt(f"MUN-R-{month}", {"MUN-B-1": 1_050_000}, 620_000, at=at, line="MUN-LAB-1")


@scheme("output-before-commissioning")
def _lead_from_a_line_that_was_not_built(court: Court) -> None:
    court.batch("MUN-B-1", at="2025-12-30T06:00:00Z")
    court.smelt("MUN-R-1", {"MUN-B-1": 21_450}, 12_000, at="2025-12-31T06:00:00Z", line="MUN-LAB-1")


@scheme("power-does-not-fit")
def _a_plant_without_electricity(court: Court) -> None:
    court.batch("MUN-B-1")
    court.smelt("MUN-R-1", {"MUN-B-1": 21_450}, 12_000, electricity_kwh="0")


@scheme("net-gain-without-reason")
def _a_lot_split_into_100_4_percent(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    halves = [output(f"MUN-P-{half}", 502 * KG, {"Pb": 300 * KG}) for half in (1, 2)]
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], halves, process="packing"))


@scheme("net-gain-without-reason")
def _more_scrap_out_of_the_breaker_than_went_in(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    made = output("MUN-P-1", 1020 * KG, {"Pb": 600 * KG}, material="lead_scrap")
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [made], process="breaking"))


@scheme("gain-exceeds-tolerance")
def _virgin_lead_poured_in_without_record(court: Court) -> None:
    court.batch("MUN-B-1")
    court.smelt("MUN-R-1", {"MUN-B-1": 21_450}, 13_256)


@scheme("yield-above-contained")
def _virgin_lead_explained_away(court: Court) -> None:
    court.batch("MUN-B-1")
    court.smelt("MUN-R-1", {"MUN-B-1": 21_450}, 13_500, gain_reason="table_understated")


@scheme("campaign-yield-above-contained")
def _virgin_lead_spread_over_a_campaign(court: Court) -> None:
    court.batch("MUN-B-1")
    for number, (kg, lead) in enumerate(((10_000, 6_300), (11_450, 7_200)), 1):
        court.smelt(f"MUN-R-{number}", {"MUN-B-1": kg}, lead, campaign="C-1", gain_reason="wip_estimate")


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


@scheme("eu-black-mass")
def _black_mass_from_the_eu_at_mundra(court: Court) -> None:
    court.cells("MUN-B-1", 1000, {"Ni": 200, "Co": 67, "Li": 40}, material="black_mass", form="powder", country="DE")


@scheme("waste-code-not-valid")
def _a_waste_code_after_its_last_day(court: Court) -> None:
    court.cells("MUN-B-1", 1000, {"Li": 30}, at="2026-11-10T06:00:00Z", waste_code="16 06 05")


@scheme("waste-code-does-not-fit")
def _lithium_batteries_under_the_code_of_lead(court: Court) -> None:
    court.cells("MUN-B-1", 1000, {"Li": 30}, waste_code="16 06 01*")


@scheme("waste-code-contradicts-origin")
def _factory_scrap_told_as_used_batteries(court: Court) -> None:
    court.cells("MUN-B-1", 1000, {"Li": 30}, at="2026-11-10T06:00:00Z", waste_code="16 06 24*")


@scheme("basel-code-does-not-fit")
def _lead_batteries_under_the_code_of_e_waste(court: Court) -> None:
    court.batch("MUN-B-1", basel_code="A1181")


@scheme("nickel-cobalt-ratio")
def _another_chemistry_than_declared(court: Court) -> None:
    court.cells("MUN-B-1", 1000, {"Ni": 95, "Co": 94, "Li": 34})


@scheme("supplier-spike")
def _a_supplier_that_suddenly_has_ten_times_as_much(court: Court) -> None:
    for month, kg in ((1, 20_000), (2, 21_000), (3, 200_000)):
        for part in range(kg // 20_000):
            court.batch(f"MUN-B-{month}{part}", 20_000 + part, at=f"2026-{month:02d}-{part + 1:02d}T06:00:00Z",
                        supplier="cd" * 32)  # fmt: skip


@scheme("identical-weights")
def _weights_that_were_copied(court: Court) -> None:
    for number in range(4):
        court.batch(f"MUN-B-{number}")


@scheme("no-weighing-document")
def _a_phantom_batch(court: Court) -> None:
    court.batch("MUN-B-1", documents=[])


@scheme("pieces-do-not-fit")
def _a_thousand_batteries_of_200_kg(court: Court) -> None:
    court.batch("MUN-B-1", 20_000, pieces=100)


@scheme("delivery-mass")
def _a_truck_of_a_hundred_tonnes(court: Court) -> None:
    court.batch("MUN-B-1", 100_000)


@scheme("delivery-mass")
def _grams_for_kilograms(court: Court) -> None:
    court.batch("MUN-B-1", 21_450_000)


@scheme("content-exceeds-net")
def _a_thousand_times_the_metal(court: Court) -> None:
    court.say("MUN", intake("MUN-B-1", "21.45", {"Pb": 12_655_500_000}))


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


@scheme("dry-equals-wet")
def _black_mass_without_any_water(court: Court) -> None:
    court.cells("TEX-B-1", 1000, {"Ni": 200, "Co": 67, "Li": 40}, material="black_mass", form="powder", dry_kg="1000",
                country="US")  # fmt: skip


@scheme("weighing-does-not-add-up")
def _gross_less_tare_is_not_the_net(court: Court) -> None:
    court.batch("MUN-B-1", weighing={"gross_kg": "35000", "tare_kg": "14500", "scale": "WB-1"})


@scheme("scale-out-of-calibration")
def _weighed_on_a_scale_out_of_calibration(court: Court) -> None:
    weighing = {"gross_kg": "35950", "tare_kg": "14500", "scale": "WB-1"}
    court.batch("MUN-B-1", at="2026-07-01T06:00:00Z", weighing=weighing)


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


@scheme("lot-comes-back-as-waste")
def _a_lot_that_makes_the_round_trip(court: Court) -> None:
    court.batch("MUN-B-1")
    court.say("TEX", intake("TEX-B-1", 21_450 * KG, {"Pb": 12_000 * KG},
                            documents=[{"kind": "packing_list", "issuer": "MUN", "number": "MUN-B-1"}]))  # fmt: skip


@scheme("overlapping-runs")
def _two_runs_in_one_furnace(court: Court) -> None:
    court.batch("MUN-B-1")
    for number in (1, 2):
        made = output(f"MUN-L-{number}", 6_000 * KG, {"Pb": 5_990 * KG}, material="refined_lead")
        times = {"started_at": "2026-01-06T02:00:00Z", "ended_at": "2026-01-06T20:00:00Z"}
        court.say("MUN", run(f"MUN-R-{number}", [line("MUN-B-1", 10_000 * KG)], [made], line="MUN-LAB-1", **times))


@scheme("residence-time")
def _batteries_that_lay_for_a_year(court: Court) -> None:
    court.batch("MUN-B-1", at="2025-01-05T06:00:00Z")
    court.smelt("MUN-R-1", {"MUN-B-1": 21_450}, 12_000)


@scheme("loss-unusual")
def _lead_that_goes_out_by_the_back_door(court: Court) -> None:
    court.batch("MUN-B-1")
    court.smelt("MUN-R-1", {"MUN-B-1": 21_450}, 9_000)


@scheme("black-mass-yield")
def _black_mass_stretched_with_graphite(court: Court) -> None:
    court.cells("MUN-B-1", 1000, {"Ni": 162, "Co": 54, "Li": 32})
    made = output("MUN-P-1", 900 * KG, {"Ni": 154 * KG, "Co": 51 * KG, "Li": 30 * KG}, material="black_mass")
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [made], process="shredding"))


@scheme("implausible-count")
def _a_count_that_makes_stock(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.say("MUN", _count("MUN-B-1", 21_450))


@scheme("stock-adjusted")
def _a_shortage_counted_away(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.say("MUN", _count("MUN-B-1", 900))


@scheme("opening-stock")
def _stock_from_before_the_ledger(court: Court) -> None:
    court.batch("MUN-B-1", reason="opening_stock")


@scheme("found-stock")
def _stock_that_was_found(court: Court) -> None:
    court.batch("MUN-B-1", reason="found")


@scheme("lot-held")
def _a_lot_on_hold_sent_away(court: Court) -> None:
    court.batch("MUN-B-1")
    court.say("CERT", {"type": "hold", "lots": ["MUN-B-1"], "reason": "no slip"}, "2026-01-06T06:00:00Z")
    court.smelt("MUN-R-1", {"MUN-B-1": 21_450}, 12_000, at="2026-01-07T06:00:00Z")


@scheme("not-entitled")
def _a_certifiers_hold_released_by_the_park(court: Court) -> None:
    court.batch("MUN-B-1")
    hold = court.say("CERT", {"type": "hold", "lots": ["MUN-B-1"], "reason": "no slip"})
    court.say("MUN", {"type": "release", "hold": hold, "lots": ["MUN-B-1"], "reason": "all well"})


@scheme("moved-before-hold")
def _a_run_dated_back_before_the_hold(court: Court) -> None:
    court.batch("MUN-B-1")
    court.say("CERT", {"type": "hold", "lots": ["MUN-B-1"], "reason": "no slip"}, "2026-01-08T06:00:00Z")
    court.smelt("MUN-R-1", {"MUN-B-1": 21_450}, 12_000, at="2026-01-07T06:00:00Z")


@scheme("custody-weakened")
def _a_mixture_sold_as_identity_preserved(court: Court) -> None:
    for lot in ("MUN-B-1", "MUN-B-2"):
        court.batch(lot, 1000, custody="identity_preserved")
    court.smelt("MUN-R-1", {"MUN-B-1": 1000, "MUN-B-2": 1000}, 1190, custody="identity_preserved")


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
    less = run("MUN-R-1", [line("MUN-B-1", 500 * KG)], [output("MUN-L-1", 592 * KG, {"Pb": 590 * KG})])
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


@scheme("owners-mixed")
def _tolled_metal_pooled_with_ones_own(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.batch("MUN-B-2", 1000, owner="ANOTHER RECYCLER")
    court.smelt("MUN-R-1", {"MUN-B-1": 1000, "MUN-B-2": 1000}, 1190)


def _claim(lot: str, kg: int, origin: str = "battery_post_consumer", **more: object) -> dict[str, object]:
    lots = [{"lot": lot, "origin_kg": {"Pb": {origin: str(kg)}}}]
    return {"type": "claim", "kind": "recycling_service", "scheme": "CPCB", "number": "1", "lots": lots, **more}


def _assay(lot: str, fraction: str, **more: object) -> dict[str, object]:
    results = {"Pb": {"fraction": fraction, "uncertainty": "0.005"}}
    return {"type": "assay", "lots": [lot], "stage": "final", "basis": "wet", "method": "XRF", "sample": "1",
            "results": results, **more}  # fmt: skip


def _count(lot: str, kg: int) -> dict[str, object]:
    return {"type": "stock_count", "lots": [lot], "counted_kg": str(kg), "method": "weighed", "reason": "month end",
            "adjust": True}  # fmt: skip


def _correction(statement: str) -> dict[str, object]:
    return {"type": "correction", "statement": statement, "kind": "did_not_occur", "reason": "entered by mistake"}


@pytest.mark.parametrize("name", SCHEMES)
def test_no_scheme_goes_unseen(name: str) -> None:
    """It is refused, or leaves the finding that is named."""
    code, act = SCHEMES[name]
    court = Court()
    act(court)
    assert code in court.codes(), court.codes()


def test_the_table_in_the_documents_is_this_one() -> None:
    """Each scheme stands there once, with its code."""
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \| `([a-z-]+)` \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted((name, code) for name, (code, _) in SCHEMES.items())


def test_an_honest_month_is_not_accused() -> None:
    """A campaign with heel, an understated table, a re-weighing, a late truck, a short landing, a slip of the pen.

    There are findings, as there should be; none of them is ``high``.
    """
    court = Court()
    for number, kg in enumerate((21_450, 20_980, 22_310, 19_870), 1):
        court.batch(f"MUN-B-{number}", kg, at=f"2026-01-0{number}T06:00:00Z", pieces=kg // 18, supplier="ab" * 32)
    wrong = court.batch("MUN-B-5", 24_150, at="2026-01-04T06:30:00Z")
    _campaign(court)
    court.say("MUN", _count("MUN-B-4", 19_850), "2026-01-20T06:00:00Z")
    _understated_table(court)
    court.close("MUN", "2026-01", "2026-02-03T06:00:00Z")
    court.batch("MUN-B-6", 21_010, at="2026-01-31T17:00:00Z")
    _short_landing(court)
    right = intake("MUN-B-5", 21_450 * KG, {"Pb": 12_870 * KG}, material="lead_acid_battery", form="whole",
                   waste_code="16 06 01*", documents=[{**SLIP, "number": "WB-5"}])  # fmt: skip
    fix = {"type": "correction", "statement": wrong, "kind": "incorrect_data", "reason": "two digits swapped",
           "replacement": right}  # fmt: skip
    court.say("MUN", fix, "2026-02-10T06:00:00Z")
    assert court.refused == []
    court.check()
    severe = [finding for finding in court.verdicts() if finding.severity == "high"]
    assert severe == []
    assert {finding.code for finding in court.verdicts()} >= {
        "gain-with-reason", "handover-difference", "prior-period-adjustment", "corrected-after-dispatch",
    }  # fmt: skip


def _campaign(court: Court) -> None:
    """Three taps of one furnace; what stays in it goes from tap to tap."""
    heel: list[dict[str, object]] = []
    for tap, (kg, lead, rest) in enumerate(((21_450, 10_100, 2_500), (20_980, 12_200, 2_600), (22_310, 15_400, 0)), 1):
        at = {"started_at": f"2026-01-1{tap}T02:00:00Z", "ended_at": f"2026-01-1{tap}T20:00:00Z"}
        inputs = [line(f"MUN-B-{tap}", kg * KG), *heel]
        outputs = [output(f"MUN-L-{tap}", lead * KG, {"Pb": (lead - 2) * KG}, material="refined_lead")]
        heel = [line(f"MUN-W-{tap}", rest * KG)]
        if rest:
            outputs.append(output(f"MUN-W-{tap}", rest * KG, {"Pb": rest * KG * 9 // 10}, material="lead_bullion",
                                  role="wip"))  # fmt: skip
        court.say("MUN", run(f"MUN-R-{tap}", inputs, outputs, line="MUN-LAB-1", campaign="2026-1",
                             additions=[addition(300 * KG)], **at), at["ended_at"])  # fmt: skip


def _understated_table(court: Court) -> None:
    """The corrected batch goes in by the furnace's own scale; the table of the other said a little too little."""
    made = output("MUN-L-9", 25_402 * KG, {"Pb": 25_400 * KG}, material="refined_lead")
    inputs = [line("MUN-B-4", 19_840 * KG, closes=True), line("MUN-B-5", 21_430 * KG, closes=True)]
    times = {"started_at": "2026-01-22T02:00:00Z", "ended_at": "2026-01-22T20:00:00Z"}
    court.say("MUN", run("MUN-R-9", inputs, [made], gain_reason="table_understated", **times), times["ended_at"])


def _short_landing(court: Court) -> None:
    lots = [{"lot": "MUN-L-9"}]
    court.say(
        "MUN", {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": lots}, "2026-02-04T06:00:00Z"
    )
    word = {"lot": "MUN-L-9", "decision": "accepted", "net_kg": "25100"}
    court.say("GLENCORE", {"type": "acceptance", "shipment": "MUN-H-1", "lots": [word]}, "2026-02-06T06:00:00Z")
