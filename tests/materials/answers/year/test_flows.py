"""A site's year for the law: each kilogram in once and out once, nothing out that was not put in."""

from __future__ import annotations

from typing import Any

from tests.materials.yard import intake
from tests.materials.yearbook import DAY, OLD, class_row, verdict, year_of
from tests.season.court import SLIP, Court
from tests.world.events import KG, addition, line, output, run

NMC: dict[str, int] = {"Ni": 101, "Co": 34, "Li": 20, "Cu": 73}


def _figures(court: Court, kind: str, year: int = 2026) -> tuple[str, str]:
    assert court.refused == []
    row = class_row(year_of(court, year), kind)
    return row["input_dry_kg"], row["output_kg"]


def _repack(court: Court, at: str, kg: int = 8002, lead: int = 8000) -> None:
    made = [output(f"MUN-P-{part}", kg // 2 * KG, {"Pb": lead // 2 * KG}, material="refined_lead") for part in (1, 2)]
    times = {"started_at": at, "ended_at": at}
    court.say("MUN", run("MUN-R-9", [line("MUN-L-1", kg * KG)], made, process="packing", **times), at)


def _other_scrap(lot: str, kg: int, lead: int) -> dict[str, Any]:
    documents = [{**SLIP, "number": f"scrap {lot}"}]
    return intake(lot, kg * KG, {"Pb": lead * KG}, origin="other_pre_consumer", documents=documents)


def test_lead_that_is_packed_is_no_second_output() -> None:
    """20,000 kg of batteries gave 8,000 kg lead: 0.40, before and after it was packed into two lots."""
    court = Court()
    court.batch("MUN-B-1", 20_000)
    court.smelt("MUN-R-1", {"MUN-B-1": 20_000}, 8_000)
    assert _figures(court, "lead_acid") == ("20000", "8000")
    _repack(court, DAY % 12)
    report = year_of(court)
    assert _figures(court, "lead_acid") == ("20000", "8000")
    found = verdict(class_row(report, "lead_acid"), "efficiency", "lead_acid")
    assert (found["share"], found["passes"]) == ("0.400000", False)
    assert report["products"]["content_kg"] == {"Pb": "8000"}


def test_lead_of_last_year_that_is_packed_is_output_of_last_year() -> None:
    """Made in 2025 and packed in 2026: 2025 keeps its 8,000 kg, 2026 has nothing put in and nothing put out."""
    court = Court()
    court.batch("MUN-B-1", 20_000, at=OLD % 5)
    court.smelt("MUN-R-1", {"MUN-B-1": 20_000}, 8_000, at=OLD % 10)
    before = year_of(court, 2025)
    _repack(court, DAY % 12)
    after = year_of(court, 2025)
    assert (after["classes"], after["products"]) == (before["classes"], before["products"])
    assert _figures(court, "lead_acid") == ("0", "0")
    assert year_of(court)["products"]["content_kg"] == {}


def test_a_product_that_is_refined_further_counts_as_what_is_left_of_it() -> None:
    """8,000 kg lead, refined to 7,900 kg: 7,900 kg of 20,000 kg."""
    court = Court()
    court.batch("MUN-B-1", 20_000)
    court.smelt("MUN-R-1", {"MUN-B-1": 20_000}, 8_000)
    court.smelt("MUN-R-2", {"MUN-L-1": 8_002}, 7_900, at=DAY % 12, process="refining")
    assert _figures(court, "lead_acid") == ("20000", "7900")


def test_bought_black_mass_is_input() -> None:
    """10,000 kg black mass gave 2,100 kg Ni and 338 kg Li: 2,438 of 10,000 kg; 338 of its 432 kg Li are 0.782407."""
    court = Court()
    court.cells("MUN-B-1", 10_000, {"Ni": 2190, "Co": 734, "Li": 432}, material="black_mass", form="powder")
    salts = [
        output("MUN-N-1", 9500 * KG, {"Ni": 2100 * KG}, material="nickel_sulfate"),
        output("MUN-C-1", 1800 * KG, {"Li": 338 * KG}, material="lithium_carbonate"),
    ]
    water = addition(3000 * KG)
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 10_000 * KG)], salts, "crystallisation", additions=[water]))
    row = class_row(year_of(court), "lithium")
    assert (row["input_dry_kg"], row["output_kg"]) == ("10000", "2438")
    found = verdict(row, "recovery", "Li")
    assert (found["share"], found["passes"]) == ("0.782407", True)


