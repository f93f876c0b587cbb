"""The closure of lots: every entry that has to be folded to know what they hold.

A lot's closure goes back through the runs that made it to the intakes, and, where it is
wanted, on to all that was made of it. It is taken from the events alone, each in every
version that it ever had, so it is the same whatever stands now.

Invariants: nothing leads out of it: every input of a run that makes a lot of it is in it,
as is every lot that was counted together with one, and every output of the run that
made an assayed one (an assay may draw on that run's loss), or of a run that was corrected
(a correction may move metal between them, with the holds on it). Where a lot was held or
disputed that metal may have come out of, the outputs of a corrected run are also in the
closure of what it takes (:mod:`ledger.materials.history.corrected_together`). Each lot is
visited once or twice, so a circle made by hand ends as well.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from ledger.materials.history.corrected_together import Together
from ledger.materials.state.book import History, LoggedEvent
from schemas.correction import Repair
from schemas.events import MaterialEvent
from schemas.ids import LotId, StatementId


class Closure(NamedTuple):
    """What was gathered: the lots, of them those that the seeds reached, and the entries by index."""

    lots: frozenset[LotId]
    reached: frozenset[LotId]
    logged_events: dict[int, LoggedEvent]

    def corrections(self) -> Iterator[tuple[LoggedEvent, Repair]]:
        """Yield the corrections, oldest first, with each statement that they correct."""
        for index in sorted(self.logged_events):
            logged = self.logged_events[index]
            for repair in logged.event.repairs():
                yield logged, repair


def last_repairs(logged_events: Iterable[LoggedEvent]) -> dict[StatementId, Repair]:
    """Return what the last correction says of each corrected statement."""
    ordered = sorted(logged_events, key=lambda logged: logged.index)
    return {repair.statement: repair for logged in ordered for repair in logged.event.repairs()}


def last_versions(logged_events: Iterable[LoggedEvent]) -> dict[StatementId, MaterialEvent | None]:
    """Return what stands in place of each corrected statement, ``None`` where it counts no more."""
    return {of: repair.replacement for of, repair in last_repairs(logged_events).items()}


def repaired(logged: LoggedEvent, repair: Repair | None) -> LoggedEvent | None:
    """Return a statement as its last correction leaves it, at the time when it counts; ``None``: it counts no more."""
    if repair is None:
        return logged
    if repair.replacement is None:
        return None
    return logged._replace(event=repair.replacement, occurred_at=repair.occurred_at or logged.occurred_at)


def gather(
    seeds: Iterable[LotId],
    history: History,
    before: int,
    *,
    onward: bool = False,
    within: Container[LotId] | None = None,
    extra: Iterable[LoggedEvent] = (),
) -> Closure:
    """Return the closure of lots by the entries before an index.

    Args:
        seeds: where to begin.
        history: where the entries are.
        before: the tree size at which the closure is taken.
        onward: whether to follow the lots to all that was made of them.
        within: where given, no lot outside is looked at.
        extra: entries that are not in the history yet.
    """
    return _Gathering(history, before, within, tuple(extra), onward=onward).run(tuple(seeds))


class _Gathering:
    """One walk over the graph of lots, level by level."""

    def __init__(
        self,
        history: History,
        before: int,
        within: Container[LotId] | None,
        extra: tuple[LoggedEvent, ...],
        *,
        onward: bool,
    ) -> None:
        self._history = history
        self._before = before
        self._within = within
        self._extra = extra
        self._together = Together(history, before, extra)
        self._onward = onward
        self._lots: dict[LotId, None] = {}
        self._reached: set[LotId] = set()
        self._logged_events: dict[int, LoggedEvent] = {}
        self._naming: dict[LotId, list[MaterialEvent]] = {}
        self._corrected: dict[LotId, list[StatementId]] = {}
        self._makers: dict[LotId, list[StatementId]] = {}
        self._takers: dict[LotId, list[StatementId]] = {}
        self._made: dict[StatementId, dict[LotId, None]] = {}
        self._repaired: set[StatementId] = set()
        self._frontier: set[LotId] = set()

    def run(self, seeds: tuple[LotId, ...]) -> Closure:
        """Gather until no lot leads to another."""
        for logged in self._extra:
            self._add_logged(logged)
        self._add_lots(seeds, is_reached=True)
        while self._frontier:
            frontier, self._frontier = self._frontier, set()
            self._load(frontier)
            for lot in frontier:
                self._expand(lot)
        return Closure(frozenset(self._lots), frozenset(self._reached), self._logged_events)

    def _load(self, lots: set[LotId]) -> None:
        wanted = [
            index for index in self._history.naming(lots) if index < self._before and index not in self._logged_events
        ]
        for logged in self._history.logged_events(wanted):
            self._add_logged(logged)

    def _add_logged(self, logged: LoggedEvent) -> None:
        self._logged_events[logged.index] = logged
        if not logged.event.corrects():
            self._note_made(logged.statement, logged.event)
        for repair in logged.event.repairs():
            self._repaired.add(repair.statement)
            if repair.replacement is not None:
                self._note_made(repair.statement, repair.replacement)
            # What it corrects may name none of these lots, and yet stand in the way of them.
            for lot in repair.replacement.named_lots() if repair.replacement is not None else ():
                self._corrected.setdefault(lot, []).append(repair.statement)
        for event in logged.event.stands():
            for lot in event.named_lots():
                self._naming.setdefault(lot, []).append(event)
                if lot in self._lots:
                    # It was looked at before this entry was known.
                    self._frontier.add(lot)

    def _note_made(self, statement: StatementId, event: MaterialEvent) -> None:
        for lot in event.created_lots():
            self._makers.setdefault(lot, []).append(statement)
            self._made.setdefault(statement, {})[lot] = None
        for lot in event.input_lots():
            self._takers.setdefault(lot, []).append(statement)

    def _add_lots(self, lots: Iterable[LotId], *, is_reached: bool) -> None:
        for lot in lots:
            if self._within is not None and lot not in self._within:
                continue
            is_new = lot not in self._lots
            if is_reached and lot not in self._reached:
                self._reached.add(lot)
                is_new = True
            if is_new:
                self._lots[lot] = None
                self._frontier.add(lot)

    def _join_outputs(self, lot: LotId) -> None:
        """Add what else a corrected run made, in any version; of a run that took the lot, where it was stopped."""
        for maker in self._makers.get(lot, ()):
            if maker in self._repaired:
                self._add_lots(self._made[maker], is_reached=False)
        for taker in self._takers.get(lot, ()):
            if taker in self._repaired and self._together.stopped_by(self._made[taker]):
                self._add_lots(self._made[taker], is_reached=False)

    def _expand(self, lot: LotId) -> None:
        is_reached = lot in self._reached
        for corrected in self._corrected.get(lot, ()):
            target = self._history.logged_of(corrected)
            if target is not None and target.index not in self._logged_events:
                self._add_logged(target)
        self._join_outputs(lot)
        events = self._naming.get(lot, ())
        reaches_run = any(event.reaches_run for event in events)
        for event in events:
            self._add_lots(event.joined_lots(), is_reached=is_reached)
            inputs = event.input_lots()
            if not inputs:
                continue
            made = event.created_lots()
            if lot in made:
                self._add_lots(inputs, is_reached=False)
                if reaches_run:
                    self._add_lots(made, is_reached=is_reached)
            elif lot in inputs and is_reached and self._onward:
                self._add_lots(made, is_reached=True)
