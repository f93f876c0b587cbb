"""Mass-balance accounts as they are kept: a row a site and month, so that a draw costs the months that credit lives.

Invariant: a month knows what it began with (``carried``), which is what the two months
before it left; whatever changes a month is carried on into those after it that there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import Any, NamedTuple, Protocol

from ledger.materials.mass.mix import Mix, add_mix, present
from ledger.materials.mass.months import following, preceding
from ledger.materials.state.credit_account import (
    EMPTY,
    MONTHS,
    NO_VOIDS,
    Account,
    Draw,
    Pot,
    Void,
    Voids,
    age,
    free_of,
    last_day,
    run_down,
)
from ledger.materials.state.records import Posting
from ledger.materials.state.row_text import members_of, mix_of, reader_of, write_text
from ledger.materials.state.stamping import stamp_each, stamp_of
from schemas.codes import Metal
from schemas.ids import LotId, PartyId


class SiteMonth(NamedTuple):
    """A month ``YYYY-MM`` of a site's account."""

    site: PartyId
    month: str


class AccountMonth(NamedTuple):
    """Credits of a site in a month, by day, as an :class:`~ledger.materials.state.credit_account.Account` has them.

    ``carried`` is what was left, when the month began, of the credit of each day that still lives in it.
    """

    earned: Mapping[str, Mix] = {}
    drawn: Mapping[str, Mix] = {}
    made: Mapping[Metal, int] = {}
    voided: Voids = NO_VOIDS
    carried: tuple[Pot, ...] = ()


class Months(Protocol):
    """Months of accounts."""

    def get(self, key: SiteMonth, /) -> AccountMonth | None:
        """Return a month, or ``None`` where nothing was earned or drawn in it."""
        ...


def write_site_month(key: SiteMonth) -> str:
    """Return the text of a key; ids have no space."""
    return f"{key.site} {key.month}"


def read_site_month(text: str) -> SiteMonth:
    """Return the key of a text."""
    site, _, month = text.partition(" ")
    return SiteMonth(PartyId(site), month)


def _draw_of(text: str) -> Draw:
    day, lot = text.split(" ", 1)
    return Draw(day, LotId(lot))


@reader_of
def read_account_month(body: str) -> AccountMonth:
    """Return the month of an account, of a row text."""
    earned, drawn, made, voided, carried = members_of(body)
    return AccountMonth(
        {day: mix_of(mix) for day, mix in earned.items()},
        {day: mix_of(mix) for day, mix in drawn.items()},
        dict(made.items()),
        read_voids(voided),
        tuple((since, mix_of(mix)) for since, mix in carried),
    )


def write_account_month(month: AccountMonth) -> str:
    """Return the row text of a month of an account; a draw is its day and its lot, with a space between them."""
    voided = {f"{draw.day} {draw.lot}": voids for draw, voids in month.voided.items()}
    return write_text((month.earned, month.drawn, month.made, voided, month.carried))


def read_voids(voided: Mapping[str, Iterable[Any]]) -> dict[Draw, tuple[Void, ...]]:
    """Return what was undone of draws, of that member of a row text."""
    return {
        _draw_of(text): tuple(Void(index, statement, mix_of(mix)) for index, statement, mix in voids)
        for text, voids in voided.items()
    }


_stamp_voids = stamp_each(stamp_of(Void, "index"))


def stamp_account_month(month: AccountMonth, index: int) -> AccountMonth:
    """Return the month with the index of the entry that undid draws in it just now, if one did."""
    if not month.voided:
        return month
    return month._replace(voided={draw: _stamp_voids(voids, index) for draw, voids in month.voided.items()})


def whole(months: Iterable[tuple[SiteMonth, AccountMonth]], account: Account = EMPTY) -> Account:
    """Return the account of which these are all months, or ``account`` with these months as they are now."""
    earned, drawn, made, voided = dict(account.earned), dict(account.drawn), dict(account.made), dict(account.voided)
    for key, row in months:
        earned.update(row.earned)
        drawn.update(row.drawn)
        voided.update(row.voided)
        if row.made:
            made[key.month] = row.made
    return Account(earned, drawn, made, voided)


