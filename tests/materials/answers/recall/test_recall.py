"""Recalls, worked out by hand: who has what of it, as the statements stand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.materials.corrections.test_correction import correct
from tests.materials.yard import Yard
from tests.season.recalling import report_of
from tests.world.events import line, output, run

KG = 1_000_000


@pytest.fixture
def yard() -> Yard:
    """Two batches of 100 kg with 60 kg lead each: MUN-B-1 (statement 0) and MUN-B-2 (statement 1)."""
    yard = Yard()
    for lot in ("MUN-B-1", "MUN-B-2"):
        yard.intake(lot, 100 * KG, {"Pb": 60 * KG})
    return yard


def figure(kg: str, of_kg: str, share: str) -> dict[str, str]:
    """Return a figure as it is answered."""
    return {"share": share, "kg": kg, "of_kg": of_kg}


def row_of(report: dict[str, Any], lot: str) -> dict[str, Any]:
    """Return the row of one lot."""
    (row,) = [row for row in report["lots"] if row["lot"] == lot]
    return dict(row)


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
