"""Which names of materials one load may go by."""

from __future__ import annotations

from typing import get_args

import pytest

from ledger.materials.plausibility.reference.material_families import is_one_family
from schemas.codes import Material


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("lead_acid_battery", "lead_scrap", True),
        ("black_mass", "lithium_ion_battery", True),
        ("lead_acid_battery", "lithium_ion_battery", False),
        ("refined_lead", "nickel_sulfate", False),
        ("mixed_battery", "lithium_ion_battery", True),
        ("mixed_battery", "lead_acid_battery", True),
    ],
)
def test_a_load_goes_by_names_of_one_family(one: str, other: str, *, is_one: bool) -> None:
    """Either way round."""
    assert is_one_family(one, other) is is_one
    assert is_one_family(other, one) is is_one


def test_every_material_is_of_its_own_family() -> None:
    """And what may be anything is of every one."""
    assert all(is_one_family(name, name) and is_one_family(name, "other") for name in get_args(Material))
