"""A layer: what an event leaves so far goes before what the book has."""

from __future__ import annotations

from ledger.materials.state.book import Effects
from ledger.materials.state.layer import Layer
from schemas.ids import LotId, RunId
from tests.materials.yard import Yard


def test_a_layer_shows_lots_and_runs_as_the_event_leaves_them() -> None:
    """The book itself stays as it is; what neither has is not there."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000, {"Pb": 600})
    layer = Layer(yard, Effects())
    before = yard.lot("MUN-B-1")
    assert layer.lot(LotId("MUN-B-1")) == before
    layer.effects.lots[LotId("MUN-B-1")] = before._replace(net=400)
    assert layer.lot(LotId("MUN-B-1")) == before._replace(net=400)
    assert yard.lot("MUN-B-1") == before
    assert layer.lot(LotId("MUN-B-2")) is None
    assert layer.run(RunId("MUN-R-1")) is None


def test_a_layer_without_a_scope_knows_every_lot() -> None:
    """With one, only the lots of the scope."""
    yard = Yard()
    assert Layer(yard, Effects()).knows(LotId("MUN-B-1"))
    assert Layer(yard, Effects(), {LotId("MUN-B-1")}).knows(LotId("MUN-B-1"))
    assert not Layer(yard, Effects(), {LotId("MUN-B-1")}).knows(LotId("MUN-B-2"))
