"""What counts as delivered under an agreement: the receiver's word as it stands."""

from __future__ import annotations

from typing import Any

from tests.materials.deal import Deal, accept
from tests.world.events import correction, dispatch


def test_what_was_accepted_is_what_the_buyer_got() -> None:
    """800 of 1,000 kg by its own weight; its own analysis where it has one; never more than was sent."""
    for kg, content, accepted in ((800, None, "800"), (1000, {"Pb": "900"}, "900"), (1100, {"Pb": "1050"}, "1000")):
        deal = Deal()
        deal.make("MUN-L-1", 1000)
        more: dict[str, Any] = {"content_kg": content} if content else {}
        deal.word(deal.send("MUN-L-1"), kg, **more)
        assert deal.figures() == {"produced": "1000", "dispatched": "1000", "accepted": accepted}


def test_a_settlement_counts_as_settled() -> None:
    """Disputed at first, then settled at 900 kg on an assay."""
    deal = Deal()
    deal.make("MUN-L-1", 1000)
    shipment = deal.send("MUN-L-1")
    deal.word(shipment, 1000, "disputed")
    assert deal.figures() == {"produced": "1000", "dispatched": "1000", "disputed": "1000"}
    assay = {"type": "assay", "lots": ["MUN-L-1"], "stage": "final", "basis": "wet", "method": "XRF", "sample": "S",
             "results": {"Pb": {"fraction": "0.9", "uncertainty": "0.006"}}, "report": "9" * 64}  # fmt: skip
    found = deal.enter("GLENCORE", assay)
    deal.word(shipment, 1000, "settled", content_kg={"Pb": "900"}, assays=[found])
    assert deal.figures() == {"produced": "1000", "dispatched": "1000", "accepted": "900"}


def test_an_acceptance_that_is_corrected_counts_as_it_stands() -> None:
    """Rejected after all: it was not delivered. Sent again it counts once, in the year of that shipment."""
    deal = Deal()
    deal.make("MUN-L-1", 1000)
    first = deal.send("MUN-L-1")
    wrong = deal.word(first, 1000)
    deal.enter("GLENCORE", correction(wrong, accept(first, "MUN-L-1", 1000, "rejected")))
    assert deal.figures() == {"produced": "1000"}
    deal.word(deal.send("MUN-L-1", "2027-03-01T00:00:00Z", "-2"), 700, at="2027-03-02T00:00:00Z")
    assert deal.figures(2026) == {"produced": "1000"}
    assert deal.figures(2027) == {"dispatched": "1000", "accepted": "700"}
    assert deal.figures(None) == {"produced": "1000", "dispatched": "1000", "accepted": "700"}


def test_an_acceptance_that_did_not_occur_leaves_the_lot_on_its_way() -> None:
    """It is dispatched and not accepted; a dispute before it is what counts again."""
    deal = Deal()
    deal.make("MUN-L-1", 1000)
    shipment = deal.send("MUN-L-1")
    deal.enter("GLENCORE", correction(deal.word(shipment, 1000)))
    assert deal.figures() == {"produced": "1000", "dispatched": "1000"}
    deal.word(shipment, 1000, "disputed")
    deal.enter("GLENCORE", correction(deal.word(shipment, 1000, "settled")))
    assert deal.figures() == {"produced": "1000", "dispatched": "1000", "disputed": "1000"}


def test_a_lot_that_comes_back_and_is_sent_again_counts_once() -> None:
    """The buyer sends it back; what was delivered is the last shipment that stands."""
    deal = Deal()
    deal.make("MUN-L-1", 1000)
    deal.word(deal.send("MUN-L-1"), 1000)
    back = {"type": "dispatch", "shipment": "GLENCORE-H-1", "to": "MUN", "lots": [{"lot": "MUN-L-1"}]}
    deal.enter("GLENCORE", back)
    deal.word("GLENCORE-H-1", 1000)
    deal.word(deal.send("MUN-L-1", "2027-01-10T00:00:00Z", "-2"), 1000, "disputed", "2027-01-10T00:00:00Z")
    assert deal.figures(None) == {"produced": "1000", "dispatched": "1000", "disputed": "1000"}


def test_a_part_that_was_rejected_was_not_delivered() -> None:
    """Of 1,000 kg 400 went back: at once, or when the dispute was settled."""
    part: dict[str, Any] = {"rejected": {"lot": "GLENCORE-X-1", "net_kg": "400"}}
    for is_disputed in (False, True):
        deal = Deal()
        deal.make("MUN-L-1", 1000)
        shipment = deal.send("MUN-L-1")
        if is_disputed:
            deal.word(shipment, 1000, "disputed")
        deal.word(shipment, 590, "settled" if is_disputed else "accepted", **part)
        assert deal.figures() == {"produced": "1000", "dispatched": "600", "accepted": "590"}
        deal.enter("MUN", dispatch("MUN-H-9", "GLENCORE-X-1", agreement="MUN-A-1"))
        deal.word("MUN-H-9", 400)
        assert deal.figures() == {"produced": "1000", "dispatched": "1000", "accepted": "990"}
