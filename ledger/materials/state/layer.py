"""A layer: what one event changes, laid over the book that it is said against."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from typing import NamedTuple

from ledger.materials.state.book import Effects, MaterialBook
from ledger.materials.state.citations import LET_GO, Uses
from ledger.materials.state.records import Lot, Run
from schemas.documents import Citation
from schemas.ids import LotId, RunId

Scope = Container[LotId] | None
"""The only lots that are known, where a closure is folded in part; ``None``: all."""

RootOf = Callable[[Iterable[bytes]], str]
"""Returns the RFC 6962 root over leaves, as hex."""


class Layer(NamedTuple):
    """The state before an event, and over it what the event changes so far.

    ``scope`` are the only lots that are known; what an event says of others is neither
    looked at nor done. ``root_of`` is there where trees are known.
    """

    book: MaterialBook
    effects: Effects
    scope: Scope = None
    root_of: RootOf | None = None

    def knows(self, lot: LotId) -> bool:
        """Say whether a lot is one of those that are known."""
        return self.scope is None or lot in self.scope

    def lot(self, name: LotId) -> Lot | None:
        """Return a lot as the event leaves it so far."""
        return self.effects.lots.get(name) or self.book.lots.get(name)

    def uses_of(self, citation: Citation) -> Uses:
        """Return what cites a document or has a number, as the event leaves it so far."""
        uses = self.effects.citations.get(citation) or self.book.citations.get(citation) or LET_GO
        return () if uses == LET_GO else uses

    def run(self, name: RunId) -> Run | None:
        """Return a run as the event leaves it so far."""
        return self.effects.runs.get(name) or self.book.runs.get(name)
