"""Lots that are sent: who holds them on their way, and when they may be sent again (contract, section 4)."""

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


def test_in_transit_the_sender_holds_and_nobody_moves(yard: Yard) -> None:
    """The sender is reported that the lot is in transit, the receiver that it does not hold it yet."""
    assert states(yard) == [("MUN", "in_transit")] * 3
    assert yard.code("MUN", dispatch("MUN-H-2", "MUN-B-1")) == "lot-in-transit"
    assert yard.code("GLENCORE", dispatch("GLENCORE-H-1", "MUN-B-1", to="TEX")) == "not-entitled"
    assert yard.code("MUN", run("MUN-R-1", [line("MUN-B-1", 1)], [output("MUN-P-1", 1)])) == "lot-in-transit"


def test_a_rejected_lot_is_sent_again_and_the_old_shipment_is_closed(yard: Yard) -> None:
    """After a rejection the new shipment counts; a word on the old one comes too late."""
    yard.say("GLENCORE", word("MUN-H-1", B1="rejected"))
    yard.say("MUN", dispatch("MUN-H-2", "MUN-B-1"))
    assert yard.code("GLENCORE", word("MUN-H-1", B1="accepted")) == "already-settled"
    yard.say("GLENCORE", word("MUN-H-2", B1="accepted"))
    assert states(yard)[0] == ("GLENCORE", "open")


def test_a_lot_that_left_is_as_it_was_and_stays_away() -> None:
    """It keeps its mass and its last holder, the sender; it can be neither used nor sent again."""
    yard = Yard()
    yard.intake("MUN-B-1", 10, {"Pb": 5})
    for disposition in ("sold", "further_recycling", "disposal", "energy", "returned", "lost"):
        number = len(yard.shipments)
        yard.intake(f"MUN-C-{number}", 10, {"Pb": 5})
        yard.say("MUN", dispatch(f"MUN-H-{number}", f"MUN-C-{number}", disposition=disposition))
        lot = yard.lot(f"MUN-C-{number}")
        assert (lot.status, lot.holder, lot.net, sum(lot.mix["Pb"])) == ("left", "MUN", 10, 5)
        assert yard.code("MUN", dispatch("MUN-H-77", lot.id)) == "lot-left"
        assert yard.code("TEX", dispatch("TEX-H-77", lot.id)) == "not-entitled"
