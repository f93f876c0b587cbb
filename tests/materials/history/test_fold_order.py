"""The wrong batch: a run is corrected to take one whose paper came later, which is folded just before it."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.materials.answers.as_of import lot_at
from ledger.materials.moves.balance import balance_of
from schemas.ids import LotId, PartyId
from tests.materials.yard import SLIP, Yard, codes
from tests.season.part_of_ledger import part_about
from tests.world.events import KG, dispatch, line, output, run

MUN = PartyId("MUN")
EARLIER = "2026-01-04T06:00:00Z"
LATER = "2026-01-09T06:00:00Z"


@pytest.fixture
def yard() -> Yard:
    """Of MUN-B-1 (0) lead is smelted (1); the slip of MUN-B-2, which came in a day before, is entered then (2)."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG})
    yard.say("MUN", smelt("MUN-B-1"))
    yard.intake("MUN-B-2", 1000 * KG, {"Pb": 600 * KG}, at=EARLIER, origin="battery_manufacturing")
    return yard


def smelt(*batches: str, kg: int = 1000, lead: int = 590) -> dict[str, Any]:
    """Return the run, with other batches."""
    inputs = [line(lot, kg * KG // len(batches)) for lot in batches]
    return run("MUN-R-1", inputs, [output("MUN-L-1", (lead + 2) * KG, {"Pb": lead * KG})])


def correction(index: int, replacement: dict[str, Any]) -> dict[str, Any]:
    """Return a correction of a statement."""
    return {
        "type": "correction", "statement": f"{index:064x}", "kind": "incorrect_data", "reason": "the wrong slip",
        "replacement": replacement,
    }  # fmt: skip


def test_a_run_takes_the_batch_whose_paper_came_later(yard: Yard) -> None:
    """The first batch is there again, the second is used; the run says that its paper was late."""
    yard.say("MUN", correction(1, smelt("MUN-B-2")))
    assert yard.origins("MUN-L-1") == {"battery_manufacturing": 590 * KG}
    assert yard.contributions("MUN-L-1") == [("MUN-B-2", "1.000000000")]
    assert (yard.lot("MUN-B-1").net, yard.lot("MUN-B-2").status) == (1000 * KG, "consumed")
    assert codes(yard, 1)["batch-entered-late"] == "medium"


def test_a_bundle_and_the_past_say_what_the_ledger_says(yard: Yard) -> None:
    """The closure of the lead holds the batch; before the correction the lead was of the first."""
    yard.say("MUN", correction(1, smelt("MUN-B-1", "MUN-B-2")))
    for lot in ("MUN-B-1", "MUN-B-2", "MUN-L-1"):
        assert part_about(LotId(lot), yard).lots[LotId(lot)] == yard.lot(lot)
        past = lot_at(LotId(lot), yard.index, yard)
        assert past is not None
        assert past.lot == yard.lot(lot)
    before = lot_at(LotId("MUN-L-1"), 3, yard)
    assert before is not None
    assert before.lot.corrections == ()
    assert dict(before.lot.mix) == {"Pb": (590 * KG, 0, 0, 0, 0, 0, 0)}


def test_the_month_adds_up(yard: Yard) -> None:
    """Receipts, loss and what is there: nothing is unexplained."""
    yard.say("MUN", correction(1, smelt("MUN-B-2")))
    balance = balance_of(MUN, "2026-01", yard.sums_of(MUN), yard.open_lots(MUN))
    assert all(balance.computed(line) == balance.closing(line) for line in balance.lines())


def test_of_several_runs_the_earliest_comes_after_the_batch(yard: Yard) -> None:
    """Both runs take of it; corrected back, the batch keeps the place of its own entry."""
    yard.intake("MUN-B-3", 1000 * KG, {"Pb": 600 * KG}, at=EARLIER, origin="primary")
    yard.say("MUN", run("MUN-R-2", [line("MUN-B-2", 500 * KG)], [output("MUN-L-2", 300 * KG, {"Pb": 295 * KG})]))
    yard.say("MUN", correction(1, smelt("MUN-B-2", kg=500, lead=290)))
    assert (yard.lot("MUN-B-2").net, yard.lot("MUN-B-2").status) == (0, "consumed")
    assert yard.runs[yard.lot("MUN-L-1").run].pool == {"Pb": 300 * KG}  # type: ignore[index]
    yard.say("MUN", correction(1, smelt("MUN-B-3")))
    assert yard.origins("MUN-L-1") == {"primary": 590 * KG}
    assert "batch-entered-late" in codes(yard, 1)
    assert yard.lot("MUN-B-2").net == 500 * KG


def test_an_assay_of_the_batch_between_counts_before_the_run(yard: Yard) -> None:
    """It was an ordinary one when it came; by the correction it is of a batch that was used by then."""
    results = {"Pb": {"fraction": "0.62", "uncertainty": "0"}}
    yard.say("MUN", {"type": "assay", "lots": ["MUN-B-2"], "stage": "final", "basis": "wet", "method": "XRF",
                     "sample": "1", "results": results}, LATER)  # fmt: skip
    yard.say("MUN", correction(1, smelt("MUN-B-2")))
    assert yard.runs[yard.lot("MUN-L-1").run].pool == {"Pb": 620 * KG}  # type: ignore[index]
    yard.say("MUN", {"type": "correction", "statement": f"{3:064x}", "kind": "did_not_occur", "reason": "other lot"})
    assert yard.runs[yard.lot("MUN-L-1").run].pool == {"Pb": 600 * KG}  # type: ignore[index]


def test_a_batch_that_came_in_after_the_run_is_dated_in_the_same_piece(yard: Yard) -> None:
    """Its own time says that the run was over; where that is wrong as well, both are mended at once."""
    yard.intake("MUN-B-3", 1000 * KG, {"Pb": 600 * KG}, at=LATER)
    assert yard.code("MUN", correction(1, smelt("MUN-B-3"))) == "time-order"
    repairs = [
        {"statement": f"{1:064x}", "kind": "incorrect_data", "replacement": smelt("MUN-B-3")},
        {"statement": f"{3:064x}", "kind": "incorrect_data", "replacement": batch("MUN-B-3"), "occurred_at": EARLIER},
    ]
    yard.say("MUN", {"type": "correction", "reason": "the wrong slip", "corrections": repairs})
    assert yard.contributions("MUN-L-1") == [("MUN-B-3", "1.000000000")]
    assert "before-it-came-in" not in codes(yard, 1)


def batch(lot: str) -> dict[str, Any]:
    """Return the batch as it is entered in the yard."""
    return {
        "type": "intake", "lot": lot, "material": "lead_scrap", "chemistry": "lead_acid", "form": "scrap",
        "net_kg": "1000", "content_kg": {"Pb": "600"}, "content_basis": "assay", "country": "IN", "documents": [],
        "origin": "battery_post_consumer",
    }  # fmt: skip


def test_only_a_batch_of_ones_own_that_is_there_can_be_taken(yard: Yard) -> None:
    """Not another park's, not one that was sent away, not what was made later by a run."""
    yard.intake("TEX-B-1", 1000 * KG, {"Pb": 600 * KG}, at=EARLIER)
    assert yard.code("MUN", correction(1, smelt("TEX-B-1"))) == "not-entitled"
    yard.say("MUN", run("MUN-R-2", [line("MUN-B-2", 500 * KG)], [output("MUN-L-2", 300 * KG, {"Pb": 295 * KG})]))
    assert yard.code("MUN", correction(1, smelt("MUN-L-2"))) == "unknown-lot"


def test_a_dispatch_cannot_send_what_was_entered_after_it(yard: Yard) -> None:
    """Of the paper of a shipment the batch was known."""
    yard.say("MUN", dispatch("MUN-H-1", "MUN-L-1"))
    yard.intake("MUN-B-3", 1000 * KG, {"Pb": 600 * KG}, at=EARLIER)
    assert yard.code("MUN", correction(3, dispatch("MUN-H-1", "MUN-L-1", "MUN-B-3"))) == "unknown-lot"


def test_a_batch_under_a_hold_that_was_sent_on_stands_short(yard: Yard) -> None:
    """It was sent before the run was corrected: the taking stands in its place, and the shipment lacks it."""
    yard.say("MUN", dispatch("MUN-H-1", "MUN-B-2"))
    yard.say("MUN", correction(1, smelt("MUN-B-2")))
    assert yard.origins("MUN-L-1") == {"battery_manufacturing": 590 * KG}
    assert "shortfall" in codes(yard, 3)


def test_the_batch_and_the_run_are_mended_in_one_piece(yard: Yard) -> None:
    """The batch is entered otherwise, and the run takes it."""
    repairs = [
        {"statement": f"{1:064x}", "kind": "incorrect_data", "replacement": smelt("MUN-B-2")},
        {"statement": f"{2:064x}", "kind": "incorrect_data", "replacement": {**batch("MUN-B-2"), "documents": [SLIP]}},
    ]
    yard.say("MUN", {"type": "correction", "reason": "the wrong slip", "corrections": repairs})
    assert yard.origins("MUN-L-1") == {"battery_post_consumer": 590 * KG}


def test_a_batch_that_did_not_occur_leaves_its_run_short(yard: Yard) -> None:
    """What was taken of it lacks all."""
    yard.say("MUN", correction(1, smelt("MUN-B-2")))
    yard.say("MUN", {"type": "correction", "statement": f"{2:064x}", "kind": "did_not_occur", "reason": "no such slip"})
    assert yard.origins("MUN-L-1") == {"unknown": 590 * KG}
    assert yard.lot("MUN-L-1").shortfalls == (f"{1:064x}",)
