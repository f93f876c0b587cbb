"""Bound metal: what its claim stands in the account of its site for (mass balance).

Invariants: metal earns credit once, when the first run under mass balance makes
something of it; what was claimed before, or never arrived, earns none; what stands in an
account for a lot is never more than the metal in the lot.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ledger.materials.claims.marks import barred
from ledger.materials.mass.apportioning import apportion
from ledger.materials.mass.mix import NO_MASS, Mix, add_mix, less, smaller, waste_of
from ledger.materials.state.records import Earnings, Made, Taken
from schemas.ids import LotId


class Earning(NamedTuple):
    """What an output brings: metal that was not bound before, of it what earns, and all that stands in the account."""

    fresh: Mix
    earned: Mix
    backed: Earnings


def earnings_of(taken: Iterable[Taken], made: Iterable[Made], day: str) -> dict[LotId, Earning]:
    """Return what each output earns: the waste origins in it, less what was bound, claimed, or never arrived."""
    bound, spent, backed = _brought(taken)
    found: dict[LotId, Earning] = {}
    for output in made:
        gone = smaller(output.mix, bound)
        fresh = less(output.mix, gone)
        waste = waste_of(fresh)
        off = smaller(waste, spent)
        earned = less(waste, off)
        bound, spent, rest = less(bound, gone), less(spent, off), waste_of(gone)
        kept: dict[str, Mix] = {}
        for at in sorted(backed):
            part = smaller(rest, backed[at])
            rest, backed[at] = less(rest, part), less(backed[at], part)
            if part:
                kept[at] = part
        if earned:
            total = dict(kept.get(day, {}))
            add_mix(total, earned)
            kept[day] = total
        found[output.lot] = Earning(fresh, earned, kept)
    return found


def spread_credit(taken: Iterable[Taken], made: Iterable[Made]) -> dict[LotId, Mix]:
    """Return the credit that outputs inherit from bound inputs, by their metal."""
    pool: Mix = {}
    for part in taken:
        add_mix(pool, part.credit or {})
    outputs = list(made)
    found: dict[LotId, Mix] = {output.lot: {} for output in outputs}
    for metal, split in pool.items():
        contents = [sum(output.mix.get(metal, ())) for output in outputs]
        # No more credit than metal: what a loss took with it is lost as a claim, too.
        kept = apportion(min(sum(split), sum(contents)), split)
        for place, amount in enumerate(kept):
            for output, share in zip(outputs, apportion(amount, contents), strict=True):
                row = list(found[output.lot].get(metal, NO_MASS))
                row[place] += share
                found[output.lot][metal] = tuple(row)
    return {lot: {metal: split for metal, split in mix.items() if any(split)} for lot, mix in found.items()}


def part_of(earned: Earnings, part: Mix, whole: Mix) -> tuple[Earnings, Earnings]:
    """Return what of the metal that stands in the account goes with a part of a lot, and what stays."""
    gone: dict[str, Mix] = {}
    stays: dict[str, Mix] = {}
    for day, mix in earned.items():
        moved = {
            metal: tuple(
                mass * took // had if had else 0
                for mass, took, had in zip(split, part.get(metal, NO_MASS), whole.get(metal, NO_MASS), strict=True)
            )
            for metal, split in mix.items()
        }
        for side, masses in ((gone, less(moved, {})), (stays, less(mix, moved))):
            if masses:
                side[day] = masses
    return gone, stays


def _brought(taken: Iterable[Taken]) -> tuple[Mix, Mix, dict[str, Mix]]:
    """Return what takings brought: bound metal, metal that can earn nothing, and what stands in the account."""
    bound: Mix = {}
    spent: Mix = {}
    backed: dict[str, Mix] = {}
    for part in taken:
        if part.credit is None:
            # Nothing may be claimed of a lot with a claim that is not covered.
            add_mix(spent, barred(part.marks) if all(mark.covered for mark in part.marks) else part.mix)
            continue
        add_mix(bound, part.mix)
        for day, mix in part.earned.items():
            add_mix(backed.setdefault(day, {}), mix)
    return bound, spent, backed
