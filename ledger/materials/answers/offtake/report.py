"""An agreement over its term: produced, dispatched, accepted and disputed, against what was agreed.

Per year, park and metal, for all parks together, and over the whole term, in contained
metal. A park is judged by what was agreed for it, all parks by what was agreed for all.
"""

from __future__ import annotations

from calendar import isleap
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from ledger.materials.answers.offtake.deliveries import deliveries
from ledger.materials.answers.offtake.park_record import Figure, Trade
from ledger.materials.answers.offtake.production import production
from ledger.materials.moves.balance import signed_kg
from ledger.materials.moves.inheritance import weakest
from ledger.materials.state.agreement_terms import Terms
from schemas.agreements import Agreement, Quantity
from schemas.codes import METALS, CustodyModel, Metal
from schemas.fraction import BILLION, format_fraction
from schemas.ids import PartyId
from schemas.quantity import format_kg

FIGURES = ("produced", "tolled", "dispatched", "accepted", "disputed", "tolled_dispatched")
_OF_PRODUCED = ("dispatched", "accepted", "disputed")


class _Key(NamedTuple):
    """What a row is about; ``None`` is the whole term, and all parks."""

    year: int | None
    park: PartyId | None
    metal: Metal


class _Sums:
    """Milligrams of every figure, and the weakest model of what was delivered, by row."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self.masses: dict[_Key, dict[str, int]] = defaultdict(lambda: dict.fromkeys(FIGURES, 0))
        self.custody: dict[_Key, CustodyModel] = {}
        for figure in figures:
            for year in (figure.year, None):
                for park in (figure.park, None):
                    self._add(_Key(year, park, figure.metal), figure)

    def _add(self, key: _Key, figure: Figure) -> None:
        self.masses[key][figure.name] += figure.mass
        if figure.custody is not None:
            self.custody[key] = weakest(figure.custody, self.custody.get(key, figure.custody))


def agreement_report(
    terms: Terms, event: Agreement, trades: Iterable[Trade], tree_size: int, today: str
) -> dict[str, Any]:
    """Return the figures of an agreement, year by year and over the term; masses in kg as texts.

    ``offer`` is the statement that the buyer names in ``confirms``, ``confirmation`` the one that did. ``left_kg`` is
    what was agreed less what was accepted, ``left_of_share_kg`` what the share of the production still allows to be
    sent, both with a sign where more was accepted or sent.

    Args:
        terms: the agreement as it stands.
        event: what the seller offered.
        trades: the parks that it names.
        tree_size: at which it holds.
        today: the day or instant of that; years of the term that have begun have rows.
    """
    all_trades = tuple(trades)
    sums = _Sums((*production(all_trades, terms), *deliveries(all_trades, terms)))
    lines = _lines(event, sums)
    report = {
        "agreement": terms.id,
        "seller": terms.seller,
        "buyer": terms.buyer,
        "effective": terms.confirmed is not None,
        "offer": terms.statement,
        "starts_on": event.starts_on,
        "ends_on": event.ends_on,
        "tolerance": format_fraction(event.tolerance),
        "years": [
            {"year": year, **_row(_Key(year, park, metal), sums, event)}
            for year in _years(event, sums, int(today[:4]))
            for park, metal in lines
        ],
        "totals": [_row(_Key(None, park, metal), sums, event) for park, metal in lines],
        "tree_size": tree_size,
    }
    if terms.confirmed is not None:
        report["confirmation"] = terms.confirmed
    if event.share is not None:
        report["share"] = format_fraction(event.share)
    return report


def _lines(event: Agreement, sums: _Sums) -> list[tuple[PartyId | None, Metal]]:
    """Return each park and metal with a figure or quantity, then the same for all parks together."""
    found: set[tuple[PartyId | None, Metal]] = {(key.park, key.metal) for key in sums.masses}
    for line in event.quantities:
        found |= {(line.park, line.metal), (None, line.metal)}
    return sorted(found, key=lambda row: (row[0] is None, row[0] or "", METALS.index(row[1])))


def _years(event: Agreement, sums: _Sums, current: int) -> list[int]:
    """Return the years of the term that have begun, and all that have a figure or a quantity of their own."""
    found = {year for year in _term(event) if year <= current}
    found.update(key.year for key in sums.masses if key.year is not None)
    found.update(line.year for line in event.quantities if line.year is not None)
    return sorted(found)


def _row(key: _Key, sums: _Sums, event: Agreement) -> dict[str, Any]:
    figures = sums.masses.get(key) or dict.fromkeys(FIGURES, 0)
    row: dict[str, Any] = {"park": key.park, "metal": key.metal}
    row |= {f"{name}_kg": signed_kg(mass) for name, mass in figures.items()}
    produced = figures["produced"]
    if produced > 0:
        row |= {f"{name}_of_produced": _share(figures[name], produced) for name in _OF_PRODUCED}
    if event.share is not None:
        row["within_share"] = figures["dispatched"] * BILLION <= produced * event.share
        row["left_of_share_kg"] = signed_kg(produced * event.share // BILLION - figures["dispatched"])
    if key in sums.custody:
        row["custody"] = sums.custody[key]
    return row | _against(figures["accepted"], _agreed(event, key), event.tolerance)


def _agreed(event: Agreement, key: _Key) -> int:
    """Return what was agreed for a row, 0 where nothing was: over the term the sum of its years."""
    years = _term(event) if key.year is None else (key.year,)
    lines = [line for line in event.quantities if (line.metal, line.park) == (key.metal, key.park)]
    return sum(_in_year(line, year, event) for line in lines for year in years)


def _in_year(line: Quantity, year: int, event: Agreement) -> int:
    """Return what is agreed for a year: as stated for it, else each year's by the days of it in the term."""
    if line.year is not None:
        return line.quantity_kg if line.year == year else 0
    first = max(date.fromisoformat(event.starts_on), date(year, 1, 1))
    last = min(date.fromisoformat(event.ends_on), date(year, 12, 31))
    return line.quantity_kg * ((last - first).days + 1) // (366 if isleap(year) else 365)


def _term(event: Agreement) -> range:
    return range(int(event.starts_on[:4]), int(event.ends_on[:4]) + 1)


def _against(accepted: int, agreed: int, tolerance: int) -> dict[str, Any]:
    if not agreed:
        return {}
    least = agreed - agreed * tolerance // BILLION
    return {
        "agreed_kg": format_kg(agreed),
        "least_kg": format_kg(least),
        "left_kg": signed_kg(agreed - accepted),
        "fulfilled": accepted >= least,
        "accepted_of_agreed": _share(accepted, agreed),
    }


def _share(part: int, whole: int) -> str:
    ppm = part * 1_000_000 // whole
    return f"{ppm // 1_000_000}.{ppm % 1_000_000:06d}"
