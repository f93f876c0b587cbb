"""Schemes about the plant: lines that are not named, power, gains that one word explains, steps between."""

from __future__ import annotations

from typing import Any

from tests.materials.yard import intake
from tests.season.court import Court
from tests.season.schemes.analyses import assay_of
from tests.season.schemes.registry import scheme
from tests.world.events import KG, addition, line, output, run, stock_count

CELLS = {"Ni": 1627, "Co": 545, "Li": 328}
PACKS = {"Ni": 1009, "Co": 338, "Li": 204}
BLACK = {"Ni": 2190, "Co": 734, "Li": 432}
"""Kilograms in ten tonnes of NMC622 cells, packs and black mass (EverBatt 2023)."""


@scheme("no-line", by="line of a powered run")
def _a_furnace_that_is_not_named(court: Court) -> None:
    court.batch("MUN-B-1")
    court.smelt("MUN-R-1", {"MUN-B-1": 21_450}, 12_000)


@scheme("throughput-above-nameplate", by="capacity of all lines for a feed")
def _a_month_over_the_nameplate_through_no_line(court: Court) -> None:
    court.batch("MUN-B-1", 1_300_000, reason="opening_stock")
    court.smelt("MUN-R-1", {"MUN-B-1": 1_300_000}, 770_000)


@scheme("throughput-above-nameplate", by="capacity against what was booked")
def _a_month_over_the_nameplate_in_closing_weights(court: Court) -> None:
    court.batch("MUN-B-1", 1_300_000, reason="opening_stock")
    made = output("MUN-L-1", 770_000 * KG, {"Pb": 769_900 * KG}, material="refined_lead")
    _run(court, [line("MUN-B-1", 1 * KG, closes=True)], [made], line="MUN-LAB-1")


@scheme("weighing-difference", by="closing weight against the book")
def _one_kilogram_that_closes_a_thousand_tonnes(court: Court) -> None:
    court.batch("MUN-B-1", 1_000_000, reason="opening_stock")
    _run(court, [line("MUN-B-1", 1 * KG, closes=True)], [output("MUN-L-1", 590_000 * KG, {"Pb": 589_000 * KG})])


@scheme("line-feed-differs", by="feed of the line")
def _lead_through_the_lithium_line(court: Court) -> None:
    court.batch("MUN-B-1")
    court.smelt("MUN-R-1", {"MUN-B-1": 21_450}, 12_000, line="MUN-LIB-1")


@scheme("output-before-commissioning", by="commissioning of the line")
def _a_run_begun_before_the_line_was_built(court: Court) -> None:
    court.batch("MUN-B-1", at="2025-12-20T06:00:00Z")
    times = {"started_at": "2025-12-22T06:00:00Z", "ended_at": "2026-01-03T06:00:00Z"}
    court.smelt("MUN-R-1", {"MUN-B-1": 21_450}, 12_000, at=times["ended_at"], line="MUN-LAB-1", **times)


@scheme("output-before-commissioning", by="commissioning of all lines for a feed")
def _lead_before_any_line_was_built(court: Court) -> None:
    court.batch("MUN-B-1", at="2025-12-20T06:00:00Z")
    court.smelt("MUN-R-1", {"MUN-B-1": 21_450}, 12_000, at="2025-12-22T06:00:00Z")


@scheme("power-not-stated", by="electricity per line and month")
def _a_month_without_a_word_on_electricity(court: Court) -> None:
    court.batch("MUN-B-1")
    court.batch("MUN-B-2", 20_990)
    court.smelt("MUN-R-1", {"MUN-B-1": 21_450}, 12_000, at="2026-01-20T06:00:00Z", electricity_kwh="9000")
    court.smelt("MUN-R-2", {"MUN-B-2": 20_990}, 11_900, at="2026-02-20T06:00:00Z")


@scheme("month-without-power", by="electricity per line and month")
def _small_runs_without_electricity(court: Court) -> None:
    court.batch("MUN-B-1")
    for day in range(10, 25):
        at = f"2026-01-{day}T06:00:00Z"
        court.smelt(f"MUN-R-{day}", {"MUN-B-1": 999}, 590, at=at, electricity_kwh="0")


