"""What happened to lots after a time, for a word that comes late: a count, a hold.

Invariant: it is worked out from the entries before the speaker's own, as they stand in the
book that is asked, so judging an entry again gives what judging it once gave, and a
correction of what happened counts as if it had stood from the start.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ledger.materials.history.as_corrected import standing_event
from ledger.materials.state.book import LoggedEvent, MaterialBook, Speaker
from schemas.event_base import LotMove
from schemas.ids import LotId, StatementId


class Later(NamedTuple):
    """What an entry does to a lot."""

    logged: LoggedEvent
    move: LotMove


def later_on(lots: Iterable[LotId], at: str, speaker: Speaker, book: MaterialBook) -> list[Later]:
    """Return what runs, dispatches and adjusting counts did to lots after ``at``, by entry.

    A run takes its inputs when it starts.
    """
    wanted = set(lots)
    return [
        Later(logged, move)
        for logged in _standing(wanted, speaker, book)
        for move in logged.event.lot_moves(logged.occurred_at)
        if move.lot in wanted and move.at > at
    ]


def _standing(lots: set[LotId], speaker: Speaker, book: MaterialBook) -> Iterator[LoggedEvent]:
    """Yield the logged events before the speaker's that name one of the lots, each as it stands."""
    logged_events: dict[StatementId, LoggedEvent | None] = {}
    for logged in book.history.logged_events(book.history.naming(lots)):
        corrected = logged.event.corrects()
        for statement in corrected:
            # What it put in place may name the lot, and the statement that it corrects not.
            logged_events.setdefault(statement, None)
        if not corrected and logged.index < speaker.index:
            logged_events[logged.statement] = logged
    for statement, known in logged_events.items():
        logged_now = known
        if known is None or book.standing.get(statement) is not None:
            logged_now = standing_event(statement, book)
        if logged_now is not None and logged_now.index < speaker.index:
            yield logged_now
