"""A supplier that brings more than ever, beside its honest twin at the limit."""

from __future__ import annotations

import pytest

from tests.materials.yard import intake
from tests.season.court import SLIP, Court, severities
from tests.world.events import KG

SUPPLIER = "cd" * 32


@pytest.mark.parametrize(
    ("before", "march", "expected"),
    [(20_000, 60_000, []), (20_000, 60_001, ["medium"]), (5_000, 19_999, []), (5_000, 20_000, ["medium"])],
)
def test_a_supplier_with_more_than_ever(before: int, march: int, expected: list[str]) -> None:
    """Three times the mean of the months before, from 20 t on."""
    court = Court()
    for month, kg in ((1, before), (2, before), (3, march)):
        slip = {**SLIP, "number": f"WB-{month}"}
        batch = intake(f"MUN-B-{month}", kg * KG, {"Pb": kg * KG * 6 // 10}, supplier=SUPPLIER, documents=[slip])
        court.say("MUN", batch, f"2026-{month:02d}-10T06:00:00Z")
    assert severities(court, "supplier-spike") == expected
