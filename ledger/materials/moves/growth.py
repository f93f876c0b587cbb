"""What words added to metal goes on with it: into what is taken, made and left.

Invariant: what goes and what stays adds up to what was there, to the milligram; a loss takes
its part along, so that the share of a metal that was added never grows by losing metal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from ledger.materials.mass.mix import Mix, Split
from ledger.materials.state.grown import NOT_GROWN, Grown, grown_of
from ledger.materials.state.pool import Pool
from ledger.materials.state.records import Lot, Made
from schemas.codes import Metal
from schemas.ids import LotId

NO_CHANGE: Final[Mapping[Metal, int]] = {}
"""Shared, and never changed in place."""


def divide(grown: Grown, part: Mix, whole: Mix) -> tuple[Grown, Grown]:
    """Return what was added to a part of a lot, and to what stays.

    >>> divide(Grown({"Pb": 10}), {"Pb": (30,)}, {"Pb": (100,)})
    (Grown(gained={'Pb': 3}, lifted={}, first={}), Grown(gained={'Pb': 7}, lifted={}, first={}))
    """
    gone = [_parts(masses, part, whole) for masses in grown]
    stays = [_less(masses, went) for masses, went in zip(grown, gone, strict=True)]
    return grown_of(*gone), grown_of(*stays)


def spread(pool: Pool, made: Sequence[Made]) -> dict[LotId, Grown]:
    """Return what was added to each output: its part of what was to the inputs, and what no input held.

    Outputs to which nothing was added are left out.
    """
    came = [taken.grown for taken in pool.taken if taken.grown is not NOT_GROWN]
    if not came and not [output for output in made if output.sourced]:
        return {}
    gained, lifted, first = (_sum(grown[part] for grown in came) for part in range(3))
    found: dict[LotId, Grown] = {}
    for output in made:
        # Of a metal that rose, the part that came of the pool.
        of_pool: Mix = {metal: (output.sourced.get(metal, (sum(split), 0))[0],) for metal, split in output.mix.items()}
        gains = _parts(gained, of_pool, pool.mix)
        for metal, (got, content) in output.sourced.items():
            gains[metal] = gains.get(metal, 0) + content - got
        grown = grown_of(gains, _parts(lifted, of_pool, pool.mix), _parts(first, of_pool, pool.mix))
        if grown is not NOT_GROWN:
            found[output.lot] = grown
    return found


def grown_after(lot: Lot, now: Mix, change: Mapping[Metal, int], first: Mapping[Metal, int] = NO_CHANGE) -> Grown:
    """Return what was added to a lot that holds another mix now.

    Args:
        lot: the lot before.
        now: its mix now.
        change: what that adds to each metal, in mg; below zero what it takes away.
        first: what a first analysis found beside it, in mg.
    """
    if lot.grown is NOT_GROWN and not any(change.values()) and not any(first.values()):
        return NOT_GROWN
    held = {metal: min(sum(split), sum(now.get(metal, ()))) for metal, split in lot.mix.items()}
    left: Mix = {metal: (mass,) for metal, mass in held.items()}
    lifted = _parts(lot.grown.lifted, left, lot.mix)
    return grown_of(_sum((lot.grown.gained, change)), lifted, _sum((lot.grown.first, first)))


def lift(lot: Lot, lifted: Mapping[Metal, int]) -> Lot:
    """Return a lot of which more was made recycled."""
    return lot._replace(grown=grown_of(lot.grown.gained, _sum((lot.grown.lifted, lifted)), lot.grown.first))


def _parts(masses: Mapping[Metal, int], part: Mapping[Metal, Split], whole: Mapping[Metal, Split]) -> dict[Metal, int]:
    held = {metal: sum(whole.get(metal, ())) for metal in masses}
    return {metal: mass * sum(part.get(metal, ())) // held[metal] for metal, mass in masses.items() if held[metal]}


def _less(masses: Mapping[Metal, int], part: Mapping[Metal, int]) -> dict[Metal, int]:
    return {metal: mass - part.get(metal, 0) for metal, mass in masses.items()}


def _sum(rows: Iterable[Mapping[Metal, int]]) -> dict[Metal, int]:
    total: dict[Metal, int] = {}
    for masses in rows:
        for metal, mass in masses.items():
            total[metal] = total.get(metal, 0) + mass
    return total
