"""Mass balance (ISO 22095:2020, 5.4; ISO 22095-2): credits that a site earns and draws.

A run under ``mass_balance`` gives the claim on what it makes to its site's account; its
outputs are bound: only credits that are drawn for them, in their ``dispatch``, can be
claimed. Physical origins stay what they are. The conversion factor is the run's own:
what its outputs hold is credited, never what went in.

Invariants: an account is of one site, and in it each metal and origin (the claim class)
stands alone, whatever material holds it, so that a credit earned for bullion can be
drawn for the lead refined from it; a credit counts from the day on which the run ended,
at the site, and lives for that month and the two after; no draw is ever uncovered on
any day, the oldest credit going first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ledger.materials.mass.mix import NO_MASS, Mix, add_mix, by_origin, present, subtract_split
from schemas.codes import METALS, Metal
from schemas.ids import LotId, StatementId
from schemas.quantity import format_kg

MONTHS = 3
"""How many months a credit lives; no scheme allows more (ISCC PLUS: three)."""


Pot = tuple[str, Mix]
"""What is left of the credit of a day, in mg."""


class Draw(NamedTuple):
    """Which draw of credit is meant: that on a day ``YYYY-MM-DD`` for a lot."""

    day: str
    lot: LotId


class Void(NamedTuple):
    """What an entry undid of a draw that lost its cover, in mg; below zero where it stands again."""

    index: int  # type: ignore[assignment]
    statement: StatementId
    mix: Mix


Voids = Mapping[Draw, tuple[Void, ...]]
"""What entries undid of draws, each draw's in the order of the entries."""

NO_VOIDS: Voids = {}


class Account(NamedTuple):
    """Credits of a site by day, in mg per metal and origin.

    ``made`` is the metal of all that was made under mass balance by month, for the
    rolling average; what was bound already is not counted again. ``voided`` is what was
    undone of each draw, which ``drawn`` is without.
    """

    earned: Mapping[str, Mix]
    drawn: Mapping[str, Mix]
    made: Mapping[str, Mapping[Metal, int]]
    voided: Voids = NO_VOIDS


EMPTY = Account({}, {}, {})


def with_draw(account: Account, day: str, mix: Mix) -> Account:
    """Return the account with more drawn on a day, or less where ``mix`` is below zero."""
    total = dict(account.drawn.get(day, {}))
    add_mix(total, mix)
    return account._replace(drawn={**account.drawn, day: present(total)})


def voided_of(voided: Voids, draw: Draw, index: int) -> Mix:
    """Return what entries behind ``index`` undid of a draw, in mg."""
    total: Mix = {}
    for void in voided.get(draw, ()):
        if void.index > index:
            add_mix(total, void.mix)
    return present(total)


def left(account: Account, day: str) -> tuple[Mix, Mix]:
    """Return what may be drawn on a day, and what draws up to then are not covered, in mg."""
    pots, missing = run_down((), account.earned, account.drawn, day)
    return free_of(pots), missing


def run_down(
    carried: Iterable[Pot], earned: Mapping[str, Mix], drawn: Mapping[str, Mix], until: str
) -> tuple[list[Pot], Mix]:
    """Return what is left of each day's credit on a day, and what draws up to then are not covered, in mg.

    Args:
        carried: what is left, before all of these days, of what was earned before.
        earned: what is earned, by day.
        drawn: what is drawn, by day; the oldest credit goes first.
        until: the last day that counts.
    """
    pots = [(since, dict(mix)) for since, mix in carried]
    missing: Mix = {}
    for at in sorted({*earned, *drawn, until}):
        if at > until:
            break
        pots = [(since, mix) for since, mix in pots if age(since, at) < MONTHS]
        pots.append((at, dict(earned.get(at, {}))))
        add_mix(missing, _draw(pots, drawn.get(at, {})))
    return pots, present(missing)


def free_of(pots: Iterable[Pot]) -> Mix:
    """Return what may be drawn of pots, in mg."""
    free: Mix = {}
    for _, mix in pots:
        add_mix(free, {metal: tuple(max(mass, 0) for mass in split) for metal, split in mix.items()})
    return present(free)


def uncovered(account: Account) -> Mix:
    """Return what draws are not covered on any day, in mg."""
    days = {*account.earned, *account.drawn}
    return left(account, max(days))[1] if days else {}


def by_month(side: Mapping[str, Mix]) -> dict[str, Mix]:
    """Return what was earned or drawn by month instead of by day, in mg."""
    months: dict[str, Mix] = {}
    for day in sorted(side):
        add_mix(months.setdefault(day[:7], {}), side[day])
    return months


def last_day(month: str) -> str:
    """Return a day that none of the month is after."""
    return f"{month}-31"


def rolling_average(account: Account, month: str) -> dict[Metal, int]:
    """Return the credited share of what was made in the last three months, in ppm per metal."""
    made: dict[Metal, int] = {}
    earned: Mix = {}
    for name, masses in account.made.items():
        if 0 <= age(name, month) < MONTHS:
            for metal, mass in masses.items():
                made[metal] = made.get(metal, 0) + mass
    for name, mix in by_month(account.earned).items():
        if 0 <= age(name, month) < MONTHS:
            add_mix(earned, mix)
    return {metal: sum(earned.get(metal, ())) * 1_000_000 // made[metal] for metal in METALS if made.get(metal, 0) > 0}


def credits_report(account: Account, month: str) -> list[dict[str, Any]]:
    """Return an account as JSON, a row for each metal: what may be drawn in a month, and the rolling average."""
    free, shares = left(account, last_day(month))[0], rolling_average(account, month)
    return [
        {
            "metal": metal,
            "custody": "mass_balance",
            "available_kg": {origin: format_kg(mass) for origin, mass in by_origin(free.get(metal, NO_MASS)) if mass},
            "rolling_average": f"{(ppm := max(shares.get(metal, 0), 0)) // 1_000_000}.{ppm % 1_000_000:06d}",
        }
        for metal in METALS
        if metal in free or metal in shares
    ]


def _draw(pots: list[tuple[str, Mix]], wanted: Mix) -> Mix:
    """Take credits from the oldest pot on, in place; return what is missing."""
    missing: Mix = {}
    for metal, split in wanted.items():
        rest = split
        for _, mix in pots:
            part = tuple(min(max(have, 0), want) for have, want in zip(mix.get(metal, NO_MASS), rest, strict=True))
            mix[metal] = subtract_split(mix.get(metal, NO_MASS), part)
            rest = subtract_split(rest, part)
        if any(mass > 0 for mass in rest):
            missing[metal] = rest
    return missing


def age(since: str, at: str) -> int:
    """Return how many months the month of one day, or a month, is after that of another."""
    return (int(at[:4]) - int(since[:4])) * 12 + int(at[5:7]) - int(since[5:7])
