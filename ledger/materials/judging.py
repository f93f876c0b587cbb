"""The one door to the judgement of an event about materials.

Admission, the replay of a bundle and the tests come through here, so that they judge
alike:

1. The event is applied to a layer over the book, and checked against both.
2. What is odd about it is found, its postings are dated, its documents used up.
3. A correction has other entries folded anew instead.
4. Its postings count in accounts, and where they fall into a closed month in the first open one.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ledger.materials.corrections.correction import correct
from ledger.materials.corrections.overdrawn_credit import settle_accounts
from ledger.materials.events.kind import Kind, no_supply
from ledger.materials.mass.months import month_of
from ledger.materials.moves.postings import post_to_open
from ledger.materials.registry import conclude, kind_of
from ledger.materials.state.book import Effects, MaterialBook, Speaker
from ledger.materials.state.credit_months import post_all
from ledger.materials.state.findings import NO_BOUND, Bound, find, in_force
from ledger.materials.state.layer import Layer, RootOf
from ledger.materials.state.records import Closed, Posting
from schemas.catalogue.findings.codes import FindingCode
from schemas.correction import Correction
from schemas.events import MaterialEvent


def judge_material(
    event: MaterialEvent,
    speaker: Speaker,
    book: MaterialBook,
    lots: Collection[str] | None = None,
    root_of: RootOf | None = None,
) -> Effects:
    """Return what an event about materials changes.

    Args:
        event: what is said.
        speaker: by whom, when, and as which entry.
        book: the state before it.
        lots: where given, the only lots that are known; the part of the event that
            concerns them is judged.
        root_of: returns the root over leaves, where trees are known.

    Raises:
        RefusedError: what its kind demands (:mod:`ledger.materials.events`).
    """
    kind, effects = kind_of(event), Effects()
    layer = Layer(book, effects, lots, root_of)
    if isinstance(event, Correction):
        correct(event, speaker, layer)
    else:
        kind.apply(event, speaker, layer, no_supply)
        kind.check(event, speaker, layer)
        if kind.cites_first:
            kind.record(event, speaker, layer)
        conclude(kind, event, speaker, layer)
        if not kind.cites_first:
            kind.record(event, speaker, layer)
    late = _post(kind, event, speaker, layer) if effects.postings else []
    closed = book.periods.get(speaker.party.id)
    if late or (closed is not None and kind.moves):
        _note_late(event, late, speaker, closed, effects)
    if effects.findings:
        effects.findings = in_force(effects.findings, speaker.rules)
    return effects


def _post(kind: Kind[Any], event: MaterialEvent, speaker: Speaker, layer: Layer) -> list[Posting]:
    """Let postings count in accounts; return those that a closed month did not take."""
    book, effects = layer.book, layer.effects
    post_all(effects.accounts, effects.postings, book.accounts)
    # In a part of the ledger an account is not known.
    if layer.scope is None and effects.accounts and kind.restates:
        settle_accounts(event, speaker, book, effects)
    effects.postings, late = post_to_open(effects.postings, book)
    return late


def _note_late(
    event: MaterialEvent, late: list[Posting], speaker: Speaker, closed: Closed | None, effects: Effects
) -> None:
    """Say of a statement that it speaks of a month after its close (a correction: that it changes one)."""
    was = min((row.period for row in late), default="")
    if not was:
        was = month_of(speaker.party, event.moved_at(speaker.occurred_at), speaker.rules)
        if closed is None or was > closed.period:
            return
    now = max((row.period for row in effects.postings if row.happened), default="")
    effects.findings.append(
        find(
            FindingCode.PRIOR_PERIOD_ADJUSTMENT, "low", (("month", was),),
            Bound((("posted_month", now),)) if now else NO_BOUND, speaker,
            lots=dict.fromkeys((*event.named_lots(), *effects.mentions, *effects.lots)),
            case="correction" if event.corrects() is not None else "",
        )
    )  # fmt: skip
