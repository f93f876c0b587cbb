"""Which lots a correction gave another answer: these name it, and no others do.

Invariant: the same lots are found from the closure of one lot alone (an answer about the
past) and from the closure of all that the correction reached.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from fractions import Fraction

from ledger.materials.claims.marks import claimable
from ledger.materials.mass.mix import present
from ledger.materials.state.lot_words import shown
from ledger.materials.state.memory_book import MaterialMemory
from ledger.materials.state.records import Lot, Run, Taken
from schemas.codes import CLAIM_KINDS, Metal
from schemas.ids import LotId


def answered_otherwise(before: MaterialMemory, after: MaterialMemory, reached: Collection[LotId]) -> set[LotId]:
    """Return the lots whose own figures, or whose provenance, are answered otherwise.

    Args:
        before: the closure folded without the correction.
        after: the closure folded with it.
        reached: the lots that are asked about.
    """
    return _otherwise(before, after, reached, _flow)


def touched(before: MaterialMemory, after: MaterialMemory, reached: Collection[LotId]) -> set[LotId]:
    """Return the lots that are answered otherwise, or whose runs took other masses of the same sources."""
    return _otherwise(before, after, reached, _masses)


def _otherwise(
    before: MaterialMemory,
    after: MaterialMemory,
    reached: Collection[LotId],
    flow: Callable[[Run | None, Metal], object],
) -> set[LotId]:
    changed: set[LotId] = set()
    paths: set[LotId] = set()
    sources: set[tuple[LotId, Metal]] = set()
    # A lot is older than what is made of it, but for batches that were entered after their use: these come first.
    # So one pass follows every chain.
    for lot in sorted(after.lots.values(), key=lambda lot: (lot.run is not None, lot.created, lot.id)):
        known, run = before.lots.get(lot.id), _run_of(lot, after)
        was = _run_of(lot, before)
        if known is None or (known != lot and _figures(known) != _figures(lot)):
            changed.add(lot.id)
        if known is not None and known.metals != lot.metals:
            # Its contributions are answered per metal that it held when it was made.
            changed.add(lot.id)
        is_other = known is None or (known.material, known.run) != (lot.material, lot.run)
        if is_other or _steps(run) != _steps(was) or (run and any(part.lot in paths for part in run.inputs)):
            paths.add(lot.id)
        for metal in lot.metals:
            is_other = known is None or (known.refill, _share(known, metal)) != (lot.refill, _share(lot, metal))
            parts = [part.lot for part in run.inputs if metal in part.mix and _share(part, metal)] if run else []
            is_fed_otherwise = (run != was and flow(run, metal) != flow(was, metal)) or any(
                (name, metal) in sources for name in parts
            )
            if is_other or is_fed_otherwise:
                sources.add((lot.id, metal))
            if is_other or (is_fed_otherwise and _share(lot, metal)):
                changed.add(lot.id)
    return changed.union(paths).intersection(reached)


def _run_of(lot: Lot, book: MaterialMemory) -> Run | None:
    return None if lot.run is None else book.runs.get(lot.run)


def _share(lot: Lot | Taken, metal: Metal) -> Fraction:
    """Return how much of a metal came from the pool of the run that made the lot, as it stands or stood when taken."""
    return Fraction(*lot.sourced.get(metal, (1, 1)))


def _figures(lot: Lot) -> object:
    """Return what an answer about a lot rests on: two lots with the same figures are answered alike."""
    holds = [(hold.statement, hold.issuer, hold.since) for hold in shown(lot.holds)]
    credit = None if lot.credit is None else present(lot.credit)
    kept = lot.material, lot.holder, lot.status, lot.net, lot.dry, lot.custody, lot.owner
    return kept, holds, present(lot.mix), credit, lot.corrections, [claimable(lot, kind) for kind in CLAIM_KINDS]


def _steps(run: Run | None) -> object:
    """Return what a run says of its place in a lot's history."""
    if run is None:
        return None
    return run.process, [(part.lot, part.net) for part in run.inputs], [(made.lot, made.net) for made in run.outputs]


def _flow(run: Run | None, metal: Metal) -> object:
    """Return what a run says of the sources of a metal in its outputs: their shares of the pool, not their masses."""
    pool = run.pool.get(metal, 0) if run is not None else 0
    if run is None or not pool:
        return None
    taken: dict[object, Fraction] = {}
    for part in run.inputs:
        # Two lines of one lot are one source.
        if mass := sum(part.mix.get(metal, ())):
            source = part.lot, _share(part, metal), part.refill
            taken[source] = taken.get(source, Fraction(0)) + Fraction(mass, pool)
    added = [Fraction(addition.get(metal, 0), pool) for addition in run.additions]
    short = run.shortfall.get(metal, 0)
    # The source is named after the statement, which is another where runs changed places.
    return taken, added, (Fraction(short, pool), run.statement if short else None)


def _masses(run: Run | None, metal: Metal) -> object:
    """Return what a run says of the masses of a metal that it took, added and lacked."""
    if run is None:
        return None
    taken = [(part.lot, sum(part.mix.get(metal, ())), part.sourced.get(metal), part.refill) for part in run.inputs]
    added = [addition.get(metal, 0) for addition in run.additions]
    return taken, added, run.pool.get(metal, 0), run.shortfall.get(metal, 0)
