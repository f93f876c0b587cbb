"""What statements say now, as corrected, and what they said a lot held when it was made."""

from __future__ import annotations

from typing import Protocol

from ledger.materials.history.closure import repaired
from ledger.materials.mass.mix import NO_MASS, Split, add_split, content_of, intake_mix, split_by
from ledger.materials.state.book import History, LoggedEvent, Lookup, MaterialBook
from ledger.materials.state.pool import Stated
from ledger.materials.state.records import Lot, Run, Standing
from schemas.ids import StatementId
from schemas.intake import Intake


class Corrected(Protocol):
    """What knows the entries, and by which corrections they stand."""

    @property
    def history(self) -> History:
        """The entries."""

    @property
    def standing(self) -> Lookup[StatementId, Standing]:
        """The last correction of a statement, by its id."""


def standing_event(statement: StatementId, book: Corrected) -> LoggedEvent | None:
    """Return what a statement says now: as corrected, ``None`` where it counts no more."""
    logged = book.history.logged_of(statement)
    standing = book.standing.get(statement)
    if logged is None or standing is None:
        return logged
    correction = book.history.logged_of(standing.correction)
    for repair in correction.event.repairs() if correction is not None else ():
        if repair.statement == statement:
            return repaired(logged, repair)
    return None


def declared_origins(lot: Lot, book: MaterialBook) -> Split:
    """Return the weights of the origins that an intake was declared with, all zero where its metal shows them."""
    if lot.run is not None or lot.mix or lot.refill is not None:
        return NO_MASS
    event = _intake_of(lot, book)
    if event is None:
        return NO_MASS
    if event.origin is not None:
        return split_by({event.origin: 1})
    weights = NO_MASS
    for split in intake_mix(event).values():
        weights = add_split(weights, split)
    return weights


def stated_content(lot: Lot, run: Run | None, book: MaterialBook) -> Stated:
    """Return what a lot was said to hold when it was made: by its intake, or by its run."""
    if lot.run is None:
        event = _intake_of(lot, book)
        return Stated(0, {}) if event is None else Stated(event.net_kg, event.content_kg)
    made = next((made for made in run.outputs if made.lot == lot.id), None) if run is not None else None
    return Stated(0, {}) if made is None else Stated(made.net, content_of(made.mix))


def _intake_of(lot: Lot, book: MaterialBook) -> Intake | None:
    logged = next(iter(book.history.logged_events((lot.created,))), None)
    logged = None if logged is None else standing_event(logged.statement, book)
    return logged.event if logged is not None and isinstance(logged.event, Intake) else None
