"""Deliveries without the paper that such deliveries have, or without any."""

from __future__ import annotations

from typing import Any

import pytest

from tests.materials.yard import intake
from tests.season.court import Court, severities
from tests.world.events import KG

SLIP = {"kind": "weighbridge_slip", "issuer": "MUN"}
MANIFEST = {"kind": "hazardous_manifest", "issuer": "Board"}


def deliver(court: Court, number: int, kinds: list[dict[str, str]], kg: int = 5_000, **more: Any) -> None:
    """Let scrap come in under papers of these kinds."""
    papers = [{**kind, "number": f"{number}"} for kind in kinds]
    event = intake(f"MUN-B-{number}", (kg + number) * KG, {"Pb": 300 * KG}, documents=papers, **more)
    court.say("MUN", event, "2026-01-05T06:00:00Z")


@pytest.mark.parametrize(
    ("kg", "reason", "expected"), [(1_000, "delivery", ["high"]), (999, "delivery", []), (5_000, "opening_stock", [])]
)
def test_a_delivery_without_any_paper(kg: int, reason: str, expected: list[str]) -> None:
    """Above a ton; a stock that was there was not delivered."""
    court = Court()
    deliver(court, 1, [], kg, reason=reason)
    assert severities(court, "papers-missing") == expected


@pytest.mark.parametrize(
    ("with_both", "with_one", "expected"), [(9, 1, ["medium"]), (8, 2, []), (8, 1, []), (18, 2, ["medium"] * 2)]
)
def test_a_delivery_without_the_usual_paper(with_both: int, with_one: int, expected: list[str]) -> None:
    """Of ten at least, nine have it."""
    court = Court()
    for number in range(with_both):
        deliver(court, number + 1, [SLIP, MANIFEST])
    for number in range(with_one):
        deliver(court, 100 + number, [SLIP])
    assert severities(court, "papers-missing") == expected


def test_another_material_has_its_own_papers() -> None:
    """Batteries come with a manifest, dross does not; small loads count for nothing."""
    court = Court()
    for number in range(1, 11):
        deliver(court, number, [SLIP, MANIFEST])
        deliver(court, 100 + number, [SLIP], material="lead_dross")
        deliver(court, 200 + number, [], 500)
    assert severities(court, "papers-missing") == []
