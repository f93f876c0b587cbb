"""Findings of a run: gains, weighing differences, what its outputs inherit."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.materials.moves.inheritance import MIXED
from ledger.materials.moves.taking import uncertainty_of
from ledger.materials.plausibility.reference.bounds import bound_of, limits_of, ppm_of
from ledger.materials.state.book import Speaker
from ledger.materials.state.findings import NO_BOUND, Bound, find
from ledger.materials.state.records import Lot, Run
from schemas.catalogue.figures import Figures
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import Severity
from schemas.findings import Finding
from schemas.transformation import Transformation

_TOLERANCE_PERCENT = 2
"""What a run may gain without a reason (contract, section 7)."""


def find_in_run(event: Transformation, run: Run, made: Lot, speaker: Speaker) -> Iterator[Finding]:
    """Yield what is odd about an accepted run; ``made`` is one of its outputs, which all inherit alike."""
    yield from _gains(event, run, speaker)
    yield from _weighing(run, speaker)
    yield from _heritage(event, run, made, speaker)


def _gains(event: Transformation, run: Run, speaker: Speaker) -> Iterator[Finding]:
    for metal, gain in run.gain().items():
        lots = tuple(made.lot for made in run.outputs if metal in made.mix)
        pool = run.pool.get(metal, 0)
        unsure = uncertainty_of(run.inputs, metal, limits_of(speaker).uncertainty_cap_ppm)
        figures: Figures = (("gain_mg", gain), ("metal", metal))
        bound = Bound((("pool_mg", pool),))
        tolerance = ("tolerance_ppm", 10_000 * _TOLERANCE_PERCENT)
        if gain <= unsure:
            yield find(
                FindingCode.GAIN_WITHIN_UNCERTAINTY, "low", figures, bound, speaker, lots=lots,
                about=(("run", run.id), ("unsure_mg", unsure)),
            )  # fmt: skip
        elif event.gain_reason is not None:
            yield find(
                FindingCode.GAIN_WITH_REASON, "medium", figures, bound, speaker, lots=lots,
                about=(("run", run.id), ("reason", event.gain_reason)),
            )  # fmt: skip
        elif 100 * gain > _TOLERANCE_PERCENT * pool:
            # Only a correction leads here: admission refuses such a gain without a reason.
            yield find(
                FindingCode.GAIN_AFTER_CORRECTION, "high", figures, bound, speaker, lots=lots,
                about=(("run", run.id), tolerance),
            )  # fmt: skip
        else:
            yield find(FindingCode.GAIN, "low", figures, bound, speaker, lots=lots, about=(("run", run.id), tolerance))


def _heritage(event: Transformation, run: Run, made: Lot, speaker: Speaker) -> Iterator[Finding]:
    outputs = tuple(line.lot for line in event.outputs)
    if made.shortfalls:
        short = sum(taken.short for taken in run.inputs)
        about: Figures = (("run", run.id), ("cause", made.shortfalls[0][:16]))
        yield find(
            FindingCode.SHORTFALL, "high", (("uncovered", len(made.shortfalls)),), NO_BOUND, speaker, lots=outputs,
            about=(*about, ("short_mg", short)) if short else about,
        )  # fmt: skip
    if made.owner == MIXED:
        yield find(
            FindingCode.OWNERS_MIXED, "medium", (), NO_BOUND, speaker, lots=outputs, about=(("run", run.id),),
        )  # fmt: skip
    stated = event.custody
    if stated is not None and stated != made.custody:
        yield find(
            FindingCode.CUSTODY_WEAKENED, "medium", (("custody", made.custody),), Bound((("stated", stated),)),
            speaker, lots=outputs, about=(("run", run.id),),
        )  # fmt: skip


def _weighing(run: Run, speaker: Speaker) -> Iterator[Finding]:
    for taken in run.inputs:
        if taken.net == taken.booked:
            continue
        limits = limits_of(speaker)
        found = ppm_of(abs(taken.net - taken.booked), taken.booked or taken.net)
        severity: Severity = "low"
        name = "handover_warn_ppm"
        if found > limits.handover_warn_ppm:
            severity = "high" if found > limits.handover_high_ppm else "medium"
            name = "handover_high_ppm" if severity == "high" else name
        yield find(
            FindingCode.WEIGHING_DIFFERENCE, severity, (("weighed_mg", taken.net),),
            bound_of(limits, name, ("booked_mg", taken.booked)), speaker, lots=(taken.lot,),
            about=(("run", run.id), ("off_ppm", found)),
        )  # fmt: skip
