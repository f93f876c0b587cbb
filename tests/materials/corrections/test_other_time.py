"""A wrong date or time is mended: the statement counts at the other time, and that is found by what it passes."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.errors import MalformedError
from schemas.ids import PartyId
from tests.materials.yard import Yard, intake
from tests.world.events import KG, line, output, run

FIRST = "2026-01-20T06:00:00Z"
BATCH = intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG})


@pytest.fixture
def yard() -> Yard:
    """A batch of 20 January (statement 0) that was not used yet."""
    yard = Yard()
    yard.say("MUN", BATCH, FIRST)
    return yard


def dated(at: str, replacement: dict[str, Any] | None = BATCH) -> dict[str, Any]:
    """Return a correction of the batch to another time."""
    said = {"kind": "did_not_occur"} if replacement is None else {"kind": "incorrect_data", "replacement": replacement}
    return {"type": "correction", "statement": "0" * 64, "reason": "a wrong date", "occurred_at": at, **said}


def severities(yard: Yard, code: str = "time-corrected") -> list[str]:
    """Return how much the findings of a code weigh."""
    return [finding.severity for finding in yard.findings if finding.code == code]


def months(yard: Yard) -> set[str]:
    """Return the months in which kilograms of the site stand."""
    total: dict[str, int] = {}
    for row in yard.postings_of(PartyId("MUN")):
        total[row.period] = total.get(row.period, 0) + row.net
    return {month for month, net in total.items() if net}


def test_a_time_within_the_month_is_mended_with_a_low_finding(yard: Yard) -> None:
    """The batch was there three days earlier, so that a run of that time is dated well."""
    yard.say("MUN", dated("2026-01-17T06:00:00Z"), FIRST)
    assert yard.lot("MUN-B-1").since == "2026-01-17T06:00:00Z"
    assert severities(yard) == ["low"]
    assert yard.lot("MUN-B-1").net == 1000 * KG


def test_a_time_in_another_month_moves_what_was_posted(yard: Yard) -> None:
    """The balances of both months follow; the finding is medium. Without a time it counts at its own again."""
    yard.say("MUN", dated("2026-02-02T06:00:00Z"), FIRST)
    assert (severities(yard), months(yard)) == (["medium"], {"2026-02"})
    again = {name: value for name, value in dated("").items() if name != "occurred_at"}
    yard.say("MUN", again, FIRST)
    assert (severities(yard), months(yard)) == (["medium", "medium"], {"2026-01"})


def test_a_time_past_a_hold_is_high(yard: Yard) -> None:
    """What came in after the hold came in before it now."""
    yard.say("MUN", {"type": "hold", "lots": ["MUN-B-1"], "reason": "to be looked at"}, "2026-01-18T06:00:00Z")
    yard.say("MUN", dated("2026-01-19T06:00:00Z"), FIRST)
    yard.say("MUN", dated("2026-01-17T06:00:00Z"), FIRST)
    assert severities(yard) == ["low", "high"]


def test_a_time_past_a_claim_is_high(yard: Yard) -> None:
    """What was claimed was not there yet when it was claimed."""
    batch = {"lot": "MUN-B-1", "origin_kg": {"Pb": {"battery_post_consumer": "100"}}}
    claim = {"type": "claim", "kind": "recycled_content", "scheme": "ISCC PLUS", "number": "1", "lots": [batch]}
    yard.say("MUN", claim, "2026-01-25T06:00:00Z")
    yard.say("MUN", dated("2026-01-27T06:00:00Z"), "2026-01-27T06:00:00Z")
    assert severities(yard) == ["high"]


def test_a_use_that_a_later_date_makes_too_early_is_found(yard: Yard) -> None:
    """It is not refused for what came later: the run stands, dated before its batch came in."""
    lead = run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [output("MUN-L-1", 592 * KG, {"Pb": 590 * KG})])
    yard.say("MUN", {**lead, "started_at": "2026-01-21T06:00:00Z", "ended_at": "2026-01-21T06:00:00Z"})
    yard.say("MUN", dated("2026-01-24T06:00:00Z"), FIRST)
    assert severities(yard, "before-it-came-in") == ["high"]


@pytest.mark.parametrize("event", [dated(FIRST, None), dated("20 January")])
def test_a_time_stands_beside_a_replacement(yard: Yard, event: dict[str, Any]) -> None:
    """What did not occur has none, and a time is written as all are."""
    with pytest.raises(MalformedError):
        yard.say("MUN", event)


def test_a_later_correction_of_one_piece_may_date_each_otherwise(yard: Yard) -> None:
    """Each statement of a piece has its own time."""
    yard.say("MUN", {**BATCH, "lot": "MUN-B-2"}, FIRST)
    corrections = [
        {
            "statement": f"{index:064x}",
            "kind": "incorrect_data",
            "replacement": {**BATCH, "lot": lot},
            "occurred_at": at,
        }
        for index, lot, at in ((0, "MUN-B-1", "2026-01-17T06:00:00Z"), (1, "MUN-B-2", "2026-01-18T06:00:00Z"))
    ]
    yard.say("MUN", {"type": "correction", "reason": "the clock was wrong", "corrections": corrections})
    assert [yard.lot(lot).since[8:10] for lot in ("MUN-B-1", "MUN-B-2")] == ["17", "18"]
