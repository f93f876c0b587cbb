"""A quarter's batteries that hold more lead than batteries do, or gave acid though drained; honest ones beside."""

from __future__ import annotations

import pytest

from tests.season.court import Court, severities
from tests.season.schemes.battery_lead import break_up, take_in


@pytest.mark.parametrize(
    ("lead", "count", "form", "expected"),
    [
        (650, 10, "whole", []),
        (660, 10, "whole", []),
        (661, 10, "whole", ["medium"]),
        (679, 9, "whole", []),
        (800, 10, "drained", []),
        (840, 10, "drained", ["medium"]),
    ],
)
def test_the_mean_of_a_quarters_deliveries(lead: int, count: int, form: str, expected: list[str]) -> None:
    """Up to 66 % of whole batteries, drained ones counted as before they were; of nine deliveries nothing is said."""
    court = Court()
    take_in(court, lead, count, form)
    assert severities(court, "batteries-overstated") == expected


def test_a_rich_delivery_among_others() -> None:
    """One load of 67.9 % is no bias; and quarters are held apart."""
    court = Court()
    take_in(court, 600)
    court.batch("MUN-B-90", 21_000, 67, at="2026-03-01T06:00:00Z")
    take_in_more(court)
    assert severities(court, "batteries-overstated") == []


def take_in_more(court: Court) -> None:
    """Take in nine rich loads in the next quarter."""
    for number in range(91, 100):
        court.batch(f"MUN-B-{number}", 20_000 + 37 * number, 67, at=f"2026-04-{number - 90:02d}T06:00:00Z")


@pytest.mark.parametrize(
    ("form", "acid", "expected"),
    [
        ("drained", 0, []),
        ("drained", 80, []),
        ("drained", 81, ["medium"]),
        ("whole", 250, []),
    ],
)
def test_acid_of_batteries_that_are_stated_as_drained(form: str, acid: int, expected: list[str]) -> None:
    """Some stays in them; as much as whole ones give does not."""
    court = Court()
    take_in(court, 600, 2, form)
    break_up(court, acid=acid)
    assert severities(court, "batteries-overstated") == expected


def test_each_finding_names_all_that_it_is_about() -> None:
    """The deliveries, or what was made where drained batteries were broken: no other lot of that quarter."""
    court = Court()
    take_in(court, 850, form="drained")
    break_up(court, acid=180)
    lead, acid = (row for row in court.verdicts() if row.code == "batteries-overstated")
    assert lead.lots == tuple(f"MUN-B-{number}" for number in range(1, 11))
    assert acid.lots == ("MUN-P-1", "MUN-M-1", "MUN-E-1")


@pytest.mark.parametrize(("acid", "expected"), [(160, []), (180, ["medium"])])
def test_acid_of_drained_and_whole_batteries_together(acid: int, expected: list[str]) -> None:
    """What whole ones hold at most is theirs first."""
    court = Court()
    take_in(court, 600, 1)
    court.batch("MUN-B-2", 20_000, form="drained", at="2026-02-03T06:00:00Z")
    break_up(court, "MUN-B-1", "MUN-B-2", acid=acid)
    assert severities(court, "batteries-overstated") == expected
