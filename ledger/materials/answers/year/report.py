"""A site's year for the law: what it treated and got out, per chemistry class, and what its products are.

Annex XII speaks of waste batteries: of input and output only what comes from used
batteries and from battery manufacturing counts, by the share of these origins. Metals
count by their contained mass, so that reagents, water, oxygen and carbonate of a salt do
not; other materials that replace primary ones by their dry mass, once. What is an
intermediate for another recycler is not output yet (Delegated Regulation (EU) 2025/606).
Input is rounded up and output down.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ledger.materials.answers.year.domestic import Domestic
from ledger.materials.answers.year.flows import Flow, Stock, flows_of
from ledger.materials.answers.year.products import Products, products_report
from ledger.materials.mass.mix import mass_of
from ledger.materials.moves.balance import signed_kg
from ledger.materials.plausibility.site.findings import Site
from ledger.materials.rulesets.data import rule_sets
from ledger.materials.rulesets.verdicts import Recovery, judge_domestic, judge_recovery
from schemas.codes import BATTERY_ORIGINS, METALS, Metal
from schemas.rules.version import Rules

WHOLE = frozenset({"polypropylene", "mixed_plastic", "steel", "graphite", "cable", "sulfuric_acid", "electrolyte"})
"""Products that replace primary material as they are: they count by their dry mass, all others by their metal."""


@dataclass(slots=True)
class _Year:
    input: int = 0
    output: int = 0
    metals_in: dict[Metal, int] = field(default_factory=lambda: defaultdict(int))
    metals_out: dict[Metal, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, flow: Flow) -> None:
        """Let in what was taken or made."""
        is_waste = flow.kind == "waste"
        metals = {metal: mass_of(split, BATTERY_ORIGINS) for metal, split in flow.mix.items()}
        target, sign = (self.metals_in, -flow.sign) if is_waste else (self.metals_out, flow.sign)
        for metal, mass in metals.items():
            target[metal] += sign * mass
        part, whole = flow.share
        if is_waste:
            # -(-a // b) rounds up: input that is added, and output that is taken off.
            self.input += -(flow.sign * flow.dry * part // whole)
        elif flow.material in WHOLE:
            self.output += flow.sign * flow.dry * part // whole
        else:
            self.output += flow.sign * sum(metals.values())

    def recovery(self) -> Recovery:
        """Return the figures as they are judged."""
        return Recovery(self.input, self.output, dict(self.metals_in), dict(self.metals_out))


def year_report(site: Site, year: int, stock: Stock, domestic: Domestic, tree_size: int) -> dict[str, Any]:
    """Return what a site treated and made in a year, judged by the rule sets at its end and later.

    Args:
        site: the site with all that it said.
        year: the calendar year, in the site's own time zone.
        stock: the lots that its runs took and made.
        domestic: what of them was recycled in India.
        tree_size: at which it holds.
    """
    flows = flows_of(site, year, stock)
    last = f"{year}-12-31"
    kinds = sorted({flow.chemistry_class for flow in flows})
    products = Products(stock.lots, domestic, flows)
    return {
        "site": site.party.id,
        "year": year,
        "custody": products.custody(),
        "classes": [_class_row(kind, flows, products, last, site.rules) for kind in kinds],
        "products": products_report(products, last, site.rules),
        "rule_sets": rule_sets(site.rules),
        "tree_size": tree_size,
    }


def _class_row(kind: str, flows: Iterable[Flow], products: Products, day: str, rules: Rules) -> dict[str, Any]:
    part = _Year()
    for flow in flows:
        if flow.chemistry_class == kind:
            part.add(flow)
    verdicts = judge_recovery(kind, part.recovery(), day, rules)
    verdicts += judge_domestic(*products.domestic_dry(kind), kind, day, rules)
    return {
        "class": kind,
        "input_dry_kg": signed_kg(part.input),
        "output_kg": signed_kg(part.output),
        "metals_in_kg": _masses(part.metals_in),
        "metals_out_kg": _masses(part.metals_out),
        "custody": products.custody(kind),
        "verdicts": [verdict.as_json() for verdict in verdicts],
    }


def _masses(masses: dict[Metal, int]) -> dict[str, str]:
    return {metal: signed_kg(masses[metal]) for metal in METALS if masses.get(metal)}
