"""An agreement over its term: produced, dispatched, accepted and disputed, against what was agreed.

Per year, park and metal, in contained metal. What a park made of material that others
own is told apart, so that tolled metal does not count as the park's own production.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ledger.materials.apportioning import Mix, content_of
from ledger.materials.book import Deed
from ledger.materials.months import month_of
from ledger.materials.records import Lot, Posting, Run, Terms
from ledger.materials.story import last_versions
from schemas.agreements import Agreement
from schemas.codes import METALS, Metal
from schemas.handover import Acceptance, Dispatch
from schemas.party import Party
from schemas.quantity import format_kg
from schemas.transformation import Transformation

FIGURES = ("produced", "tolled", "dispatched", "accepted", "disputed")
_BILLION = 1_000_000_000


class Trade(NamedTuple):
    """What is needed of one park: what it said as it stands, its runs and lots, what it handed over."""

    party: Party
    deeds: tuple[Deed, ...]
    runs: Mapping[str, Run]
    lots: Mapping[str, Lot]
    handed_over: Mapping[str, Mix]
    words: Mapping[tuple[str, str], str]
    """The last word of the receiver by shipment and lot."""


Masses = dict[tuple[int, str, Metal, str], int]
"""Milligrams by year, park, metal and figure."""


def handed_over(postings: Iterable[Posting]) -> dict[str, Mix]:
    """Return what lots held when another party took them over, by lot."""
    return {row.record: row.mix for row in postings if row.kind == "dispatch"}


def last_words(deeds: Iterable[Deed]) -> dict[tuple[str, str], str]:
    """Return the last decision by shipment and lot."""
    return {
        (deed.event.shipment, line.lot): line.decision
        for deed in sorted(deeds, key=lambda deed: deed.index)
        if isinstance(deed.event, Acceptance)
        for line in deed.event.lots
    }


def standing_deeds(deeds: Iterable[Deed]) -> tuple[Deed, ...]:
    """Return the deeds of one party as its own corrections left them."""
    own = list(deeds)
    corrected = last_versions(own)
    return tuple(
        deed._replace(event=event) for deed in own if (event := corrected.get(deed.statement, deed.event)) is not None
    )


def agreement_report(terms: Terms, event: Agreement, trades: Iterable[Trade], tree_size: int) -> dict[str, Any]:
    """Return the figures of an agreement, year by year.

    Args:
        terms: the agreement as it stands.
        event: what the seller offered.
        trades: the parks that it names.
        tree_size: at which it holds.
    """
    masses: Masses = defaultdict(int)
    for trade in trades:
        for year, metal, figure, mass in (*_production(trade), *_deliveries(trade, terms)):
            if event.starts_on[:4] <= str(year) <= event.ends_on[:4]:
                masses[year, trade.party.id, metal, figure] += mass
    keys = sorted({key[:3] for key in masses}, key=lambda key: (key[0], key[1], METALS.index(key[2])))
    return {
        "agreement": terms.id,
        "seller": terms.seller,
        "buyer": terms.buyer,
        "effective": terms.confirmed is not None,
        "starts_on": event.starts_on,
        "ends_on": event.ends_on,
        "years": [_row(year, park, metal, masses, event) for year, park, metal in keys],
        "totals": _totals(event, masses),
        "tree_size": tree_size,
    }


def _production(trade: Trade) -> Iterator[tuple[int, Metal, str, int]]:
    """Yield what the park's runs made as products, its own apart from what others own."""
    for deed in trade.deeds:
        event = deed.event
        run = trade.runs.get(event.run) if isinstance(event, Transformation) else None
        if not isinstance(event, Transformation) or run is None:
            continue
        products = {output.lot for output in event.outputs if output.role == "product"}
        year = int(month_of(trade.party, event.ended_at)[:4])
        for made in run.outputs:
            lot = trade.lots.get(made.lot)
            figure = "produced" if lot is None or lot.owner in (None, trade.party.id) else "tolled"
            for metal, mass in content_of(made.mix).items() if made.lot in products else ():
                yield year, metal, figure, mass


def _deliveries(trade: Trade, terms: Terms) -> Iterator[tuple[int, Metal, str, int]]:
    for deed in trade.deeds:
        event = deed.event
        if not isinstance(event, Dispatch) or event.agreement != terms.id or event.to != terms.buyer:
            continue
        year = int(month_of(trade.party, deed.occurred_at)[:4])
        for line in event.lots:
            lot = trade.lots.get(line.lot)
            mix = trade.handed_over.get(line.lot) or (lot.mix if lot is not None else {})
            word = trade.words.get((event.shipment, line.lot))
            figures = ["dispatched"] if word != "rejected" else []
            figures += {"accepted": ["accepted"], "settled": ["accepted"], "disputed": ["disputed"]}.get(word or "", [])
            for metal, mass in content_of(mix).items():
                for figure in figures:
                    yield year, metal, figure, mass


def _row(year: int, park: str, metal: Metal, masses: Masses, event: Agreement) -> dict[str, Any]:
    figures = {figure: masses.get((year, park, metal, figure), 0) for figure in FIGURES}
    row: dict[str, Any] = {"year": year, "park": park, "metal": metal}
    row |= {f"{figure}_kg": format_kg(mass) for figure, mass in figures.items()}
    if figures["produced"]:
        row["accepted_of_produced"] = _share(figures["accepted"], figures["produced"])
    agreed = _agreed(event, metal, year, park)
    if agreed:
        row |= _against(figures["accepted"], agreed, event.tolerance)
    return row


def _agreed(event: Agreement, metal: Metal, year: int | None, park: str | None) -> int:
    """Return what was agreed for a metal, year and park, 0 where nothing was."""
    return sum(
        line.quantity_kg
        for line in event.quantities
        if line.metal == metal and line.year in (None, year) and line.park in (None, park)
    )


def _against(accepted: int, agreed: int, tolerance: int) -> dict[str, Any]:
    least = agreed - agreed * tolerance // _BILLION
    return {
        "agreed_kg": format_kg(agreed),
        "least_kg": format_kg(least),
        "fulfilled": accepted >= least,
        "accepted_of_agreed": _share(accepted, agreed),
    }


def _totals(event: Agreement, masses: Masses) -> list[dict[str, Any]]:
    """Return the figures of the whole term per metal."""
    rows = []
    for metal in METALS:
        figures = {
            figure: sum(mass for key, mass in masses.items() if key[2] == metal and key[3] == figure)
            for figure in FIGURES
        }
        agreed = sum(line.quantity_kg for line in event.quantities if line.metal == metal)
        if not agreed and not any(figures.values()):
            continue
        row: dict[str, Any] = {"metal": metal, **{f"{figure}_kg": format_kg(mass) for figure, mass in figures.items()}}
        if figures["produced"]:
            row["accepted_of_produced"] = _share(figures["accepted"], figures["produced"])
        if agreed:
            row |= _against(figures["accepted"], agreed, event.tolerance)
        rows.append(row)
    return rows


def _share(part: int, whole: int) -> str:
    ppm = part * 1_000_000 // whole
    return f"{ppm // 1_000_000}.{ppm % 1_000_000:06d}"
