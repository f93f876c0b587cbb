"""Which holds go along where metal comes into another lot by a later word: the hold holds the metal, not the name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ledger.materials.state.book import History
from ledger.materials.state.lot_words import HoldMark, shown
from ledger.materials.state.records import Lot
from schemas.ids import LotId, StatementId


def holds_going_along(lot: Lot, via: StatementId) -> tuple[HoldMark, ...]:
    """Return the holds that go along with metal of a lot: those that stand and that its closure shows, since when.

    It is asked of whatever moves metal that a hold was set on into another lot: a correction,
    and a receiver who accepts a part and sends the other back. Who set the hold releases it
    there as well.

    Args:
        lot: where the metal was, before it was moved.
        via: the statement that moves it.
    """
    return tuple(hold._replace(via=via) for hold in shown(lot.holds))


def with_holds(lot: Lot, marks: Iterable[HoldMark]) -> Lot:
    """Return a lot under further holds, each once: not where it stands under one already."""
    holds = list(lot.holds)
    for mark in marks:
        if not any(hold.statement == mark.statement and (not hold.until or hold.via == mark.via) for hold in holds):
            holds.append(mark)
    return lot._replace(holds=tuple(holds)) if len(holds) > len(lot.holds) else lot


def brought_from_beyond(lots: Iterable[Lot], history: History) -> dict[StatementId, int]:
    """Return the entries that brought holds which the lots' closures do not show, by statement."""
    named = {hold.via for lot in lots for hold in lot.holds if hold.beyond}
    entries = (history.logged_of(statement) for statement in sorted(named))
    return {entry.statement: entry.index for entry in entries if entry is not None}


def came_along(lots: Iterable[Lot], indexes: Mapping[StatementId, int]) -> list[tuple[int, LotId, HoldMark]]:
    """Return the holds that came to lots with metal, as they came and not released, the last that came first.

    Args:
        lots: the lots, with every hold that ever came to one.
        indexes: which entries are asked about; each hold stands beside that which moved the metal.
    """
    came = [
        (indexes[hold.via], lot.id, hold._replace(until=""))
        for lot in lots
        for hold in lot.holds
        if hold.via in indexes
    ]
    # Of one entry and lot in the order in which it has them.
    return sorted(came, key=lambda one: one[0])[::-1]
