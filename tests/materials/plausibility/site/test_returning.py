"""Lots that come back as waste, beside an honest return."""

from __future__ import annotations

import pytest

from tests.materials.yard import intake
from tests.season.court import Court, severities
from tests.world.events import KG


@pytest.mark.parametrize(
    ("number", "reason", "expected"),
    [
        ("MUN-B-1", "delivery", ["high"]),
        ("mun-b-1", "delivery", ["high"]),
        ("MUN-B-1", "customer_return", []),
        ("MUN-B-9", "delivery", []),
    ],
)
def test_a_lot_comes_back_as_waste(number: str, reason: str, expected: list[str]) -> None:
    """A customer may return what he bought; nobody may sell it again as waste."""
    court = Court()
    court.batch("MUN-B-1")
    paper = {"kind": "packing_list", "issuer": "MUN", "number": number}
    court.say("TEX", intake("TEX-B-1", 20_000 * KG, {"Pb": 12_000 * KG}, documents=[paper], reason=reason))
    assert severities(court, "lot-comes-back-as-waste") == expected