def in_months(site: PartyId, account: Account) -> dict[SiteMonth, AccountMonth]:
    """Return the months of an account, of which :func:`whole` is the opposite."""
    days = (*account.earned, *account.drawn, *account.made, *(draw.day for draw in account.voided))
    months: dict[SiteMonth, AccountMonth] = {}
    for month in sorted({day[:7] for day in days}):
        months[SiteMonth(PartyId(site), month)] = AccountMonth(
            {day: mix for day, mix in account.earned.items() if day[:7] == month},
            {day: mix for day, mix in account.drawn.items() if day[:7] == month},
            account.made.get(month, {}),
            {draw: voids for draw, voids in account.voided.items() if draw.day[:7] == month},
            _carried(SiteMonth(PartyId(site), month), months),
        )
    return months


def post_all(months: MutableMapping[SiteMonth, AccountMonth], rows: Iterable[Posting], known: Months) -> None:
    """Let the credit postings among ``rows`` into months of accounts; ``known`` are those before."""
    changed: set[SiteMonth] = set()
    for row in rows:
        if row.kind in ("credit_earned", "credit_drawn", "credit_made"):
            key = SiteMonth(row.site, row.day[:7])
            months[key] = _posted(month_of(key, months, known), row)
            changed.add(key)
    for key in sorted(changed):
        _carry_on(key, months, known)


def month_of(key: SiteMonth, months: Months, known: Months) -> AccountMonth:
    """Return a month of an account, new where there is none: with what the two before it left."""
    found = months.get(key) or known.get(key)
    return found or AccountMonth(carried=_carried(key, _Both(months, known)))


def left_in(row: AccountMonth, day: str) -> Mix:
    """Return what may be drawn in a month on a day, in mg."""
    return free_of(run_down(row.carried, row.earned, row.drawn, day)[0])


def uncovered_since(key: SiteMonth, months: Months, known: Months) -> Iterator[Mix]:
    """Yield what the draws of a month lack, and those of each month behind it that it reaches, in mg."""
    at: SiteMonth | None = key
    row = month_of(key, months, known)
    while at is not None:
        yield run_down(row.carried, row.earned, row.drawn, last_day(at.month))[1]
        at = _next(at, months, known)
        row = month_of(at, months, known) if at is not None else row


class _Both:
    def __init__(self, months: Months, known: Months) -> None:
        self._months = months
        self._known = known

    def get(self, key: SiteMonth, /) -> AccountMonth | None:
        """Return a month as it was changed, else as it was known."""
        return self._months.get(key) or self._known.get(key)


def _posted(month: AccountMonth, row: Posting) -> AccountMonth:
    if row.kind == "credit_made":
        masses = dict(month.made)
        for metal, split in row.mix.items():
            masses[metal] = masses.get(metal, 0) + sum(split)
        return month._replace(made=masses)
    side = month.earned if row.kind == "credit_earned" else month.drawn
    total = dict(side.get(row.day, {}))
    add_mix(total, row.mix)
    new = {**side, row.day: present(total)}
    return month._replace(earned=new) if row.kind == "credit_earned" else month._replace(drawn=new)


def _carried(key: SiteMonth, months: Months) -> tuple[Pot, ...]:
    """Return what the months before one left of credit that still lives in it."""
    before = preceding(key.month)
    for month in (before, preceding(before)):
        row = months.get(SiteMonth(key.site, month))
        if row is not None:
            days = {*row.earned, *row.drawn}
            pots = run_down(row.carried, row.earned, row.drawn, max(days))[0] if days else row.carried
            # A day of which nothing is left stays: what is drawn less comes back to the oldest that lives.
            return tuple((since, present(mix)) for since, mix in pots if age(since, key.month) < MONTHS)
    return ()


def _next(key: SiteMonth, months: Months, known: Months) -> SiteMonth | None:
    """Return the month that a month carries credit into, ``None`` where there is none yet."""
    after = following(key.month)
    candidates = (SiteMonth(key.site, month) for month in (after, following(after)))
    return next((at for at in candidates if months.get(at) or known.get(at)), None)


def _carry_on(key: SiteMonth, months: MutableMapping[SiteMonth, AccountMonth], known: Months) -> None:
    """Let what a month left into those behind it, as far as that changes them."""
    both = _Both(months, known)
    at = _next(key, months, known)
    while at is not None:
        row, carried = month_of(at, months, known), _carried(at, both)
        if row.carried == carried:
            return
        months[at] = row._replace(carried=carried)
        at = _next(at, months, known)