@scheme("power-does-not-fit", by="electricity per tonne")
def _refining_without_electricity(court: Court) -> None:
    court.batch("MUN-B-1")
    court.smelt("MUN-R-1", {"MUN-B-1": 21_450}, 12_000, process="refining", electricity_kwh="0")


@scheme("loss-unusual", by="element balance, with what the heel holds")
def _a_spoon_of_heel_that_hides_a_loss(court: Court) -> None:
    court.batch("MUN-B-1", 20_000)
    heel = output("MUN-W-1", 1 * KG, {"Pb": KG // 2}, role="wip")
    _run(court, [line("MUN-B-1", 20_000 * KG)], [_lead("MUN-L-1", 6_000), heel])


@scheme("loss-unusual", by="element balance without residue and waste")
def _lead_that_goes_out_as_slag(court: Court) -> None:
    court.batch("MUN-B-1", 20_000)
    slag = output("MUN-S-1", 8_000 * KG, {"Pb": 5_800 * KG}, material="slag", role="residue")
    _run(court, [line("MUN-B-1", 20_000 * KG)], [_lead("MUN-L-1", 6_000), slag])


@scheme("campaign-loss-unusual", by="element balance of the campaign")
def _a_campaign_that_loses_its_lead_to_slag(court: Court) -> None:
    court.batch("MUN-B-1", 20_000)
    slag = output("MUN-S-1", 8_000 * KG, {"Pb": 5_800 * KG}, material="slag", role="residue")
    _run(court, [line("MUN-B-1", 20_000 * KG)], [_lead("MUN-L-1", 6_000), slag], campaign="C-1")


@scheme("campaign-black-mass-yield", by="black mass per cell or pack of a campaign")
def _black_mass_stretched_in_a_campaign(court: Court) -> None:
    court.cells("MUN-B-1", 10_000, CELLS)
    _run(court, [line("MUN-B-1", 10_000 * KG)], [_black("MUN-P-1", 9_500, 1540)], process="shredding", campaign="C-1")


@scheme("campaign-black-mass-yield", by="batteries behind black mass, through every step")
def _black_mass_stretched_over_two_steps(court: Court) -> None:
    court.cells("MUN-B-1", 10_000, PACKS, form="pack")
    content = {"Ni": 1000 * KG, "Co": 335 * KG}
    shred = output("MUN-P-1", 9_900 * KG, content, material="other", description="shred", role="intermediate")
    _run(court, [line("MUN-B-1", 10_000 * KG)], [shred], process="shredding")
    _run(court, [line("MUN-P-1", 9_900 * KG)], [_black("MUN-P-2", 9_400, 990)], number=2, process="separation")


@scheme("black-mass-yield", by="black mass per cell or pack, weighted")
def _packs_with_a_bucket_of_cells(court: Court) -> None:
    court.cells("MUN-B-1", 10_000, PACKS, form="pack")
    court.cells("MUN-B-2", 500, {"Ni": 81, "Co": 27, "Li": 16})
    inputs = [line("MUN-B-1", 10_000 * KG), line("MUN-B-2", 500 * KG)]
    _run(court, inputs, [_black("MUN-P-1", 8_900, 1_000)], process="shredding")


@scheme("lead-of-batteries", by="refined lead per lead-acid battery")
def _more_lead_than_batteries_give(court: Court) -> None:
    court.batch("MUN-B-1", 20_000, 78)
    court.smelt("MUN-R-1", {"MUN-B-1": 20_000}, 15_200)


@scheme("campaign-yield-above-contained", by="element balance of a line's month")
def _a_little_virgin_lead_in_every_run(court: Court) -> None:
    for number in range(5):
        court.batch(f"MUN-B-{number}", 20_000 + number)
        court.smelt(f"MUN-R-{number}", {f"MUN-B-{number}": 20_000 + number}, 12_228)


@scheme("recovery-too-good", by="recovery from black mass to salts")
def _salts_without_any_loss(court: Court) -> None:
    court.cells("MUN-B-1", 10_000, BLACK, material="black_mass", form="powder")
    salts(court, 2190, 734, 432)


@scheme("product-ratio", by="nickel to cobalt of products against the pool")
def _cobalt_that_stays_while_nickel_goes(court: Court) -> None:
    court.cells("MUN-B-1", 10_000, BLACK, material="black_mass", form="powder")
    salts(court, 1764, 725, 338)


@scheme("handling-gain", by="mass over a chain of handling")
def _a_lot_that_grows_with_every_packing(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    lot, net = "MUN-B-1", 1000 * KG
    for step in range(8):
        more = net * 10_019 // 10_000
        made = output(f"MUN-P-{step}", more, {"Pb": 600 * KG}, material="lead_acid_battery")
        _run(court, [line(lot, net)], [made], number=step, process="packing")
        lot, net = f"MUN-P-{step}", more


@scheme("handling-gain", by="metal over a chain of handling")
def _metal_that_grows_with_every_packing(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    lot, lead = "MUN-B-1", 600 * KG
    for step in range(3):
        lead = lead * 1019 // 1000
        _run(court, [line(lot, 1000 * KG)], [output(f"MUN-P-{step}", 1000 * KG, {"Pb": lead})], number=step,
             process="packing")  # fmt: skip
        lot = f"MUN-P-{step}"


@scheme("yield-above-contained", by="element balance, whatever the reason")
def _virgin_lead_explained_by_the_word_other(court: Court) -> None:
    court.batch("MUN-B-1", 20_000)
    court.smelt("MUN-R-1", {"MUN-B-1": 20_000}, 13_000, gain_reason="other", description="found")


@scheme("reason-without-assay", by="reason of a gain")
def _the_uncertainty_of_an_assay_that_nobody_made(court: Court) -> None:
    court.batch("MUN-B-1", 20_000)
    court.smelt("MUN-R-1", {"MUN-B-1": 20_000}, 12_300, gain_reason="assay_uncertainty")


@scheme("output-mass", by="mass out against mass in")
def _slag_in_grams(court: Court) -> None:
    court.batch("MUN-B-1", 20_000)
    slag = output("MUN-S-1", 3_100_000 * KG, {"Pb": 93 * KG}, material="slag", role="residue")
    _run(court, [line("MUN-B-1", 20_000 * KG)], [_lead("MUN-L-1", 11_700), slag])


@scheme("net-gain-without-reason", by="mass balance of furnaces")
def _twice_the_bullion_of_its_batteries(court: Court) -> None:
    court.batch("MUN-B-1", 20_000)
    _run(court, [line("MUN-B-1", 20_000 * KG)], [output("MUN-L-1", 40_000 * KG, {"Pb": 11_790 * KG})])


@scheme("net-gain-without-reason", by="mass balance of wet processes")
def _a_leach_that_makes_ten_times_the_residue(court: Court) -> None:
    court.cells("MUN-B-1", 1000, {"Ni": 219, "Co": 73, "Li": 43}, material="black_mass", form="powder")
    made = [output("MUN-N-1", 980 * KG, {"Ni": 215 * KG}, material="nickel_sulfate"),
            output("MUN-X-1", 10_000 * KG, {}, material="leach_residue", role="residue")]  # fmt: skip
    _run(court, [line("MUN-B-1", 1000 * KG)], made, process="leaching", additions=[addition(500 * KG)])


@scheme("net-gain-with-reason", by="mass balance, with a reason")
def _a_word_for_more_mass(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    made = output("MUN-P-1", 1_009 * KG, {"Pb": 600 * KG}, material="lead_acid_battery")
    _run(court, [line("MUN-B-1", 1000 * KG)], [made], process="packing", gain_reason="trace")


@scheme("content-lifted", by="what a correction makes claimable")
def _a_batch_corrected_until_it_covers_the_gain(court: Court) -> None:
    reported = court.batch("MUN-B-1", 20_000)
    court.smelt("MUN-R-1", {"MUN-B-1": 20_000}, 13_000, at="2026-01-12T06:00:00Z", gain_reason="table_understated")
    right = intake("MUN-B-1", 20_000 * KG, {"Pb": 13_100 * KG}, material="lead_acid_battery", form="whole")
    fix = {
        "type": "correction",
        "statement": reported,
        "kind": "incorrect_data",
        "reason": "typo",
        "replacement": right,
    }
    court.say("MUN", fix, "2026-01-20T06:00:00Z")


def _lead(lot: str, kg: int) -> dict[str, Any]:
    return output(lot, kg * KG, {"Pb": (kg - 10) * KG}, material="refined_lead")


def _black(lot: str, kg: int, nickel: int) -> dict[str, Any]:
    content = {"Ni": nickel * KG, "Co": nickel * KG // 3}
    return output(lot, kg * KG, content, material="black_mass", role="intermediate")


def salts(court: Court, nickel: int, cobalt: int, lithium: int) -> None:
    """Make sulfates and carbonate of ten tonnes of black mass; metals in kg."""
    made = [output("MUN-N-1", nickel * 9 // 2 * KG, {"Ni": nickel * KG}, material="nickel_sulfate"),
            output("MUN-K-1", cobalt * 48 // 10 * KG, {"Co": cobalt * KG}, material="cobalt_sulfate"),
            output("MUN-C-1", lithium * 535 // 100 * KG, {"Li": lithium * KG}, material="lithium_carbonate"),
    ]  # fmt: skip
    _run(court, [line("MUN-B-1", 10_000 * KG)], made, process="crystallisation")


def _run(
    court: Court, inputs: list[dict[str, Any]], outputs: list[dict[str, Any]], number: int = 1, **more: Any
) -> None:
    at = f"2026-01-{11 + number:02d}T06:00:00Z"
    court.say("MUN", run(f"MUN-R-{number}", inputs, outputs, **{"started_at": at, "ended_at": at, **more}), at)


@scheme("yield-without-loss", by="a month's lead against the loss that always stays behind")
def _virgin_lead_that_fills_the_normal_loss(court: Court) -> None:
    _smelted_month(court, 1, "2026-02", 12_000, 11_999)


@scheme("yield-without-loss", by="a month's lead against the loss that always stays behind")
def _an_analysis_of_ones_own_that_fills_a_booked_loss(court: Court) -> None:
    _smelted_month(court, 1, "2026-02", 12_000, 10_800, net=12_000)
    court.say("MUN", assay_of("MUN-L-1", "0.9995"), "2026-02-27T06:00:00Z")


@scheme("quarter-bias", by="a quarter's yield against the quarters before")
def _batteries_stated_at_more_lead_for_a_quarter(court: Court) -> None:
    _smelted_month(court, 1, "2026-02", 12_000, 11_520)
    _smelted_month(court, 2, "2026-05", 13_580, 11_520)


def _smelted_month(court: Court, number: int, month: str, stated: int, lead: int, net: int = 0) -> None:
    """Smelt 20 t of batteries with so much lead, by their maker's own analysis, to so much, and count the slag."""
    batch, slag = f"MUN-B-{number}", f"MUN-S-{number}"
    court.batch(batch, 20_000, content_kg={"Pb": str(stated)}, content_basis="assay", at=f"{month}-02T06:00:00Z")
    made = output(f"MUN-L-{number}", (net or lead + 2) * KG, {"Pb": lead * KG}, material="refined_lead")
    left = output(slag, 900 * KG, {"Pb": KG}, material="slag", role="residue")
    times = {"started_at": f"{month}-10T02:00:00Z", "ended_at": f"{month}-10T20:00:00Z"}
    court.say("MUN", run(f"MUN-R-{number}", [line(batch, 20_000 * KG)], [made, left], **times), times["ended_at"])
    court.say("MUN", stock_count(slag, 900 * KG), f"{month}-28T06:00:00Z")
