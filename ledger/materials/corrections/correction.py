"""The judge of corrections: everything that a wrong statement reached is folded anew.

Plan:

1. The statement is one's own, of a kind that can be corrected.
2. Documents of what no longer stands are free again.
3. The replacement was possible then (:mod:`ledger.materials.corrections.replacement`); its documents are used up.
4. The closure of all that was reached is folded twice, without and with the correction.
5. What differs is the effect: lots, runs, shipments, findings, and the difference in
   postings. Lots that are answered otherwise name the correction (:mod:`ledger.materials.corrections.changed_answers`).

It is never refused for what came later: takings stand, and what they lack is shortfall
(:mod:`ledger.materials.moves.taking`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from ledger.materials.corrections.changed_answers import answered_otherwise, touched
from ledger.materials.corrections.refold import Refolded, refold
from ledger.materials.corrections.replacement import Wrong, check_replacement
from ledger.materials.corrections.withdrawn_findings import Change, all_judged_anew, changes_words, is_used
from ledger.materials.events.correction import CORRECTION
from ledger.materials.events.kind import CorrectableKind
from ledger.materials.history.closure import Closure, gather
from ledger.materials.moves.postings import difference
from ledger.materials.plausibility.entry.holds import find_moves_around_holds
from ledger.materials.plausibility.entry.lifts import backing_of, find_lift
from ledger.materials.registry import correctable_kind_of, kind_of
from ledger.materials.state.book import Effects, LoggedEvent, MaterialBook, Speaker
from ledger.materials.state.findings import NO_BOUND, find
from ledger.materials.state.layer import Layer
from ledger.materials.state.records import Shipment, Standing
from schemas.catalogue.findings.codes import FindingCode
from schemas.correction import Correctable, Correction
from schemas.findings import Finding


def correct(event: Correction, speaker: Speaker, layer: Layer) -> None:
    """Let a correction stand from the start.

    Args:
        event: the correction.
        speaker: who corrects.
        layer: the state before it, with the entries behind it; gets what it changes.

    Raises:
        RefusedError: ``unknown-statement``, ``not-entitled``, ``not-correctable``, what
            :func:`~ledger.materials.corrections.replacement.check_replacement` raises,
            ``duplicate-document``.
    """
    book, effects, said = layer.book, layer.effects, event.replacement
    target = CORRECTION.target(event, speaker, book)
    wrong = Wrong(target, tuple(_versions(target, book, speaker.index)))
    kind = correctable_kind_of(target.event)
    if wrong.standing is not None:
        kind.free(wrong.standing, speaker, book, effects)
    folds = _Folds(event, wrong, speaker, layer)
    if said is not None:
        check_replacement(said, wrong, speaker, layer, folds.found)
        # The documents back the statement that stands, which keeps its own id.
        kind.use_again(said, speaker._replace(statement=target.statement), book, effects)
    CORRECTION.record(event, speaker, layer)
    kind.reword(wrong.standing, said, target, speaker, book, effects=effects)
    used = is_used(wrong.created or wrong.named, target, folds.before.book)
    change = Change(speaker.statement, in_words=changes_words(wrong.standing, said), after_use=used)
    _apply(folds, change, speaker, book, effects)
    effects.postings.extend(difference(folds.before.postings, folds.after.postings, speaker))
    effects.standing[event.statement] = Standing(speaker.statement, speaker.index)
    effects.mentions = sorted(folds.named)
    _note(wrong, said, effects, speaker, book)
    effects.findings.extend(kind.find_changed(wrong.standing, said, effects, speaker))
    effects.findings.extend(_find_lift(kind, wrong, said, folds, change, speaker))


class _Folds:
    """All that a correction reaches, folded without and with it; each is worked out when it is first asked for."""

    def __init__(self, event: Correction, wrong: Wrong, speaker: Speaker, layer: Layer) -> None:
        self.named = wrong.named.union(event.named_lots())
        self._this = LoggedEvent(
            index=speaker.index,
            statement=speaker.statement,
            issuer=speaker.party.id,
            occurred_at=speaker.occurred_at,
            event=event,
            rules=speaker.rules,
        )
        self._corrected = wrong.logged.index
        self._layer = layer

    @cached_property
    def closure(self) -> Closure:
        """The entries, with the correction among them."""
        history, index = self._layer.book.history, self._this.index
        return gather(sorted(self.named), history, index, onward=True, within=self._layer.scope, extra=(self._this,))

    @cached_property
    def before(self) -> Refolded:
        """The fold without the correction."""
        return refold(self.closure, self._layer.book, self._this.index)

    @cached_property
    def after(self) -> Refolded:
        """The fold with it."""
        return refold(self.closure, self._layer.book, self._this.index + 1)

    def found(self) -> tuple[Finding, ...]:
        """Return what is odd about the corrected statement as it reads now."""
        return self.after.findings.get(self._corrected, ())


def _versions(target: LoggedEvent, book: MaterialBook, before: int) -> list[Correctable | None]:
    """Return what the statement said, and every replacement of it so far, oldest first."""
    versions: list[Correctable | None] = [target.event]  # type: ignore[list-item]
    if book.standing.get(target.statement) is None:
        return versions
    names = target.event.named_lots()
    later = (index for index in book.history.naming(names) if target.index < index < before)
    events = (logged.event for logged in book.history.logged_events(later))
    said = (event.stands() for event in events if event.corrects() == target.statement)
    return [*versions, *said]  # type: ignore[list-item]


def _apply(folds: _Folds, change: Change, speaker: Speaker, book: MaterialBook, effects: Effects) -> None:
    """Let what differs between the two folds into the effects (step 5)."""
    closure, named, before, after = folds.closure, folds.named, folds.before, folds.after
    changed = answered_otherwise(before.book, after.book, closure.reached)
    # What a finding on the correction names is more: an answer in shares hides that masses changed.
    concerned = named | touched(before.book, after.book, closure.reached)
    for name in sorted(closure.reached):
        new = after.book.lots.get(name)
        if new is None or (new == before.book.lots.get(name) and name not in concerned):
            continue
        known = book.lots.get(name)
        marks = known.corrections if known is not None else ()
        effects.lots[name] = new._replace(corrections=(*marks, speaker.statement) if name in changed else marks)
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


def _note(
    wrong: Wrong, replacement: Correctable | None, effects: Effects, speaker: Speaker, book: MaterialBook
) -> None:
    """Say what is odd about the correction itself."""
    if replacement is not None and kind_of(replacement).barred_by_hold:
        brought = [lot for name in replacement.named_lots() if name not in wrong.named and (lot := book.lots.get(name))]
        at = replacement.taken_at(wrong.logged.occurred_at)
        effects.findings.extend(find_moves_around_holds(brought, at, speaker))
    moved = [lot.id for lot in effects.lots.values() if lot.moved]
    if moved:
        effects.findings.append(
            find(
                FindingCode.CORRECTED_AFTER_DISPATCH, "medium", (("changed_lots", len(effects.lots)),), NO_BOUND,
                speaker, lots=effects.lots,
                about=(
                    ("site", speaker.party.id), ("event", wrong.logged.event.type), ("moved", ", ".join(moved[:3])),
                ),
            )
        )  # fmt: skip


def _find_lift(
    kind: CorrectableKind[Any], wrong: Wrong, said: Correctable | None, folds: _Folds, change: Change, speaker: Speaker
) -> Iterator[Finding]:
    """Yield what the replacement, with those before it, adds to what may be claimed of the statement's outputs."""
    first = next((version for version in wrong.versions if version is not None), None)
    if said is None or first is None:
        return
    was, now = kind.yielded(first, folds.before.book), kind.yielded(said, folds.after.book)
    before = folds.before.findings.get(wrong.logged.index, ())
    backing = backing_of(first, said, {finding.code for finding in before}, is_used=change.after_use)
    yield from find_lift(was, now, backing, speaker, said.created_lots())
