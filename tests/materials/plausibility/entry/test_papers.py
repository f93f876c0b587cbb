"""Black mass at the border, by whatever name, beside its honest twin."""

from __future__ import annotations

import pytest

from tests.materials.yard import intake
from tests.season.court import SLIP, Court
from tests.season.schemes.contents import BLACK, hand_over
from tests.world.events import KG


@pytest.mark.parametrize(
    ("receiver", "country", "expected"),
    [("MUN", "DE", ["high"]), ("MUN", "CH", []), ("MUN", "US", [])],
)
def test_black_mass_is_followed_to_where_it_came_in(receiver: str, country: str, expected: list[str]) -> None:
    """Texas may take it from the EU, and may not hand it on to India."""
    court = Court()
    court.cells("TEX-B-1", 1000, BLACK, material="black_mass", form="powder", country=country)
    hand_over(court, "TEX-B-1", receiver, "1000")
    assert [finding.severity for finding in court.findings if finding.code == "eu-black-mass"] == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"material": "filter_cake", "country": "DE"}, ["medium"]),
        ({"material": "filter_cake", "country": "US"}, []),
        ({"material": "filter_cake", "country": "DE", "chemistry": "lead_acid"}, []),
        ({"material": "graphite", "country": "DE", "waste_code": "19 14 02 *"}, ["high"]),
        ({"material": "graphite", "country": "DE", "waste_code": "191402"}, ["high"]),
        ({"material": "graphite", "country": "DE", "waste_code": "191401"}, []),
    ],
)
def test_black_mass_by_another_name(more: dict[str, str], expected: list[str]) -> None:
    """By what it holds, or by the digits of its code."""
    court = Court()
    court.cells("MUN-B-1", 1000, BLACK, form="powder", **more)
    assert [finding.severity for finding in court.findings if finding.code == "eu-black-mass"] == expected


def test_a_corrected_country_is_judged_again() -> None:
    """Where the batch really came from decides, also after it was handed on."""
    court = Court()
    batch = court.cells("TEX-B-1", 1000, BLACK, material="black_mass", form="powder", country="US")
    hand_over(court, "TEX-B-1", "MUN", "1000")
    assert "eu-black-mass" not in court.codes()
    masses = {metal: kg * KG for metal, kg in BLACK.items()}
    right = intake("TEX-B-1", 1000 * KG, masses, material="black_mass", chemistry="NMC622", form="powder", country="DE",
                   documents=[{**SLIP, "number": "WB-1"}])  # fmt: skip
    fix = {"type": "correction", "statement": batch, "kind": "incorrect_data", "reason": "typo", "replacement": right}
    court.say("TEX", fix, "2026-01-25T06:00:00Z")
    assert court.refused == []
    assert "eu-black-mass" in court.codes()
