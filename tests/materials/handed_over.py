"""What a receiver says of lots, and how three of them stand then."""

from __future__ import annotations

from typing import Any

from tests.materials.yard import Yard
from tests.world.events import acceptance


def word(shipment: str, **decisions: str) -> dict[str, Any]:
    """Return an acceptance; ``B1="accepted"`` speaks of MUN-B-1."""
    rows = [{"lot": f"MUN-{lot[0]}-{lot[1:]}", "decision": said, "net_kg": "0"} for lot, said in decisions.items()]
    return acceptance(shipment, lots=rows)


def states(yard: Yard) -> list[tuple[str, str]]:
    """Return holder and status of the three lots."""
    return [(yard.lot(f"MUN-B-{number}").holder, yard.lot(f"MUN-B-{number}").status) for number in (1, 2, 3)]
