"""Drawing mass-balance credits in a dispatch: cover first, then the lot has them."""

from __future__ import annotations

from ledger.materials.apportioning import NO_MASS, Mix, add_mix, add_split
from ledger.materials.book import Effects, MaterialBook, Speaker
from ledger.materials.credits import EMPTY, Account, account_name, left, post, uncovered
from ledger.materials.marks import CLAIMABLE
from ledger.materials.months import month_of
from ledger.materials.records import Lot, Posting
from schemas.codes import ORIGINS
from schemas.errors import RefusedError
from schemas.handover import Dispatch, DispatchedLot
from schemas.quantity import format_kg


def check_credits(event: Dispatch, speaker: Speaker, book: MaterialBook) -> None:
    """Demand cover for every credit of a dispatch, each after the one before it.

    Raises:
        RefusedError: ``not-creditable`` (a lot that no mass-balance run made, an origin
            that is no waste, more than the lot holds), ``credit-exceeded``.
    """
    accounts: dict[str, Account] = {}
    month = month_of(speaker.party, speaker.occurred_at)
    for line in event.lots:
        lot = book.lots.get(line.lot)
        if lot is None or line.credit_kg is None:
            continue
        name = account_name(speaker.party.id, lot.material)
        account = accounts.get(name) or book.accounts.get(name) or EMPTY
        _check_draw(line, lot, account, month)
        accounts[name] = post(account, _row(line, lot, speaker)._replace(period=month))


def draw_credit(line: DispatchedLot, lot: Lot, speaker: Speaker, effects: Effects) -> Lot:
    """Return the lot with the credit that is drawn for it, and post the draw."""
    if line.credit_kg is None or lot.credit is None:
        return lot
    row = _row(line, lot, speaker)
    credit = dict(lot.credit)
    add_mix(credit, row.mix)
    effects.postings.append(row)
    return lot._replace(credit=credit)


def credit_of(line: DispatchedLot) -> Mix:
    """Return the credit that a line draws, in mg per metal and origin."""
    return {metal: tuple(split.get(origin, 0) for origin in ORIGINS) for metal, split in (line.credit_kg or {}).items()}


def _check_draw(line: DispatchedLot, lot: Lot, account: Account, month: str) -> None:
    if lot.credit is None:
        raise RefusedError(
            "not-creditable", f"expected a lot made under mass balance to draw credit for, got {lot.id}",
            collides_with=lot.id,
        )  # fmt: skip
    wanted = credit_of(line)
    for metal, split in wanted.items():
        if any(split[CLAIMABLE:]):
            raise RefusedError("not-creditable", f"expected credit of waste origins, got another for {metal}")
        if sum(split) + sum(lot.credit.get(metal, ())) > sum(lot.mix.get(metal, ())):
            raise RefusedError(
                "not-creditable", f"expected at most the {metal} that {lot.id} holds, got more credit",
                collides_with=lot.id,
            )  # fmt: skip
    drawn = dict(account.drawn.get(month, {}))
    for metal, split in wanted.items():
        drawn[metal] = add_split(drawn.get(metal, NO_MASS), split)
    free = left(account, month)[0]
    for metal, split in uncovered(account._replace(drawn={**account.drawn, month: drawn})).items():
        place = next(place for place, mass in enumerate(split) if mass)
        raise RefusedError(
            "credit-exceeded",
            f"expected at most the {format_kg(free.get(metal, NO_MASS)[place])} kg {metal} of {ORIGINS[place]} that "
            f"are left in the account of {lot.material}, got {format_kg(wanted.get(metal, NO_MASS)[place])} kg",
            collides_with=lot.id,
        )


def _row(line: DispatchedLot, lot: Lot, speaker: Speaker) -> Posting:
    return Posting(
        speaker.party.id, "credit_drawn", lot.id, lot.material, 0, 0, credit_of(line), speaker.index, speaker.statement
    )
