"""In which order the entries of a closure are folded: their own, but for words that came after the use of a lot.

1. An intake whose lot a run takes that was entered before it comes just before the
   earliest such run. Only corrections make such runs.
2. An assay by the park of a lot that a run took already, and that never left the park,
   comes as far as this lot is concerned just before the earliest run that took it, and
   counts by the end of that run. Of its other lots it keeps its place.

Invariant: it follows from the entries that name a lot alone, which every closure of the
lot holds; so bundle, export and ledger fold in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ledger.materials.history.closure import Closure
from ledger.materials.state.book import LoggedEvent
from schemas.events import MaterialEvent
from schemas.ids import LotId, PartyId

Versions = tuple[MaterialEvent | None, ...]
"""All that an entry ever said, the one that stands last; ``None`` of what counts no more."""


class Turn(NamedTuple):
    """That an entry is folded as far as ``lots`` are concerned; what it moves counts at the latest at ``by``."""

    index: int  # type: ignore[assignment]
    lots: frozenset[LotId]
    by: str | None = None


class _Known(NamedTuple):
    """What the entries so far say of lots: which are there, who made them, which run took one first, what was sent."""

    there: set[LotId]
    park: dict[LotId, PartyId]
    taken: dict[LotId, tuple[int, str]]
    sent: set[LotId]

    def note(self, logged: LoggedEvent, versions: Versions) -> None:
        """Add an entry."""
        for version in versions:
            for lot in version.created_lots() if version is not None else ():
                self.park.setdefault(lot, logged.issuer)
        event = versions[-1]
        if event is None:
            return
        self.there.update(event.created_lots())
        for lot in self.there.intersection(_taken_by(event)):
            self.taken.setdefault(lot, (logged.index, event.moved_at(logged.occurred_at)))
        if event.named_shipments():
            self.sent.update(event.named_lots())

    def used_by_its_park(self, lot: LotId, logged: LoggedEvent) -> bool:
        """Say whether who speaks made a lot, used it before and never handed it on."""
        return lot in self.taken and lot not in self.sent and self.park.get(lot) == logged.issuer


def turns_of(
    closure: Closure, versions_of: Callable[[LoggedEvent], Versions], stop: int, *, as_entered: bool = False
) -> list[Turn]:
    """Return the turns of the entries before an index, without corrections.

    Args:
        closure: the entries.
        versions_of: returns all that an entry ever said.
        stop: the first entry that is not folded.
        as_entered: whether each keeps its own place.
    """
    entries = [
        logged
        for index, logged in sorted(closure.logged_events.items())
        if index < stop and not logged.event.corrects()
    ]
    if as_entered:
        return [Turn(logged.index, closure.lots) for logged in entries]
    # A batch is there before all that is made of it.
    batches = {lot for logged in entries for lot in _entered_lots(versions_of(logged))}
    known, own = _Known(batches, {}, {}, set()), list[Turn]()
    ahead: dict[int, list[Turn]] = {}
    first_use = _first_uses(entries, versions_of)
    for logged in entries:
        versions = versions_of(logged)
        known.note(logged, versions)
        place, lots = logged.index, closure.lots
        for lot in _entered_lots(versions):
            place = min(place, first_use.get(lot, place))
        for run, turn in _early(logged, versions[-1], closure.lots, known):
            ahead.setdefault(run, []).append(turn)
            lots = lots - turn.lots
        if place < logged.index:
            ahead.setdefault(place, []).append(Turn(logged.index, lots))
        else:
            own.append(Turn(logged.index, lots))
    return [turn for one in own for turn in (*ahead.get(one.index, ()), one)]


def _first_uses(entries: list[LoggedEvent], versions_of: Callable[[LoggedEvent], Versions]) -> dict[LotId, int]:
    first: dict[LotId, int] = {}
    for logged in entries:
        event = versions_of(logged)[-1]
        for lot in _taken_by(event):
            first.setdefault(lot, logged.index)
    return first


def _taken_by(event: MaterialEvent | None) -> tuple[LotId, ...]:
    """Return the lots that a run takes."""
    return event.input_lots() if event is not None and event.named_runs() else ()


def _entered_lots(versions: Versions) -> tuple[LotId, ...]:
    """Return the lot of an intake, also where it counts no more; what came back is there only once its lot had left."""
    first, last = versions[0], versions[-1]
    if last is not None and last.input_lots():
        return ()
    return first.created_lots() if first is not None and first.precedes_use else ()


def _early(
    logged: LoggedEvent, event: MaterialEvent | None, lots: frozenset[LotId], known: _Known
) -> Iterator[tuple[int, Turn]]:
    """Yield the early turns of an assay, each with the run before which it comes."""
    if event is None or not event.precedes_use or event.created_lots():
        return
    runs: dict[tuple[int, str], list[LotId]] = {}
    for lot in event.named_lots():
        if lot in lots and known.used_by_its_park(lot, logged):
            runs.setdefault(known.taken[lot], []).append(lot)
    for (run, ended_at), names in runs.items():
        yield run, Turn(logged.index, frozenset(names), ended_at)
