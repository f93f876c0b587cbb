"""Metal that was rejected on paper, kept, and entered anew.

The lot goes back to its sender in the book, and the same load comes in as a batch of its
own, without the past that it had. It stands until the sender moves the lot, since then the
load did go back.
"""

from __future__ import annotations

from collections.abc import Iterator

from ledger.materials.mass.months import days_between
from ledger.materials.plausibility.reference.bounds import MILLION, bound_of, ppm_of
from ledger.materials.plausibility.site.out_and_in import is_near
from ledger.materials.plausibility.site.record import Rejection, Said, Site
from ledger.materials.state.findings import find
from ledger.materials.state.records import Lot
from schemas.catalogue.findings.codes import FindingCode
from schemas.findings import Finding
from schemas.intake import Intake
from schemas.limits import Limits


def find_rejected(site: Site, limits: Limits) -> Iterator[Finding]:
    """Yield batches that are, by mass and by content or name, a lot that the site rejected shortly before."""
    lots = site.lots({row.lot for row in site.rejected}) if site.rejected else {}
    waiting = [(row, lot) for row in site.rejected if (lot := lots.get(row.lot)) is not None and _is_idle(lot, site)]
    for said, event in site.intakes() if waiting else ():
        for row, lot in waiting if event.returned_lot is None else ():
            if _is_same(row, lot, said, event, limits):
                yield _found(row, lot, event, said, site=site, limits=limits)
                break


def _is_idle(lot: Lot, site: Site) -> bool:
    """Say whether it lies with its sender since it came back."""
    return lot.status == "open" and lot.holder != site.party.id


def _is_same(row: Rejection, lot: Lot, said: Said, event: Intake, limits: Limits) -> bool:
    at, weights = said.logged.occurred_at, (row.net, lot.net)
    # A lot that holds less than what came in was used meanwhile, which shows that it did go back.
    is_used = (event.net_kg - lot.net) * MILLION > limits.weighing_high_ppm * event.net_kg
    if at < row.at or is_used or not any(is_near(event.net_kg, weight, limits) for weight in weights):
        return False
    days = days_between(row.at, at)
    if event.material == lot.material and days <= limits.entered_anew_warn_days:
        return True
    return days <= limits.out_and_in_warn_days and _is_as_pure(lot, event, limits)


def _is_as_pure(lot: Lot, event: Intake, limits: Limits) -> bool:
    # Content per mass, both multiplied by the other mass.
    held = [(event.content_kg.get(metal, 0) * lot.net, sum(split) * event.net_kg) for metal, split in lot.mix.items()]
    return bool(held) and all(is_near(theirs, ours, limits) for theirs, ours in held)


def _found(row: Rejection, lot: Lot, event: Intake, said: Said, *, site: Site, limits: Limits) -> Finding:
    days = days_between(row.at, said.logged.occurred_at)
    off = min(ppm_of(abs(event.net_kg - mass), mass) for mass in (row.net, lot.net) if mass)
    return find(
        FindingCode.OUT_AND_IN, "medium",
        (("net_mg", event.net_kg), ("off_ppm", off), ("lay_days", days)),
        bound_of(limits, "out_and_in_warn_ppm", ("most_days", limits.out_and_in_warn_days)), said.speaker(site),
        lots=(event.lot, lot.id), case="rejected",
        about=(("batch", event.lot), ("lot", lot.id), ("site", site.party.id)),
    )  # fmt: skip
