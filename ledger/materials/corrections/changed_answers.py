"""Which lots a correction gave another answer: these name it, and no others do.

Invariant: the same lots are found from the story of one lot alone (an answer about the
past) and from the story of all that the correction reached.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ledger.materials.claims.marks import claimable
from ledger.materials.mass.mix import present
from ledger.materials.state.book import Deed
from ledger.materials.state.memory_book import MaterialMemory
from ledger.materials.state.records import Lot, Run
from schemas.codes import CLAIM_KINDS, Metal


def answered_otherwise(
    before: MaterialMemory, after: MaterialMemory, reached: Collection[str], named: Collection[str]
) -> set[str]:
    """Return the lots whose own figures, or whose provenance, are told otherwise.

    Args:
        before: the story folded without the correction.
        after: the story folded with it.
        reached: the lots that are asked about.
        named: the lots that the corrected statement names, in any version of it.
    """
    changed = {name for name in named if name in after.lots}
    paths: set[str] = set()
    sources: set[tuple[str, Metal]] = set()
    # A lot is older than what is made of it, so one pass in order of creation follows every chain.
    for lot in sorted(after.lots.values(), key=lambda lot: (lot.created, lot.id)):
        known, run = before.lots.get(lot.id), after.runs.get(lot.run or "")
        was = before.runs.get(lot.run or "")
        if known is None or (known != lot and _figures(known) != _figures(lot)):
            changed.add(lot.id)
        is_other = known is None or (known.material, known.run) != (lot.material, lot.run)
        if is_other or _steps(run) != _steps(was) or (run and any(part.lot in paths for part in run.inputs)):
            paths.add(lot.id)
        for metal in lot.metals:
            is_other = known is None or (known.refill, known.sourced.get(metal)) != (lot.refill, lot.sourced.get(metal))
            parts = [part.lot for part in run.inputs if metal in part.mix] if run else []
            if is_other or _flow(run, metal) != _flow(was, metal) or any((name, metal) in sources for name in parts):
                sources.add((lot.id, metal))
    return changed.union(paths, (name for name, _ in sources)).intersection(reached)


def lots_of(statement: str, deeds: Iterable[Deed]) -> set[str]:
    """Return the lots that a statement names, in any version that a correction among the entries gave it."""
    return {
        lot
        for deed in deeds
        if deed.statement == statement or deed.event.corrects() == statement
        for lot in deed.event.named_lots()
    }


def _figures(lot: Lot) -> object:
    """Return what an answer about a lot rests on: two lots with the same figures are answered alike."""
    holds = [(hold.statement, hold.issuer, hold.since) for hold in lot.holds if not hold.until]
    credit = None if lot.credit is None else present(lot.credit)
    kept = lot.material, lot.holder, lot.status, lot.net, lot.dry, lot.custody, lot.owner
    return kept, holds, present(lot.mix), credit, lot.corrections, [claimable(lot, kind) for kind in CLAIM_KINDS]


def _steps(run: Run | None) -> object:
    """Return what a run says of its place in a lot's history."""
    if run is None:
        return None
    return run.process, [(part.lot, part.net) for part in run.inputs], [(made.lot, made.net) for made in run.outputs]


def _flow(run: Run | None, metal: Metal) -> object:
    """Return what a run says of the sources of a metal in its outputs."""
    if run is None:
        return None
    taken = [(part.lot, sum(part.mix.get(metal, ())), part.sourced.get(metal), part.refill) for part in run.inputs]
    added = [addition.get(metal, 0) for addition in run.additions]
    return taken, added, run.pool.get(metal, 0), run.shortfall.get(metal, 0)
