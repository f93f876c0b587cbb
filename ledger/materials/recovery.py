"""A site's year for the law: what came in as waste, what went out as product, per chemistry class.

Output counts where a run makes a product: metals by their contained mass from waste
(reagents, ``primary`` and ``unknown`` left out, so that water, oxygen and carbonate of a
salt do not count), other materials that replace primary ones by their dry mass. What is
an intermediate for another recycler is not output yet (Delegated Regulation (EU) 2025/606).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ledger.materials.apportioning import Mix
from ledger.materials.marks import CLAIMABLE
from ledger.materials.months import month_of
from ledger.materials.plausibility.sites import Site
from ledger.materials.rulesets.data import rule_sets
from ledger.materials.rulesets.verdicts import Recovery, class_of, judge_recovery
from schemas.codes import Metal
from schemas.intake import Intake
from schemas.quantity import format_kg
from schemas.transformation import Transformation

WHOLE = frozenset({"polypropylene", "mixed_plastic", "steel", "graphite", "cable", "sulfuric_acid", "electrolyte"})
"""Products that replace primary material as they are, and hold no metal that is accounted."""

BATTERIES = frozenset({"lead_acid_battery", "lithium_ion_battery", "mixed_battery", "electrode_scrap", "lead_scrap"})


@dataclass(slots=True)
class _Year:
    input: int = 0
    output: int = 0
    metals_in: dict[Metal, int] = field(default_factory=lambda: defaultdict(int))
    metals_out: dict[Metal, int] = field(default_factory=lambda: defaultdict(int))

    def recovery(self) -> Recovery:
        """Return the figures as they are judged."""
        return Recovery(self.input, self.output, dict(self.metals_in), dict(self.metals_out))


def year_report(site: Site, year: int, chemistries: dict[str, str], tree_size: int) -> dict[str, Any]:
    """Return what a site put in and got out in a year, judged by the rule sets at its end and later.

    Args:
        site: the site with all that it said.
        year: the calendar year, in the site's own time zone.
        chemistries: the chemistry of each lot that a run of the site made.
        tree_size: at which it holds.
    """
    years: dict[str, _Year] = defaultdict(_Year)
    for event in _intakes(site, year):
        part = years[class_of(event.chemistry, event.material)]
        part.input += event.dry_kg or event.net_kg
        for metal, mass in event.content_kg.items():
            part.metals_in[metal] += mass
    for run in _runs(site, year):
        _add_products(run, site, chemistries, years)
    last = f"{year}-12-31"
    return {
        "site": site.party.id,
        "year": year,
        "classes": [_class_row(kind, years[kind], last) for kind in sorted(years)],
        "rule_sets": rule_sets(),
        "tree_size": tree_size,
    }


def _intakes(site: Site, year: int) -> Iterator[Intake]:
    for said, event in site.intakes():
        if month_of(site.party, said.deed.occurred_at)[:4] == str(year) and event.material in BATTERIES:
            yield event


def _runs(site: Site, year: int) -> Iterator[Transformation]:
    for _, event in site.transformations():
        if month_of(site.party, event.started_at)[:4] == str(year):
            yield event


def _add_products(event: Transformation, site: Site, chemistries: dict[str, str], years: dict[str, _Year]) -> None:
    run = site.run(event.run)
    mixes = {made.lot: made.mix for made in run.outputs} if run is not None else {}
    for output in event.outputs:
        if output.role != "product":
            continue
        part = years[class_of(chemistries.get(output.lot, "mixed"), output.material)]
        if output.material in WHOLE:
            part.output += output.dry_kg or output.net_kg
        for metal, mass in _from_waste(mixes.get(output.lot, {})).items():
            part.output += mass
            part.metals_out[metal] += mass


def _from_waste(mix: Mix) -> dict[Metal, int]:
    return {metal: mass for metal, split in mix.items() if (mass := sum(split[:CLAIMABLE]))}


def _class_row(kind: str, part: _Year, day: str) -> dict[str, Any]:
    verdicts = judge_recovery(kind, part.recovery(), day)
    return {
        "class": kind,
        "input_dry_kg": format_kg(part.input),
        "output_kg": format_kg(part.output),
        "metals_in_kg": {metal: format_kg(mass) for metal, mass in part.metals_in.items()},
        "metals_out_kg": {metal: format_kg(mass) for metal, mass in part.metals_out.items()},
        "verdicts": [verdict.as_json() for verdict in verdicts],
    }
