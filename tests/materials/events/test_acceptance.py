"""Lots that come, move and leave: who holds them, and which word counts (contract, section 4)."""

from __future__ import annotations

import pytest

from tests.materials.handed_over import states, word
from tests.materials.yard import Yard
from tests.world.events import dispatch, line, output, run


@pytest.fixture
def yard() -> Yard:
    """MUN-B-1 to MUN-B-3 of 10 mg, all three sent to GLENCORE as MUN-H-1."""
    yard = Yard()
    for number in (1, 2, 3):
        yard.intake(f"MUN-B-{number}", 10, {"Pb": 5})
    yard.say("MUN", dispatch("MUN-H-1", "MUN-B-1", "MUN-B-2", "MUN-B-3"))
    return yard


def test_one_acceptance_may_cover_part_of_a_shipment(yard: Yard) -> None:
    """Each lot goes its own way; the rest waits in transit."""
    yard.say("GLENCORE", word("MUN-H-1", B1="accepted", B2="rejected"))
    assert states(yard) == [("GLENCORE", "open"), ("MUN", "open"), ("MUN", "in_transit")]
    yard.say("GLENCORE", word("MUN-H-1", B3="disputed"))
    assert states(yard)[2] == ("GLENCORE", "disputed")


NEXT = {
    ("in_transit", "accepted"): ("GLENCORE", "open"),
    ("in_transit", "rejected"): ("MUN", "open"),
    ("in_transit", "disputed"): ("GLENCORE", "disputed"),
    ("disputed", "settled"): ("GLENCORE", "open"),
    ("disputed", "rejected"): ("MUN", "open"),
}


@pytest.mark.parametrize("decision", ["accepted", "rejected", "disputed", "settled"])
@pytest.mark.parametrize(
    "before", [(), ("disputed",), ("accepted",), ("rejected",), ("disputed", "settled"), ("disputed", "rejected")]
)
def test_every_decision_in_every_state(yard: Yard, before: tuple[str, ...], decision: str) -> None:
    """What the lot does not wait for is ``already-settled``, and it stays as it was."""
    for said in before:
        yard.say("GLENCORE", word("MUN-H-1", B1=said))
    state = "in_transit" if not before else "disputed" if before == ("disputed",) else "settled"
    stood = states(yard)[0]
    expected = NEXT.get((state, decision))
    assert yard.code("GLENCORE", word("MUN-H-1", B1=decision)) == ("taken" if expected else "already-settled")
    assert states(yard)[0] == (expected or stood)


def test_a_disputed_lot_stays_where_it_is(yard: Yard) -> None:
    """The receiver is reported of the dispute, the sender that it no longer holds the lot."""
    yard.say("GLENCORE", word("MUN-H-1", B1="disputed"))
    assert yard.code("GLENCORE", dispatch("GLENCORE-H-1", "MUN-B-1", to="TEX")) == "lot-disputed"
    assert yard.code("MUN", dispatch("MUN-H-2", "MUN-B-1")) == "not-entitled"


def test_only_the_receiver_speaks(yard: Yard) -> None:
    """Neither the sender nor a third party accepts; a shipment out of the ledger nobody does."""
    for party in ("MUN", "TEX"):
        assert yard.code(party, word("MUN-H-1", B1="accepted")) == "not-entitled"
    yard.say("GLENCORE", word("MUN-H-1", B1="rejected"))
    yard.say("MUN", dispatch("MUN-H-2", "MUN-B-1", disposition="sold"))
    for party in ("MUN", "GLENCORE"):
        assert yard.code(party, word("MUN-H-2", B1="accepted")) == "not-entitled"
    assert yard.code("GLENCORE", word("MUN-H-99", B1="accepted")) == "unknown-shipment"


def test_the_lots_of_an_acceptance_are_judged_in_order(yard: Yard) -> None:
    """The first bad line is the answer, and no line of it counts."""
    yard.say("GLENCORE", word("MUN-H-1", B1="accepted"))
    assert yard.code("GLENCORE", word("MUN-H-1", B2="accepted", B1="accepted", B9="accepted")) == "already-settled"
    assert yard.code("GLENCORE", word("MUN-H-1", B2="accepted", B9="accepted", B1="accepted")) == "not-in-shipment"
    assert states(yard)[1] == ("MUN", "in_transit")


def test_the_receiver_uses_what_it_accepted(yard: Yard) -> None:
    """The offtaker packs and sends on; the new lot bears its name, the mass is the dispatcher's book."""
    yard.say("GLENCORE", word("MUN-H-1", B1="accepted"))
    assert yard.lot("MUN-B-1").net == 10
    yard.say("GLENCORE", run("GLENCORE-R-1", [line("MUN-B-1", 10)], [output("GLENCORE-P-1", 10, {"Pb": 5})], "packing"))
    assert yard.code("GLENCORE", dispatch("GLENCORE-H-1", "MUN-B-1", to="TEX")) == "insufficient-mass"
    yard.say("GLENCORE", dispatch("GLENCORE-H-1", "GLENCORE-P-1", to="TEX"))


@pytest.mark.parametrize("decision", ["accepted", "disputed", "rejected"])
@pytest.mark.parametrize(("net", "content"), [("0", "0.000001"), ("0.000005", "0.000006"), ("0.000009", "20")])
def test_a_receiver_cannot_find_more_metal_than_it_weighed(yard: Yard, decision: str, net: str, content: str) -> None:
    """Else metal that never arrived could be claimed, and an agreement fulfilled with it."""
    line = {"lot": "MUN-B-1", "decision": decision, "net_kg": net, "content_kg": {"Pb": content}}
    event = {"type": "acceptance", "shipment": "MUN-H-1", "lots": [line]}
    assert yard.code("GLENCORE", event) == "content-exceeds-net"
    assert states(yard)[0] == ("MUN", "in_transit")
    yard.say("GLENCORE", {**event, "lots": [{**line, "net_kg": content}]})


def test_a_settlement_cannot_find_more_metal_than_it_weighed(yard: Yard) -> None:
    """With assays or without, nor by a correction of a word that was given."""
    yard.say("GLENCORE", word("MUN-H-1", B1="disputed"))
    line = {"lot": "MUN-B-1", "decision": "settled", "net_kg": "0.000004", "content_kg": {"Pb": "0.000005"}}
    event = {"type": "acceptance", "shipment": "MUN-H-1", "lots": [line]}
    assert yard.code("GLENCORE", event) == "content-exceeds-net"
    yard.say("GLENCORE", {**event, "lots": [{**line, "net_kg": "0.00001"}]})
    said = f"{yard.index - 1:064x}"
    correction = {
        "type": "correction",
        "statement": said,
        "kind": "incorrect_data",
        "reason": "x",
        "replacement": event,
    }
    assert yard.code("GLENCORE", correction) == "content-exceeds-net"
