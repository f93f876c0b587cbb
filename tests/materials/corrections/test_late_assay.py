"""Final assays that come after the use of their lot: they count before it, and what was made is folded anew."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.materials.answers.as_of import lot_at
from ledger.materials.moves.balance import balance_of
from schemas.ids import LotId, PartyId, RunId
from tests.materials.yard import Yard, codes
from tests.world.events import KG, dispatch, line, output, run

MUN = PartyId("MUN")
THEN = "2026-01-20T06:00:00Z"


@pytest.fixture
def yard() -> Yard:
    """A batch of 1,000 kg is stated at 65 % lead (0); all of it is smelted to 590 kg (1)."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 650 * KG})
    yard.say("MUN", smelt(1000))
    return yard


def smelt(kg: int, *, number: int = 1, lead: int = 590) -> dict[str, Any]:
    """Return a run that makes lead of the batch."""
    return run(f"MUN-R-{number}", [line("MUN-B-1", kg * KG)], [output(f"MUN-L-{number}", lead * KG, {"Pb": lead * KG})])


def assay(fraction: str, *lots: str, stage: str = "final", **more: Any) -> dict[str, Any]:
    """Return an assay of lead on the wet mass."""
    return {
        "type": "assay", "lots": list(lots or ("MUN-B-1",)), "stage": stage, "basis": "wet", "method": "XRF",
        "sample": "1", "results": {"Pb": {"fraction": fraction, "uncertainty": "0"}}, **more,
    }  # fmt: skip


def lost(yard: Yard, name: str = "MUN-R-1") -> int:
    """Return the lead that a run lost, in kg."""
    return sum(sum(split) for split in yard.runs[RunId(name)].loss.values()) // KG


def test_a_final_assay_after_the_use_governs_from_before_it(yard: Yard) -> None:
    """62 %: the run took 620 kg; its output stays as stated, its loss is 30 kg and no longer 60."""
    yard.say("MUN", assay("0.62"), THEN)
    made = yard.runs[RunId("MUN-R-1")]
    assert (made.pool["Pb"], lost(yard)) == (620 * KG, 30)
    assert yard.origins("MUN-L-1") == {"battery_post_consumer": 590 * KG}
    assert yard.lot("MUN-B-1").status == "consumed"
    assert codes(yard, 2) == {}


def test_the_park_confirms_what_a_laboratory_finds_after_the_use(yard: Yard) -> None:
    """As by its own word."""
    party = yard.parties[PartyId("GLENCORE")]
    yard.parties[PartyId("LAB")] = party._replace(id=PartyId("LAB"), roles=("laboratory",))
    found = yard.enter("LAB", assay("0.62"), THEN)
    assert lost(yard) == 60
    yard.say("MUN", {"type": "assay", "lots": ["MUN-B-1"], "confirms": found}, THEN)
    assert lost(yard) == 30


def test_more_is_taken_than_was_there_by_the_assay(yard: Yard) -> None:
    """58 %: of the 590 kg in the output 10 are gain now, of no origin; the output names the assay."""
    yard.say("MUN", assay("0.58"), THEN)
    assert yard.origins("MUN-L-1") == {"battery_post_consumer": 580 * KG, "unknown": 10 * KG}
    assert yard.contributions("MUN-L-1") == [("MUN-B-1", "0.983050847"), ("gain:MUN-R-1", "0.016949153")]
    assert yard.lot("MUN-L-1").corrections == (f"{2:064x}",)
    assert codes(yard, 2) == {"assay-lowers-content": "medium"}


def test_of_a_lot_that_was_used_in_part_both_parts_follow() -> None:
    """400 kg went into a run; the rest and what the run took hold 62 % both."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 650 * KG})
    yard.say("MUN", smelt(400, lead=240))
    yard.say("MUN", assay("0.62"), THEN)
    assert yard.runs[RunId("MUN-R-1")].pool["Pb"] == 248 * KG
    assert yard.origins("MUN-B-1") == {"battery_post_consumer": 372 * KG}
    assert yard.lot("MUN-B-1").stage == 2


def test_a_later_use_of_the_rest_does_not_move_the_assay() -> None:
    """It stands before the first run, whatever follows."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 650 * KG})
    yard.say("MUN", smelt(400, lead=240))
    yard.say("MUN", assay("0.62"), THEN)
    yard.say("MUN", smelt(600, number=2, lead=360))
    yard.say("MUN", assay("0.63"), THEN)
    assert [yard.runs[RunId(f"MUN-R-{n}")].pool["Pb"] for n in (1, 2)] == [252 * KG, 378 * KG]


