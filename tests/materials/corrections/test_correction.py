"""Corrections, worked out by hand: what stands, what is short, and what names the correction."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.materials.answers.as_of import lot_at
from ledger.materials.claims.marks import claimable
from tests.materials.yard import Yard, intake, line, output, run

KG = 1_000_000
SLIP = {"kind": "weighbridge_slip", "issuer": "MUN", "number": "1"}


@pytest.fixture
def yard() -> Yard:
    """1,000 kg with 600 kg lead (statement 0), of which 590 kg became MUN-L-1 (statement 1)."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG}, documents=[SLIP])
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [output("MUN-L-1", 592 * KG, {"Pb": 590 * KG})]))
    return yard


def correct(index: int, replacement: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return a correction of the statement at an index."""
    kind = "did_not_occur" if replacement is None else "incorrect_data"
    event = {"type": "correction", "statement": f"{index:064x}", "kind": kind, "reason": "a slip of the pen"}
    return event if replacement is None else {**event, "replacement": replacement}


def test_a_batch_that_never_came_leaves_its_lead_unknown(yard: Yard) -> None:
    """The run stands; all that it took is shortfall, in the proportions that were first stated."""
    yard.say("MUN", correct(0))
    assert yard.origins("MUN-L-1") == {"unknown": 590 * KG}
    assert yard.contributions("MUN-L-1") == [(f"shortfall:{1:064x}", "1.000000000")]
    assert (yard.lot("MUN-B-1").net, yard.lot("MUN-B-1").status) == (0, "consumed")
    assert {finding.code for finding in yard.findings if "MUN-L-1" in finding.lots} >= {"shortfall"}
    for lot in ("MUN-B-1", "MUN-L-1"):
        assert yard.lot(lot).corrections == (f"{2:064x}",)


def test_a_smaller_batch_covers_what_it_can(yard: Yard) -> None:
    """750 kg with 450 kg lead: 250 kg of the taking are short, with 150 kg lead of the same composition."""
    yard.say("MUN", correct(0, intake("MUN-B-1", 750 * KG, {"Pb": 450 * KG}, documents=[SLIP])))
    assert yard.runs["MUN-R-1"].shortfall == {"Pb": 150 * KG}
    # 590 of the pool of 600 kg: 450 of them known, 150 not, apportioned to the milligram.
    assert yard.origins("MUN-L-1") == {"battery_post_consumer": 442_500_000, "unknown": 147_500_000}


def test_a_lot_whose_answer_did_not_change_does_not_name_the_correction(yard: Yard) -> None:
    """A larger batch leaves mass in the lot; the lead that was made is what it was."""
    yard.say("MUN", correct(0, intake("MUN-B-1", 1200 * KG, {"Pb": 720 * KG}, documents=[SLIP])))
    assert (yard.lot("MUN-B-1").net, yard.lot("MUN-B-1").corrections) == (200 * KG, (f"{2:064x}",))
    assert yard.lot("MUN-L-1").corrections == ()


def test_closing_a_lot_follows_its_corrected_weight(yard: Yard) -> None:
    """A run that closes takes all that is there, whatever the scale said: nothing is short."""
    yard.intake("MUN-B-2", 1000 * KG, {"Pb": 600 * KG})
    inputs = [line("MUN-B-2", 905 * KG, closes=True)]
    yard.say("MUN", run("MUN-R-2", inputs, [output("MUN-L-2", 500 * KG, {"Pb": 498 * KG})]))
    yard.say("MUN", correct(2, intake("MUN-B-2", 900 * KG, {"Pb": 540 * KG})))
    assert yard.origins("MUN-L-2") == {"battery_post_consumer": 498 * KG}
    assert not [finding for finding in yard.findings if finding.code == "shortfall"]


def test_a_correction_frees_its_documents_and_uses_its_own(yard: Yard) -> None:
    """The slip of a batch that never came may back another; the replacement's may not be used again."""
    assert yard.code("MUN", intake("MUN-B-2", 10, documents=[SLIP])) == "duplicate-document"
    yard.say("MUN", correct(0))
    yard.intake("MUN-B-2", 10, documents=[SLIP])
    again = intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG}, documents=[SLIP])
    assert yard.code("MUN", correct(0, again)) == "duplicate-document"


