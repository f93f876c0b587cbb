"""What is folded again with another figure, worked out by hand: what is covered, and what is short."""

from __future__ import annotations

import pytest

from schemas.ids import RunId
from tests.materials.yard import SLIP, Yard, intake
from tests.world.events import KG, correction, line, output, run


@pytest.fixture
def yard() -> Yard:
    """1,000 kg with 600 kg lead (statement 0), of which 590 kg became MUN-L-1 (statement 1)."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG}, documents=[SLIP])
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [output("MUN-L-1", 592 * KG, {"Pb": 590 * KG})]))
    return yard


def test_a_smaller_batch_covers_what_it_can(yard: Yard) -> None:
    """750 kg with 450 kg lead: 250 kg of the taking are short, with 150 kg lead of the same composition."""
    yard.say("MUN", correction(0, intake("MUN-B-1", 750 * KG, {"Pb": 450 * KG}, documents=[SLIP])))
    assert yard.runs[RunId("MUN-R-1")].shortfall == {"Pb": 150 * KG}
    # 590 of the pool of 600 kg: 450 of them known, 150 not, apportioned to the milligram.
    assert yard.origins("MUN-L-1") == {"battery_post_consumer": 442_500_000, "unknown": 147_500_000}


def test_closing_a_lot_follows_its_corrected_weight(yard: Yard) -> None:
    """A run that closes takes all that is there, whatever the scale said: nothing is short."""
    yard.intake("MUN-B-2", 1000 * KG, {"Pb": 600 * KG})
    inputs = [line("MUN-B-2", 905 * KG, closes=True)]
    yard.say("MUN", run("MUN-R-2", inputs, [output("MUN-L-2", 500 * KG, {"Pb": 498 * KG})]))
    yard.say("MUN", correction(2, intake("MUN-B-2", 900 * KG, {"Pb": 540 * KG})))
    assert yard.origins("MUN-L-2") == {"battery_post_consumer": 498 * KG}
    assert not [finding for finding in yard.findings if finding.code == "shortfall"]


def test_a_corrected_run_may_drop_an_output_and_add_one(yard: Yard) -> None:
    """The dropped lot is empty, its id stays used; the new one is there."""
    other = run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [output("MUN-L-9", 592 * KG, {"Pb": 590 * KG})])
    yard.say("MUN", correction(1, other))
    assert (yard.lot("MUN-L-1").net, yard.lot("MUN-L-1").status) == (0, "withdrawn")
    assert yard.origins("MUN-L-9") == {"battery_post_consumer": 590 * KG}
    assert yard.code("MUN", intake("MUN-L-1", 10)) == "lot-exists"


def sent_in_part(first: int) -> Yard:
    """1,000 kg came (statement 0), 600 kg were smelted (1), the rest was sold (2) and accepted (3)."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG}, documents=[SLIP])
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 600 * KG)], [output("MUN-L-1", 400 * KG, {"Pb": 360 * KG})]))
    yard.say("MUN", {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": "MUN-B-1"}]})
    word = {"lot": "MUN-B-1", "decision": "accepted", "net_kg": "400"}
    yard.say("GLENCORE", {"type": "acceptance", "shipment": "MUN-H-1", "lots": [word]})
    replacement = intake("MUN-B-1", first * KG, {"Pb": first * 6 // 10 * KG}, documents=[SLIP]) if first else None
    yard.say("MUN", correction(0, replacement))
    return yard


@pytest.mark.parametrize("left", [0, 500, 600])
def test_a_shipment_of_which_nothing_is_left_moves_what_it_moved(left: int) -> None:
    """400 kg were sent, whatever the batch weighed when it came; they are of origin unknown, and that is found."""
    yard = sent_in_part(left)
    assert (yard.lot("MUN-B-1").net, yard.lot("MUN-B-1").holder) == (400 * KG, "GLENCORE")
    assert yard.origins("MUN-B-1") == {"unknown": 240 * KG}
    assert yard.contributions("MUN-B-1") == [(f"shortfall:{2:064x}", "1.000000000")]
    assert [(one.index, one.severity) for one in yard.findings if one.code == "shortfall" and "MUN-B-1" in one.lots]


def test_what_was_made_before_a_refill_keeps_its_provenance() -> None:
    """The run took 600 kg that were there; that nothing was left to send does not change its lead."""
    yard = sent_in_part(600)
    assert yard.origins("MUN-L-1") == {"battery_post_consumer": 360 * KG}
    assert yard.contributions("MUN-L-1") == [("MUN-B-1", "1.000000000")]
    packed = [output("GLENCORE-P-1", 400 * KG, {"Pb": 240 * KG})]
    yard.say("GLENCORE", run("GLENCORE-R-1", [line("MUN-B-1", 400 * KG)], packed, process="packing"))
    assert yard.contributions("GLENCORE-P-1") == [(f"shortfall:{2:064x}", "1.000000000")]
    assert yard.lot("GLENCORE-P-1").shortfalls == (f"{2:064x}",)


def test_a_shortfall_is_of_what_was_taken_not_of_what_was_stated_first() -> None:
    """Stated 300 kg, analysed as 600 kg: a batch that never came leaves 600 kg uncovered."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 300 * KG}, documents=[SLIP])
    found = {"Pb": {"fraction": "0.6", "uncertainty": "0"}}
    yard.say(
        "MUN", {"type": "assay", "lots": ["MUN-B-1"], "stage": "final", "basis": "wet", "method": "XRF",
                "sample": "S-1", "results": found},
    )  # fmt: skip
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [output("MUN-L-1", 600 * KG, {"Pb": 590 * KG})]))
    yard.say("MUN", correction(0))
    assert yard.runs[RunId("MUN-R-1")].shortfall == {"Pb": 600 * KG}
    assert yard.contributions("MUN-L-1") == [(f"shortfall:{2:064x}", "1.000000000")]
