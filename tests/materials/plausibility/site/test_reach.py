"""A finding on a site over time is about all that it was worked out from, and about nothing beside it."""

from __future__ import annotations

from ledger.materials.plausibility.site.reach import findings_with_reach
from tests.materials.plausibility.site.steps import stock
from tests.season.court import Court


def reached(court: Court, code: str) -> set[str]:
    """Return the lots that the findings of a code on MUN are about."""
    return {lot for row in findings_with_reach(court.site("MUN")) if row.finding.code == code for lot in row.lots}


def test_too_much_in_a_month_is_about_all_that_ran_in_that_line_then() -> None:
    """Not about the month after, nor about what ran elsewhere; the finding itself names the last run only."""
    court = Court()
    stock(court, 3_000_000)
    for number, (day, line) in enumerate(
        [("01-10", "MUN-LAB-1"), ("01-20", "MUN-LAB-1"), ("01-21", "MUN-LIB-1"), ("02-03", "MUN-LAB-1")], 1
    ):
        at = f"2026-{day}T06:00:00Z"
        court.smelt(f"MUN-R-{number}", {"MUN-B-1": 620_000}, 372_000, at=at, line=line)
    (finding,) = (one for one in court.verdicts() if one.code == "throughput-above-nameplate")
    assert finding.lots == ("MUN-L-2",)
    assert reached(court, finding.code) == {"MUN-L-1", "MUN-L-2"}


def test_runs_that_name_no_line_count_with_those_of_their_feed() -> None:
    """A month of a feed is that of its lines, and of runs in none."""
    court = Court()
    stock(court, 3_000_000)
    for number, line in enumerate(("MUN-LAB-1", None, "MUN-LIB-1"), 1):
        more = {"line": line} if line else {}
        court.smelt(f"MUN-R-{number}", {"MUN-B-1": 620_000}, 372_000, at=f"2026-01-1{number}T06:00:00Z", **more)
    assert reached(court, "throughput-above-nameplate") == {"MUN-L-1", "MUN-L-2"}


def test_a_campaigns_finding_is_about_all_its_runs() -> None:
    """Both gave more lead than they took; what is of no campaign is judged by itself."""
    court = Court()
    court.batch("MUN-B-1", 100_000, reason="opening_stock")
    more = {"gain_reason": "table_understated"}
    for number, campaign in enumerate(("C1", "C1", None), 1):
        named = {"campaign": campaign} if campaign else {}
        lead = 6_300 if campaign else 5_800
        at = f"2026-01-1{number}T06:00:00Z"
        court.smelt(f"MUN-R-{number}", {"MUN-B-1": 10_000}, lead, at=at, line="MUN-LAB-1", **named, **more)
    assert reached(court, "campaign-yield-above-contained") == {"MUN-L-1", "MUN-L-2"}


def test_a_suppliers_month_is_about_all_that_it_brought_then() -> None:
    """And about no other supplier's, nor its own of another month."""
    court = Court()
    court.batch("MUN-B-1", 1_000, at="2026-01-01T06:00:00Z", supplier="aa" * 32)
    for number, (at, supplier) in enumerate([("02-02", "bb"), ("02-09", "bb"), ("02-10", "aa"), ("03-02", "bb")], 2):
        court.batch(f"MUN-B-{number}", 400_000, at=f"2026-{at}T06:00:00Z", supplier=supplier * 32)
    assert reached(court, "supplier-new") == {"MUN-B-2", "MUN-B-3"}


def test_a_finding_without_a_month_is_about_the_lots_that_it_names() -> None:
    """Ten equal weights in a row are those ten."""
    court = Court()
    for number in range(1, 13):
        kg = 21_450 if number > 2 else 20_000 + number
        court.batch(f"MUN-B-{number}", kg, at=f"2026-01-{number:02d}T06:00:00Z")
    assert reached(court, "identical-weights") == {f"MUN-B-{number}" for number in range(3, 13)}
