"""In which months a batch that did not occur is looked for."""

from __future__ import annotations

import pytest

from ledger.materials.state.withdrawn_intakes import months_around
from schemas.ids import PartyId


@pytest.mark.parametrize(
    ("day", "months"),
    [
        ("2026-01-10", ["2025-12", "2026-01"]),
        ("2026-01-11", ["2026-01"]),
        ("2026-01-21", ["2026-01"]),
        ("2026-12-22", ["2026-12", "2027-01"]),
        ("2026-02-18", ["2026-02"]),
        ("2026-02-19", ["2026-02", "2026-03"]),
    ],
)
def test_ten_days_reach_into_one_month_beside(day: str, months: list[str]) -> None:
    """The month before, or after."""
    assert [key.month for key in months_around(PartyId("MUN"), f"{day}T06:00:00Z")] == months
    assert len(months_around(PartyId("MUN"), f"{day}T06:00:00Z", 45)) in (3, 4)
