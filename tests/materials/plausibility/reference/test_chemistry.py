"""The figures of substances, derived again from formulas and atomic weights."""

from __future__ import annotations

import pytest

from ledger.materials.plausibility.reference.chemistry import (
    CEILINGS,
    FORMULAS,
    LITHIUM_ION,
    MAIN,
    PACKED,
    RATIOS,
    RICHEST,
)
from schemas.codes import Metal

WEIGHTS = {
    "H": 1_008, "Li": 6_940, "C": 12_011, "N": 14_007, "O": 15_999, "Na": 22_990, "Al": 26_982, "P": 30_974,
    "S": 32_060, "Cl": 35_450, "Pb": 207_200, "Mn": 54_938, "Fe": 55_845, "Co": 58_933, "Ni": 58_693,
}  # fmt: skip
"""Thousandths of standard atomic weights (IUPAC, abridged)."""

CATHODES = {
    "LCO": {"Li": 1000, "Co": 1000, "O": 2000},
    "NMC111": {"Li": 1000, "Ni": 333, "Mn": 333, "Co": 334, "O": 2000},
    "NMC532": {"Li": 1000, "Ni": 500, "Mn": 300, "Co": 200, "O": 2000},
    "NMC622": {"Li": 1000, "Ni": 600, "Mn": 200, "Co": 200, "O": 2000},
    "NMC811": {"Li": 1000, "Ni": 800, "Mn": 100, "Co": 100, "O": 2000},
    "NCA": {"Li": 1000, "Ni": 800, "Co": 150, "Al": 50, "O": 2000},
    "LMO": {"Li": 1000, "Mn": 2000, "O": 4000},
    "LFP": {"Li": 1000, "Fe": 1000, "P": 1000, "O": 4000},
    "sodium_ion": {"Na": 1000, "Ni": 1000, "O": 2000},
}
SALTS = {
    "lithium_carbonate": {"Li": 2, "C": 1, "O": 3},
    "lithium_hydroxide": {"Li": 1, "O": 1, "H": 1},
    "lithium_phosphate": {"Li": 3, "P": 1, "O": 4},
    "lithium_sulfate": {"Li": 2, "S": 1, "O": 4},
    "nickel_sulfate": {"Ni": 1, "S": 1, "O": 4},
    "cobalt_sulfate": {"Co": 1, "S": 1, "O": 4},
    "cobalt_hydroxide": {"Co": 1, "O": 2, "H": 2},
    "manganese_sulfate": {"Mn": 1, "S": 1, "O": 4},
    "crude_lithium_carbonate": {"Li": 2, "C": 1, "O": 3},
    "lead_carbonate": {"Pb": 3, "C": 2, "O": 8, "H": 2},
}


def share(formula: dict[str, int], element: str) -> int:
    """Return the mass fraction of an element in a formula, in ppm."""
    total = sum(WEIGHTS[name] * count for name, count in formula.items())
    return WEIGHTS[element] * formula[element] * 1_000_000 // total


@pytest.mark.parametrize("chemistry", CATHODES)
def test_ceilings_follow_from_the_formula(chemistry: str) -> None:
    """The published table is rounded to a hundredth of a percent; NMC111 is no exact third."""
    for metal, ceiling in CEILINGS[chemistry].items():
        if metal not in CATHODES[chemistry]:
            continue  # the end members of a mixture are formulas of their own
        assert abs(ceiling - share(CATHODES[chemistry], metal)) <= 500, metal


@pytest.mark.parametrize("salt", SALTS)
def test_salts_follow_from_the_formula(salt: str) -> None:
    """Without water of crystals, so that the hydrates stay below."""
    for metal, most in FORMULAS[salt].items():
        assert abs(most - share(SALTS[salt], metal)) <= 200


def test_every_salt_has_its_formula() -> None:
    """A mixed hydroxide is bounded by each of the hydroxides that it is made of."""
    assert FORMULAS.keys() - SALTS.keys() == {"mixed_hydroxide"}
    for metal, most in FORMULAS["mixed_hydroxide"].items():
        assert abs(most - share({metal: 1, "O": 2, "H": 2}, metal)) <= 1_000


@pytest.mark.parametrize("metal", ["Ni", "Co", "Mn", "Fe"])
def test_sodium_cathodes_are_bounded_by_their_oxides(metal: Metal) -> None:
    """NaNiO2, NaCoO2, NaMnO2, NaFeO2."""
    assert abs(CEILINGS["sodium_ion"][metal] - share({"Na": 1, metal: 1, "O": 2}, metal)) <= 500


@pytest.mark.parametrize(
    ("material", "metal", "formula"),
    [("leach_solution", "Ni", {"Ni": 1, "Cl": 2}), ("leach_solution", "Co", {"Co": 1, "Cl": 2}),
     ("filter_cake", "Ni", {"Ni": 1, "O": 1}), ("filter_cake", "Co", {"Co": 1, "O": 1}),
     ("slag", "Pb", {"Pb": 1, "O": 1}), ("filter_cake", "Li", {"Li": 1, "O": 1, "H": 1})],
)  # fmt: skip
def test_mixtures_are_bounded_by_their_richest_compound(material: str, metal: Metal, formula: dict[str, int]) -> None:
    """Chloride in a solution, oxide in a residue."""
    assert abs(RICHEST[material][metal] - share(formula, metal)) <= 500


@pytest.mark.parametrize("chemistry", RATIOS)
def test_nickel_to_cobalt_is_that_of_the_ceilings(chemistry: str) -> None:
    """Two columns of one formula."""
    expected = CEILINGS[chemistry]["Ni"] * 1_000_000 // CEILINGS[chemistry]["Co"]
    assert abs(RATIOS[chemistry] - expected) <= 10_000


@pytest.mark.parametrize("form", PACKED)
def test_no_cell_or_pack_is_richer_than_its_cathode(form: str) -> None:
    """Copper, graphite and steel are in the way; a pack holds less than its cells."""
    for chemistry, recipe in PACKED[form].items():
        for metal, usual in recipe.items():
            assert usual < CEILINGS[chemistry][metal]
            assert usual <= PACKED["cell"][chemistry][metal]


def test_what_a_product_holds_fits_under_its_formula() -> None:
    """The salt with most water is what is expected at least."""
    for material, (metal, usual) in MAIN.items():
        assert usual <= FORMULAS.get(material, {}).get(metal, 1_000_000)
    assert not LITHIUM_ION & FORMULAS.keys()


@pytest.mark.parametrize("chemistry", ["mixed", "unknown"])
def test_a_mixture_is_bounded_by_the_richest_of_its_parts(chemistry: str) -> None:
    """Lithium, nickel and cobalt each up to the most that any single chemistry has."""
    for metal in ("Li", "Ni", "Co"):
        most = max(CEILINGS[name].get(metal, 0) for name in (*CATHODES, "NMC9", "NMCA") if name != "sodium_ion")
        assert CEILINGS[chemistry][metal] == most
