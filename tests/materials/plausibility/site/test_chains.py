"""What was made of so many batteries, however many steps lay between, each beside its honest twin at the limit."""

from __future__ import annotations

from typing import Any

import pytest

from tests.materials.plausibility.site.steps import lead, step
from tests.materials.yard import intake
from tests.season.court import Court, severities
from tests.season.schemes.plant import CELLS, PACKS
from tests.world.events import KG, output


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
