"""Restating what a lot contains, after an analysis that governs.

Content down leaves pro rata over the lot's origins, as loss. Content up: an intake lot
holds more of its own origins (those that it was declared with, where nothing is in it); an
output of a run first gets back what an analysis had taken away from it, then what that run
had booked as lost, and the rest is ``unknown``.

Invariant: what is booked back from a loss is booked out of it in the same step, so no
metal is created twice; net mass is never touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import gcd
from typing import NamedTuple

from ledger.materials.claims.cover import keep_cover
from ledger.materials.claims.credit_earning import earn_again, lose_earnings
from ledger.materials.claims.marks import join_marks, marks_of_loss
from ledger.materials.mass.apportioning import apportion
from ledger.materials.mass.mix import (
    NO_MASS,
    Mix,
    Split,
    add_mix,
    add_split,
    negative,
    present,
    split_by,
    subtract_split,
)
from ledger.materials.moves.growth import grown_after
from ledger.materials.state.book import Speaker
from ledger.materials.state.records import Drawn, Lot, Mark, Posting, PostingKind, Ratio, Run
from schemas.codes import METALS, Metal
from schemas.findings import Finding
from schemas.ids import LotId, StatementId


class Restated(NamedTuple):
    """The lot with its new content, its run where that lost or got loss, the postings, and what is odd."""

    lot: Lot
    run: Run | None
    postings: tuple[Posting, ...]
    findings: list[Finding]


def restate(
    lot: Lot,
    contents: Mapping[Metal, int],
    run: Run | None,
    speaker: Speaker,
    declared: Split = NO_MASS,
    *,
    is_first: bool = False,
) -> Restated:
    """Set the content of the metals in ``contents``, in mg; others stay.

    Args:
        lot: the lot as it stands.
        contents: what it holds now.
        run: the run that made it, ``None`` for an intake.
        speaker: whose word it rests on.
        declared: weights of the origins of an intake in which nothing is.
        is_first: whether nobody analysed the lot before. What a batch was bought by is no analysis: that it holds
            more is nothing that was gained, and kept beside it.
    """
    moves = _moves(lot, contents, run, declared)
    metals = (*lot.metals, *(metal for metal in contents if contents[metal] and metal not in lot.metals))
    own, back, lost = present(moves.own), present(moves.back), present(moves.lost)
    returned = {metal: add_split(back.get(metal, NO_MASS), own.get(metal, NO_MASS)) for metal in {**back, **own}}
    marks = marks_of_loss(run, back) if back and run is not None else ()
    gained, first = _found_more(moves, is_first=run is None and is_first)
    grown = grown_after(lot, moves.mix, gained, first)
    changed = lot._replace(mix=present(moves.mix), sourced=_real(moves.sourced), metals=metals, grown=grown)
    changed, rows, found = _claims(lot, changed, (lost, returned), marks, speaker)
    if run is not None:
        run = _note(run, lot.id, speaker.statement, back, {**lost, **negative(own)})
    postings = _postings(lot, run, returned, present(moves.risen), lost, speaker=speaker)
    return Restated(changed, run, (*postings, *rows), found)


class _Moves(NamedTuple):
    """What a lot holds now, and of it what was lost, came back to it, was drawn from its run's loss, or rose."""

    mix: Mix
    sourced: dict[Metal, Ratio]
    lost: Mix
    own: Mix
    back: Mix
    risen: Mix


def _moves(lot: Lot, contents: Mapping[Metal, int], run: Run | None, declared: Split) -> _Moves:
    mix, sourced = dict(lot.mix), dict(lot.sourced)
    removed = _removed_from(lot, run)
    lost: Mix = {}
    own: Mix = {}
    back: Mix = {}
    risen: Mix = {}
    for metal in METALS:
        split = mix.get(metal, NO_MASS)
        change = contents.get(metal, sum(split)) - sum(split)
        if change < 0:
            lost[metal] = tuple(apportion(-change, split))
            mix[metal] = subtract_split(split, lost[metal])
        elif change > 0 and lot.run is None:
            risen[metal] = tuple(apportion(change, _origins(lot, split, declared)))
            mix[metal] = add_split(split, risen[metal])
        elif change > 0:
            gone = removed.get(metal, NO_MASS)
            own[metal] = tuple(apportion(min(change, sum(gone)), gone))
            # What comes back to it is of the same sources as what is there.
            split, change = add_split(split, own[metal]), change - sum(own[metal])
            back[metal], risen[metal] = _from_loss(change, metal, run)
            mix[metal] = add_split(add_split(split, back[metal]), risen[metal])
            if change:
                sourced[metal] = _ratio(lot.sourced.get(metal, (1, 1)), sum(split), sum(back[metal]), change)
    return _Moves(mix=mix, sourced=sourced, lost=lost, own=own, back=back, risen=risen)


