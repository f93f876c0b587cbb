"""What a later word leaves of the findings that it takes away: they stay, as withdrawn by it.

Plan, for each entry that is judged otherwise:

1. A finding goes on where the same oddity is found anew, at least as severe.
2. Any other was removed or softened: it stays, ``withdrawn_by`` the statement that did it.
3. It keeps its severity where words were changed, or where metal was used, moved or claimed
   before; a figure that came within its limit before any use leaves it ``low``. A book that
   a scale contradicted, and that agrees with it now, leaves at most ``medium``.
4. Of what is withdrawn only the worst per code and statement is kept.

Invariant: a word on a finding finds it again, since its statement, code and figures stay.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from ledger.materials.claims.marks import is_claim
from ledger.materials.corrections.refold import Refolded
from ledger.materials.state.book import LoggedEvent
from ledger.materials.state.memory_book import MaterialMemory
from schemas.catalogue.findings.codes import FindingCode
from schemas.correction import Correctable
from schemas.findings import Finding, severest
from schemas.ids import LotId, StatementId


class Change(NamedTuple):
    """The word that changes what was found: which statement it is, which it corrects, and what it comes upon.

    ``in_words`` says that it changed more than figures, ``after_use`` that metal of what it
    corrects was used, moved or claimed by then.
    """

    by: StatementId
    in_words: bool
    after_use: bool
    corrected: frozenset[StatementId] = frozenset()


def changes_words(was: Correctable | None, said: Correctable | None) -> bool:
    """Say whether a replacement says something else in words; what does not stand has none."""
    return _words(was) != _words(said)


def _words(said: Correctable | None) -> tuple[object, ...]:
    return () if said is None else said.stated_words()


def is_used(lots: Iterable[LotId], corrected: Collection[LoggedEvent], book: MaterialMemory) -> bool:
    """Say whether metal of lots was used, moved or claimed by others than the statements that are corrected.

    Args:
        lots: what they created, or name where they created none.
        corrected: their entries.
        book: the closure of what they reached, before the correction.
    """
    own, at = frozenset(lots), {logged.index for logged in corrected}
    said = {logged.statement for logged in corrected}
    held = (lot for name in own if (lot := book.lots.get(name)) is not None)
    marks = (mark for lot in held for mark in lot.marks if mark.kind == "short_landed" or is_claim(mark))
    sent = (lot for shipment in book.shipments.values() if shipment.index not in at for lot in shipment.lots)
    taken = (part.lot for run in book.runs.values() if run.index not in at for part in run.inputs)
    return any(mark.statement not in said for mark in marks) or not own.isdisjoint((*sent, *taken))


def judged_anew(
    known: Iterable[Finding], before: Iterable[Finding], after: Iterable[Finding], change: Change
) -> tuple[Finding, ...]:
    """Return the findings of an entry that is folded again: those of now, and what stays of those of before.

    Args:
        known: all that stand on the entry.
        before: those that folding it without the change gives.
        after: those that folding it with the change gives.
        change: the word that changes them.
    """
    was, now = tuple(before), tuple(after)
    others = [finding for finding in known if finding not in was]
    gone = [_withdrawn(finding, change) for finding in was if not _goes_on(finding, now)]
    stay = [finding for finding in others if finding.withdrawn_by is None]
    left = [finding for finding in others if finding.withdrawn_by is not None and not _goes_on(finding, now)]
    return (*stay, *_worst([*left, *gone]), *now)


def all_judged_anew(
    before: Refolded, after: Refolded, known: Callable[[int], tuple[Finding, ...]], change: Change
) -> dict[int, tuple[Finding, ...]]:
    """Return the findings of each entry that is judged otherwise after a change.

    Args:
        before: the closure folded without the change.
        after: the closure folded with it.
        known: returns all that stand on an entry.
        change: the word that changes them.
    """
    return {
        index: judged_anew(known(index), was, found, change)
        for index, found in after.findings.items()
        if (was := before.findings.get(index, ())) != found
    }


def _goes_on(finding: Finding, now: Iterable[Finding]) -> bool:
    """Say whether the same oddity is found anew, at least as severe (step 1)."""
    oddity = _oddity(finding)
    return any(_oddity(other) == oddity and severest(other, finding) is other for other in now)


def _oddity(finding: Finding) -> tuple[object, ...]:
    """Return what a finding is about, beside the figures by which it is odd: its code, its metal, its lots."""
    texts = tuple(pair for pair in finding.figures if isinstance(pair[1], str))
    return finding.code, finding.case, texts


def _withdrawn(finding: Finding, change: Change) -> Finding:
    withdrawn = finding._replace(withdrawn_by=change.by)
    if change.in_words:
        return withdrawn
    if not change.after_use:
        return withdrawn._replace(severity="low")
    # The scale's word stands as it was, and the figures of the book came to it.
    is_weighed = finding.code is FindingCode.WEIGHING_DIFFERENCE and finding.statement not in change.corrected
    return withdrawn._replace(severity="medium") if is_weighed and finding.severity == "high" else withdrawn


def _worst(findings: Iterable[Finding]) -> list[Finding]:
    worst: dict[str, Finding] = {}
    for finding in findings:
        known = worst.get(finding.code)
        worst[finding.code] = finding if known is None else severest(known, finding)
    return list(worst.values())
