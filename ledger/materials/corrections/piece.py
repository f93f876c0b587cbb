"""What one correction puts right in one piece: its statements, each with what stands instead.

Invariant: each replacement is looked at on the place of its own statement, and there all the
others of the piece stand already; what is only possible together is possible.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from ledger.materials.corrections.refold import fold_by_entry, order_of
from ledger.materials.history.closure import gather
from ledger.materials.moves.parting import parting_of
from ledger.materials.state.book import LoggedEvent, MaterialBook
from ledger.materials.state.layer import Layer
from ledger.materials.state.records import Lot, Shipment
from schemas.correction import Correctable
from schemas.ids import LotId, RunId, ShipmentId


class Wrong(NamedTuple):
    """A statement that is corrected.

    ``versions`` are all that it said so far, the one that stands last, and ``times`` when each
    counted; ``said`` is what stands from now on, at ``at``. ``None`` is of what counts no more.
    """

    logged: LoggedEvent
    versions: tuple[Correctable | None, ...]
    times: tuple[str, ...]
    said: Correctable | None
    at: str

    @property
    def standing(self) -> Correctable | None:
        """What the statement says so far, ``None`` where it counts no more."""
        return self.versions[-1]

    @property
    def moved_at(self) -> str:
        """When what it said last counted, also where that counts no more."""
        versions = zip(reversed(self.versions), reversed(self.times), strict=True)
        return next(version.moved_at(at) for version, at in versions if version is not None)

    @property
    def identity(self) -> tuple[str, ...]:
        """The id that it speaks under: of what it said last, also where that counts no more."""
        return next(version.identity() for version in reversed(self.versions) if version is not None)

    @property
    def identity_now(self) -> tuple[str, ...]:
        """The id that it speaks under from now on."""
        return self.identity if self.said is None else self.said.identity()

    @property
    def named(self) -> set[LotId]:
        """The lots that any version so far names."""
        return {lot for version in self.versions if version is not None for lot in version.named_lots()}

    @property
    def created(self) -> set[LotId]:
        """The lots that any version so far creates."""
        return {lot for version in self.versions if version is not None for lot in version.created_lots()}

    @property
    def brought(self) -> frozenset[LotId]:
        """The lots that no version named before, and that it does not make."""
        if self.said is None:
            return frozenset()
        return frozenset(self.said.named_lots()).difference(self.said.created_lots(), self.named)


class Stood(NamedTuple):
    """Lots and shipments as they stood at a place."""

    lots: dict[LotId, Lot]
    shipments: dict[ShipmentId, Shipment]


class Piece:
    """The statements of one correction, in its order, and the state before it."""

    def __init__(self, wrongs: Iterable[Wrong], this: LoggedEvent, layer: Layer) -> None:
        """Take up a correction.

        Args:
            wrongs: the statements that it corrects.
            this: the correction as the entry that it becomes.
            layer: the state before it; what the wrong versions used up is free in it.
        """
        self.wrongs = tuple(wrongs)
        self.this = this
        self.layer = layer
        self.made_at: dict[LotId, int] = {}
        """Which entry makes a lot from now on, of the lots that the replacements make."""
        for wrong in self.wrongs:
            for lot in wrong.said.created_lots() if wrong.said is not None else ():
                self.made_at.setdefault(lot, wrong.logged.index)

    @cached_property
    def named(self) -> set[LotId]:
        """All lots that any version names."""
        return {lot for wrong in self.wrongs for lot in wrong.named}.union(self.this.event.named_lots())

    @cached_property
    def runs(self) -> frozenset[RunId]:
        """The runs that any version speaks of, and the partings."""
        said = [event for wrong in self.wrongs for event in (*wrong.versions, wrong.said) if event is not None]
        partings = (parting_of(lot) for event in said for lot in event.parted_lots())
        return frozenset((*partings, *(run for event in said for run in event.named_runs())))

    @cached_property
    def made(self) -> frozenset[LotId]:
        """Lots that a statement of the piece makes so far."""
        places = {wrong.logged.index for wrong in self.wrongs}
        return frozenset(
            lot for lot in self.named if (known := self.layer.book.lots.get(lot)) and known.created in places
        )

    @cached_property
    def exchanges_runs(self) -> bool:
        """Whether runs change places among themselves: late ones are entered anew where they belong.

        In part of the ledger not all of them are known, and nothing is asked.
        """
        if self.layer.scope is not None:
            return True
        runs = [wrong for wrong in self.wrongs if wrong.logged.event.named_runs()]
        return sorted(wrong.identity for wrong in runs) == sorted(wrong.identity_now for wrong in runs)

    def stood_before(self, wrong: Wrong) -> Stood:
        """Return the lots that a replacement brings in, and its shipment, as they stood just before the statement."""
        return self._stood.get(wrong.logged.index) or Stood({}, {})

    @cached_property
    def _stood(self) -> dict[int, Stood]:
        bringing = {wrong.logged.index: wrong for wrong in self.wrongs if wrong.brought}
        lots = sorted({lot for wrong in bringing.values() for lot in wrong.brought})
        if not bringing:
            return {}
        book, index = self.layer.book, self.this.index
        closure = gather(lots, book.history, index, within=self.layer.scope, extra=(self.this,))
        # Of an entry with several turns the last is its own place.
        place = {turn.index: number for number, turn in enumerate(order_of(closure, index + 1))}
        behind = {place[at] - 1: wrong for at, wrong in bringing.items() if place.get(at)}
        stood: dict[int, Stood] = {}
        for number, step in enumerate(fold_by_entry(closure, book, index + 1)):
            if number in behind:
                wrong = behind.pop(number)
                stood[wrong.logged.index] = _looked_at(wrong, step.book)
            if not behind:
                break
        return stood


def _looked_at(wrong: Wrong, book: MaterialBook) -> Stood:
    names = () if wrong.said is None else wrong.said.named_shipments()
    shipments = {name: found for name in names if (found := book.shipments.get(name)) is not None}
    lots = {name: lot for name in wrong.brought if (lot := book.lots.get(name)) is not None}
    return Stood(lots, shipments)
