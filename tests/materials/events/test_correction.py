"""Corrections, as far as they are an event: what can be corrected, and by whom."""

from __future__ import annotations

from typing import Any

import pytest

from tests.materials.yard import SLIP, Yard, intake
from tests.world.events import KG, correction, line, output, run


@pytest.fixture
def yard() -> Yard:
    """1,000 kg with 600 kg lead (statement 0), of which 590 kg became MUN-L-1 (statement 1)."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG}, documents=[SLIP])
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [output("MUN-L-1", 592 * KG, {"Pb": 590 * KG})]))
    return yard


@pytest.mark.parametrize(
    ("issuer", "event", "code"),
    [
        ("TEX", correction(0), "not-entitled"),
        ("MUN", correction(7), "unknown-statement"),
        ("MUN", correction(0, intake("MUN-B-9", 10)), "replacement-differs"),
        ("MUN", correction(0, intake("MUN-B-1", 10, {"Pb": 11})), "content-exceeds-net"),
        ("MUN", correction(1, run("MUN-R-1", [line("MUN-X-1", 1)], [output("MUN-L-1", 1)])), "unknown-lot"),
        ("MUN", correction(1, run("MUN-R-1", [line("MUN-B-1", 1)], [output("MUN-B-1", 1)])), "lot-exists"),
        (
            "MUN",
            correction(
                1, run("MUN-R-1", [line("MUN-B-1", 1)], [output("MUN-L-1", 1)], ended_at="2026-01-01T00:00:00Z")
            ),
            "time-order",
        ),
    ],
)
def test_what_cannot_be_corrected_is_refused(yard: Yard, issuer: str, event: dict[str, Any], code: str) -> None:
    """Another's word, another thing, or something impossible in itself."""
    assert yard.code(issuer, event) == code
