"""In which month a movement counts: that in which it happened."""

from __future__ import annotations

from tests.materials.yard import Yard
from tests.season.court import JANUARY, LATER
from tests.world.events import KG, line, output, run


def test_a_run_counts_in_the_month_in_which_it_ended() -> None:
    """Not in the one that its statement is dated in: nobody chooses the month of a loss."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG})
    made = [output("MUN-L-1", 500 * KG, {"Pb": 490 * KG})]
    event = run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], made, started_at=JANUARY, ended_at=JANUARY)
    for at in ("2026-03-20T00:00:00Z", "2025-03-20T00:00:00Z"):
        reported = yard.say("MUN", {**event, "run": f"MUN-R-{at[:4]}"}, at) if at[:4] == "2026" else None
        assert reported is None or {row.period for row in reported.postings} == {"2026-01"}
    fix = {"type": "correction", "statement": f"{1:064x}", "kind": "incorrect_data", "reason": "later",
           "replacement": {**event, "run": "MUN-R-2026", "started_at": LATER, "ended_at": LATER}}  # fmt: skip
    rows = yard.say("MUN", fix, "2026-03-21T00:00:00Z").postings
    assert {row.period: row.net for row in rows} == {"2026-01": -500 * KG, "2026-02": 500 * KG}
