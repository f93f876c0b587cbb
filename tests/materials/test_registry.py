"""The list of kinds of events: it holds every kind, and none of them refuses to be applied."""

from __future__ import annotations

from typing import get_args

import pytest

from ledger.materials.events.kind import CorrectableKind, no_supply
from ledger.materials.mass.mix import Mix
from ledger.materials.registry import KINDS, correctable_kind_of, fold, kind_of
from ledger.materials.state.book import Effects, Speaker
from ledger.materials.state.layer import Layer
from ledger.materials.state.lot_words import HoldMark
from ledger.materials.state.memory_book import MaterialMemory
from ledger.materials.state.pool import Stated
from ledger.materials.state.records import Lot, Mark, Shipment
from schemas.correction import Correctable
from schemas.events import MaterialEvent
from schemas.ids import LotId, PartyId, RunId, ShipmentId, StatementId
from schemas.party import Party
from schemas.versions import VERSION_1
from tests.schemas.samples import AT, HASH, SAMPLES, changed, read

PARTIES = ("genesis", "participant", "key-add", "key-revoke", "rules")
NAMES = [name for name in SAMPLES if name not in PARTIES]
LEAD: Mix = {"Pb": (5, 0, 0, 1, 0, 0, 3)}


def test_every_kind_of_event_stands_in_the_list_once() -> None:
    """The union that is read, and the list that is judged by, hold the same."""
    assert [kind.schema for kind in KINDS] == list(dict.fromkeys(kind.schema for kind in KINDS))
    assert {kind.schema for kind in KINDS} == set(get_args(MaterialEvent))


def test_what_can_be_corrected_is_of_a_kind_that_can_be() -> None:
    """So that a replacement is checked and folded by its own kind."""
    kinds = {kind.schema for kind in KINDS if isinstance(kind, CorrectableKind)}
    assert kinds == set(get_args(Correctable))
    for name in NAMES:
        event = read(SAMPLES[name])
        assert kind_of(event).schema is type(event)
        if event.correctable:
            assert correctable_kind_of(event) is kind_of(event)


def _lot(name: str) -> Lot:
    return Lot(LotId(name), "lead_bullion", PartyId("TEX"), PartyId("TEX"), "open", 9, LEAD, AT, 0)


SAID = StatementId(HASH)
SPEAKER = Speaker(Party(PartyId("MUN"), "MUN", ("park",), "IN", SAID), AT, 1, SAID, VERSION_1)
LOTS = {
    "not there": None,
    "of another party": _lot("x"),
    "empty": _lot("x")._replace(net=0, mix={}, status="consumed"),
    "sent away": _lot("x")._replace(status="left", disposition="disposal", moved=True),
    "on its way": _lot("x")._replace(status="in_transit", moved=True),
    "held and claimed": _lot("x")._replace(
        holder=PartyId("MUN"), park=PartyId("MUN"), dry=0, run=RunId("MUN-R-0"), credit={}, recovered_by="mixed",
        holds=(HoldMark(SAID, PartyId("CERT"), AT, by_certifier=True),),
        marks=(Mark(SAID, "recycled_content", LEAD, False),),
    ),
}  # fmt: skip


@pytest.mark.parametrize("state", LOTS)
@pytest.mark.parametrize("name", NAMES)
def test_no_kind_refuses_to_be_applied(name: str, state: str) -> None:
    """Whatever the book holds: a correction may have led there, and a check comes after."""
    event = read(SAMPLES[name])
    if name == "acceptance":
        event = read(changed(name, ("lots", 0, "decision"), "settled"))
    book = MaterialMemory()
    if (lot := LOTS[state]) is not None:
        book.lots.update((named, lot._replace(id=named)) for named in event.named_lots())
        book.shipments[ShipmentId("MUN-H-1")] = Shipment(
            ShipmentId("MUN-H-1"), PartyId("TEX"), PartyId("LAB"), 0, (), {}
        )
    for supply in (no_supply, lambda _: Stated(7, {"Pb": 7})):
        for scope in (None, frozenset[LotId](), frozenset(event.named_lots())):
            layer = Layer(book, Effects(), scope)
            fold(event, SPEAKER, layer, supply)
            assert all(lot.net >= 0 for lot in layer.effects.lots.values())


@pytest.mark.parametrize("name", NAMES)
def test_of_lots_that_are_not_known_nothing_is_said(name: str) -> None:
    """As in a bundle, which says of the lots of one closure only."""
    event = read(SAMPLES[name])
    layer = Layer(MaterialMemory(), Effects(), frozenset())
    fold(event, SPEAKER, layer, no_supply)
    assert (layer.effects.lots, layer.effects.runs, layer.effects.postings, layer.effects.findings) == ({}, {}, [], [])
