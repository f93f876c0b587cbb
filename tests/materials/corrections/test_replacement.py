"""What a correction may say: nothing that the statement itself could not have said when it was made."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.ids import PartyId
from tests.materials.yard import Yard
from tests.world.events import line, output, run

KG = 1_000_000
LATER = "2026-02-01T06:00:00Z"


@pytest.fixture
def yard() -> Yard:
    """MUN-B-1 was sold to GLENCORE (statements 0 to 2); MUN keeps MUN-B-2 (3); TEX has TEX-B-1 (4)."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG})
    yard.say("MUN", dispatch("MUN-H-1", "MUN-B-1"))
    yard.say("GLENCORE", acceptance("MUN-H-1", "MUN-B-1"))
    yard.intake("MUN-B-2", 100 * KG, {"Pb": 60 * KG})
    yard.intake("TEX-B-1", 1000 * KG, {"Pb": 600 * KG})
    return yard


def correct(index: int, replacement: dict[str, Any]) -> dict[str, Any]:
    """Return a correction of the statement at an index."""
    return {
        "type": "correction", "statement": f"{index:064x}", "kind": "incorrect_data", "reason": "a slip of the pen",
        "replacement": replacement,
    }  # fmt: skip


def dispatch(shipment: str, *lots: str, to: str = "GLENCORE") -> dict[str, Any]:
    """Return a dispatch."""
    return {"type": "dispatch", "shipment": shipment, "to": to, "lots": [{"lot": lot} for lot in lots]}


def acceptance(shipment: str, *lots: str, net: str = "1000") -> dict[str, Any]:
    """Return an acceptance of all that is named."""
    return {
        "type": "acceptance", "shipment": shipment,
        "lots": [{"lot": lot, "decision": "accepted", "net_kg": net} for lot in lots],
    }  # fmt: skip


def count(kg: str, *lots: str) -> dict[str, Any]:
    """Return a count that the book follows."""
    return {
        "type": "stock_count", "lots": list(lots), "counted_kg": kg, "method": "weighed", "reason": "month end",
        "adjust": True,
    }  # fmt: skip


def claim(lot: str, kg: str, kind: str = "recycled_content") -> dict[str, Any]:
    """Return a claim on lead of one lot."""
    lots = [{"lot": lot, "origin_kg": {"Pb": {"battery_post_consumer": kg}}}]
    return {"type": "claim", "kind": kind, "scheme": "ISCC PLUS", "number": "1", "lots": lots}


def assay(fraction: str, *lots: str) -> dict[str, Any]:
    """Return a final assay of lead."""
    return {
        "type": "assay", "lots": list(lots), "stage": "final", "basis": "wet", "method": "XRF", "sample": "S-1",
        "results": {"Pb": {"fraction": fraction, "uncertainty": "0"}},
    }  # fmt: skip


def test_a_dispatch_cannot_be_corrected_to_take_what_was_sold_before(yard: Yard) -> None:
    """When MUN sent its second shipment, MUN-B-1 was GLENCORE's already."""
    yard.say("MUN", dispatch("MUN-H-2", "MUN-B-2", to="TEX"))
    assert yard.code("MUN", correct(5, dispatch("MUN-H-2", "MUN-B-2", "MUN-B-1", to="TEX"))) == "not-entitled"
    assert (yard.lot("MUN-B-1").holder, yard.lot("MUN-B-1").status) == ("GLENCORE", "open")


def test_a_count_cannot_be_corrected_to_empty_a_lot_of_another(yard: Yard) -> None:
    """The maker of a lot may not count it after it was sold."""
    yard.say("MUN", count("99", "MUN-B-2"))
    assert yard.code("MUN", correct(5, count("500", "MUN-B-2", "MUN-B-1"))) == "not-entitled"
    assert yard.lot("MUN-B-1").net == 1000 * KG


def test_a_run_cannot_be_corrected_to_use_a_lot_of_another(yard: Yard) -> None:
    """What GLENCORE holds is in no run of MUN."""
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-2", 50 * KG)], [output("MUN-L-1", 30 * KG, {"Pb": 30 * KG})]))
    inputs = [line("MUN-B-2", 50 * KG), line("MUN-B-1", 1000 * KG)]
    more = run("MUN-R-1", inputs, [output("MUN-L-1", 630 * KG, {"Pb": 630 * KG})])
    assert yard.code("MUN", correct(5, more)) == "not-entitled"


