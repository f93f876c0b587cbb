"""Intakes: what comes in, and how much metal it can hold."""

from __future__ import annotations

import pytest

from tests.materials.yard import Yard, intake
from tests.world.events import dispatch, line, output, run


@pytest.fixture
def yard() -> Yard:
    """MUN-B-1 to MUN-B-3 of 10 mg, all three sent to GLENCORE as MUN-H-1."""
    yard = Yard()
    for number in (1, 2, 3):
        yard.intake(f"MUN-B-{number}", 10, {"Pb": 5})
    yard.say("MUN", dispatch("MUN-H-1", "MUN-B-1", "MUN-B-2", "MUN-B-3"))
    return yard


def test_an_intake_is_content_at_most_net_and_dry_mass() -> None:
    """A milligram above the net, or above the dry mass where it is given, is refused."""
    yard = Yard()
    assert yard.code("MUN", intake("MUN-B-1", 10, {"Pb": 6, "Ni": 5})) == "content-exceeds-net"
    assert yard.code("MUN", intake("MUN-B-1", 10, {"Pb": 6}, dry_kg="0.000005")) == "content-exceeds-net"
    assert yard.code("MUN", intake("MUN-B-1", 10, {"Pb": 6}, dry_kg="0.000006")) == "taken"
    assert yard.code("MUN", intake("MUN-B-1", 10)) == "lot-exists"
    assert yard.code(
        "MUN", run("MUN-R-1", [line("MUN-B-1", 10)], [output("MUN-P-1", 9, {"Pb": 6}, dry_kg="0.000005")])
    ) == ("content-exceeds-net")
