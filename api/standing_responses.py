"""The shape of how a lot stands."""

from __future__ import annotations

from ledger.materials.standing import Level
from schemas.codes import Metal, Severity
from schemas.fields import Many, WireModel


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

    proven: Level
    reported: Level
    reasons: Many[ReasonAnswer]
