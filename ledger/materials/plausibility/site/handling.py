"""What packing, blending and weighing again do over a chain of runs: grow, and hide age."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ledger.materials.mass.months import days_between
from ledger.materials.plausibility.reference.bounds import MILLION, bound_of, ppm_of
from ledger.materials.plausibility.site.record import Said, Site
from ledger.materials.state.findings import find
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import HANDLING_PROCESSES
from schemas.findings import Finding
from schemas.limits import Limits
from schemas.transformation import Transformation

_HANDLED = HANDLING_PROCESSES | {"sorting"}


def find_in_handling(site: Site, limits: Limits) -> Iterator[Finding]:
    """Yield lots that grew while they were only handled, and old batches under a young number."""
    yield from _growth(site, limits)
    yield from _residence(site, limits)


def _growth(site: Site, limits: Limits) -> Iterator[Finding]:
    """A little at each step adds up: each lot carries what it should weigh, and its metals with it."""
    should: dict[str, tuple[int, dict[str, int]]] = {}
    for said, event in site.transformations():
        if event.process not in _HANDLED:
            continue
        into = _expected(event, site, should)
        out: dict[str, int] = defaultdict(int)
        for output in event.outputs:
            out["mass"] += output.net_kg
            for metal, mass in output.content_kg.items():
                out[metal] += mass
        for output in event.outputs:
            masses: dict[str, int] = {"mass": output.net_kg}
            masses.update(output.content_kg.items())
            should[output.lot] = (
                output.net_kg,
                {what: into[what] * mass // out[what] for what, mass in masses.items() if out[what] and into[what]},
            )
        yield from _grown(site, (said, event), into, out, limits)


def _expected(event: Transformation, site: Site, should: dict[str, tuple[int, dict[str, int]]]) -> dict[str, int]:
    """Return what the inputs would weigh, and hold, had nothing grown yet."""
    into: dict[str, int] = defaultdict(int)
    run = site.run(event.run)
    for part in run.inputs if run is not None else ():
        net, known = should.get(part.lot, (0, {}))
        said: dict[str, int] = {"mass": part.booked}
        said.update((metal, sum(split)) for metal, split in part.mix.items())
        for what, mass in said.items():
            into[what] += known[what] * part.booked // net if what in known and net else mass
    for line in event.additions:
        into["mass"] += line.net_kg
        for metal, mass in line.content_kg.items():
            into[metal] += mass
    return into


def _grown(
    site: Site, row: tuple[Said, Transformation], into: dict[str, int], out: dict[str, int], limits: Limits
) -> Iterator[Finding]:
    said, event = row
    for what, name in (("mass", "handling_gain_warn_ppm"), ("Pb", "metal_out_high_ppm"), ("Li", "metal_out_high_ppm"),
                       ("Ni", "metal_out_high_ppm"), ("Co", "metal_out_high_ppm")):  # fmt: skip
        found = ppm_of(out[what], into[what]) if what in out else 0
        limit = getattr(limits, name) + (MILLION if what == "mass" else 0)
        if found > limit:
            yield find(
                FindingCode.HANDLING_GAIN, "medium",
                (("out_mg", out[what]), ("what", what), ("gain_ppm", found - MILLION)),
                bound_of(limits, name, ("into_mg", into[what])),
                said.speaker(site), lots=[output.lot for output in event.outputs], about=(("run", event.run),),
            )  # fmt: skip


def _residence(site: Site, limits: Limits) -> Iterator[Finding]:
    """The age of what is only handled is that of its oldest batch."""
    entered: dict[str, tuple[str, str]] = {}
    for said in site.said:
        if (batch := said.batch) is not None:
            entered[batch.lot] = said.logged.occurred_at, batch.lot
        if (event := said.transformation) is None:
            continue
        known = [entered[line.lot] for line in event.inputs if line.lot in entered]
        if event.process in _HANDLED:
            oldest = min(known, default=(event.started_at, ""))
            entered.update({output.lot: oldest for output in event.outputs})
            continue
        for line in event.inputs:
            since, oldest_batch = entered.get(line.lot, (event.started_at, line.lot))
            days = days_between(since, event.started_at)
            # Of a batch that was never handled the run itself says so.
            if days > limits.residence_warn_days and oldest_batch != line.lot:
                yield find(
                    FindingCode.RESIDENCE_THROUGH_HANDLING, "low", (("lay_days", days),),
                    bound_of(limits, "residence_warn_days"), said.speaker(site), lots=(line.lot,),
                    about=(("batch", oldest_batch), ("run", event.run)),
                )  # fmt: skip
