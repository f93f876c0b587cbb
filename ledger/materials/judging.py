"""The one door to the judgement of an event about materials.

Admission, the replay of a bundle and the tests come through here, so that they judge
alike:

1. The plant's own id of it is of no other statement.
2. The event is applied to a layer over the book, and checked against both.
3. What is odd about it is found, its postings are dated, its documents used up.
4. A correction has other entries folded anew instead, as has an assay of a lot that was used already.
5. Its postings count in accounts, and where they fall into a closed month in the first open one.
6. Sites have other lots under other models of custody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from ledger.materials.corrections.correction import correct
from ledger.materials.corrections.late_assay import let_in_late
from ledger.materials.corrections.overdrawn_credit import settle_accounts
from ledger.materials.events.kind import Kind, no_supply
from ledger.materials.events.refs import use_ref
from ledger.materials.moves.closed_months import note_late, post_to_open
from ledger.materials.moves.stock_custody import count_custody
from ledger.materials.registry import conclude, kind_of
from ledger.materials.state.book import Effects, MaterialBook, Speaker
from ledger.materials.state.credit_months import post_all
from ledger.materials.state.findings import in_force
from ledger.materials.state.ground import Ground
from ledger.materials.state.layer import Layer, RootOf
from ledger.materials.state.records import Posting
from schemas.correction import Correction
from schemas.events import MaterialEvent
from schemas.ids import LotId


def judge_material(
    event: MaterialEvent,
    speaker: Speaker,
    book: MaterialBook,
    lots: Collection[LotId] | None = None,
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
    use_ref(event, speaker, book, effects)
    if isinstance(event, Correction):
        correct(event, speaker, layer)
    elif kind.reaches_back(event, speaker, layer):
        let_in_late(event, speaker, layer)
    else:
        kind.apply(event, speaker, layer, no_supply)
        kind.check(event, speaker, Ground(layer))
        if kind.cites_first:
            kind.record(event, speaker, layer)
        conclude(kind, event, speaker, layer)
        if not kind.cites_first:
            kind.record(event, speaker, layer)
    late = _post(kind, event, speaker, layer) if effects.postings else []
    if lots is None:
        count_custody(layer)
    closed = book.periods.get(speaker.party.id)
    if late or (closed is not None and kind.moves):
        note_late(event, late, speaker, closed, effects)
    if effects.findings:
        effects.findings = in_force(effects.findings, speaker.rules)
    return effects


def _takes_earnings(rows: Iterable[Posting]) -> bool:
    """Say whether postings take from an account what was earned, as metal does that is thrown away."""
    earned = (row.mix for row in rows if row.kind == "credit_earned")
    return any(mass < 0 for mix in earned for split in mix.values() for mass in split)


def _post(kind: Kind[Any], event: MaterialEvent, speaker: Speaker, layer: Layer) -> list[Posting]:
    """Let postings count in accounts; return those that a closed month did not take."""
    book, effects = layer.book, layer.effects
    post_all(effects.accounts, effects.postings, book.accounts)
    # In a part of the ledger an account is not known.
    if layer.scope is None and effects.accounts and (kind.restates or _takes_earnings(effects.postings)):
        settle_accounts(event, speaker, book, effects)
    effects.postings, late = post_to_open(effects.postings, book)
    return late
