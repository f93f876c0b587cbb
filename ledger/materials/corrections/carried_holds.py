"""Holds and disputes go into every lot to which a correction moves the metal.

Plan:

1. Of a run that is corrected, an output that was made smaller gives to outputs that were made
   larger, and back to lots of which less is taken; a lot of which more is taken gives to the outputs.
2. What came along so goes on where a later run takes more of that lot for it.
3. Each lot that is given metal stands under the holds of who gives; a lot that its receiver
   disputes gives the receiver's word, which holds like a hold until the receiver releases it.

Invariants: an output that is given nothing is not held; what is carried is worked out alike
from the whole ledger and from the closure of the lot that gets it
(:mod:`ledger.materials.history.closure`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from ledger.materials.corrections.refold import Refolded
from ledger.materials.history.closure import Closure, last_repairs, repaired
from ledger.materials.history.corrected_together import Together
from ledger.materials.mass.mix import Mix
from ledger.materials.moves.holds_going_along import holds_going_along
from ledger.materials.state.book import LoggedEvent
from ledger.materials.state.lot_words import HoldMark, shown
from ledger.materials.state.records import Lot, Run
from schemas.ids import LotId, RunId, StatementId


class Coming(NamedTuple):
    """A mark that comes to a lot, and the lot that was held or disputed itself."""

    mark: HoldMark
    source: LotId
    is_dispute: bool = False


Carried = dict[LotId, tuple[Coming, ...]]
"""What comes to lots, each hold once."""

NOTHING: Final[Carried] = {}
"""Where a word carries no hold."""

_Masses = dict[str, int]
"""Net mass and content of a lot as a run takes or makes it, in mg, by ``net`` or metal."""


class _Flow(NamedTuple):
    """From which lot into which a run moves otherwise than before.

    ``is_corrected`` where its own words changed; ``back`` are moves out of its outputs, into what it took.
    """

    moves: tuple[tuple[LotId, LotId], ...]
    is_corrected: bool = False
    back: tuple[tuple[LotId, LotId], ...] = ()


def carry_holds(
    before: Refolded,
    after: Refolded,
    closure: Closure,
    corrected: Collection[RunId],
    *,
    by: StatementId,
    together: Together,
) -> Carried:
    """Return the holds that a correction carries to lots.

    Args:
        before: the closure folded without the correction.
        after: the closure folded with it.
        closure: its entries.
        corrected: the runs of which a statement is corrected.
        by: the correction.
        together: which lots corrected runs took and made, the correction among their entries.
    """
    flows = list(_flows(before, after, corrected))
    own, come = _Own(before, closure, by), Carried()
    is_done = not flows
    while not is_done:
        is_done = True
        for flow in flows:
            for source, target in (*flow.moves, *flow.back):
                coming: tuple[Coming, ...] = (*(own.marks(source) if flow.is_corrected else ()), *come.get(source, ()))
                if coming and (source, target) in flow.back:
                    coming = tuple(one for one in coming if one.mark.statement in together.stopped_by((source,)))
                if fresh := _fresh(coming, target, before, come):
                    come[target] = (*come.get(target, ()), *fresh)
                    is_done = False
    # In one order, whatever else is known beside.
    return {lot: tuple(sorted(found, key=lambda one: one.mark.statement)) for lot, found in come.items()}


def moved_among_outputs(before: Refolded, after: Refolded, corrected: Collection[RunId]) -> list[tuple[LotId, LotId]]:
    """Return from which output into which corrected runs move metal."""
    moved: list[tuple[LotId, LotId]] = []
    for name in sorted(corrected):
        was, now = before.book.runs.get(name), after.book.runs.get(name)
        moved += _shared(_grown(_made(now), _made(was)), _grown(_made(was), _made(now)))
    return moved


class _Own:
    """The marks that lots stand under themselves before the correction."""

    def __init__(self, before: Refolded, closure: Closure, by: StatementId) -> None:
        self._lots = before.book.lots
        self._closure = closure
        self._by = by
        self._known: dict[LotId, tuple[Coming, ...]] = {}

    def marks(self, name: LotId) -> tuple[Coming, ...]:
        """Return what goes along with metal of a lot."""
        if name not in self._known:
            self._known[name] = () if (lot := self._lots.get(name)) is None else tuple(self._of(lot))
        return self._known[name]

    def _of(self, lot: Lot) -> Iterator[Coming]:
        yield from (Coming(mark, lot.id) for mark in holds_going_along(lot, self._by))
        dispute = self._dispute(lot) if lot.status == "disputed" else None
        if dispute is not None:
            mark = HoldMark(dispute.statement, dispute.issuer, dispute.occurred_at, by_certifier=False, via=self._by)
            yield Coming(mark, lot.id, is_dispute=True)

    def _dispute(self, lot: Lot) -> LoggedEvent | None:
        """Return the receiver's word that disputes a lot, as it stood before the correction."""
        entries = [logged for logged in self._closure.logged_events.values() if logged.statement != self._by]
        repairs = last_repairs(entries)
        standing = [repaired(logged, repairs.get(logged.statement)) for logged in entries]
        words = [logged for logged in standing if logged is not None and lot.id in logged.event.disputed_lots()]
        return max(words, key=lambda logged: logged.index, default=None)


