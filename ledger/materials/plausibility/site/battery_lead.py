"""Lead-acid batteries that a site states as richer in lead than batteries are, quarter by quarter.

A delivery may hold more lead than most, and acid may have been let out before it came. Over a
quarter neither can be: the mean is that of the trade, and batteries that gave as much acid as
whole ones do were not drained. Lead that is stated too high leaves room for virgin lead.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from ledger.materials.mass.months import month_of
from ledger.materials.plausibility.reference.bounds import MILLION, bound_of, ppm_of
from ledger.materials.plausibility.site.bias import quarter_of
from ledger.materials.plausibility.site.record import Said, Site, Ware
from ledger.materials.state.findings import find
from schemas.catalogue.findings.codes import FindingCode
from schemas.findings import Finding
from schemas.ids import LotId
from schemas.intake import Intake
from schemas.limits import Limits
from schemas.transformation import Transformation

_FEWEST: Final = 10
"""The mean of fewer deliveries may be off by chance."""

_ACID: Final = frozenset({"electrolyte", "sulfuric_acid"})


def find_battery_lead(site: Site, limits: Limits) -> Iterator[Finding]:
    """Yield quarters whose batteries hold more lead than those of the trade, or more acid than drained ones."""
    yield from _content(site, limits)
    yield from _acid(site, limits)


def _content(site: Site, limits: Limits) -> Iterator[Finding]:
    """Yield quarters by what their deliveries were stated to hold; drained ones count as before they were."""
    quarters: dict[str, list[tuple[Said, Intake]]] = defaultdict(list)
    for said, event in site.intakes():
        if event.material == "lead_acid_battery" and event.returned_lot is None and event.content_kg.get("Pb"):
            quarters[_quarter(site, said.logged.occurred_at)].append((said, event))
    for name, rows in quarters.items():
        lead = sum(event.content_kg["Pb"] for _, event in rows)
        found = ppm_of(lead, sum(_as_whole(event, limits) for _, event in rows))
        if len(rows) >= _FEWEST and found > limits.quarter_lead_warn_ppm:
            yield find(
                FindingCode.BATTERIES_OVERSTATED, "medium", (("share_ppm", found),),
                bound_of(limits, "quarter_lead_warn_ppm"), rows[-1][0].speaker(site),
                lots=[event.lot for _, event in rows], case="lead",
                about=(("quarter", name), ("site", site.party.id), ("deliveries", len(rows))),
            )  # fmt: skip


def _as_whole(event: Intake, limits: Limits) -> int:
    return event.net_kg * limits.drained_factor_ppm // MILLION if event.form == "drained" else event.net_kg


def _acid(site: Site, limits: Limits) -> Iterator[Finding]:
    """Yield quarters in which batteries that were stated as drained gave acid, beside what whole ones hold at most."""
    wares = site.wares()
    quarters: dict[str, list[tuple[Said, Transformation]]] = defaultdict(list)
    for said, event in site.transformations():
        if any(output.material in _ACID for output in event.outputs):
            quarters[_quarter(site, event.started_at)].append((said, event))
    for name, rows in quarters.items():
        taken, acid = Counter[str](), 0
        made: list[LotId] = []
        for _, event in rows:
            if broken := _broken(site, event, wares):
                taken += broken
                acid += sum(output.net_kg for output in event.outputs if output.material in _ACID)
                made += event.created_lots() if broken["drained"] else ()
        spare = acid - taken["whole"] * limits.battery_acid_most_ppm // MILLION
        found = ppm_of(max(spare, 0), taken["drained"])
        if found > limits.drained_acid_warn_ppm:
            said, _ = rows[-1]
            yield find(
                FindingCode.BATTERIES_OVERSTATED, "medium", (("share_ppm", found),),
                bound_of(limits, "drained_acid_warn_ppm"), said.speaker(site),
                lots=made, case="acid",
                about=(("quarter", name), ("site", site.party.id), ("drained_mg", taken["drained"])),
            )  # fmt: skip


def _broken(site: Site, event: Transformation, wares: dict[LotId, Ware]) -> Counter[str]:
    """Return what a run took of lead-acid batteries, by whether they were stated as drained, in mg."""
    taken: Counter[str] = Counter()
    for lot, booked in site.taken(event):
        ware = wares.get(lot)
        if ware is not None and ware.material == "lead_acid_battery":
            taken["drained" if ware.form == "drained" else "whole"] += booked
    return taken


def _quarter(site: Site, at: str) -> str:
    return quarter_of(month_of(site.party, at, site.rules))
