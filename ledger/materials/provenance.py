"""Provenance: which sources a lot's metal came from (contract, section 5).

A run's mix weights each input lot's mix by the milligrams taken and each addition by
its own, divided by the pool ``P``; an output of content ``c`` that got ``g`` from the
pool has mix ``x * g / c`` plus gain ``(c - g) / c``. Here this is walked backwards:
the lot starts with weight 1, each run hands its outputs' weight to its inputs in
proportion, newest run first, so that every lot and run is visited once per metal.

Invariants: exact until printed; the weights of all sources of a metal add up to 1. A
lot's mix is fixed at its creation and still answered when the lot is consumed.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any, NamedTuple

from ledger.materials.records import Lot, Run
from schemas.codes import METALS
from schemas.quantity import format_kg

_PLACES = 9
_MINOR = Fraction(1, 10**_PLACES)


class Ancestry(NamedTuple):
    """A lot with all lots and runs that its metal came through."""

    lot: Lot
    lots: dict[str, Lot]
    runs: dict[str, Run]


def trace(lot: Lot, lots: Callable[[Iterable[str]], list[Lot]], runs: Callable[[Iterable[str]], list[Run]]) -> Ancestry:
    """Return the ancestry of a lot, reading level by level (no look-up per lot).

    Args:
        lot: where to begin.
        lots: returns the lots of the given ids.
        runs: returns the runs of the given ids.
    """
    known_lots, known_runs = {lot.id: lot}, dict[str, Run]()
    frontier = {lot.run} if lot.run else set[str]()
    while frontier:
        found = runs(frontier)
        known_runs.update((run.id, run) for run in found)
        wanted = {taken.lot for run in found for taken in run.inputs} - known_lots.keys()
        for parent in lots(wanted) if wanted else ():
            known_lots[parent.id] = parent
        frontier = {known_lots[name].run or "" for name in wanted} - known_runs.keys() - {""}
    return Ancestry(lot, known_lots, known_runs)


def contributions(ancestry: Ancestry) -> dict[str, dict[str, Fraction]]:
    """Return per metal the exact share of each source of the lot, largest first.

    Sources: the lot id of an intake, ``addition:<run>:<n>``, ``gain:<run>``.
    """
    lot = ancestry.lot
    if lot.run is None:
        return {metal: {lot.id: Fraction(1)} for metal in METALS if metal in lot.metals}
    made = next(made for made in ancestry.runs[lot.run].outputs if made.lot == lot.id)
    return {metal: _walk(ancestry, metal) for metal in METALS if metal in made.content}


def printed(shares: dict[str, Fraction]) -> list[dict[str, str]]:
    """Return the shares as texts: half-even to 9 decimals, sources below 1e-9 as ``minor``."""
    minor = sum((share for share in shares.values() if share < _MINOR), Fraction(0))
    rows = [(source, share) for source, share in shares.items() if share >= _MINOR]
    if minor:
        rows.append(("minor", minor))
    rows.sort(key=lambda row: (-row[1], row[0]))
    return [{"source": source, "share": _text(share)} for source, share in rows]


def provenance_report(ancestry: Ancestry, tree_size: int) -> dict[str, Any]:
    """Return the answer of ``provenance --json`` (contract, section 6)."""
    lots = sorted(ancestry.lots.values(), key=lambda lot: (lot.created, lot.id))
    runs = sorted(ancestry.runs.values(), key=lambda run: run.index)
    return {
        "lot": ancestry.lot.id,
        "contributions": {metal: printed(shares) for metal, shares in contributions(ancestry).items()},
        "lots": [{"lot": lot.id, "material": lot.material, "park": lot.park} for lot in lots],
        "runs": [
            {
                "run": run.id,
                "process": run.process,
                "inputs": [{"lot": taken.lot, "net_kg": format_kg(taken.net)} for taken in run.inputs],
                "outputs": [{"lot": made.lot, "net_kg": format_kg(made.net)} for made in run.outputs],
            }
            for run in runs
        ],
        "tree_size": tree_size,
    }


def _walk(ancestry: Ancestry, metal: Any) -> dict[str, Fraction]:  # noqa: ANN401
    weights: dict[str, Fraction] = {ancestry.lot.id: Fraction(1)}
    sources: dict[str, Fraction] = {}
    queue: list[tuple[int, str]] = []
    _enqueue(ancestry, ancestry.lot.id, queue, sources, weights, Fraction(1))
    while queue:
        _, run_id = heapq.heappop(queue)
        while queue and queue[0][1] == run_id:
            heapq.heappop(queue)
        run = ancestry.runs[run_id]
        weight = _hand_back(run, metal, weights, sources)
        pool = run.pool.get(metal, 0)
        if not (weight and pool):
            continue
        for taken in run.inputs:
            if mass := taken.content.get(metal, 0):
                part = weight * Fraction(mass, pool)
                _enqueue(ancestry, taken.lot, queue, sources, weights, part)
        for number, addition in enumerate(run.additions):
            if mass := addition.get(metal, 0):
                sources[f"addition:{run.id}:{number}"] = weight * Fraction(mass, pool)
    return dict(sorted(sources.items(), key=lambda row: (-row[1], row[0])))


def _hand_back(run: Run, metal: Any, weights: dict[str, Fraction], sources: dict[str, Fraction]) -> Fraction:  # noqa: ANN401
    """Book the gain of the outputs that carry weight, return what the pool answers for."""
    from_pool = gain = Fraction(0)
    for made in run.outputs:
        if (weight := weights.pop(made.lot, None)) is not None and metal in made.content:
            content, share = made.content[metal]
            from_pool += weight * Fraction(share, content)
            gain += weight * Fraction(content - share, content)
    if gain:
        sources[f"gain:{run.id}"] = gain
    return from_pool


def _enqueue(
    ancestry: Ancestry,
    lot_id: str,
    queue: list[tuple[int, str]],
    sources: dict[str, Fraction],
    weights: dict[str, Fraction],
    part: Fraction,
) -> None:
    run_id = ancestry.lots[lot_id].run
    if run_id is None:
        sources[lot_id] = sources.get(lot_id, Fraction(0)) + part
    else:
        weights[lot_id] = part if lot_id == ancestry.lot.id else weights.get(lot_id, Fraction(0)) + part
        heapq.heappush(queue, (-ancestry.runs[run_id].index, run_id))


def _text(share: Fraction) -> str:
    whole, rest = divmod(round(share * 10**_PLACES), 10**_PLACES)
    return f"{whole}.{rest:09d}"
