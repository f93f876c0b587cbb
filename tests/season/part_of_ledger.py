"""A part of a ledger judged by itself, as a bundle of one lot is: its closure, and the words on it."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.materials.history.closure import gather
from ledger.materials.judging import judge_material
from ledger.materials.state.book import LoggedEvent, Speaker
from ledger.materials.state.memory_book import MaterialMemory
from ledger.materials.state.stamping import UPCOMING
from schemas.attestation import Attestation
from schemas.ids import LotId, StatementId
from schemas.versions import VERSION_1
from tests.world.folding import Fold


class _Part:
    """The entries of a part, as a history."""

    def __init__(self) -> None:
        self._logged: dict[int, LoggedEvent] = {}
        self._naming: dict[LotId, set[int]] = {}

    def note(self, logged: LoggedEvent, lots: Iterable[LotId]) -> None:
        self._logged[logged.index] = logged
        for lot in lots:
            self._naming.setdefault(lot, set()).add(logged.index)

    def naming(self, lots: Iterable[LotId]) -> list[int]:
        return sorted({index for lot in lots for index in self._naming.get(lot, ())})

    def logged_events(self, indexes: Iterable[int]) -> list[LoggedEvent]:
        return [self._logged[index] for index in sorted(indexes) if index in self._logged]

    def logged_of(self, statement: StatementId) -> LoggedEvent | None:
        return next((logged for logged in self._logged.values() if logged.statement == statement), None)


def part_about(lot: LotId, fold: Fold) -> MaterialMemory:
    """Return the book of what a bundle of a lot would hold, judged entry by entry for that part alone."""
    closure = gather((lot,), fold.history, fold.index)
    statements = {logged.statement for logged in closure.logged_events.values()}
    everything = fold.past.logged_events(fold.past.indexes())
    words = [row for row in everything if isinstance(row.event, Attestation) and row.event.statement in statements]
    entries = closure.logged_events | {logged.index: logged for logged in words}
    history = _Part()
    book = MaterialMemory(history)
    book.parties.update(fold.parties)
    for index in sorted(entries):
        logged = entries[index]
        issuer = fold.parties[logged.issuer]
        speaker = Speaker(issuer, logged.occurred_at, UPCOMING, logged.statement, VERSION_1)
        effects = judge_material(logged.event, speaker, book, closure.lots).entered_at(index)
        book.let_in(effects, index)
        history.note(logged, (*logged.event.named_lots(), *effects.mentions))
    return book
