"""Findings of a run: gains, weighing differences, lines that do not fit."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.materials.records import Run, Speaker
from schemas.codes import Severity
from schemas.findings import Finding
from schemas.quantity import format_kg
from schemas.transformation import Transformation


def find_in_run(event: Transformation, run: Run, speaker: Speaker) -> Iterator[Finding]:
    """Yield what is odd about an accepted run."""
    yield from _gains(event, run, speaker)
    yield from _weighing(run, speaker)
    yield from _line(event, speaker)


def _gains(event: Transformation, run: Run, speaker: Speaker) -> Iterator[Finding]:
    for metal, gain in run.gain().items():
        lots = tuple(made.lot for made in run.outputs if made.content.get(metal, (0, 0))[0])
        pool = run.pool.get(metal, 0)
        reason = event.gain_reason
        code, severity = ("gain", "low") if reason is None else ("gain-with-reason", "medium")
        yield _finding(
            code,
            severity,  # type: ignore[arg-type]
            f"{format_kg(gain)} kg {metal}",
            f"{format_kg(pool)} kg {metal} in the pool",
            f"run {run.id} put out more {metal} than went in"
            + (f" (reason given: {reason})" if reason else ", within the tolerance of 2 %"),
            speaker,
            lots,
        )


def _weighing(run: Run, speaker: Speaker) -> Iterator[Finding]:
    for taken in run.inputs:
        if taken.net == taken.booked:
            continue
        yield _finding(
            "weighing-difference",
            "low",
            f"{format_kg(taken.net)} kg weighed",
            f"{format_kg(taken.booked)} kg booked",
            f"run {run.id} closed {taken.lot} with another weight than the book had left",
            speaker,
            (taken.lot,),
        )


def _line(event: Transformation, speaker: Speaker) -> Iterator[Finding]:
    if event.line is None:
        return
    outputs = tuple(output.lot for output in event.outputs)
    line = next((line for line in speaker.party.lines if line.line == event.line), None)
    if line is None:
        known = ", ".join(line.line for line in speaker.party.lines) or "none"
        yield _finding(
            "unknown-line", "medium", event.line, known,
            f"run {event.run} names a line that {speaker.party.id} has not registered", speaker, outputs,
        )  # fmt: skip
    elif event.ended_at[:10] < line.commissioned_on:
        yield _finding(
            "output-before-commissioning", "high", event.ended_at, line.commissioned_on,
            f"run {event.run} put out before its line {line.line} was commissioned", speaker, outputs,
        )  # fmt: skip


def _finding(
    code: str, severity: Severity, figure: str, limit: str, message: str, speaker: Speaker, lots: tuple[str, ...]
) -> Finding:
    return Finding(code, severity, figure, limit, message, speaker.index, speaker.statement, lots)
