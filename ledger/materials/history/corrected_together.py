"""Lots that corrected runs took and made: between these a correction may have moved metal, step by step.

A run that is said otherwise makes more of one lot and less of another, or leaves metal in
what it took; the run that made that may be corrected as well. Where one of such lots was
held or disputed, whoever wants to know one of them has to know them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger.materials.state.book import History, LoggedEvent
from schemas.events import MaterialEvent
from schemas.ids import LotId, StatementId


class Together:
    """Looks such lots up among the entries before an index, each group once."""

    def __init__(self, history: History, before: int, extra: Iterable[LoggedEvent] = ()) -> None:
        """Begin with nothing.

        Args:
            history: where the entries are.
            before: the first index that does not count.
            extra: entries that are not in the history yet.
        """
        self._history = history
        self._before = before
        self._extra = tuple(extra)
        self._stopped_by: dict[LotId, frozenset[StatementId]] = {}

    def stopped_by(self, lots: Iterable[LotId]) -> frozenset[StatementId]:
        """Return the statements that ever held or disputed one of a corrected run's lots.

        So do those on lots that further corrected runs took or made with one of them.
        """
        names = tuple(lots)
        known = next((name for name in names if name in self._stopped_by), None)
        return self._walk(names) if known is None else self._stopped_by[known]

    def _walk(self, names: tuple[LotId, ...]) -> frozenset[StatementId]:
        group, frontier = set[LotId](), set(names)
        stopped: dict[StatementId, set[LotId]] = {}
        while frontier:
            group |= frontier
            reached = set[LotId]()
            for logged in self._naming(frontier):
                for statement, versions in self._said(logged):
                    stopped.setdefault(statement, set()).update(lot for said in versions for lot in said.stopped_lots())
                    moved = {lot for said in versions for lot in _moved(said)}
                    if logged.event.corrects() and not moved.isdisjoint(frontier):
                        reached |= moved
            frontier = reached - group
        by = frozenset(statement for statement, lots in stopped.items() if not group.isdisjoint(lots))
        self._stopped_by.update(dict.fromkeys(group, by))
        return by

    def _naming(self, lots: set[LotId]) -> list[LoggedEvent]:
        indexes = [index for index in self._history.naming(lots) if index < self._before]
        return [*self._history.logged_events(indexes), *self._extra]

    def _said(self, logged: LoggedEvent) -> Iterator[tuple[StatementId, list[MaterialEvent]]]:
        """Yield what an entry says; of a correction what each statement said, and says instead."""
        if not logged.event.corrects():
            yield logged.statement, [logged.event]
        for repair in logged.event.repairs():
            target = self._history.logged_of(repair.statement)
            versions = (target.event if target is not None else None, repair.replacement)
            yield repair.statement, [event for event in versions if event is not None]


def _moved(event: MaterialEvent) -> tuple[LotId, ...]:
    """Return the lots that a run takes and makes, or that are parted."""
    return (*event.input_lots(), *event.created_lots()) if event.input_lots() else ()
