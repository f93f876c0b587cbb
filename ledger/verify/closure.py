"""What belongs to a lot's closure: its ancestors, and the entries that name one of them.

Invariants: the ancestors are closed, every input of a run that made one is one, in
every version that a correction gave it; the walk visits each lot once, so a circle made
by hand ends as well.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from enum import Enum
from typing import NamedTuple

from ledger.admission.statements import Statement
from ledger.materials.history.closure import Closure, gather
from ledger.materials.state.book import LoggedEvent
from schemas.events import Event, speaks_of_materials
from schemas.ids import LotId, StatementId


class Part(Enum):
    """What an entry is to the closure of a lot."""

    PARTY = "party"
    """It says who may sign, or by which rules."""
    MATERIAL = "material"
    """It names lots of the closure: replayed, for those."""
    NONE = "none"
    """It names no lot of the closure."""


class LotClosure(NamedTuple):
    """The lot and its ancestors, and the entries that concern them."""

    lots: frozenset[LotId]
    missing: tuple[tuple[LotId, int | None], ...]
    """Lots without an entry that creates them, each with the entry of a run that takes it."""
    entries: frozenset[int]
    """Indexes of the entries about materials that belong to it."""


def close(lot: LotId, statements: Mapping[int, Statement]) -> LotClosure:
    """Return the closure of a lot within the statements given by entry index."""
    history = FileHistory(statements)
    gathered = gather((lot,), history, max(statements, default=0) + 1)
    makers = {name for logged in gathered.logged_events.values() for name in logged.event.created_lots()}
    missing = tuple((name, _taker(name, gathered)) for name in sorted(gathered.lots - makers))
    said = {logged.statement for logged in gathered.logged_events.values()}
    words = {index for index, statement in statements.items() if _speaks_of(statement.event, said)}
    return LotClosure(gathered.lots, missing, frozenset(gathered.logged_events) | words)


def _speaks_of(event: Event, statements: Container[StatementId]) -> bool:
    """Say whether an event is a certifier's word on findings on one of the statements."""
    return not event.corrects() and any(statement in statements for statement in event.about())


def part_of(index: int, event: Event, closure: LotClosure) -> Part:
    """Return what an entry is to a closure."""
    if not speaks_of_materials(event):
        return Part.PARTY
    is_part = index in closure.entries or not closure.lots.isdisjoint(event.named_lots())
    return Part.MATERIAL if is_part else Part.NONE


def _taker(lot: LotId, gathered: Closure) -> int | None:
    """Return the first entry whose run takes a lot to make one of the closure."""
    for index in sorted(gathered.logged_events):
        for event in gathered.logged_events[index].event.stands():
            if lot in event.input_lots() and not gathered.lots.isdisjoint(event.created_lots()):
                return index
    return None


class FileHistory:
    """The statements of a file as a history."""

    def __init__(self, statements: Mapping[int, Statement]) -> None:
        """Index the statements by id and by the lots that they name."""
        self._logged_events: dict[int, LoggedEvent] = {}
        self._indexes: dict[StatementId, int] = {}
        self._naming: dict[LotId, set[int]] = {}
        for index in sorted(statements):
            statement = statements[index]
            event = statement.event
            if not speaks_of_materials(event):
                continue
            self._logged_events[index] = LoggedEvent(
                index=index,
                statement=statement.id,
                issuer=statement.header.issuer,
                occurred_at=statement.header.occurred_at,
                event=event,
                rules=statement.rules,
            )
            self._indexes.setdefault(statement.id, index)
            self._name(index, event.named_lots())
            if event.lifts_return():
                self._name(index, (lot for of in event.about() for lot in self._made_by(of)))
        versions: dict[StatementId, set[LotId]] = {}
        for logged in self._logged_events.values():
            for of, _, replacement, _ in logged.event.repairs():
                target = self.logged_of(of)
                known = versions.setdefault(of, set(target.event.named_lots())) if target else set[LotId]()
                known.update(replacement.named_lots() if replacement is not None else ())
                self._name(logged.index, known)

    def indexes(self) -> list[int]:
        """Return the indexes of all entries about materials, ascending."""
        return sorted(self._logged_events)

    def naming(self, lots: Iterable[LotId]) -> list[int]:
        """Return the indexes of the entries that name one of the lots, ascending."""
        return sorted({index for lot in lots for index in self._naming.get(lot, ())})

    def logged_events(self, indexes: Iterable[int]) -> list[LoggedEvent]:
        """Return the entries of these indexes, ascending."""
        return [self._logged_events[index] for index in sorted(indexes)]

    def logged_of(self, statement: StatementId) -> LoggedEvent | None:
        """Return the entry of a statement."""
        index = self._indexes.get(statement)
        return None if index is None else self._logged_events[index]

    def _made_by(self, statement: StatementId) -> tuple[LotId, ...]:
        logged = self.logged_of(statement)
        return () if logged is None else logged.event.created_lots()

    def _name(self, index: int, lots: Iterable[LotId]) -> None:
        for lot in lots:
            self._naming.setdefault(lot, set()).add(index)
