"""The judge of corrections: everything that wrong statements reached is folded anew, once for all of a correction.

Plan:

1. The statements are one's own, of kinds that can be corrected.
2. Documents of what no longer stands are free again.
3. The replacements were possible then (:mod:`ledger.materials.corrections.replacement`); their documents are used up.
4. The closure of all that was reached is folded twice, without and with the correction.
5. What differs is the effect: lots, runs, shipments, findings, and the difference in
   postings. Lots that are answered otherwise name the correction (:mod:`ledger.materials.corrections.changed_answers`).

It is never refused for what came later: takings stand, and what they lack is shortfall
(:mod:`ledger.materials.moves.taking`).
"""

from __future__ import annotations

from functools import partial

from ledger.materials.corrections.difference import let_in_difference, note_after_dispatch
from ledger.materials.corrections.goes_along import carry_along, find_along
from ledger.materials.corrections.made_better import find_lots_lifted, find_made_better
from ledger.materials.corrections.other_time import find_other_time
from ledger.materials.corrections.piece import Piece, Wrong
from ledger.materials.corrections.replacement import check_names, check_replacement
from ledger.materials.corrections.two_folds import TwoFolds
from ledger.materials.corrections.withdrawn_findings import Change, changes_words, is_used
from ledger.materials.events.correction import CORRECTION
from ledger.materials.events.entered_again import enter_again_before
from ledger.materials.events.refs import reword_ref
from ledger.materials.moves.postings import difference
from ledger.materials.plausibility.entry.holds import find_moves_around_holds
from ledger.materials.registry import correctable_kind_of, kind_of
from ledger.materials.state.book import Effects, LoggedEvent, MaterialBook, Speaker
from ledger.materials.state.layer import Layer
from ledger.materials.state.records import Standing
from schemas.correction import Correctable, Correction, Repair
from schemas.findings import Finding


def correct(event: Correction, speaker: Speaker, layer: Layer) -> None:
    """Let a correction stand from the start.

    Args:
        event: the correction.
        speaker: who corrects.
        layer: the state before it, with the entries behind it; gets what it changes.

    Raises:
        RefusedError: ``unknown-statement``, ``not-entitled``, ``not-correctable``, what
            :mod:`ledger.materials.corrections.replacement` raises, ``duplicate-document``. Each is
            asked of all statements, in their order, before the next.
    """
    book, effects = layer.book, layer.effects
    piece = _piece_of(event, speaker, layer)
    for wrong in piece.wrongs:
        if wrong.standing is not None:
            then = speaker._replace(statement=wrong.logged.statement, occurred_at=wrong.times[-1])
            correctable_kind_of(wrong.standing).free(wrong.standing, then, layer)
    for wrong in piece.wrongs:
        check_names(wrong, piece)
    folds = TwoFolds(piece.named, piece.this, layer)
    for wrong in piece.wrongs:
        check_replacement(wrong, piece, speaker.party, partial(_found, wrong, folds))
        _use_documents(wrong, speaker, layer)
    CORRECTION.record(event, speaker, layer)
    for wrong in piece.wrongs:
        kind = correctable_kind_of(wrong.logged.event)
        kind.reword(wrong.standing, wrong.said, wrong.logged, speaker, book, effects=effects)
        reword_ref(wrong.logged, wrong.said, book, effects)
        effects.standing[wrong.logged.statement] = Standing(speaker.statement, speaker.index)
    change = _change(piece, folds, speaker)
    carried = carry_along(piece, folds, speaker)
    let_in_difference(folds, change, speaker, book, effects, carried=carried)
    effects.postings.extend(difference(folds.before.postings, folds.after.postings, speaker))
    effects.mentions = sorted(piece.named)
    _note(piece, effects, speaker, book)
    effects.findings.extend(find_along(piece, folds, carried, speaker, book))
    found = [
        finding
        for wrong in piece.wrongs
        for finding in find_made_better(wrong, folds.before, folds.after, change, speaker=speaker)
    ]
    found.extend(find_lots_lifted(found, piece.wrongs, folds.before, folds.after, speaker))
    effects.findings.extend(found)
    for wrong in piece.wrongs:
        enter_again_before(wrong.logged, wrong.said, speaker, layer)


