"""Findings of a run: gains, weighing differences, what its outputs inherit."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.materials.moves.inheritance import MIXED, Heritage
from ledger.materials.moves.taking import uncertainty_of
from ledger.materials.plausibility.reference.bounds import bound_of, find, limits_of, ppm_of
from ledger.materials.state.book import Speaker
from ledger.materials.state.records import Run
from schemas.catalogue.figures import percent
from schemas.codes import Severity
from schemas.findings import Finding
from schemas.quantity import format_kg
from schemas.transformation import Transformation


def find_in_run(event: Transformation, run: Run, inherited: Heritage, speaker: Speaker) -> Iterator[Finding]:
    """Yield what is odd about an accepted run."""
    yield from _gains(event, run, speaker)
    yield from _weighing(run, speaker)
    yield from _heritage(event, run, inherited, speaker)


def _gains(event: Transformation, run: Run, speaker: Speaker) -> Iterator[Finding]:
    for metal, gain in run.gain().items():
        lots = tuple(made.lot for made in run.outputs if metal in made.mix)
        pool = run.pool.get(metal, 0)
        unsure = uncertainty_of(run.inputs, metal, limits_of(speaker.party).uncertainty_cap_ppm)
        reason = event.gain_reason
        code, severity, said = "gain", "low", ", within the tolerance of 2 %"
        if gain <= unsure:
            code, said = "gain-within-uncertainty", f", within the {format_kg(unsure)} kg that assays leave open (k=2)"
        elif reason is not None:
            code, severity, said = "gain-with-reason", "medium", f" (reason given: {reason})"
        elif 100 * gain > 2 * pool:
            # Only a correction leads here: admission refuses such a gain without a reason.
            code, severity, said = "gain-after-correction", "high", ", beyond the tolerance of 2 % and without a reason"
        yield _finding(
            code,
            severity,  # type: ignore[arg-type]
            f"{format_kg(gain)} kg {metal}",
            f"{format_kg(pool)} kg {metal} in the pool",
            f"run {run.id} put out more {metal} than went in{said}",
            speaker,
            lots,
        )


def _heritage(event: Transformation, run: Run, inherited: Heritage, speaker: Speaker) -> Iterator[Finding]:
    outputs = tuple(output.lot for output in event.outputs)
    if inherited.shortfalls:
        short = sum(taken.short for taken in run.inputs)
        said = f"{format_kg(short)} kg that run {run.id} took" if short else f"material that run {run.id} took"
        yield _finding(
            "shortfall", "high", f"{len(inherited.shortfalls)} takings that are not covered", "every taking covered",
            f"{said} came from a lot that a correction left too small; origin unknown "
            f"(statement {inherited.shortfalls[0][:16]}...)", speaker, outputs,
        )  # fmt: skip
    if inherited.owner == MIXED:
        yield _finding(
            "owners-mixed", "medium", "several owners", "one owner a run",
            f"run {run.id} pooled lots of different owners, so that its outputs are nobody's alone", speaker, outputs,
        )  # fmt: skip
    stated = event.custody
    if stated is not None and stated != inherited.custody:
        yield _finding(
            "custody-weakened", "medium", inherited.custody, stated,
            f"run {run.id} was stated as {stated}, but what it took allows {inherited.custody} at best (ISO 22095)",
            speaker, outputs,
        )  # fmt: skip


def _weighing(run: Run, speaker: Speaker) -> Iterator[Finding]:
    for taken in run.inputs:
        if taken.net == taken.booked:
            continue
        limits = limits_of(speaker.party)
        found = ppm_of(abs(taken.net - taken.booked), taken.booked or taken.net)
        severity: Severity = "low"
        name = "handover_warn_ppm"
        if found > limits.handover_warn_ppm:
            severity = "high" if found > limits.handover_high_ppm else "medium"
            name = "handover_high_ppm" if severity == "high" else name
        yield find(
            "weighing-difference", severity, f"{format_kg(taken.net)} kg weighed",
            bound_of(limits, name, f"{format_kg(taken.booked)} kg booked"),
            f"run {run.id} closed {taken.lot} with another weight than the book had left ({percent(found)} off)",
            speaker, (taken.lot,),
        )  # fmt: skip


def _finding(
    code: str, severity: Severity, figure: str, limit: str, message: str, speaker: Speaker, lots: tuple[str, ...]
) -> Finding:
    return Finding(code, severity, figure, limit, message, speaker.index, speaker.statement, lots)
