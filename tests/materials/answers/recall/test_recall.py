"""Recalls, worked out by hand: who has what of it, as the statements stand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.materials.corrections.test_correction import correct
from tests.materials.yard import Yard, addition, intake, line, output, run
from tests.season.recalling import report_of

KG = 1_000_000
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


def figure(kg: str, of_kg: str, share: str) -> dict[str, str]:
    """Return a figure as it is answered."""
    return {"share": share, "kg": kg, "of_kg": of_kg}


def sendings(report: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Return lot, recipient, decision, and whether the sender took it back, of each shipment."""
    return [(row["lot"], row["recipient"], row["decision"], row["withdrawn"]) for row in report["shipments"]]


def recipients(report: dict[str, Any]) -> dict[str, list[str]]:
    """Return the lots that each recipient was sent."""
    return {row["recipient"]: row["lots"] for row in report["recipients"]}


def row_of(report: dict[str, Any], lot: str) -> dict[str, Any]:
    """Return the row of one lot."""
    (row,) = [row for row in report["lots"] if row["lot"] == lot]
    return dict(row)


def test_a_corrected_dispatch_names_the_receiver_that_stands(yard: Yard) -> None:
    """Not the one that was named by mistake; and what the correction brought into the shipment is stated as well."""
    yard.say("MUN", dispatch("MUN-B-1"))
    yard.say("MUN", correct(2, dispatch("MUN-B-1", "MUN-B-2", to="TEX")))
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
    yard.say("MUN", correct(2))
    report = report_of(yard, "MUN-B-1")
    assert sendings(report) == [("MUN-B-1", "GLENCORE", "accepted", True)]
    assert report["recipients"][0]["net"] == figure("100", "100", "1.000000000")
    assert (report["shipments"][0]["sender"], report["shipments"][0]["statement"]) == ("MUN", f"{2:064x}")
    assert report_of(yard, "MUN-B-2")["shipments"] == []


def test_the_word_of_one_receiver_is_not_that_of_another(yard: Yard) -> None:
    """GLENCORE accepted, then the sender says that it went to TEX: both are reported, each with its own word."""
    yard.say("MUN", dispatch("MUN-B-1"))
    yard.say("GLENCORE", word("MUN-B-1"))
    yard.say("MUN", correct(2, dispatch("MUN-B-1", to="TEX")))
    report = report_of(yard, "MUN-B-1")
    assert sendings(report) == [("MUN-B-1", "TEX", None, False), ("MUN-B-1", "GLENCORE", "accepted", True)]
    assert recipients(report) == {"GLENCORE": ["MUN-B-1"], "TEX": ["MUN-B-1"]}


def test_a_corrected_word_counts_as_corrected(yard: Yard) -> None:
    """Accepted by mistake, in truth rejected: the receiver keeps nothing of it."""
    yard.say("MUN", dispatch("MUN-B-1", "MUN-B-2"))
    yard.say("GLENCORE", word("MUN-B-1", "MUN-B-2"))
    yard.say("GLENCORE", correct(3, word("MUN-B-1", decision="rejected")))
    assert sendings(report_of(yard, "MUN-B-2")) == [("MUN-B-2", "GLENCORE", None, False)]
    report = report_of(yard, "MUN-B-1")
    assert sendings(report) == [("MUN-B-1", "GLENCORE", "rejected", False)]
    (row,) = report["recipients"]
    assert (row["lots"], row["net"]) == (["MUN-B-1"], figure("0", "0", "0.000000000"))
    assert report["shipments"][0]["net"]["kg"] == "100"


def test_a_corrected_run_reaches_what_it_really_took(yard: Yard) -> None:
    """The lot is of the other batch; of the batch that never came it holds nothing that is known."""
    made = [output("MUN-L-1", 80 * KG, {"Pb": 59 * KG})]
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 100 * KG)], made))
    yard.say("MUN", correct(2, run("MUN-R-1", [line("MUN-B-2", 100 * KG)], made)))
    assert [row["lot"] for row in report_of(yard, "MUN-B-1")["lots"]] == ["MUN-B-1"]
    assert row_of(report_of(yard, "MUN-B-2"), "MUN-L-1")["net"] == figure("80", "80", "1.000000000")
    yard.say("MUN", correct(1))
    lead = row_of(report_of(yard, "MUN-B-2"), "MUN-L-1")
    assert (lead["net"], lead["content"]) == (figure("0", "80", "0.000000000"), {})


def test_a_consumed_lot_says_what_was_made_and_what_is_left(yard: Yard) -> None:
    """A quarter of MUN-L-1 is of the batch: 50 kg when it was made, 30 of them gone into the next, 20 left."""
    inputs = [line("MUN-B-1", 50 * KG), line("MUN-B-2", 100 * KG)]
    yard.intake("MUN-B-3", 50 * KG, {"Pb": 30 * KG})
    yard.say(
        "MUN", run("MUN-R-1", [*inputs, line("MUN-B-3", 50 * KG)], [output("MUN-L-1", 200 * KG, {"Pb": 100 * KG})])
    )
    yard.say("MUN", run("MUN-R-2", [line("MUN-L-1", 120 * KG)], [output("MUN-P-1", 120 * KG, {"Pb": 60 * KG})]))
    report = report_of(yard, "MUN-B-3")
    lead = row_of(report, "MUN-L-1")
    assert lead["made"] == {
        "net": figure("50", "200", "0.250000000"), "content": {"Pb": figure("25", "100", "0.250000000")},
    }  # fmt: skip
    assert (lead["net"], lead["content"]["Pb"]) == (
        figure("20", "80", "0.250000000"), figure("10", "40", "0.250000000"),
    )  # fmt: skip
    batch = row_of(report, "MUN-B-3")
    assert (batch["made"]["net"]["kg"], batch["net"]["kg"], batch["status"]) == ("50", "0", "consumed")
    assert batch["made"]["content"] == {"Pb": figure("30", "30", "1.000000000")}


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
    yard.say("MUN", correct(0, intake("MUN-B-1", 90 * KG, {"Pb": 60 * KG})), LATER)
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


