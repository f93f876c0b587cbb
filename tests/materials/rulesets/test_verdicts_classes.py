"""The chemistry classes of Annex XII, Part B."""

from __future__ import annotations

import pytest

from ledger.materials.rulesets.verdicts import class_of


@pytest.mark.parametrize(
    ("chemistry", "material", "expected"),
    [
        ("lead_acid", "", "lead_acid"),
        ("unknown", "lead_scrap", "lead_acid"),
        ("NMC622", "black_mass", "lithium"),
        ("mixed", "lithium_ion_battery", "lithium"),
        ("NiCd", "", "nickel_cadmium"),
        ("NiMH", "", "other"),
        ("NiMH", "nickel_sulfate", "other"),
        ("mixed", "refined_lead", "lead_acid"),
        ("unknown", "desulphurised_paste", "lead_acid"),
        ("mixed", "black_mass", "lithium"),
        ("mixed", "nickel_sulfate", "lithium"),
        ("mixed", "copper", "other"),
        ("unknown", "", "other"),
        ("sodium_ion", "lithium_ion_battery", "other"),
        ("NiMH", "lithium_ion_battery", "other"),
    ],
)
def test_chemistries_belong_to_the_classes_of_the_law(chemistry: str, material: str, expected: str) -> None:
    """Lead-acid, lithium-based, nickel-cadmium, other."""
    assert class_of(chemistry, material) == expected
