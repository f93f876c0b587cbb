"""What the stated content of a lot rests on: an assay, a declaration, or a table."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.materials.history.as_corrected import standing_event
from ledger.materials.state.book import MaterialBook
from ledger.materials.state.records import Lot
from schemas.codes import ContentBasis

_REACH = 1000
"""So many lots back it is looked; a run rests on fewer."""

_FOLLOWED = frozenset({None, "calculated", "estimated"})
"""What was calculated from something else rests on what that rests on."""


def is_tabled(lots: Iterable[Lot], book: MaterialBook) -> bool:
    """Say whether the content of one of these lots goes back to a table, with no assay between.

    It reads the entries that made them: to be asked only where something is odd.
    """
    waiting = list(lots)
    seen: set[str] = set()
    while waiting and len(seen) < _REACH:
        lot = waiting.pop()
        if lot.id in seen or lot.stage >= 0:
            continue
        seen.add(lot.id)
        basis = _basis(lot, book)
        if basis == "table":
            return True
        run = book.runs.get(lot.run) if lot.run is not None and basis in _FOLLOWED else None
        before = (book.lots.get(part.lot) for part in (run.inputs if run is not None else ()))
        waiting.extend(found for found in before if found is not None)
    return False


def _basis(lot: Lot, book: MaterialBook) -> ContentBasis | None:
    """Return the basis that the entry which made the lot states, as it stands."""
    for logged in book.history.logged_events([lot.created]):
        stands = standing_event(logged.statement, book)
        made = stands.event.stated_lots() if stands is not None else ()
        return next((stated.basis for stated in made if stated.lot == lot.id), None)
    return None
