"""How a lot stands, on its page: one word, and what was found on its way; nobody and no other lot is named."""

from __future__ import annotations

from typing import NamedTuple

from api.words import METAL_NAMES, SEVERITY_NAMES, micro_percent
from ledger.materials.answers.provenance import ONE
from ledger.materials.standing import Level, LotStanding, Reason
from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.findings.texts import TEXTS
from schemas.catalogue.standing import SENTENCES, LotReason

_WORDS: dict[Level, str] = {
    "clear": "Nothing that was found on this lot's way stops it.",
    "look": "Look before you use, sell or claim this lot.",
    "stop": "Stop: do not use, sell or claim this lot before this is cleared up.",
}
_PROVEN = {True: "Proven by the lot's own chain of statements", False: "Reported elsewhere in the ledger"}
_MICRO = 10**6


class ReasonRow(NamedTuple):
    """A reason in words."""

    code: str
    severity: str
    weight: str
    meaning: str
    share: str
    notes: str


class StandingView(NamedTuple):
    """How a lot stands in words, and why."""

    level: Level
    sentence: str
    reasons: list[ReasonRow]


def standing_view(standing: LotStanding) -> StandingView:
    """Return how a lot stands in words, by all that the ledger says of it."""
    level = standing.reported
    return StandingView(level, _WORDS[level], [_row(row) for row in standing.reasons if row.reported])


def _row(reason: Reason) -> ReasonRow:
    notes = [_PROVEN[reason.proven]]
    if reason.settled:
        notes.append("settled by a certifier")
    elif reason.level == "clear":
        notes.append("too little of the metal to matter")
    return ReasonRow(
        code=str(reason.code), severity=reason.severity, weight=SEVERITY_NAMES[reason.severity],
        meaning=_meaning(reason.code), share=_share(reason), notes="; ".join(notes),
    )  # fmt: skip


def _meaning(code: str) -> str:
    return SENTENCES[LotReason(code)] if code in set(LotReason) else TEXTS[FindingCode(code)].meaning


def _share(reason: Reason) -> str:
    if reason.metal is None:
        return "The lot itself."
    # Rounded up to millionths before it is cut to a percentage: what might be reached is shown as reached.
    share = micro_percent(-(-reason.share * _MICRO // ONE))
    return f"{share} of its {METAL_NAMES[reason.metal].lower()} came that way."
