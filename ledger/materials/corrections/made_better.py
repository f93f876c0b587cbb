"""What a correction makes better than it was first said, or found, to be.

Each statement is held against its first word, so that many small corrections weigh what one
large one does: what it makes by origin, content and custody, what it found by content.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger.materials.corrections.at_first import Found
from ledger.materials.corrections.changed_answers import touched
from ledger.materials.corrections.piece import Wrong
from ledger.materials.corrections.refold import Refolded
from ledger.materials.corrections.withdrawn_findings import Change
from ledger.materials.plausibility.entry.lifts import (
    Backing,
    backing_of,
    cures_unit_slip,
    find_custody,
    find_lift,
    find_lot_lifted,
    find_raised,
    lifted,
)
from ledger.materials.state.book import Speaker
from ledger.materials.state.records import Lot
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import METALS, Metal
from schemas.findings import Finding
from schemas.ids import StatementId


def find_made_better(
    wrong: Wrong, before: Refolded, after: Refolded, change: Change, speaker: Speaker
) -> Iterator[Finding]:
    """Yield what a replacement, with those before it, makes better than its statement first said.

    Args:
        wrong: the statement, with its replacement.
        before: the closure folded without the correction.
        after: the closure folded with it.
        change: what the correction comes upon.
        speaker: who corrects.
    """
    statement, said = wrong.logged.statement, wrong.said
    codes = {finding.code for finding in before.findings.get(wrong.logged.index, ())}
    made = after.at_first.made.get(statement)
    if made is not None and said is not None:
        backing = backing_of(made.word, said, codes, is_used=change.after_use)
        yield from find_lift(made.first, made.now, backing, speaker, said.created_lots())
        yield from find_custody(made.first, made.now, speaker, said.created_lots())
    found = list(_found_anew(statement, before, after))
    # Where others found the same since, it makes no difference what this one finds.
    if found and touched(before.book, after.book, after.book.lots):
        backing = Backing(is_used=change.after_use, cures=cures_unit_slip(codes))
        for row in found:
            yield from find_raised(row.first, row.now, backing, speaker, row.lot)


def find_lots_lifted(
    found: Iterable[Finding], wrongs: Iterable[Wrong], before: Refolded, after: Refolded, speaker: Speaker
) -> Iterator[Finding]:
    """Yield where what corrections lifted on the way of lots is more than one may lift, and this one lifts more.

    Args:
        found: what its statements were found to lift each, which is not said again.
        wrongs: those statements.
        before: the closure folded without the correction.
        after: the closure folded with it.
        speaker: who corrects.
    """
    said = {dict(finding.figures)["metal"] for finding in found if finding.code is FindingCode.ORIGIN_LIFTED}
    for metal in METALS:
        if metal in said or not any(_lifts(wrong, after, metal) > _lifts(wrong, before, metal) for wrong in wrongs):
            continue
        lots = (lot for _, lot in after.book.lots.by_key() if lot.grown.lifted.get(metal))
        grown = (lot for lot in lots if lot.grown.lifted[metal] > _lifted_before(lot, before, metal))
        yield from find_lot_lifted(grown, metal, speaker)


def _lifts(wrong: Wrong, folded: Refolded, metal: Metal) -> int:
    made = folded.at_first.made.get(wrong.logged.statement)
    return 0 if made is None else lifted(made.first, made.now).get(metal, 0)


def _lifted_before(lot: Lot, before: Refolded, metal: Metal) -> int:
    known = before.book.lots.get(lot.id)
    return 0 if known is None else known.grown.lifted.get(metal, 0)


def _found_anew(statement: StatementId, before: Refolded, after: Refolded) -> Iterator[Found]:
    """Yield what is found in lots on the word of a statement, where that changed by the correction."""
    was = before.at_first.found.get(statement, {})
    for place, row in after.at_first.found.get(statement, {}).items():
        known = was.get(place)
        if (row.first if known is None else known.now) != row.now:
            yield row
