"""Bound metal: what its claim stands in the account of its site for (mass balance).

Invariants: metal earns credit once, when the first run under mass balance makes
something of it that is neither residue nor waste; what was claimed before, or never
arrived, earns none; what stands in an account for a lot is never more than the metal in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from ledger.materials.claims.marks import barred
from ledger.materials.mass.apportioning import apportion
from ledger.materials.mass.mix import NO_MASS, Mix, add_mix, less, smaller, subtract_split, waste_of
from ledger.materials.state.records import NOT_YET, Earnings, Made, Taken
from schemas.ids import LotId


class Earning(NamedTuple):
    """What an output brings: metal that counts as made now, of it what earns, and what stands by day or waits."""

    fresh: Mix
    earned: Mix
    backed: Earnings


def earnings_of(
    taken: Iterable[Taken], made: Iterable[Made], day: str, waiting: Collection[LotId] = ()
) -> dict[LotId, Earning]:
    """Return what each output earns: the waste origins in it, less what was bound, claimed, or never arrived.

    Args:
        taken: what the run took.
        made: its outputs.
        day: the day at the site on which it ended.
        waiting: outputs whose metal earns nothing yet; they come last.
    """
    rest = _brought(taken)
    found: dict[LotId, Earning] = {}
    for output in sorted(made, key=lambda output: output.lot in waiting):
        fresh, free, kept = rest.drain(output.mix)
        to_earn = dict(kept.pop(NOT_YET, {}))
        add_mix(to_earn, free)
        earned: Mix = {}
        if output.lot in waiting:
            # What was claimed of it is made for good; the rest is made where it earns.
            fresh = less(fresh, free)
            if to_earn:
                kept[NOT_YET] = to_earn
        else:
            fresh = dict(fresh)
            add_mix(fresh, less(to_earn, free))
            earned = waste_of(to_earn)
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
        kept = tuple(apportion(min(sum(split), sum(contents)), split))
        # Each output has its part of the whole first, so that no origin's rounding gives one more credit than metal.
        for output, amount in zip(outputs, apportion(sum(kept), contents), strict=True):
            drained = tuple(apportion(amount, kept))
            kept = subtract_split(kept, drained)
            if any(drained):
                found[output.lot][metal] = drained
    return found


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


class _Brought:
    """What takings brought and no output has yet: bound metal, metal that can earn nothing, what stands or waits."""

    def __init__(self, bound: Mix, spent: Mix, backed: dict[str, Mix]) -> None:
        self._bound, self._spent, self._backed = bound, spent, backed

    def drain(self, mix: Mix) -> tuple[Mix, Mix, dict[str, Mix]]:
        """Take what an output holds; return what is bound for the first time, of it what is free, what is backed."""
        gone = smaller(mix, self._bound)
        fresh = less(mix, gone)
        off = smaller(waste_of(fresh), self._spent)
        self._bound, self._spent = less(self._bound, gone), less(self._spent, off)
        kept: dict[str, Mix] = {}
        for at in sorted(self._backed):
            part = smaller(gone, self._backed[at])
            gone, self._backed[at] = less(gone, part), less(self._backed[at], part)
            if part:
                kept[at] = part
        return fresh, less(fresh, off), kept


def _brought(taken: Iterable[Taken]) -> _Brought:
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
    return _Brought(bound, spent, backed)
