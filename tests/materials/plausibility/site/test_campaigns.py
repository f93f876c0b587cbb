"""Campaigns, months and chains of steps, each beside its honest twin at the limit."""

from __future__ import annotations

from typing import Any

import pytest

from tests.season.court import KG, Court, intake, line, output, run, severities
from tests.season.schemes.contents import assay
from tests.season.schemes.plant import BLACK, CELLS, PACKS, salts


def step(court: Court, number: int, inputs: dict[str, int], outputs: list[dict[str, Any]], **more: Any) -> None:
    """Run something on a day of its own; masses of inputs in kg."""
    at = f"2026-01-{9 + number:02d}T06:00:00Z"
    lines = [line(lot, kg * KG) for lot, kg in inputs.items()]
    court.say("MUN", run(f"MUN-R-{number}", lines, outputs, **{"started_at": at, "ended_at": at, **more}), at)


def lead(lot: str, kg: int) -> dict[str, Any]:
    """Return refined lead."""
    return output(lot, (kg + 2) * KG, {"Pb": kg * KG}, material="refined_lead")


@pytest.mark.parametrize(("kg", "expected"), [(4_999, ["medium"]), (5_000, []), (6_800, []), (6_801, ["medium"]),
                                              (7_500, ["medium"]), (7_501, ["high"])])  # fmt: skip
def test_lead_of_a_tonne_of_batteries(kg: int, expected: list[str]) -> None:
    """50 to 68 percent of ten tonnes; 75 is no battery any more."""
    court = Court()
    court.batch("MUN-B-1", 10_000, 76)
    step(court, 1, {"MUN-B-1": 10_000}, [lead("MUN-L-1", kg)])
    assert severities(court, "lead-of-batteries") == expected


@pytest.mark.parametrize(("kg", "expected"), [(6_800, []), (6_801, ["medium"])])
def test_lead_of_batteries_through_paste(kg: int, expected: list[str]) -> None:
    """The batteries behind paste are those that were broken for it; the plastic takes none away."""
    court = Court()
    court.batch("MUN-B-1", 10_000, 70)
    paste = output("MUN-P-1", 8_000 * KG, {"Pb": 7_000 * KG}, material="lead_paste", role="intermediate")
    plastic = output("MUN-P-2", 1_000 * KG, {}, material="polypropylene")
    step(court, 1, {"MUN-B-1": 10_000}, [paste, plastic], process="breaking")
    step(court, 2, {"MUN-P-1": 8_000}, [lead("MUN-L-1", kg)])
    assert severities(court, "lead-of-batteries") == expected


def test_scrap_beside_batteries_is_not_counted_to_them() -> None:
    """Ten tonnes of batteries and five of scrap give more than ten tonnes of batteries do."""
    court = Court()
    court.batch("MUN-B-1", 10_000)
    court.say("MUN", intake("MUN-B-2", 5_000 * KG, {"Pb": 4_500 * KG}))
    step(court, 1, {"MUN-B-1": 10_000, "MUN-B-2": 5_000}, [lead("MUN-L-1", 10_300)])
    assert severities(court, "lead-of-batteries") == []


def test_drained_batteries_have_lost_their_acid() -> None:
    """70 percent of drained ones is 56 of what they were."""
    court = Court()
    content = {"Pb": 7_200 * KG}
    court.say("MUN", intake("MUN-B-1", 10_000 * KG, content, material="lead_acid_battery", form="drained"))
    step(court, 1, {"MUN-B-1": 10_000}, [lead("MUN-L-1", 7_000)])
    assert severities(court, "lead-of-batteries") == []


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


@pytest.mark.parametrize(("basis", "expected"), [("table", "medium"), ("assay", "high"), ("declared", "high")])
def test_a_table_may_be_wrong_where_there_was_one(basis: str, expected: str) -> None:
    """Eight percent more, and the word for it."""
    court = Court()
    court.batch("MUN-B-1", 10_000, content_basis=basis)
    step(court, 1, {"MUN-B-1": 10_000}, [lead("MUN-L-1", 6_480)], gain_reason="table_understated")
    assert severities(court, "yield-above-contained") == [expected]
    assert severities(court, "campaign-yield-above-contained") == [expected]


