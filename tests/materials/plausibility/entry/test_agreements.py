"""A dispatch under an agreement that it does not fit."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.findings import Finding
from tests.materials.yard import Yard
from tests.world.events import agreement as terms
from tests.world.events import correction, unsigned_id


def dispatch(agreement: str | None, to: str | None = "GLENCORE", lot: str = "MUN-B-1") -> dict[str, Any]:
    """Return a dispatch of a lot of its own number."""
    way = {"to": to} if to else {"disposition": "sold"}
    named = {"agreement": agreement} if agreement else {}
    return {"type": "dispatch", "shipment": lot.replace("-B-", "-H-"), "lots": [{"lot": lot}], **way, **named}


@pytest.fixture
def yard() -> Yard:
    """An agreement that the buyer confirmed, and lots of two parks; the next entry is 4."""
    yard = Yard()
    yard.say("MUN", terms())
    yard.say("GLENCORE", terms(confirms=unsigned_id(0)))
    yard.intake("MUN-B-1", 1000, {"Pb": 900})
    yard.intake("TEX-B-1", 1000, {"Pb": 900})
    return yard


def _is_misfit(finding: Finding) -> bool:
    return finding.code == "agreement-mismatch" and finding.withdrawn_by is None


def _misfits(yard: Yard) -> list[dict[str, int | str]]:
    return [dict(finding.figures) for finding in yard.findings if _is_misfit(finding)]


@pytest.mark.parametrize(
    ("agreement", "to", "lot", "at", "misfit"),
    [
        ("MUN-A-1", "GLENCORE", "MUN-B-1", "2026-01-05T06:00:00Z", None),
        (None, "TEX", "MUN-B-1", "2026-01-05T06:00:00Z", None),
        ("MUN-A-1", "GLENCORE", "MUN-B-1", "2026-01-01T00:00:00Z", None),
        ("MUN-A-1", "GLENCORE", "MUN-B-1", "2025-12-31T23:59:59Z", {"day": "2025-12-31"}),
        ("MUN-A-9", "GLENCORE", "MUN-B-1", "2026-01-05T06:00:00Z", {"agreement": "MUN-A-9"}),
        ("MUN-A-1", "TEX", "MUN-B-1", "2026-01-05T06:00:00Z", {"to": "TEX"}),
        ("MUN-A-1", None, "MUN-B-1", "2026-01-05T06:00:00Z", {"to": "nobody"}),
        ("MUN-A-1", "GLENCORE", "TEX-B-1", "2026-01-05T06:00:00Z", {"park": "TEX"}),
        ("MUN-A-1", "MUN", "TEX-B-1", "2025-06-05T06:00:00Z", {"to": "MUN", "park": "TEX", "day": "2025-06-05"}),
    ],
    ids=str,
)
def test_a_dispatch_that_does_not_fit_its_agreement_is_found(
    yard: Yard, agreement: str | None, to: str | None, lot: str, at: str, misfit: dict[str, str] | None
) -> None:
    """It is taken; the finding says all that does not fit."""
    yard.say(lot[:3], dispatch(agreement, to, lot), at)
    assert _misfits(yard) == ([misfit] if misfit else [])


def test_a_dispatch_before_the_buyer_confirms_is_found_however_often_it_is_folded() -> None:
    """What comes later does not change it, and a correction of the batch leaves one finding."""
    yard = Yard()
    yard.say("MUN", terms())
    yard.intake("MUN-B-1", 1000, {"Pb": 900})
    yard.say("MUN", dispatch("MUN-A-1"))
    yard.say("GLENCORE", {**terms(), "confirms": f"{0:064x}"})
    assert _misfits(yard) == [{"confirmed": "no"}]
    yard.say("MUN", correction(2, {**dispatch("MUN-A-1"), "title": "another"}))
    assert _misfits(yard) == [{"confirmed": "no"}]


def test_a_corrected_name_of_the_agreement_takes_the_finding_away(yard: Yard) -> None:
    """And a wrong name brought in by a correction is found."""
    yard.say("MUN", dispatch("MUN-A-7"))
    yard.say("MUN", correction(4, dispatch("MUN-A-1")))
    assert _misfits(yard) == []
    yard.say("MUN", correction(4, dispatch("MUN-A-8")))
    assert _misfits(yard) == [{"agreement": "MUN-A-8"}]
