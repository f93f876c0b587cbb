"""Loads that are like one that the site rejected, and what shows that it did go back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.materials.yard import intake
from tests.season.court import Court, severities
from tests.season.schemes.circles import reject_batch
from tests.world.events import KG, correction, dispatch, line, output, run


def found(
    court: Court, net: int = 12_100, pb: int = 7_300, day: str = "2026-01-12", lot: str = "TEX-B-2", **more: Any
) -> list[str]:
    """Return the severities after a batch of so many kg, with so much lead, came in."""
    court.say(lot[:3], intake(lot, net * KG, {"Pb": pb * KG}, **more), f"{day}T06:00:00Z")
    return severities(court, "out-and-in")


@pytest.mark.parametrize(
    ("batch", "expected"),
    [
        ({}, ["medium"]),
        ({"net": 12_095}, ["medium"]),
        ({"net": 12_130}, []),
        ({"material": "lead_dross"}, []),
        ({"material": "lead_dross", "pb": 7_260}, ["medium"]),
        ({"day": "2026-01-22"}, []),
        ({"day": "2026-02-05", "pb": 7_260}, ["medium"]),
        ({"day": "2026-01-09"}, []),
        ({"lot": "MUN-B-2"}, []),
    ],
)
def test_a_batch_like_a_rejected_lot(batch: dict[str, Any], expected: list[str]) -> None:
    """The mass as either side weighed it; the material within ten days, later the content too."""
    court = Court()
    reject_batch(court)
    assert found(court, **batch) == expected


def test_a_lot_that_its_sender_sends_on_did_go_back() -> None:
    """The finding is gone once the sender moves the lot."""
    court = Court()
    reject_batch(court)
    assert found(court) == ["medium"]
    court.say("MUN", dispatch("MUN-H-2", "MUN-B-1"), "2026-01-14T06:00:00Z")
    assert severities(court, "out-and-in") == []


def test_a_lot_of_which_its_sender_takes_did_go_back() -> None:
    """A part that is used shows it as well; a trace does not."""
    court = Court()
    reject_batch(court)
    assert found(court) == ["medium"]
    for number, (taken, expected) in enumerate([(100, ["medium"]), (500, [])]):
        made = output(f"MUN-L-{number}", taken * KG // 2, {"Pb": taken * KG // 2}, material="lead_bullion")
        court.say("MUN", run(f"MUN-R-{number}", [line("MUN-B-1", taken * KG)], [made]), "2026-01-14T06:00:00Z")
        assert severities(court, "out-and-in") == expected


def test_a_rejection_that_did_not_occur_leaves_nothing() -> None:
    """As it stands, nothing was rejected."""
    court = Court()
    reject_batch(court)
    assert found(court) == ["medium"]
    court.say("TEX", correction(court.index - 2, reason="clerical_error"), "2026-01-13T06:00:00Z")
    assert severities(court, "out-and-in") == []
