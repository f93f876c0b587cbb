"""Which lots a correction gave another answer: these name it, and no others do.

Invariant: the same lots are found from the story of one lot alone (an answer about the
past) and from the story of all that the correction reached.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ledger.materials.book import Deed
from ledger.materials.memory import MaterialMemory
from ledger.materials.records import Run
from ledger.materials.reports import lot_report
from schemas.correction import Correction
from schemas.events import named_lots


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
    runs = {name for name, run in after.runs.items() if _told(run) != _told(before.runs.get(name))}
    changed = {name for name in named if name in after.lots}
    retraced: set[str] = set()
    # A lot is older than what is made of it, so one pass in order of creation follows every chain.
    for lot in sorted(after.lots.values(), key=lambda lot: (lot.created, lot.id)):
        known = before.lots.get(lot.id)
        run = after.runs.get(lot.run or "")
        if known is None or (known != lot and lot_report(known, 0) != lot_report(lot, 0)):
            changed.add(lot.id)
        is_retold = known is None or (known.material, known.run, known.refill) != (lot.material, lot.run, lot.refill)
        if is_retold or (run and (run.id in runs or any(part.lot in retraced for part in run.inputs))):
            retraced.add(lot.id)
    return (changed | retraced).intersection(reached)


def lots_of(statement: str, deeds: Iterable[Deed]) -> set[str]:
    """Return the lots that a statement names, in any version that a correction among the entries gave it."""
    return {
        lot
        for deed in deeds
        if deed.statement == statement or (isinstance(deed.event, Correction) and deed.event.statement == statement)
        for lot in named_lots(deed.event)
    }


def _told(run: Run | None) -> object:
    """Return what a run says of the provenance of its outputs."""
    if run is None:
        return None
    inputs = [(part.lot, part.net, part.mix, part.sourced, part.refill) for part in run.inputs]
    outputs = [(made.lot, made.net, made.mix, made.sourced) for made in run.outputs]
    return run.process, inputs, run.additions, outputs, run.pool, run.shortfall
