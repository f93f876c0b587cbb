"""Restating what a lot contains, after an analysis that governs.

Content down leaves pro rata over the lot's origins, as loss. Content up: an intake lot
holds more of its own origins; an output of a run gets it first from what that run had
booked as lost, and the rest is ``unknown``.

Invariant: what is booked back from a loss is booked out of it in the same step, so no
metal is created twice; net mass is never touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import gcd
from typing import NamedTuple

from ledger.materials.apportioning import NO_MASS, UNKNOWN, Mix, Split, add_split, apportion, subtract_split
from ledger.materials.book import Speaker
from ledger.materials.cover import keep_cover
from ledger.materials.earning import earn_again, lose_earnings
from ledger.materials.marks import join_marks, marks_of_loss
from ledger.materials.records import Drawn, Lot, Posting, PostingKind, Ratio, Run
from schemas.codes import METALS, Metal
from schemas.findings import Finding


class Restated(NamedTuple):
    """The lot with its new content, its run where that lost or got loss, the postings, and what is odd."""

    lot: Lot
    run: Run | None
    postings: tuple[Posting, ...]
    findings: list[Finding]


def restate(lot: Lot, contents: Mapping[Metal, int], run: Run | None, speaker: Speaker) -> Restated:
    """Set the content of the metals in ``contents``, in mg; others stay.

    Args:
        lot: the lot as it stands.
        contents: what it holds now.
        run: the run that made it, ``None`` for an intake.
        speaker: whose word it rests on.
    """
    mix, sourced = dict(lot.mix), dict(lot.sourced)
    lost: Mix = {}
    back: Mix = {}
    risen: Mix = {}
    for metal in METALS:
        split = mix.get(metal, NO_MASS)
        change = contents.get(metal, sum(split)) - sum(split)
        if change < 0:
            lost[metal] = tuple(apportion(-change, split))
            mix[metal] = subtract_split(split, lost[metal])
        elif change > 0 and lot.run is None:
            risen[metal] = tuple(apportion(change, _origins(lot, split)))
            mix[metal] = add_split(split, risen[metal])
        elif change > 0:
            back[metal], risen[metal] = _from_loss(change, metal, run)
            mix[metal] = add_split(add_split(split, back[metal]), risen[metal])
            sourced[metal] = _ratio(lot.sourced.get(metal, (1, 1)), sum(split), sum(back[metal]), change)
    metals = (*lot.metals, *(metal for metal in contents if contents[metal] and metal not in lot.metals))
    back, lost = _present(back), _present(lost)
    changed = lot._replace(mix=_present(mix), sourced=_real(sourced), metals=metals)
    changed, rows, found = _claims(lot, changed, lost, back, run, speaker)
    if back and run is not None:
        run = run._replace(drawn=(*run.drawn, Drawn(speaker.statement, lot.id, back)))
    postings = _postings(lot, run, back, _present(risen), lost, speaker)
    return Restated(changed, run, (*postings, *rows), found)


def _claims(
    lot: Lot, changed: Lot, lost: Mix, back: Mix, run: Run | None, speaker: Speaker
) -> tuple[Lot, list[Posting], list[Finding]]:
    """Let credit, and what was earned, go with their metal, and claims come back with theirs."""
    rows: list[Posting] = []
    returned = marks_of_loss(run, back) if back and run is not None else ()
    if lot.credit is not None:
        changed, rows = lose_earnings(lot, changed, lost, speaker)
        changed, again = earn_again(changed, back, returned, speaker)
        rows += again
        credit = {metal: _kept_credit(split, metal, lot, changed) for metal, split in lot.credit.items()}
        lost = {metal: subtract_split(split, credit[metal]) for metal, split in lot.credit.items()}
        changed = changed._replace(credit=_present(credit))
    elif returned:
        changed = changed._replace(marks=tuple(join_marks((*lot.marks, *returned))))
    changed, found = keep_cover(changed, lost, speaker, "an analysis")
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
        Posting(lot.holder, kind, lot.id, lot.material, 0, 0, mix, speaker.index, speaker.statement)
        for kind, mix in rows
        if mix
    )


def _origins(lot: Lot, split: Split) -> Split:
    """Return the weights by which an intake lot's metal rises: the metal's own, else the lot's."""
    if any(split):
        return split
    whole = NO_MASS
    for other in lot.mix.values():
        whole = add_split(whole, other)
    return whole if any(whole) else tuple(int(place == UNKNOWN) for place in range(len(NO_MASS)))


def _from_loss(change: int, metal: Metal, run: Run | None) -> tuple[Split, Split]:
    lost = run.loss_left().get(metal, NO_MASS) if run is not None else NO_MASS
    part = tuple(apportion(min(change, sum(lost)), lost))
    rest = list(NO_MASS)
    rest[UNKNOWN] = change - sum(part)
    return part, tuple(rest)


def _ratio(before: Ratio, content: int, back: int, change: int) -> Ratio:
    """Return how much of a metal came from its run's sources, after it rose by ``change``."""
    got, of = before
    left, right = got * content + back * of, of * (content + change)
    common = gcd(left, right)
    return left // common, right // common


def _real(sourced: dict[Metal, Ratio]) -> dict[Metal, Ratio]:
    return {metal: ratio for metal, ratio in sourced.items() if ratio[0] != ratio[1]}


def _present(mix: Mix) -> Mix:
    return {metal: split for metal, split in mix.items() if any(split)}
