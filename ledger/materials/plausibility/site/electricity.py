"""Electricity over time: months in which a plant ran, and no meter turned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ledger.materials.mass.months import month_of
from ledger.materials.plausibility.entry.lines import POWERED
from ledger.materials.plausibility.reference.bounds import bound_of
from ledger.materials.plausibility.site.record import Said, Site
from ledger.materials.state.findings import find
from schemas.catalogue.figures import Figures
from schemas.catalogue.findings.codes import FindingCode
from schemas.findings import Finding
from schemas.limits import Limits
from schemas.quantity import MG_PER_KG
from schemas.transformation import Transformation


def find_in_electricity(site: Site, limits: Limits) -> Iterator[Finding]:
    """Yield per line (all runs that name none together) and month where much was run on no, or on unsaid, power."""
    months: dict[tuple[str, str], list[tuple[Said, Transformation]]] = defaultdict(list)
    for said, event in site.transformations():
        if event.process in POWERED:
            months[event.line or "", month_of(site.party, event.started_at, site.rules)].append((said, event))
    states_power = any(event.electricity_kwh for runs in months.values() for _, event in runs)
    for (line, month), runs in months.items():
        mass = sum(booked for _, event in runs for _, booked in site.taken(event))
        stated = [event.electricity_kwh for _, event in runs if event.electricity_kwh is not None]
        if mass <= limits.power_month_kg * MG_PER_KG or any(stated):
            continue
        said, event = runs[-1]
        about: Figures = (("site", site.party.id), ("runs", len(runs)), ("month", month))
        yield find(
            FindingCode.MONTH_WITHOUT_POWER if stated else FindingCode.POWER_NOT_STATED,
            "high" if stated else "medium" if states_power else "low",
            (("stated_kwh", 0), ("mass_mg", mass)) if stated else (("mass_mg", mass),),
            bound_of(limits, "power_month_kg"), said.speaker(site), lots=[output.lot for output in event.outputs],
            about=(*about, ("line", line)) if line else about,
        )  # fmt: skip
