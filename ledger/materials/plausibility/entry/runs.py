"""What is odd about one run: contents, yields, power, time. Campaigns are judged in ``campaigns``.

A run that leaves a heel says little about its own yield, so what came out of the pool is
judged only where none is left that matters; the campaign, or the month, is judged then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ledger.materials.mass.months import days_between
from ledger.materials.moves.taking import uncertainty_of
from ledger.materials.plausibility.entry.composition import check_content
from ledger.materials.plausibility.entry.lines import POWERED, find_in_line
from ledger.materials.plausibility.entry.masses import find_in_masses
from ledger.materials.plausibility.reference.bounds import MILLION, bound_of, limits_of, ppm_of
from ledger.materials.state.book import Speaker
from ledger.materials.state.findings import NO_BOUND, Bound, find
from ledger.materials.state.records import Lot, Run
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import HANDLING_PROCESSES, Metal, Severity
from schemas.findings import Finding
from schemas.ids import LotId
from schemas.limits import Limits
from schemas.quantity import MG_PER_KG
from schemas.transformation import Transformation

LOSS_LIMITS: dict[Metal, str] = {
    "Pb": "lead_loss_warn_ppm",
    "Li": "lithium_loss_warn_ppm",
    "Ni": "nickel_cobalt_loss_warn_ppm",
    "Co": "nickel_cobalt_loss_warn_ppm",
}
"""The metals whose recovery has published figures; of others only traces are analysed."""

NOT_RECOVERED = frozenset({"residue", "waste"})

_CELLS = "black_mass_of_cells_low_ppm", "black_mass_of_cells_warn_ppm", "black_mass_of_cells_high_ppm"
_PACKS = "black_mass_of_packs_low_ppm", "black_mass_of_packs_warn_ppm", "black_mass_of_packs_high_ppm"
_BLACK_MASS = {"cell": _CELLS, "module": _CELLS, "pack": _PACKS}
_UNKNOWN_FORM = "", _CELLS[1], _CELLS[2]
"""Of a form that nobody knows, no black mass is too little, and too much only what no cell gives."""


def find_odd_run(
    event: Transformation, run: Run, inputs: Mapping[LotId, Lot], speaker: Speaker, is_tabled: Callable[[], bool]
) -> Iterator[Finding]:
    """Yield what is odd about a run that was taken.

    Args:
        event: what was said.
        run: what it did.
        inputs: the lots that it took from, by id.
        speaker: who said it.
        is_tabled: says whether the content of an input rests on a table.
    """
    limits = limits_of(speaker)
    chemistry = _chemistry(inputs)
    for output in event.outputs:
        if content := output.content_kg:
            mass = output.dry_kg or output.net_kg
            yield from check_content(
                output.material, chemistry, output.form, mass, content, speaker=speaker, lots=(output.lot,)
            )
    yield from find_in_line(event, inputs, speaker)
    if run.gain():
        yield from _too_much(event, run, limits, speaker, is_tabled)
    if event.campaign is None:
        yield from _too_little(event, run, inputs, limits, speaker)
    yield from find_in_masses(event, run, speaker)
    if event.electricity_kwh is not None and event.process in POWERED:
        yield from _power(event, run, event.electricity_kwh, limits, speaker)
    month = event.started_at[:7]
    for lot in inputs.values():
        # Most are in the same or the month before: no calendar is needed to see that.
        if lot.since[:7] < month:
            yield from _residence(event, lot, limits, speaker)


def _chemistry(inputs: Mapping[LotId, Lot]) -> str:
    """Return the chemistry of what went in: that of all, or ``mixed``."""
    first, *others = inputs.values() if inputs else (None,)
    chemistry = first.chemistry if first is not None else "mixed"
    return chemistry if all(lot.chemistry == chemistry for lot in others) else "mixed"


def _too_much(
    event: Transformation, run: Run, limits: Limits, speaker: Speaker, is_tabled: Callable[[], bool]
) -> Iterator[Finding]:
    """More metal out than any analysis leaves open: one word explains it only where it is the honest cause."""
    gains, outputs = run.gain(), [output.lot for output in event.outputs]
    for metal, gain in gains.items():
        pool = run.pool.get(metal, 0)
        name = "lead_out_high_ppm" if metal == "Pb" else "metal_out_high_ppm"
        found = ppm_of(pool + gain, pool)
        if (
            pool
            and found > getattr(limits, name)
            and gain > uncertainty_of(run.inputs, metal, limits.uncertainty_cap_ppm)
        ):
            is_explained = metal not in LOSS_LIMITS or _is_explained(event, found, limits, is_tabled)
            yield find(
                FindingCode.YIELD_ABOVE_CONTAINED, "medium" if is_explained else "high",
                (("found_ppm", found), ("metal", metal)), bound_of(limits, name), speaker, lots=outputs,
                about=(("run", run.id),),
            )  # fmt: skip
    if gains and event.gain_reason == "assay_uncertainty" and not any(part.uncertainty for part in run.inputs):
        yield find(
            FindingCode.REASON_WITHOUT_ASSAY, "medium", (("reason", event.gain_reason),), NO_BOUND, speaker,
            lots=outputs, about=(("run", run.id),),
        )  # fmt: skip


def _is_explained(event: Transformation, found: int, limits: Limits, is_tabled: Callable[[], bool]) -> bool:
    if event.gain_reason == "wip_estimate":
        # How much was in the heel is judged over the campaign.
        return event.campaign is not None
    return event.gain_reason == "table_understated" and found <= limits.explained_out_high_ppm and is_tabled()


def _too_little(
    event: Transformation, run: Run, inputs: Mapping[LotId, Lot], limits: Limits, speaker: Speaker
) -> Iterator[Finding]:
    """What a run by itself gives too little of; of a campaign all runs are judged together."""
    if _may_lose(event, run, limits):
        yield from _losses(event, run, limits, speaker)
    for output in event.outputs:
        if output.material == "black_mass":
            yield from _black_mass(event, run, inputs, limits, speaker)
            return


def _may_lose(event: Transformation, run: Run, limits: Limits) -> bool:
    """Say at little cost that too little is lost to look at."""
    least = min(limits.lead_loss_warn_ppm, limits.nickel_cobalt_loss_warn_ppm, limits.lithium_loss_warn_ppm)
    for metal, split in run.loss.items():
        if sum(split) * MILLION > run.pool[metal] * least:
            return True
    return any(output.role in NOT_RECOVERED and output.content_kg for output in event.outputs)


def _losses(event: Transformation, run: Run, limits: Limits, speaker: Speaker) -> Iterator[Finding]:
    """Metal that is in no product: booked as lost, or left in residue and waste."""
    for metal, pool in run.pool.items():
        if metal not in LOSS_LIMITS or not pool:
            continue
        lost = sum(run.loss.get(metal, ())) + _left_over(event, metal)
        found = ppm_of(lost, pool)
        if found <= getattr(limits, LOSS_LIMITS[metal]) or _heel(event, metal) * MILLION > pool * limits.heel_warn_ppm:
            continue
        if lost > uncertainty_of(run.inputs, metal, limits.uncertainty_cap_ppm):
            yield find(
                FindingCode.LOSS_UNUSUAL, "medium", (("lost_ppm", found), ("metal", metal), ("lost_mg", lost)),
                bound_of(limits, LOSS_LIMITS[metal]), speaker, lots=(output.lot for output in event.outputs),
                about=(("run", run.id),),
            )  # fmt: skip


def _left_over(event: Transformation, metal: Metal) -> int:
    """Return the metal in residue and waste, where anything else was made as well."""
    if event.process in HANDLING_PROCESSES or all(output.role in NOT_RECOVERED for output in event.outputs):
        return 0
    return sum(output.content_kg.get(metal, 0) for output in event.outputs if output.role in NOT_RECOVERED)


def _heel(event: Transformation, metal: Metal) -> int:
    return sum(output.content_kg.get(metal, 0) for output in event.outputs if output.role == "wip")


def _black_mass(
    event: Transformation, run: Run, inputs: Mapping[LotId, Lot], limits: Limits, speaker: Speaker
) -> Iterator[Finding]:
    """Black mass of cells and packs, each by what went in; of other forms only what no cell gives."""
    low = warn = high = taken = 0
    for part in run.inputs:
        lot, booked = inputs[part.lot], part.booked
        if lot.material != "lithium_ion_battery":
            return
        bounds = _BLACK_MASS.get(lot.form or "", _UNKNOWN_FORM)
        low += booked * getattr(limits, bounds[0]) if bounds[0] else 0
        warn += booked * getattr(limits, bounds[1])
        high += booked * getattr(limits, bounds[2])
        taken += booked
    made = [output for output in event.outputs if output.material == "black_mass"]
    mass = sum(output.net_kg for output in made) * MILLION
    if low <= mass <= warn or not taken:
        return
    heel = sum(output.net_kg for output in event.outputs if output.role == "wip")
    if mass < low and heel * MILLION > taken * limits.heel_warn_ppm:
        return
    found, low, warn, high = (figure // taken for figure in (mass, low, warn, high))
    severity: Severity = "high" if found > high else "medium"
    limit = high if found > high else warn if found > warn else low
    yield find(
        FindingCode.BLACK_MASS_YIELD, severity, (("found_ppm", found),),
        Bound((("share_ppm", limit),), "black_mass_of_cells_high_ppm"), speaker, lots=(output.lot for output in made),
        about=(("run", run.id),),
    )  # fmt: skip


def _power(event: Transformation, run: Run, stated: int, limits: Limits, speaker: Speaker) -> Iterator[Finding]:
    taken = sum(part.booked for part in run.inputs)
    if taken < limits.power_run_kg * MG_PER_KG:
        return
    # The figure is read like a mass, in millionths of a kilowatt hour.
    per_tonne = stated * 1000 // taken if taken else 0
    is_low = per_tonne < limits.power_low_kwh_per_t
    if not is_low and per_tonne <= limits.power_high_kwh_per_t:
        return
    name = "power_low_kwh_per_t" if is_low else "power_high_kwh_per_t"
    yield find(
        FindingCode.POWER_DOES_NOT_FIT, "high" if stated == 0 else "medium", (("used_kwh_per_t", per_tonne),),
        bound_of(limits, name), speaker, lots=(output.lot for output in event.outputs),
        about=(("run", run.id), ("process", event.process), ("taken_mg", taken)),
    )  # fmt: skip


def _residence(event: Transformation, lot: Lot, limits: Limits, speaker: Speaker) -> Iterator[Finding]:
    days = days_between(lot.since, event.started_at)
    if days > limits.residence_warn_days:
        yield find(
            FindingCode.RESIDENCE_TIME, "low", (("lay_days", days),), bound_of(limits, "residence_warn_days"),
            speaker, lots=(lot.id,), about=(("run", event.run),),
        )  # fmt: skip
