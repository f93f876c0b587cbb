"""Metal that goes out as a product and comes in again as waste, at the site that sold it or at another.

A product that was claimed, or is half virgin metal, would be recycled a second time. A
batch of waste as rich as what is sold is held against the products that were sent: mass
**and** content of the product's own metal must be those of the product, since trucks of one
mass are common. Products are looked up by their mass, so that nobody reads what all sites said.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ledger.materials.claims.marks import is_claim
from ledger.materials.mass.months import days_between
from ledger.materials.moves.parting import is_parted
from ledger.materials.plausibility.reference.bounds import MILLION, bound_of, ppm_of
from ledger.materials.plausibility.reference.chemistry import MAIN
from ledger.materials.plausibility.site.record import Said, Sale, Site
from ledger.materials.state.findings import find
from ledger.materials.state.products import METAL_OF, Load, Span
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import CLAIMABLE_ORIGINS, ORIGINS, Metal
from schemas.findings import Finding
from schemas.intake import Intake
from schemas.limits import Limits

_PRIMARY = ORIGINS.index("primary")
_RICH: dict[Metal, int] = {
    metal: min(ppm for product, (_, ppm) in MAIN.items() if METAL_OF[product] == metal) * 9 // 10
    for metal in dict.fromkeys(METAL_OF.values())
}
"""Of less, in ppm, nothing is sold for that metal: nine tenths of the poorest product."""


class _Batch(NamedTuple):
    """A batch of waste that is as rich in a metal as what is sold."""

    said: Said
    event: Intake
    load: Load


def find_out_and_in(site: Site, limits: Limits) -> Iterator[Finding]:
    """Yield batches of waste that are, by mass and content, a product which a site had sent."""
    batches = list(_batches(site))
    sales = site.sold(spans_of(site, limits)) if batches else []
    found = {batch.event.lot: found for batch in batches if (found := _first(batch, sales, site, limits)) is not None}
    yield from found.values()


def spans_of(site: Site, limits: Limits) -> list[Span]:
    """Return the masses within which products are looked up that batches of waste may be."""
    return [_span(batch.load, limits) for batch in _batches(site)]


def is_near(mass: int, other: int, limits: Limits) -> bool:
    """Say whether one load weighs, or holds, what another does."""
    return abs(mass - other) * MILLION <= limits.out_and_in_warn_ppm * other


def _batches(site: Site) -> Iterator[_Batch]:
    for said, event in site.intakes():
        if event.reason == "customer_return" or not _is_waste(event):
            continue
        for metal, held in event.content_kg.items():
            if metal in _RICH and ppm_of(held, event.net_kg) >= _RICH[metal]:
                yield _Batch(said, event, Load(event.lot, metal, event.net_kg, held))


def _span(load: Load, limits: Limits) -> Span:
    # Wide enough for mass and purity to be off by the limit each; what lies within is held against both.
    net = load.net * limits.out_and_in_warn_ppm // MILLION * 2 + 1
    held = load.held * limits.out_and_in_warn_ppm // MILLION * 4 + 1
    return Span(load.metal, (load.net - net, load.net + net), (load.held - held, load.held + held))


def _first(batch: _Batch, sales: list[Sale], site: Site, limits: Limits) -> Finding | None:
    """Return the finding on the first product that a batch may be."""
    for sale in sales:
        why = _why(sale) if _is_alike(sale.load, batch.load, limits) and _is_away(sale) else ""
        days = _days_after(sale, batch, site) if why else None
        if days is not None and days <= limits.out_and_in_warn_days:
            return _found(batch, sale, site=site, days=days, why=why, limits=limits)
    return None


def _is_alike(product: Load, batch: Load, limits: Limits) -> bool:
    # Content per mass, both multiplied by the other mass.
    theirs, ours = batch.held * product.net, product.held * batch.net
    is_one = product.metal == batch.metal and is_near(batch.net, product.net, limits)
    return is_one and is_near(theirs, ours, limits)


def _is_away(sale: Sale) -> bool:
    # What was parted off is a part of what a run made, and stands in that run's place nowhere.
    is_away = sale.lot.holder != sale.lot.park or sale.lot.status in ("left", "in_transit")
    return is_away and not is_parted(sale.lot)


def _why(sale: Sale) -> str:
    if any(is_claim(mark) for mark in sale.lot.marks):
        return "claimed"
    split = sale.made.mix.get(sale.load.metal, ())
    return "half primary" if split and 2 * split[_PRIMARY] >= sum(split) else ""


def _days_after(sale: Sale, batch: _Batch, site: Site) -> int | None:
    """Return how many days after a product was sent a batch came, by their dates or as the ledger heard of it."""
    logged = batch.said.logged
    before = [sent for sent in site.sendings(sale.lot.id) if sent.at <= logged.occurred_at or sent.index < logged.index]
    return max(days_between(before[-1].at, logged.occurred_at), 0) if before else None


def _is_waste(event: Intake) -> bool:
    if event.origin is not None:
        return event.origin in CLAIMABLE_ORIGINS
    splits = (event.origin_kg or {}).values()
    return any(mass and origin in CLAIMABLE_ORIGINS for split in splits for origin, mass in split.items())


def _found(batch: _Batch, sale: Sale, *, site: Site, days: int, why: str, limits: Limits) -> Finding:
    event, lot = batch.event, sale.lot
    off = ppm_of(abs(event.net_kg - sale.load.net), sale.load.net)
    # What another site takes in says nothing against the lot of the one that sold it.
    lots = (event.lot, lot.id) if lot.park == site.party.id else (event.lot,)
    return find(
        FindingCode.OUT_AND_IN, "medium", (("net_mg", event.net_kg), ("off_ppm", off), ("lay_days", days)),
        bound_of(limits, "out_and_in_warn_ppm", ("most_days", limits.out_and_in_warn_days)), batch.said.speaker(site),
        lots=lots, case="product",
        about=(("batch", event.lot), ("lot", lot.id), ("metal", sale.load.metal), ("site", lot.park),
               ("why", why)),
    )  # fmt: skip
