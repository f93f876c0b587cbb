"""Corrections, worked out by hand: what stands, what is short, and what names the correction."""

from __future__ import annotations

import pytest

from ledger.materials.claims.marks import claimable
from schemas.ids import StatementId
from schemas.refusal import RefusedError
from tests.materials.yard import SLIP, Yard, intake
from tests.world.events import KG, correction, line, output, run


@pytest.fixture
def yard() -> Yard:
    """1,000 kg with 600 kg lead (statement 0), of which 590 kg became MUN-L-1 (statement 1)."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG}, documents=[SLIP])
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [output("MUN-L-1", 592 * KG, {"Pb": 590 * KG})]))
    return yard


def test_a_batch_that_never_came_leaves_its_lead_unknown(yard: Yard) -> None:
    """The run stands; all that it took is shortfall, in the proportions that were first stated."""
    yard.say("MUN", correction(0))
    assert yard.origins("MUN-L-1") == {"unknown": 590 * KG}
    assert yard.contributions("MUN-L-1") == [(f"shortfall:{1:064x}", "1.000000000")]
    assert (yard.lot("MUN-B-1").net, yard.lot("MUN-B-1").status) == (0, "withdrawn")
    assert {finding.code for finding in yard.findings if "MUN-L-1" in finding.lots} >= {"shortfall"}
    for lot in ("MUN-B-1", "MUN-L-1"):
        assert yard.lot(lot).corrections == (f"{2:064x}",)


def test_a_batch_that_never_came_is_withdrawn_and_no_one_can_use_it(yard: Yard) -> None:
    """Used or not, its status says what became of it, and so does a refusal; put right again, it is used up."""
    yard.intake("MUN-B-2", 100 * KG)
    yard.say("MUN", correction(2))
    assert yard.lot("MUN-B-2").status == "withdrawn"
    with pytest.raises(RefusedError, match="a correction says that it never was") as refused:
        yard.say("MUN", run("MUN-R-2", [line("MUN-B-2", 10 * KG)], [output("MUN-L-2", 9 * KG)]))
    assert (refused.value.code, refused.value.case) == ("insufficient-mass", "withdrawn")
    yard.say("MUN", correction(0))
    assert yard.lot("MUN-B-1").status == "withdrawn"
    yard.say("MUN", correction(0, intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG}, documents=[SLIP])))
    assert yard.lot("MUN-B-1").status == "consumed"


def test_a_correction_frees_its_documents_and_uses_its_own(yard: Yard) -> None:
    """The slip of a batch that never came may back another; the replacement's may not be used again."""
    assert yard.code("MUN", intake("MUN-B-2", 10, documents=[SLIP])) == "duplicate-document"
    yard.say("MUN", correction(0))
    yard.intake("MUN-B-2", 10, documents=[SLIP])
    again = intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG}, documents=[SLIP])
    assert yard.code("MUN", correction(0, again)) == "duplicate-document"


def test_a_correction_can_be_corrected_by_correcting_once_more(yard: Yard) -> None:
    """Taken back and put right again, the ledger answers as at first, and says what happened."""
    before = yard.lot("MUN-L-1")
    yard.say("MUN", correction(0))
    assert yard.code("MUN", correction(2)) == "not-correctable"
    yard.say("MUN", correction(0, intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG}, documents=[SLIP])))
    assert yard.lot("MUN-L-1") == before._replace(corrections=tuple(StatementId(f"{index:064x}") for index in (2, 3)))


def test_a_claim_that_is_not_covered_any_more_bars_all_others(yard: Yard) -> None:
    """100 kg were claimed of a batch that then had 60 kg: uncovered, and nothing is left to claim."""
    yard.intake("MUN-B-2", 1000 * KG, {"Pb": 600 * KG})
    claim = {"type": "claim", "kind": "recycling_service", "scheme": "CPCB", "number": "1",
             "lots": [{"lot": "MUN-B-2", "origin_kg": {"Pb": {"battery_post_consumer": "100"}}}]}  # fmt: skip
    yard.say("MUN", claim)
    yard.say("MUN", correction(2, intake("MUN-B-2", 1000 * KG, {"Pb": 60 * KG})))
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
    assert yard.code("MUN", correction(3, virgin)) == "not-claimable"
    assert yard.lot("MUN-B-2") == before


def test_no_lot_of_another_is_drawn_in_by_a_correction() -> None:
    """A park cannot send, use or count what others have by saying that it meant to."""
    yard = Yard()
    yard.intake("TEX-B-1", 1000 * KG, {"Pb": 600 * KG})
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG})
    yard.say("MUN", {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": "MUN-B-1"}]})
    lots = [{"lot": "MUN-B-1"}, {"lot": "TEX-B-1"}]
    theft = {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": lots}
    assert yard.code("MUN", correction(2, theft)) == "not-entitled"
    assert (yard.lot("TEX-B-1").holder, yard.lot("TEX-B-1").status) == ("TEX", "open")
