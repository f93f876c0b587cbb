"""Metal that goes out and comes in again, beside honest scrap that is like it in part."""

from __future__ import annotations

from typing import Any

import pytest

from tests.season.court import Court, severities
from tests.season.schemes.circles import send_lead, take_in


def found(sent: dict[str, Any] | None = None, **scrap: Any) -> list[str]:
    """Return the severities after lead was sent and scrap came in."""
    court = Court()
    send_lead(court, **(sent or {}))
    take_in(court, **scrap)
    return severities(court, "out-and-in")


@pytest.mark.parametrize(
    ("scrap", "expected"),
    [
        ({}, ["medium"]),
        ({"net": 11_890, "pb": 11_888}, []),
        ({"net": 11_893, "pb": 11_891}, ["medium"]),
        ({"net": 11_914, "pb": 11_912}, []),
        ({"pb": 11_800}, []),
        ({"day": "2026-04-05"}, ["medium"]),
        ({"day": "2026-05-10"}, []),
        ({"origin": "primary"}, []),
        ({"origin": "internal"}, []),
        ({"origin": "battery_post_consumer"}, ["medium"]),
    ],
)
def test_mass_and_purity_of_what_was_sent(scrap: dict[str, Any], expected: list[str]) -> None:
    """Both to 0.1 percent, within 90 days; never the mass alone; nothing that could not be claimed again."""
    assert found(**scrap) == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"claimed": 1}, ["medium"]),
        ({"claimed": 0}, []),
        ({"claimed": 0, "virgin": 5_950}, ["medium"]),
        ({"claimed": 0, "virgin": 5_900}, []),
        ({"sent": False}, []),
    ],
)
def test_only_what_was_claimed_or_is_half_virgin(sent: dict[str, Any], expected: list[str]) -> None:
    """What is still there cannot have come in again."""
    assert found(sent) == expected
