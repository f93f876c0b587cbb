"""What is odd about the masses of a run: more out than in, units that do not add up, grades."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from ledger.materials.plausibility.reference.bounds import MILLION, bound_of, limits_of, ppm_of
from ledger.materials.plausibility.reference.chemistry import GRADES
from ledger.materials.state.book import Speaker
from ledger.materials.state.findings import Bound, find
from ledger.materials.state.records import Run
from schemas.catalogue.figures import Figures
from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.findings.sources import Source
from schemas.codes import Severity
from schemas.findings import Finding
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

_PERCENT = re.compile(r"(?<![0-9.,])(9[0-9])[.,]([0-9]{1,4})(?![0-9])")
"""A purity that a grade states itself, as in ``Pb 99.97 %``."""


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
    limits = limits_of(speaker)
    balance = _balance(event, run)
    found = ppm_of(balance.out - balance.into, balance.into) if balance.out > balance.into else 0
    outputs = [output.lot for output in event.outputs]
    if found > getattr(limits, balance.high):
        yield find(
            FindingCode.OUTPUT_MASS, "high", (("out_mg", balance.out), ("into_mg", balance.into)),
            bound_of(limits, balance.high), speaker, lots=outputs, about=(("run", run.id), ("process", event.process)),
        )  # fmt: skip
    elif found > getattr(limits, balance.warn):
        # One word explains so much, not any amount.
        is_explained = event.gain_reason is not None and found <= _EXPLAINED * getattr(limits, balance.warn)
        severity: Severity = "low" if is_explained else "medium"
        about: Figures = (("run", run.id), ("process", event.process))
        yield find(
            FindingCode.NET_GAIN_WITHOUT_REASON if event.gain_reason is None else FindingCode.NET_GAIN_WITH_REASON,
            severity, (("gain_ppm", found),), bound_of(limits, balance.warn), speaker, lots=outputs,
            about=about if event.gain_reason is None else (*about, ("reason", event.gain_reason)),
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
    limits, total = limits_of(speaker), sum(unit.net_kg for unit in output.units)
    off = ppm_of(abs(total - output.net_kg), output.net_kg)
    if off > limits.handover_warn_ppm:
        yield find(
            FindingCode.UNITS_DO_NOT_ADD_UP, "medium" if total > output.net_kg else "low", (("units_mg", total),),
            bound_of(limits, "handover_warn_ppm", ("net_mg", output.net_kg)), speaker, lots=(output.lot,),
        )  # fmt: skip


@lru_cache(maxsize=256)
def _least(grade: str) -> int | None:
    folded = version_14().upper(grade).replace(" ", "")
    stated = _PERCENT.search(folded)
    named = next((least for name, least in GRADES.items() if name in folded), None)
    if named is not None or stated is None:
        return named
    return int(f"{stated[1]}{stated[2]:0<4}")


def _grade(output: Output, grade: str, speaker: Speaker) -> Iterator[Finding]:
    least = _least(grade)
    if least is None or output.content_kg["Pb"] * MILLION >= (least - _GRADE_SLACK) * output.net_kg:
        return
    found = ppm_of(output.content_kg["Pb"], output.net_kg)
    yield find(
        FindingCode.GRADE_DOES_NOT_FIT, "medium", (("found_ppm", found), ("metal", "Pb")),
        Bound((("least_ppm", least),), Source.GRADES), speaker, lots=(output.lot,), about=(("grade", grade),),
    )  # fmt: skip
