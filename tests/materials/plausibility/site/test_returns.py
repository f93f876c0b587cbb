"""Returns of a month against what left the site in it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.season.court import Court, severities
from tests.world import events
from tests.world.events import KG, dispatch


def sold(day: str, *kg: int, returned_on: str = "2026-01-25") -> Court:
    """Return a court where 20,000 kg of batteries were sold on a day of January and so much of them came back."""
    court = Court()
    court.batch("MUN-B-0", 20_000)
    court.say("MUN", dispatch("MUN-H-1", "MUN-B-0", disposition="sold"), f"{day}T06:00:00Z")
    for number, mass in enumerate(kg, 1):
        court.say("MUN", _back(f"MUN-B-{number}", mass), f"{returned_on}T06:00:00Z")
    assert court.refused == []
    return court


@pytest.mark.parametrize(
    ("kg", "found"), [((1_000,), []), ((600, 400), []), ((600, 401), ["high"]), ((20_000,), ["high"])]
)
def test_a_twentieth_of_what_left_in_the_month_may_come_back(kg: tuple[int, ...], found: list[str]) -> None:
    """All returns of the month together, against all that left in it, what came back of that among it."""
    assert severities(sold("2026-01-20", *kg), "many-customer-returns") == found


def test_what_left_in_another_month_does_not_count() -> None:
    """A site that sold nothing in the month takes nothing back in it unseen."""
    assert severities(sold("2026-01-20", 100, returned_on="2026-02-10"), "many-customer-returns") == ["high"]


def test_a_return_is_no_load_entered_anew() -> None:
    """It names the lot that it was; the checks of waste that was a product do not look at it."""
    court = sold("2026-01-20", 900)
    assert severities(court, "out-and-in") == severities(court, "lot-comes-back-as-waste") == []
    assert severities(court, "customer-return") == ["medium"]


def _back(lot: str, kg: int) -> dict[str, Any]:
    note = {"kind": "credit_note", "issuer": "MUN", "number": f"CN-{lot}"}
    event = events.intake(lot, kg * KG, material="lead_acid_battery", form="whole", content_kg={}, documents=[note])
    del event["origin"]
    return {**event, "reason": "customer_return", "returned_lot": "MUN-B-0"}
