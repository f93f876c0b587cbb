"""How far something reaches: the shares of what is recalled in all that was made of it.

The walk goes forward, run by run in the order of the ledger, so each is visited once.
Shares are fixed point with thirty decimals, rounded up: what might be reached is counted as reached.
Metal and mass that nothing covers (gains, shortfalls) is not of what is recalled.

Invariant: no share exceeds one, so no mass that a recall states exceeds what it is of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ledger.materials.state.records import Ratio, Run
from schemas.codes import Metal
from schemas.ids import LotId, RunId

ONE = 10**30


class Seeds(NamedTuple):
    """What is recalled in full: lots, and additions by their run and number from 0."""

    lots: tuple[LotId, ...]
    additions: tuple[tuple[RunId, int], ...] = ()


class Part(NamedTuple):
    """How much of a lot comes from what is recalled, of :data:`ONE`.

    ``net`` is of its mass, ``pool`` per metal of what it got from the pool of its run;
    of a seed it is all.
    """

    net: int
    pool: Mapping[Metal, int]
    is_seed: bool = False

    def of(self, metal: Metal, sourced: Mapping[Metal, Ratio]) -> int:
        """Return the share of a metal in the lot when ``sourced`` said what of it came from its run."""
        if self.is_seed:
            return ONE
        share = self.pool.get(metal, 0)
        if metal in sourced:
            got, of = sourced[metal]
            share = share_of(share * got, of)
        return share


_SEED = Part(ONE, {}, is_seed=True)


def share_of(part: int, whole: int) -> int:
    """Return ``part / whole``, rounded up."""
    return -(-part // whole)


def reach(seeds: Seeds, runs: Iterable[Run]) -> dict[LotId, Part]:
    """Return the lots that are reached, each with its part, those of the seeds first."""
    parts = dict.fromkeys(seeds.lots, _SEED)
    added: dict[str, set[int]] = {}
    for name, number in seeds.additions:
        added.setdefault(name, set()).add(number)
    for run in sorted(runs, key=lambda run: run.index):
        numbers = added.get(run.id, set())
        if numbers or any(taken.lot in parts for taken in run.inputs):
            part = _pool_of(run, parts, numbers)
            for made in run.outputs:
                parts.setdefault(made.lot, part)
    return parts


def _pool_of(run: Run, parts: Mapping[LotId, Part], numbers: Iterable[int]) -> Part:
    """Return the part of a run's pool that is reached: of what it took, and of the additions ``numbers``."""
    net, amounts = 0, dict[Metal, int]()
    for taken in run.inputs:
        part = parts.get(taken.lot)
        if part is None:
            continue
        net += taken.booked * part.net
        for metal, split in taken.mix.items():
            # What an assay added to a lot later had not thinned it when it was taken.
            amounts[metal] = amounts.get(metal, 0) + sum(split) * part.of(metal, taken.sourced)
    for number in numbers:
        net += run.added[number] * ONE
        for metal, mass in run.additions[number].items():
            amounts[metal] = amounts.get(metal, 0) + mass * ONE
    whole = sum(taken.booked + taken.short for taken in run.inputs) + sum(run.added)
    shares = {metal: share_of(amount, run.pool[metal]) for metal, amount in amounts.items() if amount}
    return Part(share_of(net, whole), shares)