def test_black_mass_of_another_park_is_input_and_its_finished_salt_is_not() -> None:
    """600 kg black mass of TEX give 130 kg Ni; 40 kg Ni of its sulfate, only packed here, are nothing of MUN's."""
    court = Court()
    court.cells("TEX-B-1", 1000, {"Ni": 200})
    made = [
        output("TEX-P-1", 600 * KG, {"Ni": 150 * KG}, material="black_mass", role="intermediate"),
        output("TEX-N-1", 200 * KG, {"Ni": 40 * KG}, material="nickel_sulfate"),
    ]
    court.say("TEX", run("TEX-R-1", [line("TEX-B-1", 1000 * KG)], made, "leaching"), DAY % 6)
    lots = ("TEX-P-1", "TEX-N-1")
    sent = {"type": "dispatch", "shipment": "TEX-H-1", "to": "MUN", "lots": [{"lot": lot} for lot in lots]}
    court.say("TEX", sent, DAY % 7)
    words = [{"lot": lot, "decision": "accepted", "net_kg": net} for lot, net in zip(lots, ("600", "200"), strict=True)]
    court.say("MUN", {"type": "acceptance", "shipment": "TEX-H-1", "lots": words}, DAY % 8)
    salt = output("MUN-N-1", 620 * KG, {"Ni": 130 * KG}, material="nickel_sulfate")
    bags = output("MUN-N-2", 200 * KG, {"Ni": 40 * KG}, material="nickel_sulfate")
    court.say("MUN", run("MUN-R-1", [line("TEX-P-1", 600 * KG)], [salt], "crystallisation",
                         additions=[addition(400 * KG)]), DAY % 9)  # fmt: skip
    court.say("MUN", run("MUN-R-2", [line("TEX-N-1", 200 * KG)], [bags], "packing"), DAY % 10)
    row = class_row(year_of(court), "lithium")
    assert (row["input_dry_kg"], row["output_kg"]) == ("600", "130")
    assert (row["metals_in_kg"], row["metals_out_kg"]) == ({"Ni": "150"}, {"Ni": "130"})


def test_other_scrap_lifts_no_figure_of_batteries() -> None:
    """10,800 of 20,000 kg are 0.54; 60,000 kg scrap of another origin with 58,900 kg lead out of it change nothing."""
    court = Court()
    court.batch("MUN-B-1", 20_000)
    court.smelt("MUN-R-1", {"MUN-B-1": 20_000}, 10_800)
    court.say("MUN", _other_scrap("MUN-B-2", 60_000, 59_000), DAY % 5)
    court.smelt("MUN-R-2", {"MUN-B-2": 60_000}, 58_900, at=DAY % 15)
    row = class_row(year_of(court), "lead_acid")
    assert (row["input_dry_kg"], row["output_kg"]) == ("20000", "10800")
    assert (row["metals_in_kg"], row["metals_out_kg"]) == ({"Pb": "12000"}, {"Pb": "10800"})


def test_a_mixed_melt_counts_by_the_origin_of_its_lead() -> None:
    """12,000 of 24,000 kg Pb are of batteries: half of 23,000 kg out is 11,500 kg; only the batteries are put in."""
    court = Court()
    court.batch("MUN-B-1", 20_000)
    court.say("MUN", _other_scrap("MUN-B-2", 12_500, 12_000), DAY % 5)
    court.smelt("MUN-R-1", {"MUN-B-1": 20_000, "MUN-B-2": 12_500}, 23_000, at=DAY % 6)
    assert _figures(court, "lead_acid") == ("20000", "11500")


def test_steel_counts_once() -> None:
    """190 kg steel, of which 186 kg iron: 190 kg replace primary material, of 1,000 kg."""
    court = Court()
    court.cells("MUN-B-1", 1000, {"Ni": 101, "Fe": 190}, form="pack")
    steel = output("MUN-S-1", 190 * KG, {"Fe": 186 * KG}, material="steel")
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [steel], "dismantling"), DAY % 10)
    row = class_row(year_of(court), "lithium")
    assert (row["input_dry_kg"], row["output_kg"], row["metals_out_kg"]) == ("1000", "190", {"Fe": "186"})


def test_what_is_made_of_two_lithium_chemistries_stays_lithium() -> None:
    """622 and 811 shredded together: 138 kg Cu and 380 kg steel are 518 of 2,000 kg, 138 of 145 kg Cu 0.951724."""
    court = Court()
    court.cells("MUN-B-1", 1000, NMC, form="pack")
    court.cells("MUN-B-2", 1000, {**NMC, "Cu": 72}, form="pack", chemistry="NMC811")
    made = [
        output("MUN-U-1", 140 * KG, {"Cu": 138 * KG}, material="copper"),
        output("MUN-S-1", 380 * KG, {}, material="steel"),
    ]
    lots = [line("MUN-B-1", 1000 * KG), line("MUN-B-2", 1000 * KG)]
    court.say("MUN", run("MUN-R-1", lots, made, "shredding"), DAY % 10)
    report = year_of(court)
    assert [row["class"] for row in report["classes"]] == ["lithium"]
    assert _figures(court, "lithium") == ("2000", "518")
    found = verdict(class_row(report, "lithium"), "recovery", "Cu", "2031-12-31")
    assert (found["share"], found["passes"]) == ("0.951724", True)


