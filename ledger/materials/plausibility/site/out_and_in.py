"""Metal that goes out as a product and comes in again as waste.

A product that was claimed, or is half virgin metal, would be recycled a second time. A
batch of waste is held against the products of the site that left it: mass **and** content
of the product's own metal must be those of the product, since trucks of one mass are
common.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from ledger.materials.claims.marks import is_claim
from ledger.materials.mass.months import days_between
from ledger.materials.plausibility.reference.bounds import MILLION, bound_of, ppm_of
from ledger.materials.plausibility.reference.chemistry import MAIN
from ledger.materials.plausibility.site.record import Said, Site
from ledger.materials.state.findings import find
from ledger.materials.state.records import Lot
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import CLAIMABLE_ORIGINS, ORIGINS, Metal
from schemas.findings import Finding
from schemas.ids import LotId
from schemas.intake import Intake
from schemas.limits import Limits
from schemas.transformation import Transformation

_PRIMARY = ORIGINS.index("primary")


class _Product(NamedTuple):
    """What a run made for sale: its mass and that of its own metal, in mg, and by which run, when."""

    lot: LotId
    net: int
    metal: Metal
    held: int
    run: Transformation


def find_out_and_in(site: Site, limits: Limits) -> Iterator[Finding]:
    """Yield batches of waste that are, by mass and content, a product which had left the site."""
    alike = list(_alike(site, limits))
    lots = site.lots({product.lot for _, _, product in alike})
    seen: set[LotId] = set()
    for said, event, product in alike:
        lot = lots.get(product.lot)
        if event.lot in seen or lot is None or not _is_away(lot, site):
            continue
        days = days_between(lot.came or product.run.ended_at, said.logged.occurred_at)
        why = _why(lot, product, site)
        if why and days <= limits.out_and_in_warn_days:
            seen.add(event.lot)
            yield _found(product, event, said, site=site, days=days, why=why, limits=limits)


def is_near(mass: int, other: int, limits: Limits) -> bool:
    """Say whether one load weighs, or holds, what another does."""
    return abs(mass - other) * MILLION <= limits.out_and_in_warn_ppm * other


def _alike(site: Site, limits: Limits) -> Iterator[tuple[Said, Intake, _Product]]:
    """Yield the batches of waste with each product that was made before and is like it; few are."""
    products = sorted(_products(site), key=attrgetter("net"))
    masses = [product.net for product in products]
    for said, event in site.intakes() if products else ():
        if event.reason == "customer_return" or not _is_waste(event):
            continue
        slack = event.net_kg * limits.out_and_in_warn_ppm // MILLION * 2 + 1
        first, last = bisect_left(masses, event.net_kg - slack), bisect_right(masses, event.net_kg + slack)
        for product in products[first:last]:
            if product.run.ended_at <= said.logged.occurred_at and _is_alike(product, event, limits):
                yield said, event, product


def _products(site: Site) -> Iterator[_Product]:
    for _, event in site.transformations():
        for output in event.outputs:
            if output.material not in MAIN:
                continue
            metal, _ = MAIN[output.material]
            if held := output.content_kg.get(metal, 0):
                yield _Product(output.lot, output.net_kg, metal, held, event)


def _is_alike(product: _Product, event: Intake, limits: Limits) -> bool:
    # Content per mass, both multiplied by the other mass.
    theirs, ours = event.content_kg.get(product.metal, 0) * product.net, product.held * event.net_kg
    return is_near(event.net_kg, product.net, limits) and is_near(theirs, ours, limits)


def _is_away(lot: Lot, site: Site) -> bool:
    return lot.holder != site.party.id or lot.status in ("left", "in_transit")


def _why(lot: Lot, product: _Product, site: Site) -> str:
    if any(is_claim(mark) for mark in lot.marks):
        return "claimed"
    run = site.run(product.run.run)
    made = {output.lot: output.mix for output in run.outputs} if run is not None else {}
    split = made.get(lot.id, {}).get(product.metal, ())
    return "half primary" if split and 2 * split[_PRIMARY] >= sum(split) else ""


def _is_waste(event: Intake) -> bool:
    if event.origin is not None:
        return event.origin in CLAIMABLE_ORIGINS
    splits = (event.origin_kg or {}).values()
    return any(mass and origin in CLAIMABLE_ORIGINS for split in splits for origin, mass in split.items())


def _found(product: _Product, event: Intake, said: Said, *, site: Site, days: int, why: str, limits: Limits) -> Finding:
    off = ppm_of(abs(event.net_kg - product.net), product.net)
    return find(
        FindingCode.OUT_AND_IN, "medium", (("net_mg", event.net_kg), ("off_ppm", off), ("lay_days", days)),
        bound_of(limits, "out_and_in_warn_ppm", ("most_days", limits.out_and_in_warn_days)), said.speaker(site),
        lots=(event.lot, product.lot), case="product",
        about=(("batch", event.lot), ("lot", product.lot), ("metal", product.metal), ("site", site.party.id),
               ("why", why)),
    )  # fmt: skip
