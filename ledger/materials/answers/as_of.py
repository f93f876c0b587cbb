"""What the ledger answered at an earlier tree size, worked out from the entries before it.

Invariant: an answer at size ``n`` is made of entries below ``n`` and nothing else, so
nothing that comes later can change it; it equals, to the milligram, what the ledger
answered when it had that size. No history is stored for this.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ledger.materials.answers.provenance import Ancestry, trace
from ledger.materials.corrections.changed_answers import answered_otherwise
from ledger.materials.corrections.refold import order_of, refold
from ledger.materials.history.closure import Closure, gather
from ledger.materials.state.book import Archive
from ledger.materials.state.memory_book import MaterialMemory
from ledger.materials.state.records import Lot
from schemas.ids import LotId, StatementId


class Past(NamedTuple):
    """A lot as it stood at a size, with the book that its closure gives."""

    lot: Lot
    book: MaterialMemory

    def ancestry(self) -> Ancestry:
        """Return the lots and runs that its metal came through, as known then."""
        return trace(self.lot, self.book)


def lot_at(name: LotId, size: int, book: Archive) -> Past | None:
    """Return a lot as it stood when the tree had ``size`` entries, ``None`` where it was not there yet.

    The closure is folded once, and twice more for each correction in it, to see whether
    that one changed the lot.
    """
    closure = gather((name,), book.history, size)
    folded = refold(closure, book, size).book
    lot = folded.lots.get(name)
    if lot is None:
        return None
    changes, late = _changes(closure, book), _late(closure)
    marks = tuple(
        statement
        for index, statement in sorted((late | changes).items())
        if index < size
        and (index in changes or _used_before(name, index, closure))
        and _changed(name, index, closure, book)
    )
    return Past(lot._replace(corrections=marks), folded)


def book_at(names: Iterable[LotId], size: int, book: Archive) -> MaterialMemory:
    """Return the book of all that lots go back to, and nothing else, when the tree had ``size`` entries."""
    return refold(gather(names, book.history, size), book, size).book


def _changes(closure: Closure, book: Archive) -> dict[int, StatementId]:
    """Return the entries that may have changed a lot's past, with their statements.

    Beside corrections these are entries that undid draws of credit.
    """
    found: dict[int, StatementId] = {}
    for site in {logged.issuer for logged in closure.logged_events.values()}:
        for voids in book.account_of(site).voided.values():
            found.update({void.index: void.statement for void in voids})
    found.update({logged.index: logged.statement for logged, _ in closure.corrections()})
    return found


def _late(closure: Closure) -> dict[int, StatementId]:
    """Return the entries that may have counted before the use of a lot, with their statements."""
    taken: set[LotId] = set()
    found: dict[int, StatementId] = {}
    for index, logged in sorted(closure.logged_events.items()):
        for event in logged.event.stands():
            taken.update(event.input_lots())
            if event.precedes_use and not event.created_lots() and not taken.isdisjoint(event.named_lots()):
                found[index] = logged.statement
    return found


def _until(index: int, closure: Closure) -> Closure:
    entries = {at: logged for at, logged in closure.logged_events.items() if at <= index}
    return Closure(closure.lots, closure.reached, entries)


def _used_before(name: LotId, index: int, closure: Closure) -> bool:
    """Say whether the entry at ``index`` counted before a use, and may so have changed the lot."""
    turns = order_of(_until(index, closure), index + 1)
    used = frozenset(lot for turn in turns if turn.index == index and turn.by is not None for lot in turn.lots)
    return bool(used) and (name in used or name not in closure.logged_events[index].event.named_lots())


def _changed(name: LotId, index: int, closure: Closure, book: Archive) -> bool:
    """Say whether the entry at ``index`` changed what is answered about the lot."""
    until_then = _until(index, closure)
    before, after = refold(until_then, book, index).book, refold(until_then, book, index + 1).book
    return name in answered_otherwise(before, after, (name,))
