"""Waste as pure as what is made, each beside its honest twin."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.materials.plausibility.reference.chemistry import CEILINGS, FORMULAS, MAIN, RICHEST
from ledger.materials.plausibility.reference.material_ranges import CATHODE_LITHIUM, CATHODE_METALS, RANGES
from schemas.codes import Material
from tests.materials.yard import intake
from tests.season.court import Court
from tests.season.schemes.contents import assay, hand_over
from tests.season.schemes.virgin import NEW_622
from tests.world.events import KG, line, output, run

CODE = "purer-than-waste"


def found(material: str, content: dict[str, int], code: str = CODE, **more: Any) -> list[str]:
    """Return the severities of the findings on 100 tonnes of a material; content in tonnes of a thousand."""
    court = Court()
    masses = {metal: part * 100 * KG for metal, part in content.items()}
    court.say("MUN", intake("MUN-B-1", 100_000 * KG, masses, **{"material": material, **more}))
    assert court.refused == []
    return [finding.severity for finding in court.verdicts() if finding.code == code]


@pytest.mark.parametrize(
    ("material", "per_mille", "origin", "expected"),
    [
        ("lead_scrap", 990, "battery_post_consumer", []),
        ("lead_scrap", 991, "battery_post_consumer", ["high"]),
        ("lead_scrap", 991, "battery_manufacturing", ["medium"]),
        ("lead_scrap", 990, "other_post_consumer", []),
        ("lead_scrap", 995, "other_post_consumer", ["medium"]),
        ("lead_scrap", 1_000, "other_pre_consumer", ["medium"]),
        ("lead_scrap", 1_000, "internal", []),
        ("lead_scrap", 1_000, "primary", []),
        ("lead_bullion", 970, "battery_post_consumer", []),
        ("lead_bullion", 999, "other_pre_consumer", ["medium"]),
        ("lead_bullion", 1_000, "other_pre_consumer", ["high"]),
        ("lead_bullion", 1_000, "unknown", []),
        ("refined_lead", 1_000, "other_post_consumer", ["medium"]),
        ("refined_lead", 1_000, "battery_post_consumer", ["high"]),
        ("mixed_battery", 700, "battery_post_consumer", []),
        ("mixed_battery", 1_000, "battery_post_consumer", ["high"]),
    ],
)
def test_lead_as_pure_as_refined(material: str, per_mille: int, origin: str, expected: list[str]) -> None:
    """Rolled lead off a roof is 99.5 percent: a certifier looks at it; used batteries never are."""
    assert found(material, {"Pb": per_mille}, origin=origin) == expected


@pytest.mark.parametrize(
    ("material", "form", "origin", "expected"),
    [
        ("black_mass", "powder", "battery_post_consumer", ["high"]),
        ("black_mass", "powder", "battery_manufacturing", ["medium"]),
        ("electrode_scrap", "slurry", "battery_manufacturing", ["medium"]),
        ("electrode_scrap", "powder", "other_pre_consumer", ["medium"]),
        ("graphite", "powder", "battery_post_consumer", ["high"]),
        ("filter_cake", "filter_cake", "battery_post_consumer", ["medium"]),
        ("black_mass", "powder", "primary", []),
        ("lithium_ion_battery", "powder", "battery_post_consumer", ["high"]),
        ("lithium_ion_battery", "cell", "battery_post_consumer", []),
    ],
)
def test_as_much_metal_as_new_cathode_material(material: str, form: str, origin: str, expected: list[str]) -> None:
    """An off-spec powder of a factory is honest; what was in use has graphite in it. Cells have a recipe."""
    assert found(material, NEW_622, chemistry="NMC622", form=form, origin=origin) == expected


@pytest.mark.parametrize("chemistry", ["NMC622", "mixed", "unknown", "LTO"])
def test_black_mass_as_it_is_made(chemistry: str) -> None:
    """By EverBatt 2023."""
    content = {"Ni": 219, "Co": 73, "Li": 43, "Mn": 68}
    assert found("black_mass", content, chemistry=chemistry, form="powder", origin="battery_post_consumer") == []


@pytest.mark.parametrize("chemistry", ["mixed", "unknown", "LTO"])
def test_cathode_powder_whose_chemistry_is_not_said(chemistry: str) -> None:
    """Its metals together, or its lithium, are those of a cathode."""
    for content in ({"Ni": 483, "Co": 61}, {"Li": 71}):
        assert found("black_mass", content, chemistry=chemistry, form="powder") == ["high"]


def test_part_of_an_origin_is_enough() -> None:
    """A tenth of used batteries in pure lead."""
    split = {"Pb": {"battery_post_consumer": 10_000 * KG, "unknown": 89_900 * KG}}
    assert found("lead_scrap", {"Pb": 999}, origin_kg=split) == ["high"]


def test_what_a_furnace_made_is_pure_by_right() -> None:
    """Refined lead of used batteries, by its run and by its assay."""
    court = Court()
    court.batch("MUN-B-1", 20_000)
    made = output("MUN-L-1", 11_901 * KG, {"Pb": 11_900 * KG}, material="refined_lead")
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 20_000 * KG)], [made]))
    court.say("MUN", assay("MUN-L-1", Pb="0.9999"))
    assert CODE not in court.codes()


@pytest.mark.parametrize("who", ["assay", "receiver"])
def test_whoever_states_it(who: str) -> None:
    """An intake just below the limit does not help."""
    court = Court()
    court.say("MUN", intake("MUN-B-1", 12_000 * KG, {"Pb": 11_880 * KG}))
    if who == "assay":
        court.say("MUN", assay("MUN-B-1", Pb="0.9998"))
    else:
        hand_over(court, "MUN-B-1", "GLENCORE", "12000", {"Pb": "11998"})
    assert [finding.severity for finding in court.findings if finding.code == CODE] == ["high"]


@pytest.mark.parametrize("material", ["electronics", "cable", "steel", "matte", "lead_dross", "leach_residue"])
def test_lead_that_such_material_does_not_hold(material: str) -> None:
    """Also as an output, and whatever its origin."""
    assert found(material, {"Pb": 999}, "content-unusual", origin="internal", form="scrap") == ["medium"]
    court = Court()
    court.batch("MUN-B-1", 20_000)
    made = output("MUN-D-1", 11_000 * KG, {"Pb": 10_990 * KG}, material=material)
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 20_000 * KG)], [made]))
    assert "content-unusual" in court.codes()


def test_metal_in_a_solution() -> None:
    """No water holds half its mass of nickel."""
    assert found("other", {"Ni": 400}, "content-unusual", form="solution", description="liquor") == ["medium"]
    assert found("other", {"Ni": 100}, "content-unusual", form="solution", description="liquor") == []


def test_every_material_has_a_range() -> None:
    """But for what may be the metal itself, and for what is called other."""
    bounded = {*RANGES, *RICHEST, *FORMULAS, *MAIN}
    batteries = {"lead_acid_battery", "lithium_ion_battery", "electrode_scrap", "black_mass"}
    rest = set(Material.__args__) - bounded - batteries  # type: ignore[attr-defined]
    assert rest == {"lead_scrap", "lead_bullion", "nickel_cobalt_alloy", "other"}


def test_the_least_of_cathodes() -> None:
    """Layered oxides hold that much of transition metals, and of lithium."""
    for chemistry in ("NMC811", "NCA"):
        held = CEILINGS[chemistry]
        assert held["Ni"] + held["Co"] >= CATHODE_METALS * 9 // 10
    assert min(CEILINGS[name]["Li"] for name in ("LCO", "NMC111", "NMC532", "NMC622", "NMC811")) == CATHODE_LITHIUM