def test_nothing_is_put_out_in_a_class_where_nothing_was_put_in() -> None:
    """Copper of a pool of 900 kg lithium and 100 kg lead-acid batteries is of the greater part; lead says its own."""
    court = Court()
    court.cells("MUN-B-1", 900, NMC, form="pack")
    court.batch("MUN-B-2", 100)
    made = [
        output("MUN-U-1", 70 * KG, {"Cu": 69 * KG}, material="copper"),
        output("MUN-L-1", 55 * KG, {"Pb": 55 * KG}, material="refined_lead"),
    ]
    lots = [line("MUN-B-1", 900 * KG), line("MUN-B-2", 100 * KG)]
    court.say("MUN", run("MUN-R-1", lots, made), DAY % 10)
    assert _figures(court, "lithium") == ("900", "69")
    assert _figures(court, "lead_acid") == ("100", "55")


def test_batteries_that_were_only_sorted_are_not_treated_yet() -> None:
    """Of 1,000 kg of all kinds 600 kg are lead-acid: input of their class, and only once they are smelted."""
    court = Court()
    court.cells("MUN-B-1", 1000, {"Pb": 360, "Ni": 40}, material="mixed_battery", chemistry="mixed", form="whole")
    made = [
        output("MUN-A-1", 600 * KG, {"Pb": 360 * KG}, material="lead_acid_battery", role="intermediate"),
        output("MUN-A-2", 390 * KG, {"Ni": 40 * KG}, material="lithium_ion_battery", role="intermediate"),
    ]
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], made, "sorting"), DAY % 6)
    assert _figures(court, "other") == ("10", "0")
    court.smelt("MUN-R-2", {"MUN-A-1": 600}, 350, at=DAY % 7)
    report = year_of(court)
    assert _figures(court, "lead_acid") == ("600", "350")
    assert [row["class"] for row in report["classes"]] == ["lead_acid", "other"]


def test_an_analysis_of_a_product_corrects_what_was_recovered() -> None:
    """Stated with 11,000 kg, found with 90 % of 11,002 kg: 9,901.8 kg of 12,000 kg, however often it is packed."""
    court = Court()
    court.batch("MUN-B-1", 20_000)
    court.smelt("MUN-R-1", {"MUN-B-1": 20_000}, 11_000)
    results = {"Pb": {"fraction": "0.9", "uncertainty": "0.001"}}
    court.say("MUN", {"type": "assay", "lots": ["MUN-L-1"], "stage": "final", "basis": "wet", "method": "OES",
                      "sample": "1", "results": results}, DAY % 9)  # fmt: skip
    assert _figures(court, "lead_acid") == ("20000", "9901.8")
    times = {"started_at": DAY % 12, "ended_at": DAY % 12}
    made = output("MUN-P-1", 11_002 * KG, {"Pb": 99_018 * KG // 10}, material="refined_lead")
    court.say("MUN", run("MUN-R-9", [line("MUN-L-1", 11_002 * KG)], [made], "packing", **times), DAY % 12)
    assert _figures(court, "lead_acid") == ("20000", "9901.8")


def test_black_mass_that_is_sold_as_a_product_is_no_output_yet() -> None:
    """Another recycler has to go on with it: of 1,000 kg only the copper, 70 kg, replaces primary material."""
    court = Court()
    court.cells("MUN-B-1", 1000, NMC, form="pack")
    made = [
        output("MUN-U-1", 70 * KG, {"Cu": 70 * KG}, material="copper"),
        output("MUN-P-1", 500 * KG, {"Ni": 100 * KG}, material="black_mass"),
    ]
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], made, "shredding"), DAY % 9)
    assert _figures(court, "lithium") == ("1000", "70")


def test_primary_plastic_in_recycled_plastic_is_no_output() -> None:
    """1,000 kg of batteries and 1,000 kg of bought plastic: of 160 kg granulate one half is of batteries."""
    court = Court()
    court.batch("MUN-B-1", 1_000)
    made = output("MUN-K-1", 160 * KG, {}, material="polypropylene")
    bought = [addition(1_000 * KG)]
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [made], "breaking", additions=bought), DAY % 9)
    assert _figures(court, "lead_acid") == ("1000", "80")
