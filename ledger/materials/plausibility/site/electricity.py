"""Electricity over time: months in which a plant ran, and no meter turned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ledger.materials.mass.months import month_of
from ledger.materials.plausibility.entry.lines import POWERED
from ledger.materials.plausibility.reference.bounds import bound_of, find
from ledger.materials.plausibility.site.record import Said, Site
from schemas.findings import Finding
from schemas.limits import Limits
from schemas.quantity import MG_PER_KG, format_kg
from schemas.transformation import Transformation


def find_in_electricity(site: Site, limits: Limits) -> Iterator[Finding]:
    """Yield per line (all runs that name none together) and month where much was run on no, or on unsaid, power."""
    months: dict[tuple[str, str], list[tuple[Said, Transformation]]] = defaultdict(list)
    for said, event in site.transformations():
        if event.process in POWERED:
            months[event.line or "", month_of(site.party, event.started_at)].append((said, event))
    states_power = any(event.electricity_kwh for runs in months.values() for _, event in runs)
    for (line, month), runs in months.items():
        mass = sum(booked for _, event in runs for _, booked in site.taken(event))
        stated = [event.electricity_kwh for _, event in runs if event.electricity_kwh is not None]
        if mass <= limits.power_month_kg * MG_PER_KG or any(stated):
            continue
        said, event = runs[-1]
        what = f"{line or 'runs that name no line'} in {month}"
        yield find(
            "month-without-power" if stated else "power-not-stated",
            "high" if stated else "medium" if states_power else "low",
            f"{'0 kWh' if stated else 'nothing stated'} for {format_kg(mass)} kg",
            bound_of(limits, "power_month_kg", f"electricity_kwh where more than {limits.power_month_kg:,} kg are run"),
            f"{site.party.id} ran {len(runs)} times through {what}, and states "
            + ("that it took no electricity" if stated else "no electricity"),
            said.speaker(site.party), [output.lot for output in event.outputs],
        )  # fmt: skip
