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


def after(count: int, kg: int, *, of: str = SUPPLIER) -> list[str]:
    """Return the severities after so many deliveries of about ten tonnes and one of another mass."""
    court = Court()
    for number in range(count):
        court.batch(f"MUN-B-{number}", 10_000 + (number % 3 - 1) * 20, supplier=SUPPLIER)
    court.batch("MUN-B-LB", kg, supplier=of)
    return severities(court, "delivery-in-pounds")


@pytest.mark.parametrize(
    ("count", "kg", "expected"),
    [
        (20, 18_999, []),
        (20, 19_000, ["medium"]),
        (20, 22_046, ["medium"]),
        (25, 25_000, ["medium"]),
        (20, 25_001, []),
        (19, 22_046, []),
    ],
)
def test_a_delivery_in_pounds(count: int, kg: int, expected: list[str]) -> None:
    """1.9 to 2.5 times the median of the last twenty."""
    assert after(count, kg) == expected


def test_a_delivery_is_held_against_its_own_supplier() -> None:
    """Another supplier has larger trucks."""
    assert after(20, 22_046, of="ab" * 32) == []


def test_the_median_follows_the_last_twenty() -> None:
    """Who changes from vans to trucks is asked a few times, then no more."""
    court = Court()
    for number in range(50):
        court.batch(f"MUN-B-{number}", 5_000 if number < 20 else 11_000, supplier=SUPPLIER)
    assert severities(court, "delivery-in-pounds") == ["medium"] * 10


def test_a_mended_slip_leaves_nothing() -> None:
    """Pounds corrected into kilograms."""
    court = Court()
    for number in range(20):
        court.batch(f"MUN-B-{number}", 10_000 + number, supplier=SUPPLIER)
    said = court.batch("MUN-B-LB", 22_046, supplier=SUPPLIER, documents=[{**SLIP, "number": "WB-LB"}])
    assert severities(court, "delivery-in-pounds") == ["medium"]
    right = intake("MUN-B-LB", 10_000 * KG, {"Pb": 6_000 * KG}, supplier=SUPPLIER, material="lead_acid_battery",
                   form="whole", documents=[{**SLIP, "number": "WB-LB"}])  # fmt: skip
    fix = {"type": "correction", "statement": said, "kind": "incorrect_data", "reason": "lb", "replacement": right}
    court.say("MUN", fix, "2026-01-11T06:00:00Z")
    assert severities(court, "delivery-in-pounds") == []
