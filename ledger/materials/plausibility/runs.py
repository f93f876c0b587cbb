"""What is odd about one run: yields, products, power, time. Campaigns are judged in ``sites``.

A run that takes or leaves work in progress (a heel) says little about its own yield, so
what came out of the pool is judged only where there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ledger.materials.book import Speaker
from ledger.materials.months import days_between
from ledger.materials.plausibility.chemistry import CEILINGS, FORMULAS, MAIN
from ledger.materials.plausibility.composition import check_composition
from ledger.materials.plausibility.saying import bound_of, find, limits_of, percent, ppm_of, share_bound
from ledger.materials.records import Lot, Run
from ledger.materials.taking import uncertainty_of
from schemas.codes import Metal, Severity
from schemas.findings import Finding
from schemas.limits import Limits
from schemas.quantity import MG_PER_KG, format_kg
from schemas.transformation import Transformation

DRY_PROCESSES = frozenset(
    {"sorting", "draining", "discharging", "dismantling", "breaking", "shredding", "drying", "separation", "packing",
     "blending", "reweighing", "casting", "remelting", "refining"}
)  # fmt: skip
POWERED = frozenset(
    {"breaking", "shredding", "pyrolysis", "smelting", "remelting", "electrowinning", "leaching", "solvent_extraction",
     "crystallisation", "drying"}
)  # fmt: skip
_TONNE = 1000 * MG_PER_KG


def find_odd_run(event: Transformation, run: Run, inputs: Mapping[str, Lot], speaker: Speaker) -> Iterator[Finding]:
    """Yield what is odd about a run that was taken.

    Args:
        event: what was said.
        run: what it did.
        inputs: the lots that it took from, by id.
        speaker: who said it.
    """
    limits = limits_of(speaker.party)
    outputs = tuple(output.lot for output in event.outputs)
    chemistries = {lot.chemistry for lot in inputs.values()}
    if len(chemistries) == 1:
        chemistry = chemistries.pop()
        for output in event.outputs if chemistry in CEILINGS or _is_product(event) else ():
            yield from check_composition(
                output.material, chemistry, output.net_kg, output.content_kg, speaker, (output.lot,)
            )
    if any(made.sourced for made in run.outputs):
        yield from _too_much(event, run, limits, speaker, outputs)
    if not _has_heel(event):
        yield from _losses(run, limits, speaker, outputs)
        yield from _black_mass(event, run, inputs, limits, speaker)
    yield from _net_gain(event, run, limits, speaker, outputs)
    yield from _power(event, run, limits, speaker, outputs)
    yield from _residence(event, inputs, limits, speaker)


def _is_product(event: Transformation) -> bool:
    return any(output.material in MAIN or output.material in FORMULAS for output in event.outputs)


def _has_heel(event: Transformation) -> bool:
    return event.campaign is not None or any(output.role == "wip" for output in event.outputs)


def _too_much(
    event: Transformation, run: Run, limits: Limits, speaker: Speaker, outputs: tuple[str, ...]
) -> Iterator[Finding]:
    """More metal out than any analysis leaves open; a reason makes it milder, up to a point."""
    for metal, gain in run.gain().items():
        pool = run.pool.get(metal, 0)
        name = "lead_out_high_ppm" if metal == "Pb" else "metal_out_high_ppm"
        found = ppm_of(pool + gain, pool)
        if pool and found > getattr(limits, name) and gain > uncertainty_of(run.inputs, metal):
            # How much was in the heel is judged over the campaign, in ``sites``.
            is_heel = event.gain_reason == "wip_estimate" and event.campaign is not None
            is_explained = is_heel or (event.gain_reason is not None and found <= limits.explained_out_high_ppm)
            severity: Severity = "medium" if is_explained else "high"
            yield find(
                "yield-above-contained", severity, f"{percent(found)} of the {metal} put in", share_bound(limits, name),
                f"run {run.id} put out far more {metal} than it took: metal came in that is not on record",
                speaker, outputs,
            )  # fmt: skip


def _losses(run: Run, limits: Limits, speaker: Speaker, outputs: tuple[str, ...]) -> Iterator[Finding]:
    names: dict[Metal, str] = {
        "Pb": "lead_loss_warn_ppm", "Ni": "nickel_cobalt_loss_warn_ppm", "Co": "nickel_cobalt_loss_warn_ppm",
        "Li": "lithium_loss_warn_ppm",
    }  # fmt: skip
    for metal, split in run.loss.items():
        lost, pool = sum(split), run.pool.get(metal, 0)
        if metal not in names or not pool:
            continue
        found = ppm_of(lost, pool)
        if found > getattr(limits, names[metal]) and lost > uncertainty_of(run.inputs, metal):
            yield find(
                "loss-unusual", "medium", f"{percent(found)} of the {metal} lost ({format_kg(lost)} kg)",
                share_bound(limits, names[metal]),
                f"run {run.id} took {metal} that is in none of its outputs", speaker, outputs,
            )  # fmt: skip


def _black_mass(
    event: Transformation, run: Run, inputs: Mapping[str, Lot], limits: Limits, speaker: Speaker
) -> Iterator[Finding]:
    made = sum(output.net_kg for output in event.outputs if output.material == "black_mass")
    forms = {lot.form for lot in inputs.values() if lot.material == "lithium_ion_battery"}
    taken = sum(part.booked for part in run.inputs)
    if not made or len(forms) != 1 or any(lot.material != "lithium_ion_battery" for lot in inputs.values()):
        return
    kind = "cells" if forms <= {"cell", "module"} else "packs"
    found = ppm_of(made, taken)
    low, warn, high = (f"black_mass_of_{kind}_{level}_ppm" for level in ("low", "warn", "high"))
    severity: Severity = "high" if found > getattr(limits, high) else "medium"
    name = high if severity == "high" else warn if found > getattr(limits, warn) else low
    if getattr(limits, low) <= found <= getattr(limits, warn):
        return
    yield find(
        "black-mass-yield", severity, f"{percent(found)} black mass of {kind}", share_bound(limits, name),
        f"run {run.id} made another share of black mass than {kind} give", speaker,
        (output.lot for output in event.outputs if output.material == "black_mass"),
    )  # fmt: skip


def _net_gain(
    event: Transformation, run: Run, limits: Limits, speaker: Speaker, outputs: tuple[str, ...]
) -> Iterator[Finding]:
    if event.process not in DRY_PROCESSES or event.gain_reason is not None:
        return
    into = sum(part.net for part in run.inputs) + sum(line.net_kg for line in event.additions)
    out = sum(output.net_kg for output in event.outputs)
    found = ppm_of(out - into, into) if out > into else 0
    name = "packing_gain_warn_ppm" if event.process == "packing" else "dry_net_gain_warn_ppm"
    if found > getattr(limits, name):
        yield find(
            "net-gain-without-reason", "medium", f"{percent(found)} more mass out than in",
            share_bound(limits, name),
            f"run {run.id} of {event.process} takes up nothing, yet put out more than went in, and gives no reason",
            speaker, outputs,
        )  # fmt: skip


def _power(
    event: Transformation, run: Run, limits: Limits, speaker: Speaker, outputs: tuple[str, ...]
) -> Iterator[Finding]:
    taken = sum(part.booked for part in run.inputs)
    if event.electricity_kwh is None or event.process not in POWERED or taken < _TONNE:
        return
    # The figure is read like a mass, in millionths of a kilowatt hour.
    per_tonne = event.electricity_kwh * 1000 // taken
    is_low = per_tonne < limits.power_low_kwh_per_t
    if not is_low and per_tonne <= limits.power_high_kwh_per_t:
        return
    name = "power_low_kwh_per_t" if is_low else "power_high_kwh_per_t"
    yield find(
        "power-does-not-fit", "high" if event.electricity_kwh == 0 else "medium", f"{per_tonne:,} kWh per t",
        bound_of(limits, name, f"{getattr(limits, name):,} kWh per t"),
        f"run {run.id} of {event.process} used electricity that does not fit the {format_kg(taken)} kg it took",
        speaker, outputs,
    )  # fmt: skip


def _residence(event: Transformation, inputs: Mapping[str, Lot], limits: Limits, speaker: Speaker) -> Iterator[Finding]:
    for lot in inputs.values():
        # Most are in the same or the month before: no calendar is needed to see that.
        if lot.since[:7] >= event.started_at[:7]:
            continue
        days = days_between(lot.since, event.started_at)
        if days > limits.residence_warn_days:
            yield find(
                "residence-time", "low", f"{days} days",
                bound_of(limits, "residence_warn_days", f"{limits.residence_warn_days} days"),
                f"{lot.id} lay for {days} days before run {event.run} took it", speaker, (lot.id,),
            )  # fmt: skip
