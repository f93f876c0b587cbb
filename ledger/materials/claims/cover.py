"""Cover: whether what was claimed of a lot is still in it, after metal left it as a loss or never came.

Invariants: the mark of a claim is never cut, so no metal that goes and comes back can be
claimed twice; a claim that lost its cover never has it again, unless a correction takes
the cause away; only what never arrived is lessened by a loss, which shows it once more.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from ledger.materials.claims.marks import is_claim, place_marks
from ledger.materials.mass.mix import Mix, less, smaller
from ledger.materials.state.book import Speaker
from ledger.materials.state.findings import Bound, find
from ledger.materials.state.records import Lot, Mark
from schemas.catalogue.findings.codes import FindingCode
from schemas.findings import Finding

_MILLION = 1_000_000
_TOLERANCE = "handover_warn_ppm"
"""What two scales differ by; that of the rules for every site, since no fold may depend on what is set later."""


Cause = Literal["analysis", "count", "hand-over"]
"""What took metal away."""


def keep_cover(lot: Lot, lost: Mix, speaker: Speaker, cause: Cause) -> tuple[Lot, list[Finding]]:
    """Return a lot with its claims judged anew, and what is to be said of them.

    Args:
        lot: the lot after the loss, with the marks of before.
        lost: what left of its metal, or of its credit under mass balance, in mg.
        speaker: whose word took it away.
        cause: what that word was.
    """
    if not lot.marks:
        return lot, []
    marks = _without(lot.marks, lost)
    findings: list[Finding] = []
    kept: list[Mark] = []
    for mark, placed in zip(marks, place_marks(marks, lot.base), strict=True):
        claimed, missing = _total(mark.mix), _total(less(mark.mix, placed.mix))
        if not is_claim(mark) or not mark.covered or not missing:
            kept.append(mark)
            continue
        is_odd = missing * _MILLION > claimed * speaker.rules.limits.handover_warn_ppm
        kept.append(placed._replace(covered=False) if is_odd else mark)
        findings.append(_find(mark, (claimed, missing), lot, speaker, cause, is_odd=is_odd))
    return lot._replace(marks=tuple(mark for mark in kept if mark.mix or not mark.covered)), findings


def _find(mark: Mark, masses: tuple[int, int], lot: Lot, speaker: Speaker, cause: Cause, *, is_odd: bool) -> Finding:
    """Return the finding on a claim on a lot: what was claimed and what of it is missing, in mg."""
    claimed, missing = masses
    bound = Bound(((_TOLERANCE, speaker.rules.limits.handover_warn_ppm),), _TOLERANCE)
    return find(
        FindingCode.CLAIM_UNCOVERED if is_odd else FindingCode.CLAIM_EXCEEDS_ACCEPTED, "high" if is_odd else "low",
        (("claimed_mg", claimed), ("kind", mark.kind), ("there_mg", claimed - missing)),
        bound, speaker, lots=(lot.id,), case="lost" if is_odd else "",
        about=(("cause", cause),),
    )  # fmt: skip


def _without(marks: Iterable[Mark], lost: Mix) -> list[Mark]:
    """Let a loss take first what never arrived."""
    kept: list[Mark] = []
    for mark in marks:
        part = smaller(mark.mix, lost) if mark.kind == "short_landed" else {}
        lost = less(lost, part)
        kept.append(mark._replace(mix=less(mark.mix, part)))
    return kept


def _total(mix: Mix) -> int:
    return sum(map(sum, mix.values()))
