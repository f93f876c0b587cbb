"""A month without loss and a quarter unlike those before, where the figures can bear a judgement, and only there."""

from __future__ import annotations

import pytest

from tests.season.court import Court, severities
from tests.world.events import KG, assay, line, output, run, stock_count

KILOGRAMS = 20_000
LEAD = 12_000


def smelted(court: Court, number: int, at: str, lead: int, *, analysed: bool = True) -> None:
    """Smelt a batch with 12 t of lead to so much refined lead, and some slag."""
    court.batch(
        f"MUN-B-{number}",
        KILOGRAMS + number,
        content_kg={"Pb": str(LEAD)},
        content_basis="table",
        at=f"{at}-02T06:00:00Z",
    )
    if analysed:
        court.say("MUN", assay(f"{LEAD / (KILOGRAMS + number):.9f}", f"MUN-B-{number}", uncertainty="0.005"),
                  f"{at}-03T06:00:00Z")  # fmt: skip
    made = output(f"MUN-L-{number}", (lead + 2) * KG, {"Pb": lead * KG}, material="refined_lead")
    slag = output(f"MUN-S-{number}", 900 * KG, {"Pb": 10 * KG}, material="slag", role="residue")
    time = {"started_at": f"{at}-10T02:00:00Z", "ended_at": f"{at}-10T20:00:00Z"}
    event = run(f"MUN-R-{number}", [line(f"MUN-B-{number}", (KILOGRAMS + number) * KG)], [made, slag], **time)
    court.say("MUN", event, time["ended_at"])


def counted(court: Court, number: int, at: str) -> None:
    """Count the slag of a run."""
    court.say("MUN", stock_count(f"MUN-S-{number}", 900 * KG), f"{at}-28T06:00:00Z")


@pytest.mark.parametrize(("lead", "expected"), [(11_939, []), (11_941, ["medium"]), (11_985, ["medium"])])
def test_lead_that_is_smelted_without_loss(lead: int, expected: list[str]) -> None:
    """Up to 99.5 % into the product; what is more was poured in, or never was in the batteries."""
    court = Court()
    smelted(court, 1, "2026-02", lead)
    counted(court, 1, "2026-02")
    assert severities(court, "yield-without-loss") == expected


def test_a_month_that_was_not_analysed_or_whose_slag_nobody_counted_is_not_judged() -> None:
    """The content of the batteries is a table's, or slag may hold what is missing."""
    for analysed, is_counted in ((False, True), (True, False)):
        court = Court()
        smelted(court, 1, "2026-02", 11_985, analysed=analysed)
        if is_counted:
            counted(court, 1, "2026-02")
        assert severities(court, "yield-without-loss") == []


@pytest.mark.parametrize(("lead", "expected"), [(11_000, []), (10_890, ["medium"]), (11_880, [])])
def test_a_quarter_against_those_before(lead: int, expected: list[str]) -> None:
    """At 96 % before: five percent less of that is odd, as five percent more would be."""
    court = Court()
    for number, at, made in ((1, "2026-02", 11_520), (2, "2026-05", 11_520), (3, "2026-08", lead)):
        smelted(court, number, at, made)
        counted(court, number, at)
    assert severities(court, "quarter-bias") == expected


def test_the_first_quarter_has_nothing_to_be_held_against() -> None:
    """Nor has one whose predecessors cannot be judged."""
    court = Court()
    smelted(court, 1, "2026-02", 11_520)
    smelted(court, 2, "2026-05", 10_800)
    counted(court, 2, "2026-05")
    assert severities(court, "quarter-bias") == []
