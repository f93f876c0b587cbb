"""What a recall answers of each lot: what was made, what is left, what is held."""

from __future__ import annotations

import pytest

from ledger.materials.answers.recall.recall import without_traces
from tests.materials.answers.recall.rows import figure, row_of
from tests.materials.yard import Yard
from tests.season.recalling import reached, report_of
from tests.world.events import KG, dispatch, line, output, run


@pytest.fixture
def yard() -> Yard:
    """Two batches of 100 kg with 60 kg lead each: MUN-B-1 (statement 0) and MUN-B-2 (statement 1)."""
    yard = Yard()
    for lot in ("MUN-B-1", "MUN-B-2"):
        yard.intake(lot, 100 * KG, {"Pb": 60 * KG})
    return yard


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


def test_lots_of_which_a_trace_is_reached_can_be_left_out(yard: Yard) -> None:
    """A tenth of the mass and of the lead went into MUN-L-1; the seed itself always stays."""
    yard.intake("MUN-B-3", 900 * KG, {"Pb": 540 * KG})
    inputs = [line("MUN-B-1", 100 * KG), line("MUN-B-3", 900 * KG)]
    yard.say("MUN", run("MUN-R-1", inputs, [output("MUN-L-1", 500 * KG, {"Pb": 500 * KG})]))
    yard.say("MUN", run("MUN-R-2", [line("MUN-L-1", 500 * KG)], [output("MUN-P-1", 500 * KG, {"Pb": 500 * KG})]))
    yard.say("MUN", dispatch("MUN-S-1", "MUN-P-1"))
    found = reached(yard, "MUN-B-1")
    for share, lots, sent in ((100_000_000, 3, 1), (100_000_001, 1, 0), (0, 3, 1), (10**9, 1, 0)):
        kept = without_traces(found, share)
        assert (len(kept.lots), len(kept.sent)) == (lots, sent), share
        assert kept.lots[0].lot.id == "MUN-B-1"


def test_a_held_lot_says_so(yard: Yard) -> None:
    """Whoever recalls it sees what is stopped already."""
    yard.say("MUN", {"type": "hold", "lots": ["MUN-B-1"], "reason": "to be looked at"})
    rows = {row["lot"]: row["held"] for row in report_of(yard, "MUN-B-1", "MUN-B-2")["lots"]}
    assert rows == {"MUN-B-1": True, "MUN-B-2": False}
