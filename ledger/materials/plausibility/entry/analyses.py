"""What is odd about an analysis that sets the content of a lot.

Content goes up by the word of the park alone, so a rise is never unseen; what an analysis
leaves open (k=2) is not held against it, up to what analyses of that kind leave open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from ledger.materials.moves.taking import uncertainty_of
from ledger.materials.plausibility.reference.bounds import MILLION, bound_of, limits_of, ppm_of
from ledger.materials.state.book import Speaker
from ledger.materials.state.findings import Bound, find
from ledger.materials.state.pool import Stated
from ledger.materials.state.records import Lot, Run
from schemas.assay import Assay
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import Metal, Severity
from schemas.findings import Finding
from schemas.fraction import BILLION
from schemas.ids import LotId
from schemas.limits import Limits

_TOLERANCE_PERCENT = 2
"""As for runs (contract, section 7)."""

_CLAIMED = frozenset({"Pb", "Li", "Ni", "Co"})
"""What is claimed as recycled; of other metals intakes say little."""

_TRACE_PERCENT = 1
"""A metal of which less is in a lot is known too badly to be judged by."""


class Analysis(NamedTuple):
    """What was found in a lot and its expanded uncertainty (k=2), in mg per metal, and of how many lots at once."""

    content: Mapping[Metal, int]
    unsure: Mapping[Metal, int]
    lots: int

    def leaves_open(self, metal: Metal, limits: Limits) -> int:
        """Return the part of the uncertainty that excuses a difference, in mg."""
        most = self.content.get(metal, 0) * limits.uncertainty_cap_ppm // MILLION
        return min(self.unsure.get(metal, 0), most)


def find_uncertainty(source: Assay, lot: LotId, speaker: Speaker) -> Iterator[Finding]:
    """Yield where an assay leaves more open than analyses do."""
    limits = limits_of(speaker)
    for metal, result in (source.results or {}).items():
        is_trace = 100 * result.fraction < _TRACE_PERCENT * BILLION
        if is_trace or ppm_of(result.uncertainty, result.fraction) <= limits.uncertainty_cap_ppm:
            continue
        yield find(
            FindingCode.UNCERTAINTY_UNUSUAL, "medium",
            (("fraction_ppb", result.fraction), ("uncertainty_ppb", result.uncertainty), ("metal", metal)),
            bound_of(limits, "uncertainty_cap_ppm"), speaker, lots=(lot,), about=(("stage", str(source.stage)),),
        )  # fmt: skip


def find_change(analysis: Analysis, lot: Lot, stated: Stated, speaker: Speaker) -> Iterator[Finding]:
    """Yield where an analysis finds far more, or less, than a lot was said to hold when it was made.

    Args:
        analysis: what was found.
        lot: the lot before it.
        stated: what the lot was said to hold, so that small steps do not add up unseen.
        speaker: whose analysis it is.
    """
    limits = limits_of(speaker)
    was = stated.part(lot.net)
    for metal, found in analysis.content.items():
        held = was.get(metal, 0)
        change = abs(found - held)
        is_trace = 100 * max(found, held) < _TRACE_PERCENT * lot.net
        if is_trace or not held or change <= analysis.leaves_open(metal, limits):
            continue
        if ppm_of(change, held) <= limits.assay_change_warn_ppm or (found > held and lot.run is not None):
            continue
        yield _changed(metal, found, held, analysis.lots, lot, speaker=speaker)


def _changed(metal: Metal, found: int, held: int, lots: int, lot: Lot, speaker: Speaker) -> Finding:
    limits = limits_of(speaker)
    is_more = found > held
    change = ppm_of(abs(found - held), held)
    # Of lots that were analysed as one, some hold more than each was said to, and some less.
    is_high = is_more and lots == 1 and metal in _CLAIMED and change > limits.assay_change_high_ppm
    name = "assay_change_high_ppm" if is_high else "assay_change_warn_ppm"
    return find(
        FindingCode.ASSAY_RAISES_CONTENT if is_more else FindingCode.ASSAY_LOWERS_CONTENT,
        "high" if is_high else "medium", (("found_mg", found), ("metal", metal), ("change_ppm", change)),
        bound_of(limits, name, ("first_mg", held)), speaker, lots=(lot.id,), about=(("site", speaker.party.id),),
    )  # fmt: skip


def find_gain(
    analysis: Analysis, before: Lot, after: Lot, run: Run, outputs: Callable[[LotId], Lot | None], speaker: Speaker
) -> Iterator[Finding]:
    """Yield where an analysis raises an output above all that its run took.

    Args:
        analysis: what was found.
        before: the output before it.
        after: the output after it.
        run: the run that made it.
        outputs: returns the other outputs of that run by id, whose gains count with it.
        speaker: whose analysis it is.
    """
    limits = limits_of(speaker)
    for metal in analysis.content:
        if _gained(after, metal) <= _gained(before, metal):
            continue
        others = [outputs(made.lot) for made in run.outputs if made.lot != after.id]
        gain = _gained(after, metal) + sum(_gained(lot, metal) for lot in others if lot is not None)
        pool = run.pool.get(metal, 0)
        unsure = max(analysis.leaves_open(metal, limits), uncertainty_of(run.inputs, metal, limits.uncertainty_cap_ppm))
        severity: Severity = "low"
        is_much = False
        if 100 * gain > _TOLERANCE_PERCENT * pool and gain > unsure:
            severity = "medium"
            # As for a run that gives a reason, which an analysis cannot: a table may have said too little.
            is_much = (
                metal in _CLAIMED
                and 100 * gain >= _TRACE_PERCENT * after.net
                and ppm_of(pool + gain, pool) > limits.explained_out_high_ppm
            )
        yield find(
            FindingCode.GAIN_BY_ASSAY, "high" if is_much else severity, (("gain_mg", gain), ("metal", metal)),
            bound_of(limits, "explained_out_high_ppm", ("pool_mg", pool)) if is_much
            else Bound((("pool_mg", pool), ("tolerance_ppm", 10_000 * _TOLERANCE_PERCENT), ("unsure_mg", unsure))),
            speaker, lots=(after.id,), case="much" if is_much else "", about=(("run", run.id),),
        )  # fmt: skip


def _gained(lot: Lot, metal: Metal) -> int:
    """Return how much of a metal in a lot came from nowhere when it was made or analysed, in mg."""
    got, of = lot.sourced.get(metal, (1, 1))
    mass = sum(lot.mix.get(metal, ()))
    return mass - mass * got // of