def _found(wrong: Wrong, folds: TwoFolds) -> tuple[Finding, ...]:
    """Return what is odd about a corrected statement as it reads now."""
    return folds.after.findings.get(wrong.logged.index, ())


def _change(piece: Piece, folds: TwoFolds, speaker: Speaker) -> Change:
    """Return what the correction changes, and what it comes upon: of all its statements together."""
    own = {lot for wrong in piece.wrongs for lot in (wrong.created or wrong.named)}
    corrected = [wrong.logged for wrong in piece.wrongs]
    return Change(
        speaker.statement,
        in_words=any(changes_words(wrong.standing, wrong.said) for wrong in piece.wrongs),
        after_use=is_used(own, corrected, folds.before.book),
        corrected=frozenset(logged.statement for logged in corrected),
    )


def _piece_of(event: Correction, speaker: Speaker, layer: Layer) -> Piece:
    """Return what a correction puts right (step 1)."""
    book, wrongs = layer.book, list[Wrong]()
    for repair in event.repairs():
        if event.corrections and not _is_known(repair, speaker, layer):
            continue
        target = CORRECTION.target(repair.statement, speaker, book)
        versions, times = zip(*_versions(target, book, speaker.index), strict=True)
        wrongs.append(Wrong(target, versions, times, repair.replacement, repair.occurred_at or target.occurred_at))
    return Piece(wrongs, speaker.logged(event), layer)


def _is_known(repair: Repair, speaker: Speaker, layer: Layer) -> bool:
    """Say whether one of several statements is about a lot that is known; in part of the ledger others are left out."""
    if layer.scope is None:
        return True
    target = layer.book.history.logged_of(repair.statement)
    versions = [said for said, _ in _versions(target, layer.book, speaker.index)] if target is not None else []
    said = (event for event in (repair.replacement, *versions) if event is not None)
    return any(layer.knows(lot) for event in said for lot in event.named_lots())


def _use_documents(wrong: Wrong, speaker: Speaker, layer: Layer) -> None:
    """Let the documents back the statement that stands, which keeps its own id."""
    if wrong.said is not None:
        then = speaker._replace(statement=wrong.logged.statement, occurred_at=wrong.at)
        correctable_kind_of(wrong.said).use_again(wrong.said, then, layer)


def _versions(target: LoggedEvent, book: MaterialBook, before: int) -> list[tuple[Correctable | None, str]]:
    """Return what the statement said, and every replacement of it so far, oldest first, each with when it counted."""
    versions: list[tuple[Correctable | None, str]] = [(target.event, target.occurred_at)]  # type: ignore[list-item]
    if book.standing.get(target.statement) is None:
        return versions
    names = target.event.named_lots()
    later = (index for index in book.history.naming(names) if target.index < index < before)
    repairs = (repair for logged in book.history.logged_events(later) for repair in logged.event.repairs())
    said = (repair for repair in repairs if repair.statement == target.statement)
    return [*versions, *((repair.replacement, repair.occurred_at or target.occurred_at) for repair in said)]


def _note(piece: Piece, effects: Effects, speaker: Speaker, book: MaterialBook) -> None:
    """Say what is odd about the correction itself."""
    for wrong in piece.wrongs:
        _note_brought(wrong, effects, speaker, book)
    note_after_dispatch((wrong.logged.event.type for wrong in piece.wrongs), effects, speaker)
    for wrong in piece.wrongs:
        kind = correctable_kind_of(wrong.logged.event)
        effects.findings.extend(kind.find_changed(wrong.standing, wrong.said, effects, speaker))
        effects.findings.extend(find_other_time(wrong, speaker, book))


def _note_brought(wrong: Wrong, effects: Effects, speaker: Speaker, book: MaterialBook) -> None:
    """Say where a lot that a replacement brings in is moved around a hold."""
    if wrong.said is None or not kind_of(wrong.said).barred_by_hold:
        return
    brought = [lot for name in wrong.said.named_lots() if name in wrong.brought and (lot := book.lots.get(name))]
    at = wrong.said.taken_at(wrong.at)
    effects.findings.extend(find_moves_around_holds(brought, at, speaker))
