"""On what ground an event is checked: what of it is looked at, and where that stands.

A kind demands its rules once, in terms of these questions. Here is the ground of an event
that is said for the first time, in the whole ledger or in the part that a layer knows. A
replacement stands on the place of the statement that it corrects
(:mod:`ledger.materials.corrections.replacement`).
"""

from __future__ import annotations

from collections.abc import Iterable

from ledger.materials.state.book import Lookup, MaterialBook
from ledger.materials.state.layer import Layer
from ledger.materials.state.records import Lot, Run, Shipment
from schemas.events import MaterialEvent
from schemas.findings import Finding
from schemas.ids import LotId, RunId, ShipmentId


class Ground:
    """The ground of an event that is said for the first time: all of it is new, and all is looked at."""

    def __init__(self, layer: Layer) -> None:
        """Stand on the state before an entry.

        Args:
            layer: the book before the entry that is judged, with what the entry changes.
        """
        self.layer = layer

    @property
    def book(self) -> MaterialBook:
        """The book before the entry that is judged."""
        return self.layer.book

    @property
    def lots(self) -> Lookup[LotId, Lot]:
        """Lots as the event finds them."""
        return self.layer.book.lots

    @property
    def shipments(self) -> Lookup[ShipmentId, Shipment]:
        """Shipments as the event finds them, of the lots that are looked at."""
        return self.layer.book.shipments

    @property
    def takings_stand(self) -> bool:
        """Whether what is taken or drawn stands already: what it lacks is not refused but found or undone."""
        return False

    def knows(self, lot: LotId) -> bool:
        """Say whether a lot is one of those that are known."""
        return self.layer.knows(lot)

    def looks_at(self, lot: LotId) -> bool:
        """Say whether it must be seen that the event may name a lot; else it was seen before, or is not known."""
        return self.layer.knows(lot)

    def is_own(self, record: str) -> bool:  # noqa: ARG002
        """Say whether an earlier version of the statement has this id: its run or shipment."""
        return False

    def made(self, lot: LotId) -> bool:  # noqa: ARG002
        """Say whether an earlier version of the statement made a lot."""
        return False

    def is_dated_anew(self, event: MaterialEvent) -> bool:  # noqa: ARG002
        """Say whether its time has to fit all that it takes; else it did when it was said before."""
        return True

    def run(self, name: RunId) -> Run | None:
        """Return what a run of the event took and made, ``None`` where none of its lots are known."""
        return self.layer.effects.runs.get(name)

    def findings(self) -> Iterable[Finding]:
        """Return what was odd on the way when the event was applied."""
        return self.layer.effects.findings
