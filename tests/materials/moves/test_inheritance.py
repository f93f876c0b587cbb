"""Whose a lot is: as stated, and where it is tolled without a word on it, who sent or made it."""

from __future__ import annotations

from tests.materials.yard import Yard, intake
from tests.world.events import line, output, run

LEAD = {"Pb": 900}


def _toll(yard: Yard, lots: list[str], name: str = "TEX-L-1") -> str | None:
    taken = [line(lot, 1000) for lot in lots]
    made = output(name, 1000 * len(lots), {"Pb": 900 * len(lots)})
    yard.say("TEX", run(name.replace("-L-", "-R-"), taken, [made], "toll_refining"))
    return yard.lot(name).owner


def _send(yard: Yard, lot: str, sender: str, to: str, decision: str = "accepted") -> None:
    shipment = f"{sender}-H-{yard.index}"
    yard.say(sender, {"type": "dispatch", "shipment": shipment, "to": to, "lots": [{"lot": lot}]})
    word = {"lot": lot, "decision": decision, "net_kg": "0.001"}
    yard.say(to, {"type": "acceptance", "shipment": shipment, "lots": [word]})


def test_what_is_toll_refined_is_who_sent_it() -> None:
    """The buyer sends a lot that another park made: it is the buyer's, and its descendants are."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000, LEAD)
    _send(yard, "MUN-B-1", "MUN", "GLENCORE")
    _send(yard, "MUN-B-1", "GLENCORE", "TEX")
    assert _toll(yard, ["MUN-B-1"]) == "GLENCORE"
    yard.say("TEX", run("TEX-R-2", [line("TEX-L-1", 1000)], [output("TEX-L-2", 1000, LEAD)], "packing"))
    assert (yard.lot("TEX-L-2").owner, yard.lot("TEX-L-2").custody) == ("GLENCORE", "mass_balance")


def test_a_stated_owner_outweighs_who_sent_it() -> None:
    """The owner that the intake names stays the owner, whoever sends the lot to be refined."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000, LEAD, owner="SOMEBODY")
    _send(yard, "MUN-B-1", "MUN", "TEX")
    assert _toll(yard, ["MUN-B-1"]) == "SOMEBODY"


def test_tolling_for_nobody_is_not_the_refiners_own() -> None:
    """A refiner that names no owner of what it took in itself does not become the owner."""
    yard = Yard()
    yard.say("TEX", intake("TEX-B-1", 1000, LEAD))
    assert _toll(yard, ["TEX-B-1"]) == "unknown"
    _send(yard, "TEX-L-1", "TEX", "GLENCORE", "disputed")
    yard.say("GLENCORE", {"type": "acceptance", "shipment": f"TEX-H-{yard.index - 2}", "lots": [
        {"lot": "TEX-L-1", "decision": "rejected", "net_kg": "0.001"}]})  # fmt: skip
    assert (yard.lot("TEX-L-1").holder, yard.lot("TEX-L-1").owner) == ("TEX", "unknown")


def test_lots_of_two_senders_are_mixed() -> None:
    """What is tolled for two at once is nobody's alone, with the finding that says so."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000, LEAD)
    yard.say("TEX", intake("TEX-B-1", 1000, LEAD))
    _send(yard, "MUN-B-1", "MUN", "TEX")
    assert _toll(yard, ["MUN-B-1", "TEX-B-1"]) == "mixed"
    assert "owners-mixed" in {finding.code for finding in yard.findings}


def test_another_run_on_a_lot_that_was_bought_makes_it_ones_own() -> None:
    """Only tolling keeps the sender as the owner: what is smelted was bought."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000, LEAD)
    _send(yard, "MUN-B-1", "MUN", "TEX")
    yard.say("TEX", run("TEX-R-1", [line("MUN-B-1", 1000)], [output("TEX-L-1", 1000, LEAD)]))
    assert yard.lot("TEX-L-1").owner is None