def test_a_preliminary_result_does_not_overrule_a_final_one_before_the_use() -> None:
    """The stages count as ever; where the late one says something else, that is odd."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 650 * KG})
    yard.say("MUN", assay("0.64"))
    yard.say("MUN", smelt(1000))
    yard.say("MUN", assay("0.60", stage="provisional"), THEN)
    assert lost(yard) == 50
    assert codes(yard, 3) == {"assay-differs": "medium"}


def test_a_lot_that_was_dispatched_is_not_analysed_anew() -> None:
    """Half is used, the rest is sent: what is sold is settled with its buyer."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 650 * KG})
    yard.say("MUN", smelt(400, lead=240))
    yard.say("MUN", dispatch("MUN-H-1", "MUN-B-1"))
    yard.say("MUN", assay("0.62"), THEN)
    assert yard.runs[RunId("MUN-R-1")].pool["Pb"] == 260 * KG
    assert yard.origins("MUN-B-1") == {"battery_post_consumer": 390 * KG}


def test_what_was_sent_on_keeps_its_content_and_says_so() -> None:
    """The lead was sold before the final assay came: it keeps its kilograms, and the assay is found."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 650 * KG})
    yard.say("MUN", smelt(1000))
    yard.say("MUN", dispatch("MUN-H-1", "MUN-L-1"))
    yard.say("MUN", assay("0.58"), THEN)
    assert yard.origins("MUN-L-1") == {"battery_post_consumer": 580 * KG, "unknown": 10 * KG}
    assert codes(yard, 3) == {"assay-lowers-content": "medium", "corrected-after-dispatch": "medium"}


@pytest.mark.parametrize(("fraction", "severity"), [("0.66", None), ("0.70", "medium"), ("0.86", "high")])
def test_a_late_raise_has_the_limits_of_a_raise(yard: Yard, fraction: str, severity: str | None) -> None:
    """Above 5 % medium, above 30 % high."""
    yard.say("MUN", assay(fraction), THEN)
    assert codes(yard, 2).get("assay-raises-content") == severity


def test_a_gain_that_a_late_assay_explains_stays_as_withdrawn() -> None:
    """The run made more than was stated; the assay finds the metal that was missing."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 570 * KG})
    yard.say("MUN", {**smelt(1000), "gain_reason": "table_understated"})
    found = set(codes(yard, 1))
    yard.say("MUN", assay("0.6"), THEN)
    assert yard.origins("MUN-L-1") == {"battery_post_consumer": 590 * KG}
    gone = {finding.code: finding.withdrawn_by for finding in yard.findings_of(1) if finding.withdrawn_by}
    assert gone == dict.fromkeys(found - set(codes(yard, 1)), f"{2:064x}") != {}


def test_what_a_lot_cannot_hold_is_refused_before_the_use_as_well(yard: Yard) -> None:
    """The rest of the lot weighs nothing; before its use it had 1,000 kg, 650 of them lead."""
    results = {"Sn": {"fraction": "0.4", "uncertainty": "0"}}
    assert yard.code("MUN", {**assay("0.6"), "results": results}, THEN) == "content-exceeds-net"
    assert lost(yard) == 60


def test_the_balance_of_the_month_of_the_run_carries_the_difference(yard: Yard) -> None:
    """The assay of February counts where the run ended, in January, and nothing is unexplained."""
    yard.say("MUN", assay("0.62"), "2026-02-20T06:00:00Z")
    january = balance_of(MUN, "2026-01", yard.sums_of(MUN), yard.open_lots(MUN))
    line_of = ("Pb", "battery_post_consumer")
    assert january.moved["receipt"][line_of] == 650 * KG
    assert january.moved["loss"][line_of] == 60 * KG
    assert not any(row.period == "2026-02" for row in yard.postings_of(MUN))