def test_a_correction_can_be_corrected_by_correcting_once_more(yard: Yard) -> None:
    """Taken back and put right again, the ledger answers as at first, and says what happened."""
    before = yard.lot("MUN-L-1")
    yard.say("MUN", correct(0))
    assert yard.code("MUN", correct(2)) == "not-correctable"
    yard.say("MUN", correct(0, intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG}, documents=[SLIP])))
    assert yard.lot("MUN-L-1") == before._replace(corrections=(f"{2:064x}", f"{3:064x}"))


def test_a_claim_that_is_not_covered_any_more_bars_all_others(yard: Yard) -> None:
    """100 kg were claimed of a batch that then had 60 kg: uncovered, and nothing is left to claim."""
    yard.intake("MUN-B-2", 1000 * KG, {"Pb": 600 * KG})
    claim = {"type": "claim", "kind": "recycling_service", "scheme": "CPCB", "number": "1",
             "lots": [{"lot": "MUN-B-2", "origin_kg": {"Pb": {"battery_post_consumer": "100"}}}]}  # fmt: skip
    yard.say("MUN", claim)
    yard.say("MUN", correct(2, intake("MUN-B-2", 1000 * KG, {"Pb": 60 * KG})))
    assert claimable(yard.lot("MUN-B-2"), "recycling_service") == {}
    assert claimable(yard.lot("MUN-B-2"), "recycled_content") == {}
    assert {finding.severity for finding in yard.findings if finding.code == "claim-uncovered"} == {"high"}


def test_a_claim_is_not_corrected_into_one_of_virgin_metal(yard: Yard) -> None:
    """What no claim could say, no correction of one can; the claim stands as it was."""
    yard.intake("MUN-B-2", 1000 * KG, {"Pb": 600 * KG})
    claim = {"type": "claim", "kind": "recycling_service", "scheme": "CPCB", "number": "1",
             "lots": [{"lot": "MUN-B-2", "origin_kg": {"Pb": {"battery_post_consumer": "100"}}}]}  # fmt: skip
    yard.say("MUN", claim)
    before = yard.lot("MUN-B-2")
    virgin = {**claim, "lots": [{"lot": "MUN-B-2", "origin_kg": {"Pb": {"primary": "100"}}}]}
    assert yard.code("MUN", correct(3, virgin)) == "not-claimable"
    assert yard.lot("MUN-B-2") == before


def test_a_corrected_run_may_drop_an_output_and_add_one(yard: Yard) -> None:
    """The dropped lot is empty, its id stays used; the new one is there."""
    other = run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [output("MUN-L-9", 592 * KG, {"Pb": 590 * KG})])
    yard.say("MUN", correct(1, other))
    assert (yard.lot("MUN-L-1").net, yard.lot("MUN-L-1").status) == (0, "consumed")
    assert yard.origins("MUN-L-9") == {"battery_post_consumer": 590 * KG}
    assert yard.code("MUN", intake("MUN-L-1", 10)) == "lot-exists"


@pytest.mark.parametrize(
    ("issuer", "event", "code"),
    [
        ("TEX", correct(0), "not-entitled"),
        ("MUN", correct(7), "unknown-statement"),
        ("MUN", correct(0, intake("MUN-B-9", 10)), "replacement-differs"),
        ("MUN", correct(0, intake("MUN-B-1", 10, {"Pb": 11})), "content-exceeds-net"),
        ("MUN", correct(1, run("MUN-R-1", [line("MUN-X-1", 1)], [output("MUN-L-1", 1)])), "unknown-lot"),
        ("MUN", correct(1, run("MUN-R-1", [line("MUN-B-1", 1)], [output("MUN-B-1", 1)])), "lot-exists"),
        (
            "MUN",
            correct(1, run("MUN-R-1", [line("MUN-B-1", 1)], [output("MUN-L-1", 1)], ended_at="2026-01-01T00:00:00Z")),
            "time-order",
        ),
    ],
)
def test_what_cannot_be_corrected_is_refused(yard: Yard, issuer: str, event: dict[str, Any], code: str) -> None:
    """Another's word, another thing, or something impossible in itself."""
    assert yard.code(issuer, event) == code


