"""All that a site said, as it stands: what the checks over time look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from ledger.materials.history.closure import last_repairs, repaired
from ledger.materials.mass.months import month_of
from ledger.materials.state.book import LoggedEvent, Speaker
from ledger.materials.state.products import Load, Span
from ledger.materials.state.records import Lot, Made, Run, Taken
from schemas.events import MaterialEvent
from schemas.ids import LotId, RunId
from schemas.intake import Intake
from schemas.party import Party
from schemas.rules.version import Rules
from schemas.transformation import Transformation


def _no_lots(_: Iterable[LotId]) -> Mapping[LotId, Lot]:
    """Know no lot."""
    return {}


def _no_sales(_: Iterable[Span]) -> list[Sale]:
    """Know no product."""
    return []


def _no_sendings(_: LotId) -> tuple[Sending, ...]:
    """Know of no lot that was sent."""
    return ()


class Rejection(NamedTuple):
    """A lot that the site rejected: when, and what it weighed there, in mg."""

    lot: LotId
    at: str
    net: int


class Departure(NamedTuple):
    """A lot that the site let leave the ledger: when."""

    lot: LotId
    at: str


class Sale(NamedTuple):
    """A product as its run made it, wherever that was, and the lot as it stands; masses in mg."""

    lot: Lot
    load: Load
    made: Made
    run: Run


class Sending(NamedTuple):
    """That a lot was sent, or left the ledger: by which entry, when."""

    index: int  # type: ignore[assignment]
    at: str


class Said(NamedTuple):
    """One thing that a site said, as it stands."""

    logged: LoggedEvent
    event: MaterialEvent

    @property
    def batch(self) -> Intake | None:
        """The batch that came in, if one did."""
        return self.event if isinstance(self.event, Intake) else None

    @property
    def transformation(self) -> Transformation | None:
        """The run, if it is one."""
        return self.event if isinstance(self.event, Transformation) else None

    def speaker(self, site: Site) -> Speaker:
        """Return who said it, judged by the rules of the question."""
        return Speaker(site.party, self.logged.occurred_at, self.logged.index, self.logged.statement, site.rules)


class Ware(NamedTuple):
    """What a lot was called: material, form, chemistry, and the role in which a run made it."""

    material: str
    form: str | None
    chemistry: str
    role: str | None = None


class Site(NamedTuple):
    """A site with all that it said, in the order of the ledger; ``runs`` finds a run by its id."""

    party: Party
    said: tuple[Said, ...]
    run: Callable[[RunId], Run | None]
    is_lot: Callable[[LotId], bool]
    rules: Rules
    """The version in force at the size for which is asked."""
    lots: Callable[[Iterable[LotId]], Mapping[LotId, Lot]] = _no_lots
    """Finds lots as they stand, by their ids."""
    rejected: tuple[Rejection, ...] = ()
    departed: tuple[Departure, ...] = ()
    counted: tuple[tuple[LotId, str], ...] = ()
    """Lots that the site counted, each with the month."""
    own: tuple[LoggedEvent, ...] = ()
    """All its words as they were entered, corrections among them."""
    sold: Callable[[Iterable[Span]], list[Sale]] = _no_sales
    """Finds products within masses, of whatever site."""
    sendings: Callable[[LotId], tuple[Sending, ...]] = _no_sendings
    """Finds when a lot was sent, oldest first."""

    def intakes(self) -> Iterator[tuple[Said, Intake]]:
        """Yield the batches that came in."""
        return ((said, batch) for said in self.said if (batch := said.batch) is not None)

    def transformations(self) -> Iterator[tuple[Said, Transformation]]:
        """Yield the runs."""
        return ((said, run) for said in self.said if (run := said.transformation) is not None)

    def taken(self, event: Transformation) -> Iterator[tuple[LotId, int]]:
        """Yield the lots that a run took, with the mass that was booked, in mg; as stated where no run is known."""
        run = self.run(event.run)
        parts: tuple[Taken, ...] = run.inputs if run is not None else ()
        if parts:
            return ((part.lot, part.booked) for part in parts)
        return ((line.lot, line.net_kg) for line in event.inputs)

    def wares(self) -> dict[LotId, Ware]:
        """Return what each lot was called that the site took in or made."""
        wares = {event.lot: Ware(event.material, event.form, event.chemistry) for _, event in self.intakes()}
        for _, event in self.transformations():
            kinds = {wares[line.lot].chemistry for line in event.inputs if line.lot in wares}
            chemistry = kinds.pop() if len(kinds) == 1 else "mixed"
            wares.update({made.lot: Ware(made.material, made.form, chemistry, made.role) for made in event.outputs})
        return wares


def as_it_stands(logged_events: Iterable[LoggedEvent]) -> tuple[Said, ...]:
    """Return intakes and runs of one party as its own corrections left them, in the order of the ledger."""
    return tuple(Said(logged, logged.event) for logged in _standing(logged_events) if logged.event.created_lots())


def rejections(logged_events: Iterable[LoggedEvent]) -> tuple[Rejection, ...]:
    """Return the lots that one party rejected, as its own corrections left them, in the order of the ledger."""
    return tuple(
        Rejection(lot, logged.occurred_at, net)
        for logged in _standing(logged_events)
        for lot, net in logged.event.rejected_lots()
    )


def departures(logged_events: Iterable[LoggedEvent]) -> tuple[Departure, ...]:
    """Return the lots that one party let leave the ledger, as its own corrections left them, in the ledger's order."""
    return tuple(
        Departure(lot, logged.occurred_at)
        for logged in _standing(logged_events)
        for lot in logged.event.departed_lots()
    )


def counts(logged_events: Iterable[LoggedEvent], party: Party, rules: Rules) -> tuple[tuple[LotId, str], ...]:
    """Return the lots that one party counted, as its own corrections left them, each with the month."""
    return tuple(
        (lot, month_of(party, logged.occurred_at, rules))
        for logged in _standing(logged_events)
        for lot in logged.event.counted_lots()
    )


def _standing(logged_events: Iterable[LoggedEvent]) -> Iterator[LoggedEvent]:
    own = list(logged_events)
    corrected = last_repairs(own)
    for logged in own:
        stands = repaired(logged, corrected.get(logged.statement))
        if stands is not None and not logged.event.corrects():
            yield stands
