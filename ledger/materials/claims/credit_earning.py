"""What a run hands on of claims: marks with their metal, or under mass balance all of it to the account.

Invariants: a claim that is not covered goes on, whatever the model; residue, waste and
slag earn nothing; what a bound lot loses while its site has it, its account loses too.
"""

from __future__ import annotations

from typing import NamedTuple

from ledger.materials.claims.bound_metal import earnings_of, part_of, spread_credit
from ledger.materials.claims.marks import barred, spread_marks
from ledger.materials.mass.mix import NO_MASS, Mix, add_mix, less, subtract_split, waste_of
from ledger.materials.mass.months import day_of
from ledger.materials.state.book import Effects, Speaker
from ledger.materials.state.findings import NO_BOUND, find
from ledger.materials.state.pool import Pool
from ledger.materials.state.records import NO_EARNINGS, NOT_YET, Earnings, Lot, Made, Mark, Posting, PostingKind, Taken
from schemas.catalogue.findings.codes import FindingCode
from schemas.ids import LotId
from schemas.transformation import Output, Transformation

_UNEARNED_ROLES = ("residue", "waste")
_UNEARNED_MATERIALS = ("slag", "leach_residue", "separator", "gypsum")
"""What is thrown away in the trade, whatever role it is given."""


class Handed(NamedTuple):
    """What outputs have of claims, by lot: marks, credit under mass balance, and what stands in the account."""

    marks: dict[LotId, tuple[Mark, ...]]
    credit: dict[LotId, Mix]
    earned: dict[LotId, Earnings]


def hand_on_claims(
    event: Transformation, speaker: Speaker, pool: Pool, made: tuple[Made, ...], effects: Effects
) -> Handed:
    """Return the marks and credits of the outputs; under mass balance post what they earn."""
    if event.custody != "mass_balance" and all(part.credit is None for part in pool.taken):
        handed = Handed(spread_marks(pool.taken, pool.mix, made), {}, {})
    else:
        handed = _bind(event, speaker, pool.taken, made, effects)
    if handed.marks:
        _note_uncovered(handed.marks, speaker, effects)
    return handed


def lose_earnings(lot: Lot, left: Lot, lost: Mix, speaker: Speaker) -> tuple[Lot, list[Posting]]:
    """Return what is left of a lot without what its lost metal had earned, and the postings of that.

    Args:
        lot: the lot before the loss.
        left: the lot after it.
        lost: what left of its metal, in mg.
        speaker: whose word took it away.
    """
    if not lot.earned:
        return left, []
    gone, stays = part_of(lot.earned, lost, lot.mix)
    rows = [
        _row(lot, {metal: subtract_split(NO_MASS, split) for metal, split in mix.items()}, day, speaker)
        for day, mix in gone.items()
        if day != NOT_YET
    ]
    return left._replace(earned=stays), rows


def earn_again(lot: Lot, back: Mix, marks: tuple[Mark, ...], speaker: Speaker) -> tuple[Lot, list[Posting]]:
    """Return a bound lot to which metal came back from its run's loss, with what it earns now.

    Args:
        lot: the lot.
        back: what came back, in mg.
        marks: claims on that metal, which earns nothing then.
        speaker: whose word brought it back.
    """
    earned = waste_of(less(back, barred(marks)))
    if not earned or not lot.earned or any(not mark.covered for mark in marks):
        return lot, []
    day = NOT_YET if NOT_YET in lot.earned else max(lot.earned)
    total = dict(lot.earned[day])
    add_mix(total, earned)
    rows = [] if day == NOT_YET else [_row(lot, earned, day, speaker)]
    return lot._replace(earned={**lot.earned, day: total}), rows


def still_to_earn(earned: Earnings) -> Earnings:
    """Return what goes on to another holder of what a lot's metal earned: only what is to earn yet."""
    return {NOT_YET: earned[NOT_YET]} if NOT_YET in earned else NO_EARNINGS


def _bind(
    event: Transformation, speaker: Speaker, taken: tuple[Taken, ...], made: tuple[Made, ...], effects: Effects
) -> Handed:
    day = day_of(speaker.party, event.ended_at, speaker.rules)
    waiting = {output.lot for output in event.outputs if _earns_later(output)}
    credit, earnings = spread_credit(taken, made), earnings_of(taken, made, day, waiting)
    for output in event.outputs:
        earning = earnings[output.lot]
        rows: tuple[tuple[PostingKind, Mix], ...] = (("credit_earned", earning.earned), ("credit_made", earning.fresh))
        effects.postings.extend(
            Posting(
                site=speaker.party.id, kind=kind, record=output.lot, material=output.material, net=0, dry=0, mix=mix,
                index=speaker.index, statement=speaker.statement, day=day,
            )
            for kind, mix in rows
            if mix
        )  # fmt: skip
    bases: Mix = {}
    for part in taken:
        add_mix(bases, part.credit or {})
    # Claims on metal that was not bound lessen what it earns; only where one is not covered it goes on.
    parts = [
        part._replace(marks=tuple(mark for mark in part.marks if part.credit is not None or not mark.covered))
        for part in taken
    ]
    marks = spread_marks(parts, bases, [record._replace(mix=credit[record.lot]) for record in made])
    return Handed(marks, credit, {lot: earning.backed for lot, earning in earnings.items()})


def _earns_later(output: Output) -> bool:
    """Say whether the metal of an output earns only at the run that puts it into another one."""
    return output.role in _UNEARNED_ROLES or output.material in _UNEARNED_MATERIALS


def _note_uncovered(marks: dict[LotId, tuple[Mark, ...]], speaker: Speaker, effects: Effects) -> None:
    lots = tuple(lot for lot, parts in marks.items() if any(not mark.covered for mark in parts))
    if lots:
        effects.findings.append(
            find(FindingCode.CLAIM_UNCOVERED, "high", (), NO_BOUND, speaker, lots=lots, case="inherited")
        )


def _row(lot: Lot, mix: Mix, day: str, speaker: Speaker) -> Posting:
    return Posting(
        site=lot.holder, kind="credit_earned", record=lot.id, material=lot.material, net=0, dry=0, mix=mix,
        index=speaker.index, statement=speaker.statement, day=day,
    )  # fmt: skip
