"""Growth and age over chains of handling, each beside its honest twin at the limit."""

from __future__ import annotations

import pytest

from tests.season.court import Court, severities
from tests.world.events import KG, line, output, run


@pytest.mark.parametrize(("steps", "expected"), [(5, 0), (6, 1), (7, 2)])
def test_growth_by_packing_adds_up(steps: int, expected: int) -> None:
    """Each step grows by less than two in a thousand, six of them by more than one in a hundred."""
    court = Court()
    court.batch("MUN-B-1", 1000)
    lot, net = "MUN-B-1", 1000 * KG
    for number in range(1, steps + 1):
        more = net * 10_019 // 10_000
        made = output(f"MUN-P-{number}", more, {"Pb": 600 * KG}, material="lead_acid_battery")
        at = f"2026-01-{9 + number:02d}T06:00:00Z"
        event = run(f"MUN-R-{number}", [line(lot, net)], [made], "packing", started_at=at, ended_at=at)
        court.say("MUN", event, at)
        lot, net = f"MUN-P-{number}", more
    assert len(severities(court, "handling-gain")) == expected


@pytest.mark.parametrize(("day", "expected"), [("2026-07-04", []), ("2026-07-05", ["low"])])
def test_packing_makes_nothing_younger(day: str, expected: list[str]) -> None:
    """180 days from the fifth of January, whatever was done in March."""
    court = Court()
    court.batch("MUN-B-1", 1000)
    at = {"started_at": "2026-03-05T06:00:00Z", "ended_at": "2026-03-05T06:00:00Z"}
    made = output("MUN-P-1", 1000 * KG, {"Pb": 600 * KG}, material="lead_acid_battery")
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [made], "packing", **at), at["ended_at"])
    court.smelt("MUN-R-2", {"MUN-P-1": 1000}, 590, at=f"{day}T06:00:00Z")
    assert severities(court, "residence-through-handling") == expected
