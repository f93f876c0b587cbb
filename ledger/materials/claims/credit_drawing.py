"""Drawing mass-balance credits in a dispatch: cover first, then the lot has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ledger.materials.mass.apportioning import apportion
from ledger.materials.mass.mix import NO_MASS, Mix, add_mix, less, not_claimable, split_by, waste_of
from ledger.materials.mass.months import day_of
from ledger.materials.state.book import Effects, MaterialBook, Speaker
from ledger.materials.state.credit_account import Draw, voided_of
from ledger.materials.state.credit_months import (
    AccountMonth,
    Months,
    SiteMonth,
    left_in,
    month_of,
    post_all,
    uncovered_since,
)
from ledger.materials.state.ground import Ground
from ledger.materials.state.records import Lot, Posting
from schemas.catalogue.refusals import RefusalCode
from schemas.codes import ORIGINS, Metal, Origin
from schemas.handover import DispatchedLot
from schemas.refusal import RefusedError


def check_credits(lines: Iterable[DispatchedLot], speaker: Speaker, ground: Ground) -> None:
    """Demand that every credit of a dispatch can be drawn, each after the one before it.

    Args:
        lines: the lots of the dispatch that are known.
        speaker: who draws.
        ground: where the lots stand. A draw that stands is undone where it lacks cover
            (:mod:`ledger.materials.corrections.overdrawn_credit`).

    Raises:
        RefusedError: ``not-creditable`` (a lot that no mass-balance run made or that was
            not made yet, an origin that is no waste, more than the lot holds),
            ``credit-exceeded``.
    """
    book, lots = ground.book, ground.lots
    months: dict[SiteMonth, AccountMonth] = {}
    # What the same dispatch throws away covers nothing that it draws.
    post_all(months, (row for row in ground.layer.effects.postings if row.kind == "credit_earned"), book.accounts)
    for line in lines:
        lot = lots.get(line.lot)
        if lot is None or line.credit_kg is None:
            continue
        held = _held_without_credit(lot) if ground.looks_at(lot.id) else _held_at_most(lot, book)
        _check_draw(line, lot, held, speaker)
        # In a part of the ledger an account is not known.
        if ground.takings_stand or ground.layer.scope is not None:
            continue
        row = _row(line, lot, speaker)
        _check_cover(row, months, book.accounts)
        post_all(months, (row,), book.accounts)


def _check_draw(line: DispatchedLot, lot: Lot, held: Mapping[Metal, int], speaker: Speaker) -> None:
    """Demand that a lot can take a credit, whatever the account has.

    Args:
        line: the lot with what is drawn for it.
        lot: the lot as the book has it.
        held: how much of each metal it holds without credit, at most, in mg.
        speaker: who draws, and when.

    Raises:
        RefusedError: ``not-creditable``.
    """
    if lot.credit is None:
        raise RefusedError(RefusalCode.NOT_CREDITABLE, "no_account", lot=lot.id, collides_with=lot.id)
    if speaker.occurred_at < lot.since:
        raise RefusedError(
            RefusalCode.NOT_CREDITABLE, "not_made_yet", lot=lot.id, since=lot.since, time=speaker.occurred_at,
            collides_with=lot.id,
        )  # fmt: skip
    for metal, split in credit_of(line).items():
        if not_claimable(split):
            raise RefusedError(RefusalCode.NOT_CREDITABLE, "no_waste", metal=metal)
        if sum(split) > held.get(metal, 0):
            raise RefusedError(
                RefusalCode.NOT_CREDITABLE, "holds_less", left_mg=held.get(metal, 0), metal=metal, lot=lot.id,
                drawn_mg=sum(split), collides_with=lot.id,
            )  # fmt: skip


def draw_credit(line: DispatchedLot, lot: Lot, speaker: Speaker, book: MaterialBook, effects: Effects) -> Lot:
    """Return the lot with the credit that is drawn for it, at most what it holds, and post the draw.

    What a later entry undid of it is not drawn (:mod:`ledger.materials.corrections.overdrawn_credit`).
    """
    if line.credit_kg is None or lot.credit is None:
        return lot
    row = _row(line, lot, speaker)
    drawn: Mix = {}
    for metal, split in waste_of(row.mix).items():
        room = sum(lot.mix.get(metal, ())) - sum(lot.credit.get(metal, ()))
        granted = tuple(apportion(max(min(room, sum(split)), 0), split))
        if any(granted):
            drawn[metal] = granted
    month = book.accounts.get(SiteMonth(speaker.party.id, row.day[:7]))
    if month is not None and month.voided:
        drawn = less(drawn, voided_of(month.voided, Draw(row.day, lot.id), speaker.index))
    if not drawn:
        return lot
    credit = dict(lot.credit)
    add_mix(credit, drawn)
    effects.postings.append(row._replace(mix=drawn))
    return lot._replace(credit=credit)


def credit_of(line: DispatchedLot) -> Mix:
    """Return the credit that a line draws, in mg per metal and origin."""
    return {metal: split_by(split) for metal, split in (line.credit_kg or {}).items()}


def _check_cover(row: Posting, months: Mapping[SiteMonth, AccountMonth], known: Months) -> None:
    """Demand that a draw leaves nothing uncovered, of the metals and origins that it draws."""
    key = SiteMonth(row.site, row.day[:7])
    drawn = dict(months)
    post_all(drawn, (row,), known)
    free = left_in(month_of(key, months, known), row.day)
    before: Mix = {}
    after: Mix = {}
    # What was drawn in the months before it stays as it was.
    for total, at in ((before, months), (after, drawn)):
        for missing in uncovered_since(key, at, known):
            add_mix(total, missing)
    for metal, split in row.mix.items():
        sides = (at.get(metal, NO_MASS) for at in (before, after, free))
        for origin, wanted, then, now, have in zip(ORIGINS, split, *sides, strict=True):
            if wanted and now > then:
                raise _exceeded(row, metal, origin, wanted, have)


def _exceeded(row: Posting, metal: Metal, origin: Origin, drawn: int, have: int) -> RefusedError:
    """Return the refusal of a draw for which the account ``have``s too little, or has it only until a later draw."""
    if have < drawn:
        return RefusedError(
            RefusalCode.CREDIT_EXCEEDED, left_mg=have, metal=metal, origin=origin, site=row.site, day=row.day,
            drawn_mg=drawn, collides_with=row.record,
        )  # fmt: skip
    return RefusedError(
        RefusalCode.CREDIT_EXCEEDED, "drawn_later", left_mg=have, metal=metal, origin=origin, site=row.site,
        day=row.day, drawn_mg=drawn, collides_with=row.record,
    )  # fmt: skip


def _row(line: DispatchedLot, lot: Lot, speaker: Speaker) -> Posting:
    party = speaker.party
    return Posting(
        site=party.id, kind="credit_drawn", record=lot.id, material=lot.material, net=0, dry=0, mix=credit_of(line),
        index=speaker.index, statement=speaker.statement, day=day_of(party, speaker.occurred_at, speaker.rules),
    )  # fmt: skip


def _held_without_credit(lot: Lot) -> dict[Metal, int]:
    return {metal: sum(split) - sum((lot.credit or {}).get(metal, ())) for metal, split in lot.mix.items()}


def _held_at_most(lot: Lot, book: MaterialBook) -> dict[Metal, int]:
    """Return the most that a lot held of each metal: it may be used up by now."""
    mixes = [lot.mix]
    run = book.runs.get(lot.run) if lot.run is not None else None
    if run is not None:
        mixes += [made.mix for made in run.outputs if made.lot == lot.id]
        mixes += [drawn.mix for drawn in run.drawn if drawn.lot == lot.id]
    held: dict[Metal, int] = {}
    for mix in mixes:
        for metal, split in mix.items():
            held[metal] = max(held.get(metal, 0), sum(split))
    return held
