"""Schemes about what is made of it."""

from __future__ import annotations

from tests.season.court import Court
from tests.season.schemes.registry import scheme
from tests.world.events import KG, line, output, run


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


@scheme("lot-held")
def _a_lot_on_hold_sent_away(court: Court) -> None:
    court.batch("MUN-B-1")
    court.say("CERT", {"type": "hold", "lots": ["MUN-B-1"], "reason": "no slip"}, "2026-01-06T06:00:00Z")
    court.smelt("MUN-R-1", {"MUN-B-1": 21_450}, 12_000, at="2026-01-07T06:00:00Z")


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


@scheme("owners-mixed")
def _tolled_metal_pooled_with_ones_own(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.batch("MUN-B-2", 1000, owner="ANOTHER RECYCLER")
    court.smelt("MUN-R-1", {"MUN-B-1": 1000, "MUN-B-2": 1000}, 1190)
