"""What parks produced within the term of an agreement.

Invariants: a metal counts once, however many runs make a product of a product; what a
park makes of metal that others own is counted apart and never its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ledger.materials.answers.offtake.park_record import Figure, Trade
from ledger.materials.mass.mix import Mix, content_of
from ledger.materials.mass.months import day_of
from ledger.materials.registry import kind_of
from ledger.materials.state.agreement_terms import Terms
from ledger.materials.state.records import Posting, Run
from schemas.codes import HANDLING_PROCESSES
from schemas.ids import PartyId
from schemas.transformation import Transformation


class _Making(NamedTuple):
    """A run within the term: which of its lots are products, as what they count, what was found in them later."""

    park: PartyId
    name: str
    run: Run
    year: int
    products: frozenset[str]
    found: Mapping[str, list[Posting]]

    def figures(self, mix: Mix, sign: int) -> Iterator[Figure]:
        """Yield metals that count for this run, or with -1 against it."""
        return (Figure(self.year, self.park, metal, self.name, sign * mass) for metal, mass in content_of(mix).items())


def production(trades: tuple[Trade, ...], terms: Terms) -> Iterator[Figure]:
    """Yield what products were made, less the products that went into them.

    Handling makes no product of what was one before the term, or was bought as one.
    """
    unfinished = frozenset(_outputs(trades, is_product=False))
    counted: dict[str, str] = {}
    for making in sorted(_makings(trades, terms), key=lambda making: making.run.index):
        taken = [part for part in making.run.inputs if part.lot in counted]
        is_handling = making.run.process in HANDLING_PROCESSES
        if is_handling and not taken and unfinished.isdisjoint(part.lot for part in making.run.inputs):
            continue
        for part in taken:
            if counted[part.lot] == making.name:
                yield from making.figures(part.mix, -1)
        for made in making.run.outputs:
            if made.lot in making.products:
                counted[made.lot] = making.name
                yield from making.figures(made.mix, 1)
                for row in making.found.get(made.lot, ()):
                    yield from making.figures(row.mix, 1 if row.kind == "gain" else -1)


def _runs(trade: Trade) -> Iterator[Transformation]:
    """Yield the runs of a park as they stand."""
    return (logged.event for logged in trade.logged_events if isinstance(logged.event, Transformation))


def _outputs(trades: Iterable[Trade], *, is_product: bool) -> Iterator[str]:
    for trade in trades:
        for event in _runs(trade):
            yield from (line.lot for line in event.outputs if (line.role == "product") is is_product)


def _makings(trades: Iterable[Trade], terms: Terms) -> Iterator[_Making]:
    for trade in trades:
        found = _found_later(trade)
        for event in _runs(trade):
            run = trade.runs.get(event.run)
            if run is None:
                continue
            day = day_of(trade.party, event.ended_at, trade.rules)
            if terms.starts_on <= day <= terms.ends_on:
                products = frozenset(line.lot for line in event.outputs if line.role == "product")
                yield _Making(*_whose(run, trade, terms), run, int(day[:4]), products, found)


def _whose(run: Run, trade: Trade, terms: Terms) -> tuple[PartyId, str]:
    """Return for which park what a run makes counts, and as what.

    For the park that owns it, be it refined by a sister for a toll; the seller's own for
    the park that ran; all else is tolled.
    """
    # All outputs of a run have the same owner.
    lot = next((trade.lots[made.lot] for made in run.outputs if made.lot in trade.lots), None)
    owner = lot.owner if lot is not None else None
    if owner in terms.parks:
        return PartyId(owner), "produced"
    return trade.party.id, "produced" if owner in (None, terms.seller) else "tolled"


def _found_later(trade: Trade) -> dict[str, list[Posting]]:
    """Return what the park's own assays and counts found in lots, or missed, by lot."""
    said = {logged.statement for logged in trade.logged_events if kind_of(logged.event).restates}
    found: dict[str, list[Posting]] = {}
    for row in trade.rows:
        if row.kind != "dispatch" and row.statement in said:
            found.setdefault(row.record, []).append(row)
    return found
