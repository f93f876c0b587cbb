"""Origin against material, and black mass at the border, each beside its honest twin."""

from __future__ import annotations

from typing import Any

import pytest

from tests.season.court import KG, SLIP, Court, intake
from tests.season.schemes.contents import BLACK, hand_over


def reported(material: str, pb: int = 11_000, code: str = "origin-does-not-fit", **more: Any) -> list[str]:
    """Return the severities of the findings on twelve tonnes of a material."""
    court = Court()
    batch = intake("MUN-B-1", 12_000 * KG, {"Pb": pb * KG}, **{"material": material, "form": "ingot", **more})
    court.say("MUN", batch)
    assert court.refused == []
    return [finding.severity for finding in court.findings if finding.code == code]


@pytest.mark.parametrize(
    ("material", "origin", "expected"),
    [
        ("primary_lead", "primary", []),
        ("primary_lead", "battery_post_consumer", ["high"]),
        ("primary_lead", "other_pre_consumer", ["high"]),
        ("refined_lead", "unknown", []),
        ("refined_lead", "other_post_consumer", []),
        ("refined_lead", "battery_manufacturing", ["medium"]),
        ("lead_bullion", "battery_post_consumer", []),
        ("electrode_scrap", "battery_manufacturing", []),
        ("electrode_scrap", "battery_post_consumer", ["medium"]),
    ],
)
def test_what_a_material_can_come_from(material: str, origin: str, expected: list[str]) -> None:
    """Virgin lead is no waste; what is made of batteries is none; cuttings were never sold."""
    assert reported(material, origin=origin) == expected


@pytest.mark.parametrize(("pb", "expected"), [(11_879, []), (11_880, ["medium"])])
def test_scrap_that_is_too_pure(pb: int, expected: list[str]) -> None:
    """99 percent."""
    assert reported("lead_scrap", pb) == expected
    assert reported("lead_scrap", pb, origin="other_pre_consumer") == []


def test_a_return_counts_where_it_first_came_in() -> None:
    """A customer may return bullion; it is not used batteries once more."""
    assert reported("lead_bullion", reason="customer_return") == ["medium"]
    assert reported("lead_bullion", reason="customer_return", origin="internal") == []


def test_origins_stated_per_metal() -> None:
    """Part of it is enough."""
    half = {"battery_post_consumer": 5_500 * KG, "unknown": 5_500 * KG}
    assert reported("refined_lead", origin_kg={"Pb": half}) == ["medium"]


def correct(first: str, second: str, *, used: bool) -> set[str]:
    """Return the codes after a batch of one origin is corrected to another."""
    court = Court()
    slip = [{**SLIP, "number": "WB-1"}]
    content = {"Pb": 18_000 * KG}
    reported = court.say("MUN", intake("MUN-B-1", 20_000 * KG, content, origin=first, documents=slip))
    if used:
        court.smelt("MUN-R-1", {"MUN-B-1": 5_000}, 4_490, at="2026-01-12T06:00:00Z")
    right = intake("MUN-B-1", 20_000 * KG, content, origin=second, documents=slip)
    fix = {
        "type": "correction",
        "statement": reported,
        "kind": "incorrect_data",
        "reason": "typo",
        "replacement": right,
    }
    court.say("MUN", fix, "2026-01-20T06:00:00Z")
    court.check()
    return court.codes()


@pytest.mark.parametrize(
    ("first", "second", "used", "expected"),
    [
        ("primary", "battery_post_consumer", True, True),
        ("other_pre_consumer", "battery_post_consumer", True, True),
        ("primary", "battery_post_consumer", False, False),
        ("battery_post_consumer", "primary", True, False),
        ("primary", "unknown", True, False),
    ],
)
def test_an_origin_that_becomes_claimable_late(first: str, second: str, used: bool, expected: bool) -> None:
    """Before anything was taken it is a slip of the pen; to give a claim up is no fraud."""
    assert ("origin-corrected" in correct(first, second, used=used)) is expected


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
