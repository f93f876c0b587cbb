"""What customers send back, against what left the site in the same month.

A site that lets metal leave and takes it back turns sales into stock that was claimed, or
into a month that looks better than it was.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from ledger.materials.mass.months import month_of
from ledger.materials.plausibility.reference.bounds import MILLION, bound_of
from ledger.materials.plausibility.site.record import Said, Site
from ledger.materials.state.findings import find
from schemas.catalogue.findings.codes import FindingCode
from schemas.findings import Finding
from schemas.intake import Intake
from schemas.limits import Limits


def find_many_returns(site: Site, limits: Limits) -> Iterator[Finding]:
    """Yield the returns of each month in which too much came back; what left comes from the lots as they stand."""
    returns = [(said, event) for said, event in site.intakes() if event.returned_lot is not None]
    if not returns:
        return
    left = _departed(site)
    months: dict[str, list[tuple[Said, Intake]]] = defaultdict(list)
    for said, event in returns:
        months[month_of(site.party, said.logged.occurred_at, site.rules)].append((said, event))
    for month, rows in months.items():
        back = sum(event.net_kg for _, event in rows)
        if back * MILLION > limits.returns_high_ppm * left[month]:
            last, _ = rows[-1]
            yield find(
                FindingCode.MANY_CUSTOMER_RETURNS, "high", (("returned_mg", back),),
                bound_of(limits, "returns_high_ppm", ("departed_mg", left[month])), last.speaker(site),
                lots=tuple(event.lot for _, event in rows), about=(("site", site.party.id), ("month", month)),
            )  # fmt: skip


def _departed(site: Site) -> Counter[str]:
    """Return what left the site, by month, in mg: what is still out, with what came back of it."""
    lots = site.lots({row.lot for row in site.departed})
    left: Counter[str] = Counter()
    for row in site.departed:
        if (lot := lots.get(row.lot)) is not None:
            left[month_of(site.party, row.at, site.rules)] += lot.net + lot.returned
    return left
