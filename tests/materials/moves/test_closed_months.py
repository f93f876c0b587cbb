"""What falls into a month that its site has closed: it counts in the first open one, and is found."""

from __future__ import annotations

from tests.season.court import JANUARY, LATER, Court


def test_a_late_statement_shows_on_its_lots_and_remembers_its_month() -> None:
    """A run of a closed month is found on what it took and made; its rows say when it happened."""
    court = Court()
    court.batch("MUN-B-1", 1000)
    court.close("MUN", "2026-01", LATER)
    court.smelt("MUN-R-1", {"MUN-B-1": 1000}, 590, at=JANUARY)
    (found,) = [finding for finding in court.findings_of(2) if finding.code == "prior-period-adjustment"]
    assert set(found.lots) == {"MUN-B-1", "MUN-L-1"}
    assert {(row.period, row.happened) for row in court.postings if row.index == 2} == {("2026-02", "2026-01")}
    court.say(
        "MUN", {"type": "correction", "statement": f"{0:064x}", "kind": "did_not_occur", "reason": "twice"}, LATER
    )
    rows = [row for row in court.postings if row.index == 3]
    assert {(row.period, row.happened) for row in rows} == {("2026-02", "2026-01")}
    (found,) = [finding for finding in court.findings_of(3) if finding.code == "prior-period-adjustment"]
    assert set(found.lots) >= {"MUN-B-1", "MUN-L-1"}
