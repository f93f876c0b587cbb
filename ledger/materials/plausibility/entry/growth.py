"""What a lot's metal gained along its way, by words of which each alone is within its limit.

Settlements, analyses and yields differ by a percent or two in good faith, to either side; what
always differs to the same side makes metal. It is found at the word that takes a lot over the
limit, and is with the lot from there on. The first analysis of a batch replaces what it was bought
by, and has a wider limit of its own; what it found adds up with what is gained after it, to that
wider limit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

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

_Names = Mapping[Severity, str]

_GAINED: Final[_Names] = {"high": "gained_on_way_high_ppm", "medium": "gained_on_way_warn_ppm"}
_FOUND: Final[_Names] = {"high": "found_on_way_high_ppm", "medium": "found_on_way_warn_ppm"}
_WORST_FIRST: Final[tuple[Severity, ...]] = ("high", "medium")

_TRACE_PERCENT = 1
"""A metal of which less is in a lot is known too badly to be judged by."""


def find_growth(before: Lot, after: Lot, speaker: Speaker) -> Iterator[Finding]:
    """Yield where a settlement or an analysis takes what a lot gained over a limit.

    Args:
        before: the lot as it was.
        after: the lot with it.
        speaker: whose word it is.
    """
    for metal in after.grown.gained:
        was, now = _of_lots((before,), metal), _of_lots((after,), metal)
        if now.gained > was.gained and 100 * now.held >= _TRACE_PERCENT * after.net:
            yield from _over(metal, was, now, speaker, (after.id,))


def find_growth_in_run(run: Run, outputs: Iterable[Lot], speaker: Speaker) -> Iterator[Finding]:
    """Yield where what a run finds above its inputs takes what the metal gained over a limit.

    Args:
        run: the run.
        outputs: the lots that it made.
        speaker: who ran it.
    """
    lots = tuple(outputs)
    for metal in run.gain():
        now = _of_lots(lots, metal)
        if 100 * now.held >= _TRACE_PERCENT * sum(lot.net for lot in lots):
            gained, first = (sum(taken.grown[part].get(metal, 0) for taken in run.inputs) for part in (0, 2))
            was = _Way(gained, first, run.pool.get(metal, 0))
            yield from _over(metal, was, now, speaker, tuple(lot.id for lot in lots if metal in lot.mix))


class _Way(NamedTuple):
    """What was gained of a metal, what first analyses found of it besides, and what is there, in mg."""

    gained: int
    first: int
    held: int


def _of_lots(lots: tuple[Lot, ...], metal: Metal) -> _Way:
    return _Way(
        sum(lot.grown.gained.get(metal, 0) for lot in lots),
        sum(lot.grown.first.get(metal, 0) for lot in lots),
        sum(sum(lot.mix.get(metal, ())) for lot in lots),
    )


def _over(metal: Metal, was: _Way, now: _Way, speaker: Speaker, lots: tuple[LotId, ...]) -> Iterator[Finding]:
    """Yield the finding on a metal of which gains passed a limit, or they and first analyses where that weighs more."""
    if metal not in _CLAIMED:
        return
    limits, found = limits_of(speaker), now.gained + now.first
    gains = _weigh(_ppm(now.gained, now.held), _GAINED, limits)
    of_gains = _passed((was.gained, was.held), (now.gained, now.held), _GAINED, limits)
    of_all = _passed((was.gained + was.first, was.held), (found, now.held), _FOUND, limits)
    about = (("site", speaker.party.id),)
    if of_gains is not None and (of_gains == "high" or of_all != "high"):
        bound = bound_of(limits, _GAINED[of_gains], ("other_mg", now.held - now.gained))
        figures = ("gained_mg", now.gained), ("metal", metal), ("gain_ppm", _ppm(now.gained, now.held))
        yield find(FindingCode.GAINED_ON_THE_WAY, of_gains, figures, bound, speaker, lots=lots, about=about)
    elif of_all is not None and of_all != gains:
        bound = bound_of(limits, _FOUND[of_all], ("other_mg", now.held - found))
        more = ("gained_mg", found), ("metal", metal), ("gain_ppm", _ppm(found, now.held)), ("first_mg", now.first)
        yield find(FindingCode.GAINED_ON_THE_WAY, of_all, more, bound, speaker, lots=lots, case="first", about=about)


def _passed(was: tuple[int, int], now: tuple[int, int], names: _Names, limits: Limits) -> Severity | None:
    """Return how it weighs where so much found of so much passes a limit; ``None`` where that was passed before.

    One word alone adds up with no other: it has the limits of its own kind.
    """
    severity = _weigh(_ppm(*now), names, limits)
    return severity if was[0] > 0 and severity != _weigh(_ppm(*was), names, limits) else None


def _weigh(share: int, names: _Names, limits: Limits) -> Severity | None:
    return next((one for one in _WORST_FIRST if share > getattr(limits, names[one])), None)


def _ppm(found: int, held: int) -> int:
    """Return what was found as a part of what would be there without it."""
    return MILLION if found >= held > 0 else ppm_of(max(found, 0), held - found)
