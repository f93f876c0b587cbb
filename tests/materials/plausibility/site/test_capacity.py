"""Throughput against nameplates, and runs in one place at one time, each beside its honest twin at the limit."""

from __future__ import annotations

import pytest

from tests.materials.plausibility.site.steps import stock
from tests.season.court import Court, severities
from tests.world.events import KG, line, output, run


@pytest.mark.parametrize(
    ("kg", "expected"),
    [(1_000_000, []), (1_000_001, ["medium"]), (1_200_000, ["medium"]), (1_200_001, ["high"])],
)
def test_a_month_against_a_twelfth_of_the_nameplate(kg: int, expected: list[str]) -> None:
    """12,000 t a year are 1,000 t a month; a good month has a fifth more."""
    court = Court()
    stock(court, 2_000_000)
    court.smelt("MUN-R-1", {"MUN-B-1": kg}, kg * 6 // 10, line="MUN-LAB-1")
    assert severities(court, "throughput-above-nameplate") == expected


@pytest.mark.parametrize(("last", "expected"), [(1_000_000, 0), (1_000_012, 2)])
def test_twelve_months_against_the_nameplate(last: int, expected: int) -> None:
    """Month by month at the limit is a full year; a millionth more is over it, in that month and the year."""
    court = Court()
    stock(court, 13_000_000)
    for month in range(1, 13):
        kg = last if month == 12 else 1_000_000
        at = f"2026-{month:02d}-20T06:00:00Z"
        court.smelt(f"MUN-R-{month}", {"MUN-B-1": kg}, kg * 6 // 10, at=at, line="MUN-LAB-1")
    assert len(severities(court, "throughput-above-nameplate")) == expected


def test_what_a_line_hands_on_to_itself_counts_once() -> None:
    """Paste that was broken and is smelted in the same line entered it as batteries."""
    court = Court()
    stock(court, 900_000)
    paste = output("MUN-P-1", 600_000 * KG, {"Pb": 540_000 * KG}, material="lead_paste", role="intermediate")
    more = {"process": "breaking", "line": "MUN-LAB-1"}
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 900_000 * KG)], [paste], **more))
    court.smelt("MUN-R-2", {"MUN-P-1": 600_000}, 530_000, line="MUN-LAB-1")
    assert severities(court, "throughput-above-nameplate") == []


def test_a_month_is_that_of_the_site() -> None:
    """Half past one at night on the first of February in India is still January in Greenwich."""
    court = Court()
    stock(court, 2_000_000)
    for number, at in enumerate(("2026-01-20T06:00:00Z", "2026-01-31T20:00:00Z"), 1):
        court.smelt(f"MUN-R-{number}", {"MUN-B-1": 900_000}, 540_000, at=at, line="MUN-LAB-1")
    assert severities(court, "throughput-above-nameplate") == []


@pytest.mark.parametrize(
    ("second", "vessels", "expected"),
    [
        ("2026-01-06T20:00:00Z", ("", ""), []),
        ("2026-01-06T19:59:59Z", ("", ""), ["low"]),
        ("2026-01-06T19:59:59Z", ("F1", "F1"), ["medium"]),
        ("2026-01-06T19:59:59Z", ("F1", "F2"), []),
    ],
)
def test_two_runs_at_once(second: str, vessels: tuple[str, str], expected: list[str]) -> None:
    """One furnace holds one run; the next may begin in the second in which it ends."""
    court = Court()
    stock(court, 20_000)
    starts = ("2026-01-06T02:00:00Z", second)
    for number, (start, vessel) in enumerate(zip(starts, vessels, strict=True), 1):
        more = {"vessel": vessel} if vessel else {}
        at = {"started_at": start, "ended_at": "2026-01-07T20:00:00Z" if number == 2 else "2026-01-06T20:00:00Z"}
        court.smelt(f"MUN-R-{number}", {"MUN-B-1": 10_000}, 5_900, line="MUN-LAB-1", **at, **more)
    assert severities(court, "overlapping-runs") == expected
