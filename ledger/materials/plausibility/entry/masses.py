"""What is odd about the masses of a run: more out than in, units that do not add up, grades."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from ledger.materials.plausibility.reference.bounds import MILLION, Bound, find, limits_of, ppm_of, share_bound
from ledger.materials.plausibility.reference.chemistry import GRADES, GRADES_SOURCE
from ledger.materials.state.book import Speaker
from ledger.materials.state.records import Run
from schemas.catalogue.figures import percent
from schemas.codes import Severity
from schemas.findings import Finding
from schemas.quantity import format_kg
from schemas.rules.characters import version_14
from schemas.transformation import Output, Transformation

DRY_PROCESSES = frozenset(
    {"sorting", "draining", "discharging", "dismantling", "breaking", "shredding", "drying", "separation", "packing",
     "blending", "reweighing", "casting", "remelting", "refining"}
)  # fmt: skip
_FIRED = frozenset({"smelting", "pyrolysis", "toll_refining"})
_LIQUID = frozenset({"leach_solution", "electrolyte", "sulfuric_acid"})
_EXPLAINED = 10
"""With a reason, a gain of so many times the limit still weighs little."""

_GRADE_SLACK = 1_000
"""What the analysis of a grade by difference leaves open, in ppm."""


class _Balance(NamedTuple):
    """Masses in and out of a run in mg, and the limits for the part that comes out more."""

    into: int
    out: int
    warn: str
    high: str


def find_in_masses(event: Transformation, run: Run, speaker: Speaker) -> Iterable[Finding]:
    """Return where a run puts out more mass than it can, or its outputs are not what their papers say."""
    out, has_papers = 0, False
    for output in event.outputs:
        out += output.net_kg
        has_papers = has_papers or output.grade is not None or bool(output.units)
    for part in run.inputs:
        out -= max(part.net, part.booked)
    if out <= 0 and not has_papers:
        return ()
    return [*(_gain(event, run, speaker) if out > 0 else ()), *(_papers(event, speaker) if has_papers else ())]


def _papers(event: Transformation, speaker: Speaker) -> Iterator[Finding]:
    for output in event.outputs:
        if output.units:
            yield from _units(output, speaker)
        if output.grade is not None and output.content_kg.get("Pb"):
            yield from _grade(output, output.grade, speaker)


def _gain(event: Transformation, run: Run, speaker: Speaker) -> Iterator[Finding]:
    limits = limits_of(speaker.party)
    balance = _balance(event, run)
    found = ppm_of(balance.out - balance.into, balance.into) if balance.out > balance.into else 0
    outputs = [output.lot for output in event.outputs]
    if found > getattr(limits, balance.high):
        yield find(
            "output-mass", "high", f"{format_kg(balance.out)} kg out of {format_kg(balance.into)} kg",
            share_bound(limits, balance.high, "{} more out than in"),
            f"run {run.id} of {event.process} put out many times what went in (a unit mixed up by 1,000?)",
            speaker, outputs,
        )  # fmt: skip
    elif found > getattr(limits, balance.warn):
        # One word explains so much, not any amount.
        is_explained = event.gain_reason is not None and found <= _EXPLAINED * getattr(limits, balance.warn)
        severity: Severity = "low" if is_explained else "medium"
        given = f"gives as reason: {event.gain_reason}" if event.gain_reason is not None else "gives no reason"
        yield find(
            "net-gain-with-reason" if event.gain_reason is not None else "net-gain-without-reason", severity,
            f"{percent(found)} more mass out than in", share_bound(limits, balance.warn),
            f"run {run.id} of {event.process} put out more than went in, and {given}", speaker, outputs,
        )  # fmt: skip


def _balance(event: Transformation, run: Run) -> _Balance:
    """Return in and out: of dry processes and furnaces as weighed, of wet ones dry, or without their liquids."""
    added = sum(line.net_kg for line in event.additions)
    into = sum(max(part.net, part.booked) for part in run.inputs) + added
    out = sum(output.net_kg for output in event.outputs)
    if event.process in DRY_PROCESSES:
        name = "packing_gain_warn_ppm" if event.process == "packing" else "dry_net_gain_warn_ppm"
        return _Balance(into, out, name, "net_gain_high_ppm")
    if event.process in _FIRED:
        return _Balance(into, out, "fired_net_gain_warn_ppm", "net_gain_high_ppm")
    dry_in = [part.dry for part in run.inputs]
    dry_out = [output.dry_kg for output in event.outputs]
    if None not in dry_in and None not in dry_out:
        masses = sum(dry or 0 for dry in dry_in) + added, sum(dry or 0 for dry in dry_out)
        return _Balance(*masses, "wet_dry_gain_warn_ppm", "net_gain_high_ppm")
    liquid = sum(
        line.net_kg for line in event.outputs if line.material in _LIQUID or line.form in ("solution", "slurry")
    )
    # Water comes from the tap, but not a hundredfold.
    if out <= 100 * into:
        out -= liquid
    return _Balance(into, out, "wet_net_gain_warn_ppm", "wet_net_gain_high_ppm")


def _units(output: Output, speaker: Speaker) -> Iterator[Finding]:
    """Bundles and bags of a lot weigh what it weighs; a list that is not complete weighs less."""
    limits, total = limits_of(speaker.party), sum(unit.net_kg for unit in output.units)
    off = ppm_of(abs(total - output.net_kg), output.net_kg)
    if off > limits.handover_warn_ppm:
        yield find(
            "units-do-not-add-up", "medium" if total > output.net_kg else "low", f"{format_kg(total)} kg in units",
            share_bound(limits, "handover_warn_ppm", f"{format_kg(output.net_kg)} kg, {{}} more or less"),
            f"the units of {output.lot} do not add up to its mass", speaker, (output.lot,),
        )  # fmt: skip


@lru_cache(maxsize=256)
def _least(grade: str) -> int | None:
    folded = version_14().upper(grade).replace(" ", "")
    return next((least for name, least in GRADES.items() if name in folded), None)


def _grade(output: Output, grade: str, speaker: Speaker) -> Iterator[Finding]:
    least = _least(grade)
    if least is None or output.content_kg["Pb"] * MILLION >= (least - _GRADE_SLACK) * output.net_kg:
        return
    found = ppm_of(output.content_kg["Pb"], output.net_kg)
    yield find(
        "grade-does-not-fit", "medium", f"{percent(found)} Pb", Bound(f"at least {percent(least)} Pb", GRADES_SOURCE),
        f"{output.lot} is sold as {grade}, but does not hold the lead of that grade", speaker, (output.lot,),
    )  # fmt: skip