def test_the_past_stays_as_it_was_known(yard: Yard) -> None:
    """Before the assay the output had all its lead from the batch; each answer is that of its size."""
    known = {size: yard.lot("MUN-L-1") for size in (2,)}
    yard.say("MUN", assay("0.58"), THEN)
    known[3] = yard.lot("MUN-L-1")
    yard.say("MUN", {"type": "correction", "statement": f"{2:064x}", "kind": "did_not_occur", "reason": "other lot"})
    known[4] = yard.lot("MUN-L-1")
    for size, lot in known.items():
        past = lot_at(LotId("MUN-L-1"), size, yard)
        assert past is not None
        assert past.lot == lot
    assert yard.origins("MUN-L-1") == {"battery_post_consumer": 590 * KG}
    assert known[4].corrections == (f"{2:064x}", f"{3:064x}")


def test_a_late_assay_that_is_corrected_counts_as_it_reads_now(yard: Yard) -> None:
    """58 % was a slip: it is 62 %, in the same place."""
    yard.say("MUN", assay("0.58"), THEN)
    said = {"type": "correction", "statement": f"{2:064x}", "kind": "incorrect_data", "reason": "a slip of the pen"}
    yard.say("MUN", {**said, "replacement": assay("0.62")}, THEN)
    assert (yard.origins("MUN-L-1"), lost(yard)) == ({"battery_post_consumer": 590 * KG}, 30)


def test_a_run_that_did_not_occur_gives_the_assay_its_own_place_back(yard: Yard) -> None:
    """Nothing was used: the assay is one like any other."""
    yard.say("MUN", assay("0.58"), THEN)
    yard.say("MUN", {"type": "correction", "statement": f"{1:064x}", "kind": "did_not_occur", "reason": "not run"})
    assert yard.origins("MUN-B-1") == {"battery_post_consumer": 580 * KG}
    assert sum(sum(map(sum, row.mix.values())) for row in yard.postings_of(MUN) if row.kind == "loss") == 70 * KG


def test_an_assay_of_used_and_unused_lots_counts_for_each_in_its_place(yard: Yard) -> None:
    """Of the second batch nothing was used: for it the assay is one like any other, and it does not name it."""
    yard.intake("MUN-B-2", 1000 * KG, {"Pb": 650 * KG})
    yard.say("MUN", assay("0.62", "MUN-B-1", "MUN-B-2"), THEN)
    assert (lost(yard), yard.origins("MUN-B-2")) == (30, {"battery_post_consumer": 620 * KG})
    assert yard.lot("MUN-B-2").corrections == ()


def test_an_output_that_went_on_gets_back_what_its_run_lost(yard: Yard) -> None:
    """The lead went into a refinery; its final assay finds 40 kg more, which its own run had booked as lost."""
    refined = [output("MUN-F-1", 590 * KG, {"Pb": 580 * KG}, material="refined_lead")]
    yard.say("MUN", run("MUN-R-2", [line("MUN-L-1", 590 * KG)], refined, "refining"))
    fraction = "0.99"
    yard.intake("MUN-B-2", 1000 * KG, {"Pb": 650 * KG})
    lean = [output("MUN-L-3", 640 * KG, {"Pb": 590 * KG})]
    yard.say("MUN", run("MUN-R-3", [line("MUN-B-2", 1000 * KG)], lean))
    yard.say("MUN", run("MUN-R-4", [line("MUN-L-3", 640 * KG)], [output("MUN-F-3", 640 * KG, {"Pb": 590 * KG})]))
    yard.say("MUN", assay(fraction, "MUN-L-3"), THEN)
    assert sum(sum(split) for split in yard.runs[RunId("MUN-R-3")].loss_left().values()) == 650 * KG - 6336 * KG // 10
    assert yard.runs[RunId("MUN-R-4")].pool["Pb"] == 6336 * KG // 10
