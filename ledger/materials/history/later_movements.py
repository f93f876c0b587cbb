"""What happened to lots after a time, for a word that comes late: a count, a hold.

Invariant: it is told from the entries before the speaker's own, as they stand in the
book that is asked, so judging an entry again gives what judging it once gave, and a
correction of what happened counts as if it had stood from the start.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ledger.materials.history.as_corrected import standing_deed
from ledger.materials.state.book import Deed, MaterialBook, Speaker
from schemas.correction import Correction
from schemas.handover import Dispatch
from schemas.stock import StockCount
from schemas.transformation import Transformation


class Later(NamedTuple):
    """That a lot was taken from, sent or counted at ``at``; ``taken`` is what a run took, in mg."""

    lot: str
    at: str
    deed: Deed
    taken: int = 0
    is_count: bool = False


def later_on(lots: Iterable[str], at: str, speaker: Speaker, book: MaterialBook) -> list[Later]:
    """Return what runs, dispatches and adjusting counts did to lots after ``at``, by entry.

    A run takes its inputs when it starts.
    """
    wanted = set(lots)
    found = [row for deed in _standing(wanted, speaker, book) for row in _of(deed, wanted)]
    return [row for row in found if row.at > at]


def _standing(lots: set[str], speaker: Speaker, book: MaterialBook) -> Iterator[Deed]:
    """Yield the deeds before the speaker's that name one of the lots, each as it stands."""
    deeds: dict[str, Deed | None] = {}
    for deed in book.history.deeds(book.history.naming(lots)):
        if isinstance(deed.event, Correction):
            # What it put in place may name the lot, and the statement that it corrects not.
            deeds.setdefault(deed.event.statement, None)
        elif deed.index < speaker.index:
            deeds[deed.statement] = deed
    for statement, known in deeds.items():
        deed_now = known
        if known is None or book.standing.get(statement) is not None:
            deed_now = standing_deed(statement, book)
        if deed_now is not None and deed_now.index < speaker.index:
            yield deed_now


def _of(deed: Deed, lots: set[str]) -> Iterator[Later]:
    match deed.event:
        case Transformation() as event:
            masses: dict[str, int] = {}
            for line in event.inputs:
                masses[line.lot] = masses.get(line.lot, 0) + line.net_kg
            for lot, mass in masses.items():
                if lot in lots:
                    yield Later(lot, event.started_at, deed, mass)
        case Dispatch() as event:
            yield from (Later(line.lot, deed.occurred_at, deed) for line in event.lots if line.lot in lots)
        case StockCount() as event if event.adjust:
            yield from (Later(lot, deed.occurred_at, deed, is_count=True) for lot in event.lots if lot in lots)
        case _:
            pass
