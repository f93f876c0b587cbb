"""Verdicts on a site's year: none without input, none above the whole."""

from __future__ import annotations

from tests.materials.yearbook import DAY, OLD, class_row, verdict, year_of
from tests.season.court import Court
from tests.world.events import KG, line, output, run


def test_more_out_than_in_never_passes() -> None:
    """Lithium in work since 2025: 100 kg put in this year, 300 kg got out, which is no recovery of 3."""
    court = Court()
    court.cells("MUN-B-1", 10_000, {"Li": 400}, at=OLD % 5)
    black = output("MUN-P-1", 6000 * KG, {"Li": 390 * KG}, material="black_mass", role="intermediate")
    times = {"started_at": OLD % 6, "ended_at": OLD % 6}
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 10_000 * KG)], [black], "shredding", **times), OLD % 6)
    court.cells("MUN-B-2", 2_500, {"Li": 100})
    salt = output("MUN-C-1", 1600 * KG, {"Li": 300 * KG}, material="lithium_carbonate")
    lots = [line("MUN-P-1", 6000 * KG), line("MUN-B-2", 2500 * KG)]
    court.say("MUN", run("MUN-R-2", lots, [salt], "crystallisation"), DAY % 9)
    found = verdict(class_row(year_of(court), "lithium"), "recovery", "Li")
    assert (found["share"], found["passes"]) == ("3.000000", False)
    assert "implausible" in found["reason"]


def test_a_year_of_batteries_of_no_waste_origin_has_no_input() -> None:
    """Cells of primary origin are no waste of batteries, so that nothing can be reported of them."""
    court = Court()
    court.cells("MUN-B-1", 1000, {"Ni": 162}, origin="primary")
    salt = output("MUN-N-1", 900 * KG, {"Ni": 160 * KG}, material="nickel_sulfate")
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [salt], "leaching"), DAY % 9)
    row = class_row(year_of(court), "lithium")
    assert (row["input_dry_kg"], row["output_kg"]) == ("0", "0")
    assert [found for found in row["verdicts"] if found["kind"] != "domestic_use"] == []
