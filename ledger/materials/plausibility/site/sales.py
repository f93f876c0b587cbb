"""Products of all sites, as a check of one site looks them up: by mass, with where they went."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from ledger.materials.history.closure import last_repairs, repaired
from ledger.materials.plausibility.site.record import Sale, Sending
from ledger.materials.state.book import History
from ledger.materials.state.kind import Reading
from ledger.materials.state.products import Span, as_made
from ledger.materials.state.records import Lot, Run
from schemas.events import MaterialEvent
from schemas.ids import LotId, RunId


class Sales(Protocol):
    """Where products are looked up."""

    @property
    def lots(self) -> Reading[LotId, Lot]:
        """Lots by id."""
        ...

    @property
    def runs(self) -> Reading[RunId, Run]:
        """Runs by id."""
        ...

    @property
    def history(self) -> History:
        """The entries, where what was sent is looked up."""
        ...

    def products_like(self, spans: Iterable[Span], /) -> Sequence[LotId]:
        """Return the lots that may be products within one of these masses."""
        ...


def sales_within(spans: Iterable[Span], record: Sales) -> list[Sale]:
    """Return the products whose masses, as they stand, lie within one of these, by id."""
    wanted = list(spans)
    lots = record.lots.many(record.products_like(wanted))
    runs = record.runs.many({lot.run for lot in lots.values() if lot.run is not None})
    found: list[Sale] = []
    for lot in lots.values():
        run = runs.get(lot.run) if lot.run is not None else None
        made = as_made(lot, run)
        if run is not None and made is not None and any(span.has(made[0]) for span in wanted):
            found.append(Sale(lot, *made, run))
    return found


def sendings_of(lot: LotId, history: History, before: int | None) -> tuple[Sending, ...]:
    """Return when a lot was sent or left, as the statements before an index stand, oldest first.

    Args:
        lot: the lot.
        history: the entries.
        before: the tree size; ``None`` for all entries.
    """
    named = [index for index in history.naming((lot,)) if before is None or index < before]
    entries = history.logged_events(named)
    corrected = last_repairs(entries)
    standing = (repaired(logged, corrected.get(logged.statement)) for logged in entries if not logged.event.corrects())
    sent = (
        Sending(logged.index, logged.occurred_at)
        for logged in standing
        if logged is not None and _sends(logged.event, lot)
    )
    return tuple(sorted(sent, key=lambda row: row.at))


def _sends(event: MaterialEvent, lot: LotId) -> bool:
    return lot in (event.named_lots() if event.sent_to() is not None else event.departed_lots())
