"""The one door to the judges of materials: which event goes to which judge.

Admission, the replay of a bundle and the tests come through here, so that they judge
alike.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container
from typing import Any

from ledger.materials.corrections.correction import judge_correction
from ledger.materials.corrections.overdrawn_credit import settle_accounts
from ledger.materials.events.agreement import judge_agreement
from ledger.materials.events.assay import judge_assay
from ledger.materials.events.attestation import judge_attestation
from ledger.materials.events.claim import judge_claim
from ledger.materials.events.handover import judge_acceptance, judge_dispatch
from ledger.materials.events.hold import judge_hold, judge_release
from ledger.materials.events.intake import judge_intake
from ledger.materials.events.run import judge_draw, judge_transformation
from ledger.materials.events.stock_count import judge_count
from ledger.materials.mass.months import month_of
from ledger.materials.moves.postings import date, post_to_open, time_of
from ledger.materials.state.book import Effects, MaterialBook, Speaker
from ledger.materials.state.credit_account import post_all
from ledger.materials.state.findings import NO_BOUND, Bound, find, in_force
from ledger.materials.state.records import Closed, Posting
from schemas.agreements import Agreement
from schemas.assay import Assay
from schemas.attestation import Attestation
from schemas.catalogue.findings.codes import FindingCode
from schemas.claims import Claim
from schemas.correction import Correction
from schemas.errors import MalformedError
from schemas.events import MaterialEvent
from schemas.handover import Acceptance, Dispatch
from schemas.holding import Hold, Release
from schemas.intake import Intake
from schemas.stock import StockCount
from schemas.transformation import Transformation


def judge_material(
    event: MaterialEvent, speaker: Speaker, book: MaterialBook, lots: Collection[str] | None = None
) -> Effects:
    """Return what an event about materials changes.

    Args:
        event: what is said.
        speaker: by whom, when, and as which entry.
        book: the state before it.
        lots: where given, the only lots that are known; the part of the event that
            concerns them is judged.

    Raises:
        RefusedError: what the judge of its kind raises.
    """
    effects = _judge(event, speaker, book, lots)
    late = _post(event, speaker, book, effects, is_whole=lots is None) if effects.postings else []
    closed = book.periods.get(speaker.party.id)
    if late or (closed is not None and type(event) in _MOVES):
        _note_late(event, late, speaker, closed, effects)
    if effects.findings:
        effects.findings = in_force(effects.findings, speaker.rules)
    return effects


def _post(
    event: MaterialEvent, speaker: Speaker, book: MaterialBook, effects: Effects, *, is_whole: bool
) -> list[Posting]:
    """Date the postings and let them count; return those that a closed month did not take."""
    if not isinstance(event, Correction):
        # A correction's differences count in the months of what they correct.
        effects.postings = date(effects.postings, speaker, time_of(event, speaker.occurred_at), book)
    post_all(effects.accounts, effects.postings, book.accounts)
    # In a part of the ledger an account is not known.
    if is_whole and effects.accounts and isinstance(event, (Correction, Assay, StockCount)):
        settle_accounts(event, speaker, book, effects)
    effects.postings, late = post_to_open(effects.postings, book)
    return late


_LISTED: dict[type, Callable[[Any, Speaker, MaterialBook], Effects]] = {
    Acceptance: judge_acceptance,
    Assay: judge_assay,
    StockCount: judge_count,
    Hold: judge_hold,
    Release: judge_release,
    Claim: judge_claim,
}
"""Events whose lots are judged line by line, so that a part of them can be."""

_WHOLE: dict[type, Callable[[Any, Speaker, MaterialBook], Effects]] = {
    Intake: judge_intake,
    Agreement: judge_agreement,
    Attestation: judge_attestation,
}


def _judge(event: MaterialEvent, speaker: Speaker, book: MaterialBook, lots: Collection[str] | None) -> Effects:
    if isinstance(event, Transformation):
        if lots is not None and set(event.created_lots()).isdisjoint(lots):
            return judge_draw(event, speaker, book, lots)
        return judge_transformation(event, speaker, book)
    if isinstance(event, Correction):
        return judge_correction(event, speaker, book, lots)
    if isinstance(event, Dispatch):
        return judge_dispatch(event if lots is None else _part(event, lots), speaker, book, is_partial=lots is not None)
    if judge := _WHOLE.get(type(event)):
        return judge(event, speaker, book)
    if judge := _LISTED.get(type(event)):
        return judge(event if lots is None else _part(event, lots), speaker, book)
    # The close of a period is judged where the Merkle tree is known.
    raise MalformedError(f"expected an event about materials, got {event.type}", "type")


def _part(event: Any, lots: Container[str]) -> Any:  # noqa: ANN401
    """Return the event with only the lines about some lots."""
    kept = tuple(line for line in event.lots if (line if isinstance(line, str) else line.lot) in lots)
    return event.model_copy(update={"lots": kept})


_MOVES = (Intake, Transformation, Dispatch, Acceptance, StockCount, Claim)
"""Events that a month is made of, whether they post anything or not."""


def _note_late(
    event: MaterialEvent, late: list[Posting], speaker: Speaker, closed: Closed | None, effects: Effects
) -> None:
    """Say of a statement that it tells of a month after its close (a correction: that it changes one)."""
    was = min((row.period for row in late), default="")
    if not was:
        was = month_of(speaker.party, time_of(event, speaker.occurred_at), speaker.rules)
        if closed is None or was > closed.period:
            return
    now = max((row.period for row in effects.postings if row.happened), default="")
    effects.findings.append(
        find(
            FindingCode.PRIOR_PERIOD_ADJUSTMENT, "low", (("month", was),),
            Bound((("posted_month", now),)) if now else NO_BOUND, speaker,
            dict.fromkeys((*event.named_lots(), *effects.mentions, *effects.lots)),
            case="correction" if isinstance(event, Correction) else "",
        )
    )  # fmt: skip
