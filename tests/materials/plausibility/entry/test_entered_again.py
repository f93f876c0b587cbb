"""What is found where a batch that did not occur comes in again: by what the two share, and what was found first."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.materials.plausibility.entry.entered_again import find_entered_again
from ledger.materials.state.book import Speaker
from ledger.materials.state.findings import NO_BOUND, find
from schemas.catalogue.findings.codes import FindingCode
from schemas.events import read_event
from schemas.ids import PartyId
from schemas.intake import Intake
from schemas.versions import VERSION_1
from tests.materials.yard import Yard
from tests.world.events import AT, intake, unsigned_id
from tests.world.folding import NONCE


def batch(lot: str, **more: Any) -> Intake:
    """Return a batch as it is read."""
    event = read_event({"nonce": NONCE, **intake(lot, **more)}, PartyId("MUN"), VERSION_1)
    assert isinstance(event, Intake)
    return event


@pytest.mark.parametrize(
    ("more", "severity", "shares", "held_by", "expected"),
    [
        ({}, "high", "paper", "CERT", ("held", "high")),
        ({}, "high", "mass", "CERT", ("held", "high")),
        ({}, "high", "paper", None, ("found", "low")),
        ({"country": "TH"}, "high", "supplier", None, ("found", "high")),
        ({"country": "TH"}, "medium", "paper", None, ("found", "medium")),
        ({"country": "TH"}, "low", "paper", None, None),
        ({}, "high", "mass", None, ("", "medium")),
    ],
)
def test_a_batch_that_comes_again(
    more: dict[str, Any], severity: Any, shares: str, held_by: Any, expected: tuple[str, str] | None
) -> None:
    """A hold weighs most; what was found weighs on where words changed; the mass alone is odd."""
    speaker = Speaker(Yard().parties[PartyId("MUN")], AT, 3, unsigned_id(3), VERSION_1)
    first, second = batch("MUN-B-1"), batch("MUN-B-2", **more)
    odd = find(FindingCode.LEAD_CONTENT, severity, (), NO_BOUND, speaker, lots=("MUN-B-1",))  # type: ignore[arg-type]
    found = list(find_entered_again(second, first, speaker, [odd], days=2, shares=shares, held_by=held_by))
    assert [(one.case, one.severity) for one in found] == ([] if expected is None else [expected])
