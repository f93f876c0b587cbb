"""What a material of a declared chemistry cannot hold, each beside the honest twin at the limit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.materials.plausibility.entry.composition import check_content
from ledger.materials.state.book import Speaker
from schemas.catalogue.findings.texts import say
from schemas.codes import METALS, Chemistry, Form, Material, Metal
from schemas.ids import LotId, PartyId, StatementId
from schemas.party import Party
from schemas.versions import VERSION_1

MUN = Speaker(
    Party(PartyId("MUN"), "ACE Mundra", ("park",), "IN", StatementId("00" * 32)),
    "2026-01-05T06:00:00Z",
    7,
    StatementId("ab" * 32),
    VERSION_1,
)
NET = 1_000_000
"""A gram, so that a milligram of metal is a share of a thousandth of a percent."""


def reported(chemistry: str, content: dict[Metal, int], net: int = NET, material: str = "black_mass") -> list[str]:
    """Return codes and severities of the findings on a gram of this content in ppm."""
    found = check_content(material, chemistry, "powder", net, content, MUN, (LotId("MUN-B-1"),))
    return [f"{finding.code} {finding.severity}" for finding in found]


@pytest.mark.parametrize(
    ("chemistry", "metal", "ceiling"),
    [("LCO", "Co", 602_100), ("NMC622", "Ni", 363_300), ("LMO", "Mn", 607_700), ("LFP", "Li", 44_000)],
)
def test_black_mass_holds_no_more_than_its_pure_cathode(chemistry: str, metal: Metal, ceiling: int) -> None:
    """One part in a million above the formula is impossible."""
    assert reported(chemistry, {metal: ceiling}) == []
    assert reported(chemistry, {metal: ceiling + 1}) == ["above-stoichiometric-ceiling high"]


@pytest.mark.parametrize(("honest", "fraud", "severity"), [(343_850, 343_860, "medium"), (388_700, 388_710, "high")])
def test_nickel_to_cobalt(honest: int, fraud: int, severity: str) -> None:
    """2.99 for NMC622, off by 15 and by 30 percent."""
    net = 10 * NET
    assert f"nickel-cobalt-ratio {severity}" not in reported("NMC622", {"Ni": honest, "Co": 100_000}, net)
    assert f"nickel-cobalt-ratio {severity}" in reported("NMC622", {"Ni": fraud, "Co": 100_000}, net)


@pytest.mark.parametrize(("lithium", "severity"), [(71_900, None), (75_495, "medium"), (75_496, "high")])
def test_scrap_may_be_pure_cathode(lithium: int, severity: str | None) -> None:
    """Off-spec powder has no graphite to hide behind, a little lithium more, and an analysis that errs."""
    expected = [f"above-stoichiometric-ceiling {severity}"] if severity else []
    assert reported("NMC111", {"Li": lithium}, material="electrode_scrap") == expected


def test_a_metal_that_the_chemistry_does_not_have() -> None:
    """One percent cobalt in iron phosphate is what sorting leaves in."""
    assert reported("LFP", {"Co": 10_000}) == []
    assert reported("LFP", {"Co": 10_001}) == ["foreign-metal medium"]


def test_a_salt_is_judged_by_its_formula() -> None:
    """Whatever it was made of; lithium carbonate is 18.785 percent lithium."""
    assert reported("LFP", {"Li": 187_850}, material="lithium_carbonate") == []
    assert reported("LFP", {"Li": 191_608}, material="lithium_carbonate") == ["above-stoichiometric-ceiling high"]
    assert reported("LFP", {"Li": 150_279}, material="lithium_carbonate") == ["product-below-formula medium"]


def test_a_finding_says_what_was_expected() -> None:
    """In percent, with where the limit comes from."""
    (finding,) = check_content("black_mass", "LCO", "powder", NET, {"Co": 630_000}, MUN, (LotId("MUN-B-1"),))
    assert finding.figures == (("found_ppm", 630_000), ("metal", "Co"))
    assert (finding.limit, finding.source) == ((("most_ppm", 602_100),), "stoichiometry")
    said = say(finding)
    assert (said.figure, said.limit) == ("63.00 % Co", "60.21 % Co in pure LCO")
    assert finding.lots == ("MUN-B-1",)
    assert "MUN-B-1 is said to hold more Co than pure LCO does" in said.message


@given(
    st.sampled_from(["black_mass", "electrode_scrap", "nickel_sulfate", "other"]),
    st.sampled_from(["NMC622", "LCO", "mixed", "sodium_ion", "x"]),
    st.integers(0, 10**16),
    st.dictionaries(st.sampled_from(METALS), st.integers(0, 10**16)),
)
def test_no_content_breaks_the_checks(material: str, chemistry: str, net: int, content: dict[Metal, int]) -> None:
    """Nothing at all, more metal than mass, chemistries without figures."""
    assert set(reported(chemistry, content, net, material)) <= {
        "above-stoichiometric-ceiling high", "nickel-cobalt-ratio medium", "nickel-cobalt-ratio high",
        "foreign-metal medium", "product-below-formula medium", "content-unit high",
        "above-stoichiometric-ceiling medium",
    }  # fmt: skip
    cells = check_content("lithium_ion_battery", chemistry, "cell", net, content, MUN, ())
    codes = {finding.code for finding in cells if finding.code.startswith("content")}
    assert codes <= {"content-unusual", "content-unit"}


@pytest.mark.parametrize("chemistry", ["mixed", "unknown"])
def test_the_metals_of_a_mixture_together(chemistry: str) -> None:
    """Half nickel and a sixth cobalt may be; half and half is no cathode material at all."""
    assert reported(chemistry, {"Ni": 400_000, "Co": 273_000}) == []
    assert reported(chemistry, {"Ni": 400_000, "Co": 273_001}) == ["above-stoichiometric-ceiling high"]
    assert reported("LCO", {"Li": 70_900, "Co": 602_100}) == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"Ni": 4_380, "Co": 1_468}, ["content-unit"]),
        ({"Ni": 4_381, "Co": 1_468}, []),
        ({"Ni": 219_000, "Co": 73_400, "Li": 400}, []),
        ({}, []),
    ],
)
def test_tonnes_for_kilograms_in_black_mass(content: dict[Metal, int], expected: list[str]) -> None:
    """All its metals a fiftieth and less; lithium alone may have been taken out first."""
    found = check_content("black_mass", "NMC622", "powder", NET, content, MUN, (LotId("MUN-B-1"),))
    assert [finding.code for finding in found] == expected


@given(
    st.sampled_from(Material.__args__),  # type: ignore[attr-defined]
    st.sampled_from(Chemistry.__args__),  # type: ignore[attr-defined]
    st.sampled_from([None, *Form.__args__]),  # type: ignore[attr-defined]
    st.dictionaries(st.sampled_from(METALS), st.integers(0, NET)),
)
def test_the_short_way_hides_nothing(
    material: str, chemistry: str, form: str | None, content: dict[Metal, int]
) -> None:
    """A party with limits of its own, equal to the defaults, is judged at length, and in the same words."""
    at_length = MUN._replace(party=MUN.party._replace(limits=(("identical_weights", 3),)))
    short, long = (
        list(check_content(material, chemistry, form, NET, content, who, (LotId("MUN-B-1"),)))
        for who in (MUN, at_length)
    )
    assert short == long