def test_the_past_is_what_it_was_before_and_between_corrections(yard: Yard) -> None:
    """Each size answers with what was known at it."""
    lots = [yard.lot("MUN-L-1")]
    for replacement in (None, intake("MUN-B-1", 750 * KG, {"Pb": 450 * KG}, documents=[SLIP])):
        yard.say("MUN", correct(0, replacement))
        lots.append(yard.lot("MUN-L-1"))
    for size, lot in enumerate(lots, 2):
        past = lot_at("MUN-L-1", size, yard)
        assert past is not None
        assert past.lot == lot


def test_no_lot_of_another_is_drawn_in_by_a_correction() -> None:
    """A park cannot send, use or count what others have by saying that it meant to."""
    yard = Yard()
    yard.intake("TEX-B-1", 1000 * KG, {"Pb": 600 * KG})
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG})
    yard.say("MUN", {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": "MUN-B-1"}]})
    lots = [{"lot": "MUN-B-1"}, {"lot": "TEX-B-1"}]
    theft = {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": lots}
    assert yard.code("MUN", correct(2, theft)) == "not-entitled"
    assert (yard.lot("TEX-B-1").holder, yard.lot("TEX-B-1").status) == ("TEX", "open")


def sent_in_part(first: int) -> Yard:
    """1,000 kg came (statement 0), 600 kg were smelted (1), the rest was sold (2) and accepted (3)."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG}, documents=[SLIP])
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 600 * KG)], [output("MUN-L-1", 400 * KG, {"Pb": 360 * KG})]))
    yard.say("MUN", {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": "MUN-B-1"}]})
    word = {"lot": "MUN-B-1", "decision": "accepted", "net_kg": "400"}
    yard.say("GLENCORE", {"type": "acceptance", "shipment": "MUN-H-1", "lots": [word]})
    replacement = intake("MUN-B-1", first * KG, {"Pb": first * 6 // 10 * KG}, documents=[SLIP]) if first else None
    yard.say("MUN", correct(0, replacement))
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
    yard.say("MUN", correct(0))
    assert yard.runs["MUN-R-1"].shortfall == {"Pb": 600 * KG}
    assert yard.contributions("MUN-L-1") == [(f"shortfall:{2:064x}", "1.000000000")]


def test_lots_whose_provenance_changed_name_the_correction(yard: Yard) -> None:
    """Another batch went in with the same masses: no figure changed, but where the lead came from."""
    yard.intake("MUN-B-2", 1000 * KG, {"Pb": 600 * KG})
    yard.say("MUN", run("MUN-R-2", [line("MUN-L-1", 592 * KG)], [output("MUN-M-1", 592 * KG, {"Pb": 590 * KG})]))
    other = run("MUN-R-1", [line("MUN-B-2", 1000 * KG)], [output("MUN-L-1", 592 * KG, {"Pb": 590 * KG})])
    assert yard.code("MUN", correct(1, other)) == "unknown-lot"
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG})
    yard.intake("MUN-B-2", 1000 * KG, {"Pb": 600 * KG})
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [output("MUN-L-1", 592 * KG, {"Pb": 590 * KG})]))
    yard.say("MUN", run("MUN-R-2", [line("MUN-L-1", 592 * KG)], [output("MUN-M-1", 592 * KG, {"Pb": 590 * KG})]))
    yard.say("MUN", correct(2, other))
    assert yard.contributions("MUN-M-1") == [("MUN-B-2", "1.000000000")]
    for lot in ("MUN-B-1", "MUN-B-2", "MUN-L-1", "MUN-M-1"):
        assert yard.lot(lot).corrections == (f"{4:064x}",)
        past = lot_at(lot, 5, yard)
        assert past is not None
        assert past.lot == yard.lot(lot)
