"""What a lot's metal gained along its way, by words of which each alone is within its limit.

Settlements, analyses and yields differ by a percent or two in good faith, to either side; what
always differs to the same side makes metal. It is found at the word that takes a lot over the
limit, and is with the lot from there on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger.materials.plausibility.reference.bounds import MILLION, bound_of, limits_of, ppm_of
from ledger.materials.state.book import Speaker
from ledger.materials.state.findings import find
from ledger.materials.state.records import Lot, Run
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import Metal, Severity
from schemas.findings import Finding
from schemas.ids import LotId
from schemas.limits import Limits

_CLAIMED = frozenset({"Pb", "Li", "Ni", "Co"})
"""What is claimed as recycled."""

_TRACE_PERCENT = 1
"""A metal of which less is in a lot is known too badly to be judged by."""


def find_growth(before: Lot, after: Lot, speaker: Speaker) -> Iterator[Finding]:
    """Yield where a settlement or an analysis takes what a lot gained over a limit.

    Args:
        before: the lot as it was.
        after: the lot with it.
        speaker: whose word it is.
    """
    for metal, gained in after.grown.gained.items():
        held = sum(after.mix.get(metal, ()))
        if gained <= before.grown.gained.get(metal, 0) or 100 * held < _TRACE_PERCENT * after.net:
            continue
        was = before.grown.gained.get(metal, 0), sum(before.mix.get(metal, ()))
        yield from _over(metal, was, (gained, held), speaker, (after.id,))


def find_growth_in_run(run: Run, outputs: Iterable[Lot], speaker: Speaker) -> Iterator[Finding]:
    """Yield where what a run finds above its inputs takes what the metal gained over a limit.

    Args:
        run: the run.
        outputs: the lots that it made.
        speaker: who ran it.
    """
    lots = tuple(outputs)
    for metal in run.gain():
        now = sum(lot.grown.gained.get(metal, 0) for lot in lots), sum(sum(lot.mix.get(metal, ())) for lot in lots)
        if 100 * now[1] < _TRACE_PERCENT * sum(lot.net for lot in lots):
            continue
        was = sum(taken.grown.gained.get(metal, 0) for taken in run.inputs), run.pool.get(metal, 0)
        yield from _over(metal, was, now, speaker, tuple(lot.id for lot in lots if metal in lot.mix))


def _over(
    metal: Metal, was: tuple[int, int], now: tuple[int, int], speaker: Speaker, lots: tuple[LotId, ...]
) -> Iterator[Finding]:
    """Yield the finding on a metal of which so much was gained of so much; not again where it was over already.

    One word alone adds up with no other: it has the limits of its own kind.
    """
    limits = limits_of(speaker)
    severity, name = _weigh(_ppm(*now), limits)
    if metal not in _CLAIMED or was[0] <= 0 or severity in ("low", _weigh(_ppm(*was), limits)[0]):
        return
    gained, held = now
    yield find(
        FindingCode.GAINED_ON_THE_WAY, severity,
        (("gained_mg", gained), ("metal", metal), ("gain_ppm", _ppm(*now))),
        bound_of(limits, name, ("other_mg", held - gained)), speaker, lots=lots, about=(("site", speaker.party.id),),
    )  # fmt: skip


def _weigh(share: int, limits: Limits) -> tuple[Severity, str]:
    if share > limits.gained_on_way_high_ppm:
        return "high", "gained_on_way_high_ppm"
    return ("medium" if share > limits.gained_on_way_warn_ppm else "low"), "gained_on_way_warn_ppm"


def _ppm(gained: int, held: int) -> int:
    """Return what was gained as a part of what would be there without it."""
    return MILLION if gained >= held > 0 else ppm_of(max(gained, 0), held - gained)
