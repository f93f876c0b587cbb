"""Lots to analyse, made of one batch, MUN-B-1."""

from __future__ import annotations

from typing import Any

from tests.materials.yard import Yard
from tests.world.events import KG, line, output, run


def smelt(yard: Yard, *contents: int, net: int = 1000, **more: Any) -> None:
    """Make lots MUN-L-1, MUN-L-2 of the whole batch, with so many kilograms of lead."""
    made = [output(f"MUN-L-{n}", net * KG // len(contents), {"Pb": kg * KG}) for n, kg in enumerate(contents, 1)]
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], made, **more))
