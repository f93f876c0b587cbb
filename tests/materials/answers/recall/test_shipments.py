"""Who was sent what of a recalled lot, as the statements stand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.materials.answers.recall.rows import figure, row_of
from tests.materials.yard import Yard, intake
from tests.season.recalling import report_of
from tests.world.events import KG, correction, line, output, run

LATER = "2026-01-06T06:00:00Z"


@pytest.fixture
def yard() -> Yard:
    """Two batches of 100 kg with 60 kg lead each: MUN-B-1 (statement 0) and MUN-B-2 (statement 1)."""
    yard = Yard()
    for lot in ("MUN-B-1", "MUN-B-2"):
        yard.intake(lot, 100 * KG, {"Pb": 60 * KG})
    return yard


def dispatch(*lots: str, to: str = "GLENCORE", shipment: str = "MUN-H-1") -> dict[str, Any]:
    """Return a dispatch of lots."""
    return {"type": "dispatch", "shipment": shipment, "to": to, "lots": [{"lot": lot} for lot in lots]}


def word(*lots: str, decision: str = "accepted", shipment: str = "MUN-H-1") -> dict[str, Any]:
    """Return one decision on lots of a shipment."""
    rows = [{"lot": lot, "decision": decision, "net_kg": "100"} for lot in lots]
    return {"type": "acceptance", "shipment": shipment, "lots": rows}


def sendings(report: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Return lot, recipient, decision, and whether the sender took it back, of each shipment."""
    return [(row["lot"], row["recipient"], row["decision"], row["withdrawn"]) for row in report["shipments"]]


def recipients(report: dict[str, Any]) -> dict[str, list[str]]:
    """Return the lots that each recipient was sent."""
    return {row["recipient"]: row["lots"] for row in report["recipients"]}


def test_a_corrected_dispatch_names_the_receiver_that_stands(yard: Yard) -> None:
    """Not the one that was named by mistake; and what the correction brought into the shipment is stated as well."""
    yard.say("MUN", dispatch("MUN-B-1"))
    yard.say("MUN", correction(2, dispatch("MUN-B-1", "MUN-B-2", to="TEX")))
    for lot in ("MUN-B-1", "MUN-B-2"):
        report = report_of(yard, lot)
        assert sendings(report) == [(lot, "TEX", None, False)]
        assert recipients(report) == {"TEX": [lot]}
    yard.say("TEX", word("MUN-B-1"))
    assert sendings(report_of(yard, "MUN-B-1")) == [("MUN-B-1", "TEX", "accepted", False)]
    assert sendings(report_of(yard, "MUN-B-2")) == [("MUN-B-2", "TEX", None, False)]


def test_a_dispatch_that_did_not_occur_reaches_nobody(yard: Yard) -> None:
    """Unless somebody says to have it: who accepted a lot has it, whatever its sender says now."""
    yard.say("MUN", dispatch("MUN-B-1", "MUN-B-2"))
    yard.say("GLENCORE", word("MUN-B-1"))
    yard.say("MUN", correction(2))
    report = report_of(yard, "MUN-B-1")
    assert sendings(report) == [("MUN-B-1", "GLENCORE", "accepted", True)]
    assert report["recipients"][0]["net"] == figure("100", "100", "1.000000000")
    assert (report["shipments"][0]["sender"], report["shipments"][0]["statement"]) == ("MUN", f"{2:064x}")
    assert report_of(yard, "MUN-B-2")["shipments"] == []


def test_the_word_of_one_receiver_is_not_that_of_another(yard: Yard) -> None:
    """GLENCORE accepted, then the sender says that it went to TEX: both are reported, each with its own word."""
    yard.say("MUN", dispatch("MUN-B-1"))
    yard.say("GLENCORE", word("MUN-B-1"))
    yard.say("MUN", correction(2, dispatch("MUN-B-1", to="TEX")))
    report = report_of(yard, "MUN-B-1")
    assert sendings(report) == [("MUN-B-1", "TEX", None, False), ("MUN-B-1", "GLENCORE", "accepted", True)]
    assert recipients(report) == {"GLENCORE": ["MUN-B-1"], "TEX": ["MUN-B-1"]}


def test_a_corrected_word_counts_as_corrected(yard: Yard) -> None:
    """Accepted by mistake, in truth rejected: the receiver keeps nothing of it."""
    yard.say("MUN", dispatch("MUN-B-1", "MUN-B-2"))
    yard.say("GLENCORE", word("MUN-B-1", "MUN-B-2"))
    yard.say("GLENCORE", correction(3, word("MUN-B-1", decision="rejected")))
    assert sendings(report_of(yard, "MUN-B-2")) == [("MUN-B-2", "GLENCORE", None, False)]
    report = report_of(yard, "MUN-B-1")
    assert sendings(report) == [("MUN-B-1", "GLENCORE", "rejected", False)]
    (row,) = report["recipients"]
    assert (row["lots"], row["net"]) == (["MUN-B-1"], figure("0", "0", "0.000000000"))
    assert report["shipments"][0]["net"]["kg"] == "100"


