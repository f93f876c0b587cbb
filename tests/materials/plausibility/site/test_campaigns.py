"""Campaigns, months and chains of steps, each beside its honest twin at the limit."""

from __future__ import annotations

import pytest

from tests.materials.plausibility.site.steps import lead, step
from tests.materials.yard import intake
from tests.season.court import Court, severities
from tests.season.schemes.contents import assay
from tests.season.schemes.plant import BLACK, salts
from tests.world.events import KG, output


@pytest.mark.parametrize(("kg", "expected"), [(12_119, []), (12_121, ["medium"]), (12_240, ["medium"])])
def test_a_month_of_a_line_is_one_campaign(kg: int, expected: list[str]) -> None:
    """One percent more lead than came in, over all runs; each of them alone is within its tolerance."""
    court = Court()
    for number in (1, 2):
        court.batch(f"MUN-B-{number}", 20_000)
        step(court, number, {f"MUN-B-{number}": 20_000}, [lead(f"MUN-L-{number}", kg)], line="MUN-LAB-1")
    assert severities(court, "campaign-yield-above-contained") == expected


def test_a_gain_that_an_assay_leaves_open() -> None:
    """Two percent more is what the assays of both batches leave open."""
    court = Court()
    for number in (1, 2):
        court.batch(f"MUN-B-{number}", 20_000)
        court.say("MUN", assay(f"MUN-B-{number}", uncertainty="0.02", Pb="0.6"))
        step(court, number, {f"MUN-B-{number}": 20_000}, [lead(f"MUN-L-{number}", 12_230)])
    assert severities(court, "campaign-yield-above-contained") == []


def test_a_heel_of_the_campaign_before_is_not_virgin_lead() -> None:
    """What one campaign left in the furnace and took for less, the next one finds."""
    court = Court()
    court.batch("MUN-B-1", 20_000)
    court.batch("MUN-B-2", 5_000)
    heel = output("MUN-W-1", 2_900 * KG, {"Pb": 2_700 * KG}, role="wip")
    step(court, 1, {"MUN-B-1": 20_000}, [lead("MUN-L-1", 8_990), heel], campaign="A")
    inputs = {"MUN-W-1": 2_900, "MUN-B-2": 5_000}
    step(court, 2, inputs, [lead("MUN-L-2", 5_990)], campaign="B", gain_reason="wip_estimate")
    assert severities(court, "campaign-yield-above-contained") == ["medium"]


@pytest.mark.parametrize("metal", ["Sb", "Cu", "Mn", "Al", "Fe", "Sn"])
def test_traces_are_never_more_than_odd(metal: str) -> None:
    """Forty times the antimony that anybody had analysed."""
    court = Court()
    court.batch("MUN-B-1", 20_000)
    court.batch("MUN-B-2", 20_001, content_kg={"Pb": "12000", metal: "1"})
    made = output("MUN-L-1", 12_000 * KG, {"Pb": 11_800 * KG, metal: 40 * KG})
    step(court, 1, {"MUN-B-2": 20_001}, [made], gain_reason="trace")
    assert severities(court, "yield-above-contained") == ["medium"]


@pytest.mark.parametrize(("heel", "expected"), [(600, ["medium"]), (601, [])])
def test_a_heel_hides_no_loss_unless_it_holds_something(heel: int, expected: list[str]) -> None:
    """Five percent of the metal."""
    court = Court()
    court.batch("MUN-B-1", 20_000)
    wip = output("MUN-W-1", 1_000 * KG, {"Pb": heel * KG}, role="wip")
    step(court, 1, {"MUN-B-1": 20_000}, [lead("MUN-L-1", 8_000), wip])
    assert severities(court, "loss-unusual") == expected
    assert severities(court, "campaign-loss-unusual") == ["medium"]


@pytest.mark.parametrize(("slag", "expected"), [(1_200, []), (1_201, ["medium"])])
def test_what_slag_holds_is_not_recovered(slag: int, expected: list[str]) -> None:
    """A tenth of the lead may stay in it."""
    court = Court()
    court.batch("MUN-B-1", 20_000)
    made = output("MUN-S-1", 4_000 * KG, {"Pb": slag * KG}, material="slag", role="residue")
    step(court, 1, {"MUN-B-1": 20_000}, [lead("MUN-L-1", 12_000 - slag), made])
    assert severities(court, "loss-unusual") == expected


def test_to_treat_residue_loses_nothing() -> None:
    """Where nothing but residue is made, it is what the run is for."""
    court = Court()
    court.say("MUN", intake("MUN-B-1", 4_000 * KG, {"Pb": 800 * KG}, material="slag", form="bulk"))
    made = output("MUN-S-1", 4_000 * KG, {"Pb": 800 * KG}, material="slag", role="residue")
    step(court, 1, {"MUN-B-1": 4_000}, [made], process="separation")
    assert severities(court, "loss-unusual") == []


@pytest.mark.parametrize(
    ("metals", "expected"),
    [((2_146, 719, 388), []), ((2_169, 719, 388), ["medium"]), ((2_146, 727, 388), ["medium"]),
     ((2_146, 719, 398), ["medium"])],
)  # fmt: skip
def test_something_always_stays_behind(metals: tuple[int, int, int], expected: list[str]) -> None:
    """Of nickel and cobalt one percent, of lithium eight, from black mass to salts."""
    court = Court()
    court.cells("MUN-B-1", 10_000, BLACK, material="black_mass", form="powder")
    salts(court, *metals)
    assert severities(court, "recovery-too-good") == expected


@pytest.mark.parametrize(
    ("nickel", "expected"), [(2_100, []), (1_840, []), (1_810, ["medium"]), (1_510, ["medium"]), (1_490, ["high"])]
)
def test_products_in_the_ratio_of_what_went_in(nickel: int, expected: list[str]) -> None:
    """2.98 of nickel to one of cobalt: 15 and 30 percent off, by whatever chemistry."""
    court = Court()
    court.cells("MUN-B-1", 10_000, BLACK, material="black_mass", form="powder", chemistry="mixed")
    salts(court, nickel, 720, 380)
    assert severities(court, "product-ratio") == expected