def test_additions_thin_the_mass_that_is_reached(yard: Yard) -> None:
    """50 kg of heel and 450 kg of reagent: a tenth of the mass, though nearly all of the lead."""
    yard.say(
        "MUN",
        run("MUN-R-1", [line("MUN-B-1", 50 * KG)], [output("MUN-L-1", 100 * KG, {"Pb": 28 * KG})],
            additions=[addition(450 * KG, {"Pb": 10 * KG})]),
    )  # fmt: skip
    lead = row_of(report_of(yard, "MUN-B-1"), "MUN-L-1")
    assert lead["net"] == figure("10", "100", "0.100000000")
    assert lead["content"]["Pb"] == figure("21", "28", "0.750000000")


def test_a_recalled_addition_reaches_its_own_share_only(yard: Yard) -> None:
    """Of two additions the second: a quarter of the mass and a fifth of the lead, on to what is packed of it."""
    yard.say(
        "MUN",
        run("MUN-R-1", [line("MUN-B-1", 100 * KG)], [output("MUN-L-1", 160 * KG, {"Pb": 80 * KG})],
            additions=[addition(50 * KG, {"Pb": 4 * KG}), addition(50 * KG, {"Pb": 16 * KG})]),
    )  # fmt: skip
    yard.say(
        "MUN", run("MUN-R-2", [line("MUN-L-1", 160 * KG)], [output("MUN-P-1", 160 * KG, {"Pb": 80 * KG})], "packing")
    )
    report = report_of(yard, additions=(("MUN-R-1", 1),))
    assert report["seeds"] == ["addition:MUN-R-1:1"]
    for lot in ("MUN-L-1", "MUN-P-1"):
        assert row_of(report, lot)["made"] == {
            "net": figure("40", "160", "0.250000000"), "content": {"Pb": figure("16", "80", "0.200000000")},
        }  # fmt: skip
    # With a lot that is recalled in full beside it, nothing is reported twice.
    both = row_of(report_of(yard, "MUN-B-1", additions=(("MUN-R-1", 0), ("MUN-R-1", 1))), "MUN-P-1")
    assert both["net"] == figure("160", "160", "1.000000000")


def test_metal_from_nowhere_is_not_recalled(yard: Yard) -> None:
    """Of 80 kg lead 20 are a gain; what is taken before an assay finds 20 kg more is stated as it was taken."""
    more = {"gain_reason": "table_understated"}
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 100 * KG)], [output("MUN-L-1", 200 * KG, {"Pb": 80 * KG})], **more))
    for number in (1, 2):
        made = [output(f"MUN-P-{number}", 100 * KG, {"Pb": 40 * KG})]
        yard.say("MUN", run(f"MUN-R-{number + 1}", [line("MUN-L-1", 100 * KG)], made, "packing"))
        if number == 1:
            results = {"Pb": {"fraction": "0.6", "uncertainty": "0.01"}}
            said = {"stage": "final", "basis": "wet", "method": "XRF", "sample": "1", "results": results}
            yard.say("MUN", {"type": "assay", "lots": ["MUN-L-1"], **said})
    report = report_of(yard, "MUN-B-1")
    shares = [row_of(report, lot)["made"]["content"]["Pb"]["share"] for lot in ("MUN-L-1", "MUN-P-1", "MUN-P-2")]
    assert shares == ["0.750000000", "0.750000000", "0.500000000"]


def test_what_is_recalled_in_full_stays_so(yard: Yard) -> None:
    """Also where it was made of something else that is recalled, in part."""
    inputs = [line("MUN-B-1", 100 * KG), line("MUN-B-2", 100 * KG)]
    yard.say("MUN", run("MUN-R-1", inputs, [output("MUN-L-1", 100 * KG), output("MUN-L-2", 100 * KG)]))
    report = report_of(yard, "MUN-B-1", "MUN-L-1")
    shares = {row["lot"]: row["net"]["share"] for row in report["lots"]}
    assert shares == {"MUN-B-1": "1.000000000", "MUN-L-1": "1.000000000", "MUN-L-2": "0.500000000"}


def test_a_held_lot_says_so(yard: Yard) -> None:
    """Whoever recalls it sees what is stopped already."""
    yard.say("MUN", {"type": "hold", "lots": ["MUN-B-1"], "reason": "to be looked at"})
    rows = {row["lot"]: row["held"] for row in report_of(yard, "MUN-B-1", "MUN-B-2")["lots"]}
    assert rows == {"MUN-B-1": True, "MUN-B-2": False}
