"""Metal that goes out as a product and comes in again as waste.

A product that was claimed, or is half virgin metal, would be recycled a second time. A
batch of waste is held against the products of the site that left it: mass **and** content
of the product's own metal must be those of the product, since trucks of one mass are
common.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from ledger.materials.mass.months import days_between
from ledger.materials.plausibility.reference.bounds import MILLION, bound_of, ppm_of
from ledger.materials.plausibility.reference.chemistry import MAIN
from ledger.materials.plausibility.site.record import Said, Site
from ledger.materials.state.findings import find
from ledger.materials.state.records import Lot, Made
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import CLAIMABLE_ORIGINS, ORIGINS, Metal
from schemas.findings import Finding
from schemas.ids import LotId
from schemas.intake import Intake
from schemas.limits import Limits

_PRIMARY = ORIGINS.index("primary")


class _Gone(NamedTuple):
    """A product that left: its mass and that of its metal in mg, when it was made and left, and why it counts."""

    lot: LotId
    net: int
    metal: Metal
    held: int
    made: str
    left: str
    why: str


def find_out_and_in(site: Site, limits: Limits) -> Iterator[Finding]:
    """Yield batches of waste that are, by mass and content, a product which had left the site."""
    gone = sorted(_gone(site), key=attrgetter("net"))
    masses = [product.net for product in gone]
    for said, event in site.intakes() if gone else ():
        if event.reason == "customer_return" or not _is_waste(event):
            continue
        slack = event.net_kg * limits.out_and_in_warn_ppm // MILLION + 1
        for product in gone[bisect_left(masses, event.net_kg - slack) : bisect_left(masses, event.net_kg + slack)]:
            if _is_alike(product, event, said, limits):
                yield _found(product, event, said, site, limits)
                break


def _gone(site: Site) -> Iterator[_Gone]:
    for _, event in site.transformations():
        run = site.run(event.run)
        made = {output.lot: output for output in run.outputs} if run is not None else {}
        for output in event.outputs:
            metal = MAIN[output.material][0] if output.material in MAIN else None
            lot, held = site.lot(output.lot), output.content_kg.get(metal, 0) if metal else 0
            if metal is None or not held or lot is None or not _is_away(lot, site):
                continue
            if why := _why(lot, made.get(output.lot), metal):
                yield _Gone(output.lot, output.net_kg, metal, held, event.ended_at, lot.came or event.ended_at, why)


def _is_away(lot: Lot, site: Site) -> bool:
    return lot.holder != site.party.id or lot.status in ("left", "in_transit")


def _why(lot: Lot, made: Made | None, metal: Metal) -> str:
    if lot.marks:
        return "claimed"
    split = made.mix.get(metal, ()) if made is not None else ()
    return "half primary" if split and 2 * split[_PRIMARY] >= sum(split) else ""


def _is_waste(event: Intake) -> bool:
    if event.origin is not None:
        return event.origin in CLAIMABLE_ORIGINS
    splits = (event.origin_kg or {}).values()
    return any(mass and origin in CLAIMABLE_ORIGINS for split in splits for origin, mass in split.items())


def _is_alike(product: _Gone, event: Intake, said: Said, limits: Limits) -> bool:
    at = said.logged.occurred_at
    if at < product.made or days_between(product.left, at) > limits.out_and_in_warn_days:
        return False
    most = limits.out_and_in_warn_ppm
    if abs(event.net_kg - product.net) * MILLION > most * product.net:
        return False
    # Content per mass, both multiplied by the other mass.
    theirs, ours = event.content_kg.get(product.metal, 0) * product.net, product.held * event.net_kg
    return abs(theirs - ours) * MILLION <= most * ours


def _found(product: _Gone, event: Intake, said: Said, site: Site, limits: Limits) -> Finding:
    off = ppm_of(abs(event.net_kg - product.net), product.net)
    days = days_between(product.left, said.logged.occurred_at)
    return find(
        FindingCode.OUT_AND_IN, "medium", (("net_mg", event.net_kg), ("off_ppm", off), ("lay_days", days)),
        bound_of(limits, "out_and_in_warn_ppm", ("most_days", limits.out_and_in_warn_days)), said.speaker(site),
        lots=(event.lot, product.lot),
        about=(("batch", event.lot), ("lot", product.lot), ("metal", product.metal), ("site", site.party.id),
               ("why", product.why)),
    )  # fmt: skip