def _found_more(moves: _Moves, *, is_first: bool) -> tuple[dict[Metal, int], dict[Metal, int]]:
    """Return what was found above what was there, in mg, and so by a first analysis; what a loss gives back was."""
    gained = {metal: -sum(split) for metal, split in moves.lost.items()}
    first = {metal: sum(split) for metal, split in moves.risen.items()} if is_first else {}
    for part in (moves.own, {} if is_first else moves.risen):
        for metal, split in part.items():
            gained[metal] = gained.get(metal, 0) + sum(split)
    return gained, first


def _note(run: Run, lot: LotId, statement: StatementId, back: Mix, removed: Mix) -> Run:
    """Keep with the run what an output drew of its loss, and what was taken away from it or given back."""
    if back:
        run = run._replace(drawn=(*run.drawn, Drawn(statement, lot, back)))
    if removed:
        run = run._replace(removed=(*run.removed, Drawn(statement, lot, removed)))
    return run


def _removed_from(lot: Lot, run: Run | None) -> Mix:
    """Return what analyses took away from an output and did not give back."""
    total: Mix = {}
    for removed in run.removed if run is not None else ():
        if removed.lot == lot.id:
            add_mix(total, removed.mix)
    return total


def _claims(
    lot: Lot, changed: Lot, moved: tuple[Mix, Mix], marks: tuple[Mark, ...], speaker: Speaker
) -> tuple[Lot, list[Posting], list[Finding]]:
    """Let credit, and what was earned, go with the metal that was lost, and claims come back with what returned."""
    lost, returned = moved
    rows: list[Posting] = []
    if lot.credit is not None:
        changed, rows = lose_earnings(lot, changed, lost, speaker)
        changed, again = earn_again(changed, returned, marks, speaker)
        rows += again
        credit = {metal: _kept_credit(split, metal, lot, changed) for metal, split in lot.credit.items()}
        lost = {metal: subtract_split(split, credit[metal]) for metal, split in lot.credit.items()}
        changed = changed._replace(credit=present(credit))
    elif marks:
        changed = changed._replace(marks=tuple(join_marks((*lot.marks, *marks))))
    changed, found = keep_cover(changed, lost, speaker, "analysis")
    return changed, rows, found


def _kept_credit(credit: Split, metal: Metal, before: Lot, after: Lot) -> Split:
    held, holds = (sum(lot.mix.get(metal, ())) for lot in (before, after))
    return tuple(apportion(sum(credit) * holds // held, credit)) if holds < held else credit


def _postings(lot: Lot, run: Run | None, back: Mix, risen: Mix, lost: Mix, speaker: Speaker) -> tuple[Posting, ...]:
    gains, losses = dict(risen), dict(lost)
    for metal, split in back.items():
        if run is not None and run.issuer == lot.holder:
            losses[metal] = subtract_split(losses.get(metal, NO_MASS), split)
        else:
            # The loss stands in another site's books; here the metal comes in anew.
            gains[metal] = add_split(gains.get(metal, NO_MASS), split)
    rows: list[tuple[PostingKind, Mix]] = [("loss", losses), ("gain", gains)]
    return tuple(
        Posting(
            site=lot.holder,
            kind=kind,
            record=lot.id,
            material=lot.material,
            net=0,
            dry=0,
            mix=mix,
            index=speaker.index,
            statement=speaker.statement,
        )
        for kind, mix in rows
        if mix
    )


def _origins(lot: Lot, split: Split, declared: Split) -> Split:
    """Return the weights by which an intake lot's metal rises: the metal's own, else the lot's, else as declared."""
    if any(split):
        return split
    whole = NO_MASS
    for other in lot.mix.values():
        whole = add_split(whole, other)
    if any(whole):
        return whole
    return declared if any(declared) else split_by({"unknown": 1})


def _from_loss(change: int, metal: Metal, run: Run | None) -> tuple[Split, Split]:
    lost = run.loss_left().get(metal, NO_MASS) if run is not None else NO_MASS
    part = tuple(apportion(min(change, sum(lost)), lost))
    return part, split_by({"unknown": change - sum(part)})


def _ratio(before: Ratio, content: int, back: int, change: int) -> Ratio:
    """Return how much of a metal came from its run's sources, after it rose by ``change``."""
    got, of = before
    left, right = got * content + back * of, of * (content + change)
    common = gcd(left, right)
    return left // common, right // common


def _real(sourced: dict[Metal, Ratio]) -> dict[Metal, Ratio]:
    return {metal: ratio for metal, ratio in sourced.items() if ratio[0] != ratio[1]}