def _fresh(coming: Iterable[Coming], target: LotId, before: Refolded, come: Carried) -> list[Coming]:
    """Return what a lot does not stand under yet, each hold once."""
    lot = before.book.lots.get(target)
    standing = {hold.statement for hold in shown(lot.holds)} if lot is not None else set[StatementId]()
    standing.update(one.mark.statement for one in come.get(target, ()))
    return list({one.mark.statement: one for one in coming if one.mark.statement not in standing}.values())


def _flows(before: Refolded, after: Refolded, corrected: Collection[RunId]) -> Iterator[_Flow]:
    for name in sorted(before.book.runs.keys() | after.book.runs.keys()):
        was, now = before.book.runs.get(name), after.book.runs.get(name)
        if was == now:
            continue
        more = tuple(_along_more(was, now))
        if name in corrected:
            shrunk = _grown(_made(now), _made(was))
            among = _shared(shrunk, _grown(_made(was), _made(now)))
            back = _shared(shrunk, _grown(_taken(now), _taken(was)))
            yield _Flow((*more, *among), is_corrected=True, back=tuple(back))
        elif more:
            yield _Flow(more)


def _shared(lost: Mapping[LotId, set[str]], got: Mapping[LotId, set[str]]) -> Iterator[tuple[LotId, LotId]]:
    """Yield each lot that lost mass with each that got of the same."""
    return ((source, target) for source, less in lost.items() for target, more in got.items() if less & more)


def _along_more(was: Run | None, now: Run | None) -> Iterator[tuple[LotId, LotId]]:
    """Yield each lot of which more is taken with each output that such metal is in."""
    made, grown = _made(now), _grown(_made(was), _made(now))
    for source, more in _grown(_taken(was), _taken(now)).items():
        metals = more - {_NET}
        for target, masses in made.items():
            if (masses.keys() & metals) if metals else target in grown or target not in _made(was):
                yield source, target


_NET = "net"


def _grown(was: Mapping[LotId, _Masses], now: Mapping[LotId, _Masses]) -> dict[LotId, set[str]]:
    """Return of each lot what there is more of: its net mass, a metal."""
    grown: dict[LotId, set[str]] = {}
    for lot, masses in now.items():
        earlier = was.get(lot, {})
        if more := {name for name, mass in masses.items() if mass > earlier.get(name, 0)}:
            grown[lot] = more
    return grown


def _made(run: Run | None) -> dict[LotId, _Masses]:
    return {} if run is None else {made.lot: _masses(made.net, made.mix) for made in run.outputs}


def _taken(run: Run | None) -> dict[LotId, _Masses]:
    taken: dict[LotId, _Masses] = {}
    for part in run.inputs if run is not None else ():
        masses = taken.setdefault(part.lot, {})
        for name, mass in _masses(part.booked, part.mix).items():
            masses[name] = masses.get(name, 0) + mass
    return taken


def _masses(net: int, mix: Mix) -> _Masses:
    masses: _Masses = {_NET: net}
    masses.update((metal, sum(split)) for metal, split in mix.items())
    return masses
