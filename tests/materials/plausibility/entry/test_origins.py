"""Origin against material, each beside its honest twin."""

from __future__ import annotations

from typing import Any

import pytest

from tests.materials.yard import intake
from tests.season.court import SLIP, Court
from tests.world.events import KG


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
        ("filter_cake", "battery_post_consumer", ["medium"]),
        ("filter_cake", "battery_manufacturing", []),
        ("electrode_scrap", "battery_manufacturing", []),
        ("electrode_scrap", "battery_post_consumer", ["medium"]),
    ],
)
def test_what_a_material_can_come_from(material: str, origin: str, expected: list[str]) -> None:
    """Virgin lead is no waste; what is made of batteries is none; cuttings were never sold."""
    assert reported(material, origin=origin) == expected


def test_a_return_counts_where_it_first_came_in() -> None:
    """A customer may return bullion; it is not used batteries once more."""
    assert reported("lead_bullion", reason="customer_return") == ["medium"]
    assert reported("refined_lead", reason="customer_return", origin="other_post_consumer") == ["medium"]
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
        ("primary", "battery_post_consumer", True, {"origin-lifted"}),
        ("other_pre_consumer", "battery_post_consumer", True, {"origin-corrected"}),
        ("primary", "battery_post_consumer", False, {"origin-lifted"}),
        ("other_pre_consumer", "battery_post_consumer", False, set()),
        ("battery_post_consumer", "primary", True, set()),
        ("primary", "unknown", True, set()),
    ],
)
def test_an_origin_that_becomes_claimable_late(first: str, second: str, used: bool, expected: set[str]) -> None:
    """Among recycled origins it is a slip of the pen before anything was taken; to give a claim up is no fraud."""
    assert correct(first, second, used=used) & {"origin-corrected", "origin-lifted"} == expected
