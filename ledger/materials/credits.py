"""Mass balance (ISO 22095:2020, 5.4; ISO 22095-2): credits that a site earns and draws.

A run under ``mass_balance`` gives the claim on what it makes to its site's account for
that material; its outputs are bound: only credits that are drawn for them, in their
``dispatch``, can be claimed. Physical origins stay what they are. The conversion factor
is the run's own: what its outputs hold is credited, never what went in.

Invariants: an account is of one site, one material, and one claim class (metal and
origin); a credit lives for the month in which it was earned and the two after; no draw
is ever uncovered at any moment, the oldest credit going first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, Protocol

from ledger.materials.apportioning import NO_MASS, Mix, add_mix, apportion, subtract_split
from ledger.materials.marks import CLAIMABLE
from ledger.materials.records import Made, Posting, Taken
from schemas.codes import METALS, ORIGINS, Metal
from schemas.findings import Finding
from schemas.quantity import format_kg

MONTHS = 3
"""How many months a credit lives; no scheme allows more (ISCC PLUS: three)."""


class Account(NamedTuple):
    """Credits of a site and material by month, in mg per metal and origin.

    ``made`` is the metal of all that was made under mass balance, for the rolling average.
    """

    earned: Mapping[str, Mix]
    drawn: Mapping[str, Mix]
    made: Mapping[str, Mapping[Metal, int]]


class Accounts(Protocol):
    """Accounts by name."""

    def get(self, key: str, /) -> Account | None:
        """Return an account, or ``None``."""
        ...


EMPTY = Account({}, {}, {})


def account_name(site: str, material: str) -> str:
    """Return the name under which an account is kept."""
    return f"{site} {material}"


def post(account: Account, row: Posting) -> Account:
    """Return the account with a posting of kind ``credit_earned``, ``credit_drawn`` or ``made``."""
    if row.kind == "credit_made":
        masses = dict(account.made.get(row.period, {}))
        for metal, split in row.mix.items():
            masses[metal] = masses.get(metal, 0) + sum(split)
        return account._replace(made={**account.made, row.period: masses})
    side = account.earned if row.kind == "credit_earned" else account.drawn
    total = dict(side.get(row.period, {}))
    add_mix(total, row.mix)
    kept = {metal: split for metal, split in total.items() if any(split)}
    if row.kind == "credit_earned":
        return account._replace(earned={**account.earned, row.period: kept})
    return account._replace(drawn={**account.drawn, row.period: kept})


def post_all(accounts: dict[str, Account], rows: Iterable[Posting], known: Accounts) -> None:
    """Let the credit postings among ``rows`` into accounts; ``known`` are those before."""
    for row in rows:
        if row.kind in ("credit_earned", "credit_drawn", "credit_made"):
            name = account_name(row.site, row.material)
            accounts[name] = post(accounts.get(name) or known.get(name) or EMPTY, row)


def left(account: Account, month: str) -> tuple[Mix, Mix]:
    """Return what may be drawn in a month, and what draws up to then are not covered, in mg."""
    months = sorted({*account.earned, *account.drawn, month})
    pots: list[tuple[str, Mix]] = []
    missing: Mix = {}
    for at in months:
        if at > month:
            break
        pots = [(since, mix) for since, mix in pots if _age(since, at) < MONTHS]
        pots.append((at, dict(account.earned.get(at, {}))))
        add_mix(missing, _draw(pots, account.drawn.get(at, {})))
    free: Mix = {}
    for since, mix in pots:
        if _age(since, month) < MONTHS:
            add_mix(free, mix)
    return {metal: split for metal, split in free.items() if any(split)}, _present(missing)


def uncovered(account: Account) -> Mix:
    """Return what draws are not covered at any moment, in mg."""
    months = {*account.earned, *account.drawn}
    return left(account, max(months))[1] if months else {}


def rolling_average(account: Account, month: str) -> dict[Metal, int]:
    """Return the credited share of what was made in the last three months, in ppm per metal."""
    months = [name for name in account.made if 0 <= _age(name, month) < MONTHS]
    shares: dict[Metal, int] = {}
    for metal in METALS:
        made = sum(account.made[name].get(metal, 0) for name in months)
        earned = sum(sum(account.earned.get(name, {}).get(metal, ())) for name in months)
        if made > 0:
            shares[metal] = earned * 1_000_000 // made
    return shares


def is_bound(custody: str | None, taken: Iterable[Taken]) -> bool:
    """Say whether a run gives its claims to the account: it says so, or took what had given them."""
    return custody == "mass_balance" or any(part.credit is not None for part in taken)


def earned_by(taken: Iterable[Taken], made: Iterable[Made]) -> dict[str, Mix]:
    """Return what each output earns: the waste origins in it, less what came from bound lots."""
    bound: Mix = {}
    for part in taken:
        if part.credit is not None:
            add_mix(bound, part.mix)
    earned: dict[str, Mix] = {}
    for output in made:
        mix: Mix = {}
        for metal, split in output.mix.items():
            waste = (*split[:CLAIMABLE], *NO_MASS[CLAIMABLE:])
            gone = tuple(map(min, waste, bound.get(metal, NO_MASS)))
            if metal in bound:
                bound[metal] = subtract_split(bound[metal], gone)
            mix[metal] = subtract_split(waste, gone)
        earned[output.lot] = _present(mix)
    return earned


def spread_credit(taken: Iterable[Taken], made: Iterable[Made]) -> dict[str, Mix]:
    """Return the credit that outputs inherit from bound inputs, by their metal."""
    pool: Mix = {}
    for part in taken:
        add_mix(pool, part.credit or {})
    outputs = list(made)
    found: dict[str, Mix] = {output.lot: {} for output in outputs}
    for metal, split in pool.items():
        contents = [sum(output.mix.get(metal, ())) for output in outputs]
        # No more credit than metal: what a loss took with it is lost as a claim, too.
        kept = apportion(min(sum(split), sum(contents)), split)
        for place, amount in enumerate(kept):
            for output, share in zip(outputs, apportion(amount, contents), strict=True):
                row = list(found[output.lot].get(metal, NO_MASS))
                row[place] += share
                found[output.lot][metal] = tuple(row)
    return {lot: _present(mix) for lot, mix in found.items()}


def find_overdrawn(accounts: Mapping[str, Account], index: int, statement: str, lots: tuple[str, ...]) -> list[Finding]:
    """Return a finding for each account that a correction left uncovered."""
    found = []
    for name, account in accounts.items():
        missing = sum(sum(split) for split in uncovered(account).values())
        if missing:
            found.append(
                Finding(
                    "credit-overdrawn", "high", f"{format_kg(missing)} kg drawn without cover", "every draw covered",
                    f"after a correction the mass-balance account {name} had given more credit than it ever earned",
                    index, statement, lots,
                )
            )  # fmt: skip
    return found


def credits_report(account: Account, material: str, month: str) -> dict[str, Any]:
    """Return an account as JSON: what may be drawn, and the rolling average, in a month."""
    free = left(account, month)[0]
    return {
        "material": material,
        "available_kg": {
            metal: {origin: format_kg(mass) for origin, mass in zip(ORIGINS, split, strict=True) if mass}
            for metal, split in free.items()
        },
        "rolling_average": {
            metal: f"{ppm // 1_000_000}.{ppm % 1_000_000:06d}" for metal, ppm in rolling_average(account, month).items()
        },
    }


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


def _age(since: str, at: str) -> int:
    """Return how many months one month is after another."""
    return (int(at[:4]) - int(since[:4])) * 12 + int(at[5:]) - int(since[5:])


def _present(mix: Mix) -> Mix:
    return {metal: split for metal, split in mix.items() if any(split)}