def test_a_shipment_says_what_the_lot_held_when_it_was_sent(yard: Yard) -> None:
    """After a taking, a count and an assay, before the receiver used it up; and as the batch was corrected since."""
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 20 * KG)], [output("MUN-P-1", 20 * KG, {"Pb": 12 * KG})]))
    count = {"type": "stock_count", "lots": ["MUN-B-1"], "counted_kg": "75", "method": "weighed", "reason": "x"}
    yard.say("MUN", {**count, "adjust": True})
    results = {"Pb": {"fraction": "0.5", "uncertainty": "0.01"}}
    said = {"stage": "final", "basis": "wet", "method": "XRF", "sample": "1", "results": results}
    yard.say("MUN", {"type": "assay", "lots": ["MUN-B-1"], **said})
    yard.say("MUN", dispatch("MUN-B-1", to="TEX"), LATER)
    yard.say("TEX", word("MUN-B-1"), LATER)
    made = [output("TEX-L-1", 75 * KG, {"Pb": 37 * KG})]
    yard.say("TEX", run("TEX-R-1", [line("MUN-B-1", 75 * KG)], made, ended_at=LATER), LATER)
    report = report_of(yard, "MUN-B-1")
    (sent,) = report["shipments"]
    assert (sent["net"], sent["content"]["Pb"]) == (
        figure("75", "75", "1.000000000"), figure("37.5", "37.5", "1.000000000"),
    )  # fmt: skip
    assert report["recipients"] == [
        {"recipient": "TEX", "lots": ["MUN-B-1"], "net": sent["net"], "content": sent["content"]}
    ]
    yard.say("MUN", correction(0, intake("MUN-B-1", 90 * KG, {"Pb": 60 * KG})), LATER)
    # The count found 75 kg all the same.
    assert row_of(report_of(yard, "MUN-B-1"), "MUN-B-1")["made"]["net"]["kg"] == "90"
    assert report_of(yard, "MUN-B-1")["shipments"][0]["net"]["kg"] == "75"


def test_a_lot_counts_once_for_a_recipient(yard: Yard) -> None:
    """Sent, rejected, sent again, and beside it another: 200 kg were sent to stay, not 300."""
    yard.say("MUN", dispatch("MUN-B-1"))
    yard.say("GLENCORE", word("MUN-B-1", decision="rejected"))
    yard.say("MUN", dispatch("MUN-B-1", "MUN-B-2", shipment="MUN-H-2"))
    yard.say("GLENCORE", word("MUN-B-1", shipment="MUN-H-2"))
    back = {"type": "dispatch", "shipment": "GLENCORE-H-1", "to": "MUN", "lots": [{"lot": "MUN-B-1"}]}
    yard.say("GLENCORE", back)
    yard.say("MUN", word("MUN-B-1", shipment="GLENCORE-H-1"))
    yard.say("MUN", dispatch("MUN-B-1", shipment="MUN-H-3"))
    report = report_of(yard, "MUN-B-1", "MUN-B-2")
    assert len(report["shipments"]) == 5
    totals = {row["recipient"]: (row["net"]["kg"], row["content"]["Pb"]["kg"]) for row in report["recipients"]}
    assert totals == {"GLENCORE": ("200", "120"), "MUN": ("100", "60")}


def test_a_recipient_has_what_it_did_not_reject(yard: Yard) -> None:
    """Of 100 kg that were sent 60 stay, and the part that went back is reached as well, at its sender."""
    yard.say("MUN", dispatch("MUN-B-1"))
    part = {"lot": "GLENCORE-X-1", "net_kg": "40"}
    kept = {"lot": "MUN-B-1", "decision": "accepted", "net_kg": "60", "rejected": part}
    yard.say("GLENCORE", {"type": "acceptance", "shipment": "MUN-H-1", "lots": [kept]})
    report = report_of(yard, "MUN-B-1")
    (row,) = report["recipients"]
    assert (row["recipient"], row["net"]["kg"], row["content"]["Pb"]["kg"]) == ("GLENCORE", "60", "36")
    assert report["shipments"][0]["net"]["kg"] == "100"
    back = row_of(report, "GLENCORE-X-1")
    assert (back["holder"], back["net"]) == ("MUN", figure("40", "40", "1.000000000"))
