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
from schemas.event_base import LotMove


class Later(NamedTuple):
    """What an entry does to a lot."""

    deed: Deed
    move: LotMove


def later_on(lots: Iterable[str], at: str, speaker: Speaker, book: MaterialBook) -> list[Later]:
    """Return what runs, dispatches and adjusting counts did to lots after ``at``, by entry.

    A run takes its inputs when it starts.
    """
    wanted = set(lots)
    return [
        Later(deed, move)
        for deed in _standing(wanted, speaker, book)
        for move in deed.event.lot_moves(deed.occurred_at)
        if move.lot in wanted and move.at > at
    ]


def _standing(lots: set[str], speaker: Speaker, book: MaterialBook) -> Iterator[Deed]:
    """Yield the deeds before the speaker's that name one of the lots, each as it stands."""
    deeds: dict[str, Deed | None] = {}
    for deed in book.history.deeds(book.history.naming(lots)):
        if (corrected := deed.event.corrects()) is not None:
            # What it put in place may name the lot, and the statement that it corrects not.
            deeds.setdefault(corrected, None)
        elif deed.index < speaker.index:
            deeds[deed.statement] = deed
    for statement, known in deeds.items():
        deed_now = known
        if known is None or book.standing.get(statement) is not None:
            deed_now = standing_deed(statement, book)
        if deed_now is not None and deed_now.index < speaker.index:
            yield deed_now
