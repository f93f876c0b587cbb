"""What is odd about a site over time: capacity, power, repetitions, suppliers, campaigns, chains.

Everything here is computed from what the site said, as it stands, whenever somebody
asks; nothing of it is stored.
"""

from __future__ import annotations

from ledger.materials.plausibility.reference.bounds import limits_of
from ledger.materials.plausibility.site.battery_lead import find_battery_lead
from ledger.materials.plausibility.site.bias import find_bias
from ledger.materials.plausibility.site.campaigns import find_in_campaigns
from ledger.materials.plausibility.site.capacity import find_in_capacity
from ledger.materials.plausibility.site.chains import find_in_chains
from ledger.materials.plausibility.site.electricity import find_in_electricity
from ledger.materials.plausibility.site.out_and_in import find_out_and_in, spans_of
from ledger.materials.plausibility.site.record import Said, Site, as_it_stands, counts, departures, rejections
from ledger.materials.plausibility.site.rejected import find_rejected
from ledger.materials.plausibility.site.repetition import find_repetitions
from ledger.materials.plausibility.site.returning import find_returning, ids_in_papers
from ledger.materials.plausibility.site.returns import find_many_returns
from ledger.materials.plausibility.site.suppliers import find_in_suppliers
from ledger.materials.plausibility.site.usual_papers import find_missing_papers
from ledger.materials.plausibility.site.withdrawn import find_withdrawn
from ledger.materials.state.findings import in_force
from schemas.findings import Finding

__all__ = [
    "Said",
    "Site",
    "as_it_stands",
    "counts",
    "departures",
    "find_in_site",
    "ids_in_papers",
    "rejections",
    "spans_of",
]

_CHECKS = (
    find_in_capacity,
    find_in_electricity,
    find_repetitions,
    find_missing_papers,
    find_returning,
    find_out_and_in,
    find_rejected,
    find_many_returns,
    find_in_suppliers,
    find_in_campaigns,
    find_in_chains,
    find_bias,
    find_battery_lead,
)


def find_in_site(site: Site) -> list[Finding]:
    """Return what is odd about a site over time, and what was before it corrected itself, in its entries' order."""
    limits = limits_of(site)
    found = in_force((finding for check in _CHECKS for finding in check(site, limits)), site.rules)
    found += in_force(find_withdrawn(site, limits, found), site.rules)
    return sorted(found, key=lambda finding: (finding.index, finding.code, finding.lots))
