"""Whole chains: what was made of so many batteries, however many steps lay between.

Invariant: the batteries behind a lot go on into the half-products and products of a run
by the metal that they hold; nothing of them stays with steel, plastic or slag, so that a
step between hides no mass.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from ledger.materials.mass.months import month_of
from ledger.materials.plausibility.entry.runs import NOT_RECOVERED
from ledger.materials.plausibility.reference.bounds import MILLION, bound_of, ppm_of
from ledger.materials.plausibility.site.handling import find_in_handling
from ledger.materials.plausibility.site.record import Said, Site
from ledger.materials.state.findings import Bound, find
from schemas.catalogue.figures import Figures
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import Metal
from schemas.findings import Finding
from schemas.intake import Intake
from schemas.limits import Limits
from schemas.transformation import Output, Transformation

Behind = Mapping[str, int]
"""Milligrams of batteries behind a lot, by kind."""

_CATHODE: tuple[Metal, ...] = ("Li", "Ni", "Co")
_REFINED = frozenset({"refined_lead", "lead_alloy"})
_CARRIERS = frozenset({"lithium_ion_battery", "electrode_scrap", "black_mass", "other"})


def find_in_chains(site: Site, limits: Limits) -> Iterator[Finding]:
    """Yield black mass and lead that so many batteries do not give, and what handling alone did."""
    yield from _black_mass(site, limits)
    yield from _lead(site, limits)
    yield from find_in_handling(site, limits)


class _Made(NamedTuple):
    """An output with the batteries behind it."""

    output: Output
    behind: Behind


_Row = tuple[Said, Transformation, list[_Made]]


def _trace(
    site: Site, begin: Callable[[Intake], dict[str, int]], metals: tuple[Metal, ...], unknown: str
) -> Iterator[_Row]:
    """Yield each run with the batteries behind each of its outputs.

    Args:
        site: what was said.
        begin: the batteries behind a batch.
        metals: by which they go on.
        unknown: the kind under which metal counts that came from elsewhere, in mg of it.
    """
    behind: dict[str, tuple[int, Behind]] = {}
    for said in site.said:
        if (batch := said.batch) is not None:
            behind[batch.lot] = batch.net_kg, begin(batch)
        if (event := said.transformation) is None:
            continue
        pool: dict[str, int] = defaultdict(int)
        run = site.run(event.run)
        for part in run.inputs if run is not None else ():
            net, kinds = behind.get(part.lot, (0, {}))
            if net:
                for kind, mass in kinds.items():
                    pool[kind] += mass * part.booked // net
            else:
                pool[unknown] += sum(sum(part.mix.get(metal, ())) for metal in metals)
        pool[unknown] += sum(line.content_kg.get(metal, 0) for line in event.additions for metal in metals)
        made = [_Made(output, kinds) for output, kinds in _hand_on(event, pool, metals)]
        behind.update({row.output.lot: (row.output.net_kg, row.behind) for row in made})
        yield said, event, made


def _hand_on(
    event: Transformation, pool: Mapping[str, int], metals: tuple[Metal, ...]
) -> Iterator[tuple[Output, Behind]]:
    weights = [
        0 if output.role in NOT_RECOVERED else sum(output.content_kg.get(metal, 0) for metal in metals)
        for output in event.outputs
    ]
    if not any(weights):
        weights = [output.net_kg if output.material in _CARRIERS else 0 for output in event.outputs]
    total = sum(weights) or 1
    for output, weight in zip(event.outputs, weights, strict=True):
        yield output, {kind: mass * weight // total for kind, mass in pool.items() if weight}


def _black_mass(site: Site, limits: Limits) -> Iterator[Finding]:
    """Black mass of campaigns, and of batteries that were taken apart or shredded in a run before."""
    direct = {event.lot for _, event in site.intakes()}
    campaigns: dict[str, list[_Row]] = defaultdict(list)
    for row in _trace(site, _cells_and_packs, _CATHODE, ""):
        event = row[1]
        if event.campaign is not None:
            campaigns[event.campaign].append(row)
        elif any(line.lot not in direct for line in event.inputs):
            yield from _judge(site, ("run", event.run), [row], limits, is_whole=False)
    for name, rows in campaigns.items():
        yield from _judge(site, ("campaign", name), rows, limits, is_whole=True)


def _cells_and_packs(event: Intake) -> dict[str, int]:
    if event.material == "black_mass":
        return {"black": event.net_kg}
    if event.material == "electrode_scrap":
        return {"cells": event.net_kg}
    if event.material != "lithium_ion_battery":
        return {}
    kinds = {"cell": "cells", "module": "cells", "pack": "packs"}
    return {kinds.get(event.form, "other"): event.net_kg}


def _judge(
    site: Site, named: tuple[str, str], rows: Iterable[_Row], limits: Limits, *, is_whole: bool
) -> Iterator[Finding]:
    made = [(said, one) for said, _, outputs in rows for one in outputs if one.output.material == "black_mass"]
    batteries = sum(mass for _, one in made for kind, mass in one.behind.items() if kind)
    if not batteries:
        return
    low, warn, high = (
        sum(mass * _share(kind, level, limits) for _, one in made for kind, mass in one.behind.items()) // batteries
        for level in ("low", "warn", "high")
    )
    found = ppm_of(sum(one.output.net_kg for _, one in made), batteries)
    if found <= warn and (found >= low or not is_whole):
        return
    limit = high if found > high else warn if found > warn else low
    yield find(
        FindingCode.CAMPAIGN_BLACK_MASS_YIELD, "high" if found > high else "medium", (("found_ppm", found),),
        Bound((("share_ppm", limit),), "black_mass_of_packs_high_ppm"),
        made[-1][0].speaker(site), lots=[one.output.lot for _, one in made],
        about=(named, ("site", site.party.id)),
    )  # fmt: skip


def _share(kind: str, level: str, limits: Limits) -> int:
    if kind in ("cells", "packs"):
        limit: int = getattr(limits, f"black_mass_of_{kind}_{level}_ppm")
        return limit
    if kind == "black":
        return 0 if level == "low" else MILLION + limits.dry_net_gain_warn_ppm
    return limits.black_mass_of_cells_high_ppm if kind == "other" and level != "low" else 0


def _lead(site: Site, limits: Limits) -> Iterator[Finding]:
    """Refined lead per kilogram of lead-acid batteries, of a campaign or a line's month."""
    groups: dict[Figures, list[tuple[Said, _Made]]] = defaultdict(list)

    def batteries(event: Intake) -> dict[str, int]:
        """Return the mass of batteries, as before draining, or lead of another material, in milligrams."""
        if event.material != "lead_acid_battery":
            return {"": event.content_kg.get("Pb", 0)}
        drained = event.form == "drained"
        return {"lead": event.net_kg * limits.drained_factor_ppm // MILLION if drained else event.net_kg}

    for said, event, outputs in _trace(site, batteries, ("Pb",), ""):
        groups[_named(event, site)].extend((said, one) for one in outputs if one.output.material in _REFINED)
    for named, made in groups.items():
        behind = sum(one.behind.get("lead", 0) for _, one in made)
        lead = sum(one.output.content_kg.get("Pb", 0) - one.behind.get("", 0) for _, one in made)
        found = ppm_of(max(lead, 0), behind)
        if not behind or limits.lead_of_batteries_low_ppm <= found <= limits.lead_of_batteries_warn_ppm:
            continue
        is_high = found > limits.lead_of_batteries_high_ppm
        name = "lead_of_batteries_high_ppm" if is_high else "lead_of_batteries_warn_ppm"
        if found < limits.lead_of_batteries_low_ppm:
            name = "lead_of_batteries_low_ppm"
        yield find(
            FindingCode.LEAD_OF_BATTERIES, "high" if is_high else "medium", (("found_ppm", found),),
            bound_of(limits, name),
            made[-1][0].speaker(site), lots=[one.output.lot for _, one in made], about=named,
        )  # fmt: skip


def _named(event: Transformation, site: Site) -> Figures:
    """Return the campaign of a run, or its line and month."""
    if event.campaign is not None:
        return (("campaign", event.campaign), ("site", site.party.id))
    month: Figures = (("month", month_of(site.party, event.started_at, site.rules)), ("site", site.party.id))
    return (("line", event.line), *month) if event.line else month