@pytest.mark.parametrize(("kind", "lot"), [("recycled_content", "MUN-B-1"), ("recycling_service", "TEX-B-1")])
def test_a_claim_cannot_be_corrected_onto_a_lot_that_is_not_its_signers(yard: Yard, kind: str, lot: str) -> None:
    """The content is the holder's to claim, the service that of the park of recovery."""
    assert yard.code("MUN", claim(lot, "600", kind)) == "not-entitled"
    yard.say("MUN", claim("MUN-B-2", "1", kind))
    assert yard.code("MUN", correct(5, claim(lot, "600", kind))) == "not-entitled"


def test_an_assay_cannot_be_corrected_onto_a_lot_of_strangers(yard: Yard) -> None:
    """Nor can it confirm what was found in another lot."""
    yard.say("MUN", assay("0.6", "MUN-B-2"))
    assert yard.code("MUN", correct(5, assay("0.9", "TEX-B-1"))) == "not-entitled"
    yard.say("TEX", assay("0.5", "TEX-B-1"))
    confirms = {"type": "assay", "lots": ["MUN-B-2"], "confirms": f"{6:064x}"}
    assert yard.code("MUN", correct(5, confirms)) == "unknown-assay"


def test_a_lot_that_was_there_then_can_be_brought_in_though_it_was_sold_since() -> None:
    """MUN held TEX-B-1 when its run took place; that it is GLENCORE's today does not matter."""
    yard = Yard()
    yard.intake("TEX-B-1", 1000 * KG, {"Pb": 600 * KG})
    yard.say("TEX", dispatch("TEX-H-1", "TEX-B-1", to="MUN"))
    yard.say("MUN", acceptance("TEX-H-1", "TEX-B-1"))
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG})
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [output("MUN-L-1", 592 * KG, {"Pb": 590 * KG})]))
    yard.say("MUN", dispatch("MUN-H-1", "TEX-B-1"))
    yard.say("GLENCORE", acceptance("MUN-H-1", "TEX-B-1"))
    inputs = [line("MUN-B-1", 1000 * KG), line("TEX-B-1", 100 * KG)]
    more = run("MUN-R-1", inputs, [output("MUN-L-1", 652 * KG, {"Pb": 650 * KG})])
    assert yard.code("MUN", correct(4, more)) == "taken"
    assert yard.lot("TEX-B-1").net == 900 * KG
    assert yard.origins("MUN-L-1") == {"battery_post_consumer": 650 * KG}


def test_a_receiver_can_add_the_other_lot_of_the_shipment(yard: Yard) -> None:
    """It forgot one of two; a lot that was never in the shipment it cannot add."""
    yard.intake("MUN-B-3", 10 * KG, {"Pb": 6 * KG})
    yard.say("MUN", dispatch("MUN-H-2", "MUN-B-2", "MUN-B-3"))
    yard.say("GLENCORE", acceptance("MUN-H-2", "MUN-B-2", net="100"))
    assert yard.code("GLENCORE", correct(7, acceptance("MUN-H-2", "MUN-B-2", "TEX-B-1"))) == "not-in-shipment"
    yard.say("GLENCORE", correct(7, acceptance("MUN-H-2", "MUN-B-2", "MUN-B-3", net="100")))
    assert (yard.lot("MUN-B-3").holder, yard.lot("MUN-B-3").status) == ("GLENCORE", "open")


def test_a_role_that_was_given_up_since_still_speaks_of_its_time(yard: Yard) -> None:
    """MUN was a park when it ran; it may say later what it ran then, and nothing new."""
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-2", 50 * KG)], [output("MUN-L-1", 30 * KG, {"Pb": 30 * KG})]))
    mun = yard.parties[PartyId("MUN")]
    yard.parties[PartyId("MUN")] = mun._replace(roles=("offtaker",), since=yard.index, earlier=(mun,))
    less = run("MUN-R-1", [line("MUN-B-2", 50 * KG)], [output("MUN-L-1", 29 * KG, {"Pb": 29 * KG})])
    assert yard.code("MUN", correct(5, less)) == "taken"
    assert yard.code("MUN", run("MUN-R-2", [line("MUN-B-2", KG)], [output("MUN-L-2", KG)])) == "not-entitled"


