"""What a word changes beyond its own lots: all that differs between the folds without and with it."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.materials.corrections.carried_holds import NOTHING, Carried
from ledger.materials.corrections.changed_answers import answered_otherwise, touched
from ledger.materials.corrections.two_folds import TwoFolds
from ledger.materials.corrections.withdrawn_findings import Change, all_judged_anew
from ledger.materials.state.book import Effects, MaterialBook, Speaker
from ledger.materials.state.findings import NO_BOUND, find
from ledger.materials.state.records import Shipment
from schemas.catalogue.findings.codes import FindingCode


def let_in_difference(
    folds: TwoFolds,
    change: Change,
    speaker: Speaker,
    book: MaterialBook,
    effects: Effects,
    *,
    carried: Carried = NOTHING,
) -> None:
    """Let what differs between the two folds into the effects."""
    closure, named, before, after = folds.closure, folds.named, folds.before, folds.after
    changed = answered_otherwise(before.book, after.book, closure.reached).union(carried)
    # What a finding on the correction names is more: an answer in shares hides that masses changed.
    concerned = named | touched(before.book, after.book, closure.reached)
    for name in sorted(closure.reached):
        new = after.book.lots.get(name)
        if new is None or (new == before.book.lots.get(name) and name not in concerned and name not in carried):
            continue
        known = book.lots.get(name)
        marks = known.corrections if known is not None else ()
        marks = (*marks, speaker.statement) if name in changed else marks
        holds = (*new.holds, *(coming.mark for coming in carried.get(name, ())))
        effects.lots[name] = new._replace(corrections=marks, holds=holds)
    for run_id, run in after.book.runs.items():
        if run != before.book.runs.get(run_id):
            effects.runs[run_id] = run
    for shipment in after.book.shipments.values():
        was = before.book.shipments.get(shipment.id)
        if shipment != was:
            effects.shipments[shipment.id] = _merge(was, shipment, book.shipments.get(shipment.id))
    effects.anew.update(all_judged_anew(before, after, book.findings_of, change))


def _merge(was: Shipment | None, new: Shipment, known: Shipment | None) -> Shipment:
    """Let a shipment's lots that the closure does not hold stay as they are."""
    if known is None:
        return new
    folded = {*(was.lots if was else ()), *new.lots}
    others = tuple(lot for lot in known.lots if lot not in folded)
    awaiting = {lot: state for lot, state in known.awaiting.items() if lot not in folded} | new.awaiting
    return new._replace(lots=(*new.lots, *others), awaiting=awaiting)


def note_after_dispatch(kinds: Iterable[str], effects: Effects, speaker: Speaker) -> None:
    """Say where lots that were dispatched are answered otherwise by a word on events of these kinds."""
    moved = [lot.id for lot in effects.lots.values() if lot.moved]
    if moved:
        effects.findings.append(
            find(
                FindingCode.CORRECTED_AFTER_DISPATCH, "medium", (("changed_lots", len(effects.lots)),), NO_BOUND,
                speaker, lots=effects.lots,
                about=(
                    ("site", speaker.party.id), ("event", ", ".join(dict.fromkeys(kinds))),
                    ("moved", ", ".join(moved[:3])),
                ),
            )
        )  # fmt: skip