def test_a_table_goes_on_into_what_was_reckoned_from_it() -> None:
    """Paste of batteries that a table spoke of; an assay of the paste ends it."""
    for is_assayed, expected in ((False, "medium"), (True, "high")):
        court = Court()
        court.batch("MUN-B-1", 10_000, content_basis="table")
        paste = output("MUN-P-1", 7_500 * KG, {"Pb": 6_000 * KG}, material="lead_paste", role="intermediate")
        step(court, 1, {"MUN-B-1": 10_000}, [paste], process="breaking")
        if is_assayed:
            court.say("MUN", assay("MUN-P-1", Pb="0.8"), "2026-01-10T08:00:00Z")
        step(court, 2, {"MUN-P-1": 7_500}, [lead("MUN-L-1", 6_480)], gain_reason="table_understated")
        assert severities(court, "yield-above-contained") == [expected]


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
    ("form", "made", "expected"),
    [("whole", 6_700, []), ("scrap", 7_800, []), ("whole", 8_501, ["high"]), ("whole", 1_000, [])],
)
def test_black_mass_of_a_form_that_nobody_knows(form: str, made: int, expected: list[str]) -> None:
    """Telephones are no packs; no battery gives more than cells do."""
    court = Court()
    court.cells("MUN-B-1", 10_000, CELLS, form=form)
    step(court, 1, {"MUN-B-1": 10_000}, [output("MUN-P-1", made * KG, {}, material="black_mass")], process="shredding")
    assert severities(court, "black-mass-yield") == expected


@pytest.mark.parametrize(
    ("made", "expected"), [(6_190, []), (6_191, ["medium"]), (7_100, ["medium"]), (7_101, ["high"])]
)
def test_black_mass_of_cells_and_packs_together(made: int, expected: list[str]) -> None:
    """Seven parts of packs and three of cells, each by its own limit: 55 and 78, 65 and 85 percent."""
    court = Court()
    court.cells("MUN-B-1", 7_000, CELLS, form="pack")
    court.cells("MUN-B-2", 3_000, CELLS)
    black = output("MUN-P-1", made * KG, {}, material="black_mass")
    step(court, 1, {"MUN-B-1": 7_000, "MUN-B-2": 3_000}, [black], process="shredding")
    assert severities(court, "black-mass-yield") == expected


def chain(made: int, **more: Any) -> Court:
    """Take ten tonnes of packs apart, and shred what is left of them."""
    court = Court()
    court.cells("MUN-B-1", 10_000, PACKS, form="pack")
    content = {"Ni": 1_009 * KG, "Co": 338 * KG, "Li": 203 * KG}
    modules = output("MUN-P-1", 6_200 * KG, content, material="lithium_ion_battery", role="intermediate", **more)
    steel = output("MUN-P-2", 3_700 * KG, {}, material="steel")
    step(court, 1, {"MUN-B-1": 10_000}, [modules, steel], process="dismantling")
    black = output("MUN-P-3", made * KG, {"Ni": 990 * KG, "Co": 330 * KG}, material="black_mass", role="intermediate")
    step(court, 2, {"MUN-P-1": 6_200}, [black], process="shredding")
    return court


@pytest.mark.parametrize(("made", "expected"), [(4_300, []), (5_500, []), (5_501, ["medium"])])
@pytest.mark.parametrize("form", [{}, {"form": "module"}])
def test_black_mass_of_packs_that_were_taken_apart(made: int, expected: list[str], form: dict[str, str]) -> None:
    """The steel that went before is part of the pack."""
    court = chain(made, **form)
    assert severities(court, "campaign-black-mass-yield") == expected
    assert made > 4_300 or severities(court, "black-mass-yield") == []


def test_black_mass_that_is_dried_is_not_made_twice() -> None:
    """A step from black mass to black mass makes none."""
    court = Court()
    court.cells("MUN-B-1", 10_000, CELLS)
    content = {"Ni": 1_540 * KG, "Co": 515 * KG, "Li": 310 * KG}
    wet = output("MUN-P-1", 7_700 * KG, content, material="black_mass", role="intermediate")
    dry = output("MUN-P-2", 7_000 * KG, content, material="black_mass", role="intermediate")
    step(court, 1, {"MUN-B-1": 10_000}, [wet], process="shredding", campaign="C-1")
    step(court, 2, {"MUN-P-1": 7_700}, [dry], process="drying", campaign="C-1")
    assert severities(court, "campaign-black-mass-yield") == []


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