def test_months_of_what_was_said_stay_those_of_its_time_zone() -> None:
    """After a move to another zone, a correction undoes a receipt in the month in which it was posted."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG}, at="2026-01-31T23:00:00Z")
    mun = yard.parties[PartyId("MUN")]
    yard.parties[PartyId("MUN")] = mun._replace(timezone="Asia/Kolkata", since=yard.index, earlier=(mun,))
    undone = {"type": "correction", "statement": "0" * 64, "kind": "did_not_occur", "reason": "never came"}
    effects = yard.say("MUN", undone, LATER)
    assert {(row.kind, row.period, row.net) for row in effects.postings} == {("receipt", "2026-01", -1000 * KG)}


@pytest.mark.parametrize(
    ("replacement", "code"),
    [
        (run("MUN-R-1", [line("MUN-B-2", 50 * KG)], [output("MUN-L-1", 90 * KG)], "packing"), "net-gain"),
        (
            run("MUN-R-1", [line("MUN-B-2", 50 * KG)], [output("MUN-L-1", 99 * KG, {"Pb": 51 * KG})],
                gain_reason="not_analysed"),
            "gain-exceeds-tolerance",
        ),
        (
            run("MUN-R-1", [line("MUN-B-2", 50 * KG)], [output("MUN-L-1", 30 * KG)],
                started_at="2020-01-01T00:00:00Z", ended_at="2020-01-02T00:00:00Z"),
            "time-order",
        ),
    ],
)  # fmt: skip
def test_a_run_cannot_be_corrected_into_what_is_impossible_in_itself(
    yard: Yard, replacement: dict[str, Any], code: str
) -> None:
    """Mass from packing, more metal than all that went in, an end before its input came."""
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-2", 50 * KG)], [output("MUN-L-1", 30 * KG, {"Pb": 30 * KG})]))
    assert yard.code("MUN", correct(5, replacement)) == code


def test_a_held_lot_that_leaves_by_a_correction_leaves_a_finding(yard: Yard) -> None:
    """As it would if the movement were entered late."""
    yard.intake("MUN-B-3", 10 * KG, {"Pb": 6 * KG})
    yard.say("MUN", dispatch("MUN-H-2", "MUN-B-2"))
    yard.say("MUN", {"type": "hold", "lots": ["MUN-B-3"], "reason": "in doubt"}, LATER)
    effects = yard.say("MUN", correct(6, dispatch("MUN-H-2", "MUN-B-2", "MUN-B-3")), LATER)
    assert "moved-before-hold" in {finding.code for finding in effects.findings if "MUN-B-3" in finding.lots}


def test_an_assay_that_a_correction_made_impossible_changes_nothing(yard: Yard) -> None:
    """60 % lead and 90 % antimony do not fit into one lot; nothing is refused, and nothing is made."""
    antimony = {**assay("0.001", "MUN-B-2"), "results": {"Sb": {"fraction": "0.001", "uncertainty": "0"}}}
    yard.say("MUN", antimony)
    yard.say("MUN", correct(5, {**antimony, "results": {"Sb": {"fraction": "0.9", "uncertainty": "0"}}}))
    assert sum(sum(split) for split in yard.lot("MUN-B-2").mix.values()) <= yard.lot("MUN-B-2").net
    assert ("assay-without-effect", "high") in {(one.code, one.severity) for one in yard.findings}


def test_a_laboratory_that_mixed_up_a_sample_takes_its_word_from_the_lot(yard: Yard) -> None:
    """The park had confirmed it; the assay is of another lot now, and the content is what it was."""
    lab = yard.parties[PartyId("TEX")]
    yard.parties[PartyId("TEX")] = lab._replace(roles=("park", "laboratory"))
    yard.say("TEX", assay("0.3", "MUN-B-2"))
    found = yard.index - 1
    yard.say("MUN", {"type": "assay", "lots": ["MUN-B-2"], "confirms": f"{found:064x}"})
    assert yard.origins("MUN-B-2") == {"battery_post_consumer": 30 * KG}
    yard.say("TEX", correct(found, assay("0.3", "TEX-B-1")))
    assert yard.origins("MUN-B-2") == {"battery_post_consumer": 60 * KG}
    assert yard.lot("MUN-B-2").corrections == (f"{yard.index - 1:064x}",)
