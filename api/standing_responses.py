"""The shape of how a lot stands."""

from __future__ import annotations

from typing import Any, Final

from pydantic import ConfigDict

from ledger.materials.standing import Level
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import Metal, Severity
from schemas.fields import Many, WireModel

_EXAMPLE: Final[dict[str, Any]] = {
    "proven": "look",
    "reported": "look",
    "reasons": [
        {
            "code": FindingCode.GAIN_WITH_REASON,
            "severity": "medium",
            "level": "look",
            "metal": "Pb",
            "share": "0.734100",
            "settled": False,
            "proven": True,
            "reported": True,
        }
    ],
}


class ReasonAnswer(WireModel):
    """All that was found of one kind on a lot's way, and how much of a metal of the lot came that way.

    `level` is what it makes of the lot; `proven` says that the lot's closure alone shows it,
    `reported` that it is so by all of the ledger.
    """

    code: str
    severity: Severity
    level: Level
    metal: Metal | None = None
    share: str
    settled: bool
    proven: bool
    reported: bool


class StandingAnswer(WireModel):
    """How a lot stands by its closure alone, and by all that the ledger says of it; why, worst first."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})
    proven: Level
    reported: Level
    reasons: Many[ReasonAnswer]
