"""What the inputs of a run gave together, and what a lot was stated to hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ledger.materials.mass.mix import Mix
from ledger.materials.state.records import Taken
from schemas.codes import Metal


class Stated(NamedTuple):
    """What a lot was said to hold when it was created, or moved: net and content, in mg."""

    net: int
    content: Mapping[Metal, int]

    def part(self, net: int) -> dict[Metal, int]:
        """Return the content of ``net`` milligrams of it, in the same proportions."""
        parts = {metal: mass * net // self.net for metal, mass in self.content.items()} if self.net else {}
        return {metal: mass for metal, mass in parts.items() if mass}


class Pool(NamedTuple):
    """What the inputs of a run gave: each taking, the mix of all, and of it what was uncovered."""

    taken: tuple[Taken, ...]
    mix: Mix
    shortfall: dict[Metal, int]
