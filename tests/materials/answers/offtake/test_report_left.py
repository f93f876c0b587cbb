"""What is left of an agreement, and which statement makes it effective."""

from __future__ import annotations

from typing import Any

from tests.materials.deal import Deal

AGREED: list[dict[str, Any]] = [{"metal": "Pb", "quantity_kg": "1000"}]


def test_what_is_left_is_what_was_agreed_less_what_was_accepted() -> None:
    """What is only on its way counts not yet; more than was agreed has a sign."""
    deal = Deal(quantities=AGREED, ends_on="2026-12-31")
    assert deal.row()["left_kg"] == "1000"
    for lot, mass, left in (("MUN-L-1", 400, "600"), ("MUN-L-2", 590, "10"), ("MUN-L-3", 11, "-1")):
        deal.make(lot, mass)
        before = deal.row()["left_kg"]
        shipment = deal.send(lot)
        assert deal.row()["left_kg"] == before
        deal.word(shipment, mass)
        assert deal.row()["left_kg"] == left
    assert "left_kg" not in Deal().report()["totals"]


def test_what_is_left_of_a_share_is_what_may_still_be_sent() -> None:
    """Of 1,000 kg produced half, rounded down to the milligram, less what was sent."""
    deal = Deal(share="0.5")
    deal.make("MUN-L-1", 400)
    deal.make("MUN-L-2", 601)
    deal.send("MUN-L-1")
    assert deal.row()["left_of_share_kg"] == "100.5"
    deal.send("MUN-L-2")
    assert deal.row()["left_of_share_kg"] == "-500.5"


def test_an_agreement_names_the_offer_that_its_buyer_confirms() -> None:
    """Before and after; only then is there a confirmation."""
    deal = Deal()
    reported = deal.report()
    assert (reported["offer"], reported["confirmation"]) == (f"{0:064x}", f"{1:064x}")
    terms = deal.agreements[reported["agreement"]]
    deal.agreements[terms.id] = terms._replace(confirmed=None, effective=None)
    offered = deal.report()
    assert (offered["offer"], offered["effective"], "confirmation" in offered) == (f"{0:064x}", False, False)
