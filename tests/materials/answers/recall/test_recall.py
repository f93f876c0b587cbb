"""Recalls, worked out by hand: who has what of it, as the statements stand."""

from __future__ import annotations

import pytest

from tests.materials.answers.recall.rows import figure, row_of
from tests.materials.yard import Yard
from tests.season.recalling import report_of
from tests.world.events import KG, correction, line, output, run


@pytest.fixture
def yard() -> Yard:
    """Two batches of 100 kg with 60 kg lead each: MUN-B-1 (statement 0) and MUN-B-2 (statement 1)."""
    yard = Yard()
    for lot in ("MUN-B-1", "MUN-B-2"):
        yard.intake(lot, 100 * KG, {"Pb": 60 * KG})
    return yard


def test_a_corrected_run_reaches_what_it_really_took(yard: Yard) -> None:
    """The lot is of the other batch; of the batch that never came it holds nothing that is known."""
    made = [output("MUN-L-1", 80 * KG, {"Pb": 59 * KG})]
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 100 * KG)], made))
    yard.say("MUN", correction(2, run("MUN-R-1", [line("MUN-B-2", 100 * KG)], made)))
    assert [row["lot"] for row in report_of(yard, "MUN-B-1")["lots"]] == ["MUN-B-1"]
    assert row_of(report_of(yard, "MUN-B-2"), "MUN-L-1")["net"] == figure("80", "80", "1.000000000")
    yard.say("MUN", correction(1))
    lead = row_of(report_of(yard, "MUN-B-2"), "MUN-L-1")
    assert (lead["net"], lead["content"]) == (figure("0", "80", "0.000000000"), {})
