"""What is odd about a count: how far it is from the book, and units that were mixed up."""

from __future__ import annotations

import pytest

from schemas.catalogue.findings.texts import say
from tests.materials.counted import FIRST, SECOND, count, smelt
from tests.materials.yard import Yard, codes
from tests.world.events import KG


@pytest.fixture
def yard() -> Yard:
    """1,000 kg with 600 kg lead (statement 0), of which a run took 500 kg on 20 January (statement 1)."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG})
    yard.say("MUN", smelt(500, SECOND))
    return yard


@pytest.mark.parametrize(
    ("kg", "uncertainty", "severity"),
    [
        ("1003", None, "low"),
        ("1020", None, "medium"),
        ("1020", "30", "low"),
        ("1060", "90", "medium"),
        ("1060", None, "high"),
        ("2000", "500000", "high"),
        ("950", None, "medium"),
        ("950", "60", "low"),
        ("899", "500000", "high"),
        ("0", None, "high"),
    ],
)
def test_how_much_a_difference_weighs(kg: str, uncertainty: str | None, severity: str) -> None:
    """The counter's own uncertainty excuses a tenth of the book at most; no doubling passes as one."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG})
    yard.say("MUN", count(kg, **({"uncertainty_kg": uncertainty} if uncertainty else {})), FIRST)
    assert codes(yard, 1) == {"stock-adjusted": severity}


def test_tonnes_for_kilograms_are_named() -> None:
    """A thousandth is refused as an adjustment; a tenth, or a mere record, says what it looks like."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG})
    assert yard.code("MUN", count("1"), FIRST) == "implausible-count"
    yard.say("MUN", count("1", adjust=False), FIRST)
    yard.say("MUN", count("100"), FIRST)
    for finding in (*yard.findings_of(1), *yard.findings_of(2)):
        assert (finding.severity, "tonnes for kilograms?" in say(finding).message) == ("high", True)
