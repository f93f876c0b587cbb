"""What was found on a lot shows where a correction moves its metal into another output of the run."""

from __future__ import annotations

from typing import Any

import pytest

from tests.materials.yard import Yard, codes
from tests.world.events import KG, assay, correction, line, output, participant, run, unsigned_id


@pytest.fixture
def yard() -> Yard:
    """A run of two lots of bullion, of which the first is analysed far from what it was said to hold."""
    yard = Yard()
    yard.register(participant("LAB", "laboratory", country="GB"))
    yard.register(participant("CERT", "certifier", country="DE"))
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG})
    yard.say("MUN", smelted(300, 100))
    yard.say("LAB", assay("0.5", "MUN-L-1"))
    return yard


def smelted(first: int, second: int) -> dict[str, Any]:
    """Return a run; masses in kg, all of it lead but a kilogram."""
    made = [output(lot, kg * KG, {"Pb": (kg - 1) * KG}) for lot, kg in (("MUN-L-1", first), ("MUN-L-2", second))]
    return run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], made)


def test_what_was_found_goes_into_the_lot_that_gets_the_metal(yard: Yard) -> None:
    """As it weighs there."""
    (found,) = [one for one in yard.findings_of(2) if one.severity != "low"]
    assert found.lots == ("MUN-L-1",)
    yard.say("MUN", correction(unsigned_id(1), smelted(10, 390)))
    (moved,) = [one for one in yard.findings_of(3) if one.code == "faulted-metal-moved"]
    assert (moved.severity, moved.lots) == (found.severity, ("MUN-L-2",))


def test_metal_that_comes_into_the_lot_brings_nothing(yard: Yard) -> None:
    """The other lot had no fault; nor is anything moved where only one lot changes."""
    yard.say("MUN", correction(unsigned_id(1), smelted(390, 10)))
    yard.say("MUN", correction(unsigned_id(1), smelted(380, 10)))
    assert not any("faulted-metal-moved" in codes(yard, index) for index in (3, 4))


def test_what_a_certifier_settled_does_not_go_along(yard: Yard) -> None:
    """It was looked into."""
    (found,) = [one for one in yard.findings_of(2) if one.severity != "low"]
    word = {"type": "attestation", "statement": unsigned_id(2), "codes": [found.code], "verdict": "settled"}
    yard.say("CERT", {**word, "reason": "the sample was wet"})
    yard.say("MUN", correction(unsigned_id(1), smelted(10, 390)))
    assert "faulted-metal-moved" not in codes(yard, 4)
