"""What a site does in a court: steps on days of their own, and stock from before."""

from __future__ import annotations

from typing import Any

from tests.season.court import Court
from tests.world.events import KG, line, output, run


def step(court: Court, number: int, inputs: dict[str, int], outputs: list[dict[str, Any]], **more: Any) -> None:
    """Run something on a day of its own; masses of inputs in kg."""
    at = f"2026-01-{9 + number:02d}T06:00:00Z"
    lines = [line(lot, kg * KG) for lot, kg in inputs.items()]
    court.say("MUN", run(f"MUN-R-{number}", lines, outputs, **{"started_at": at, "ended_at": at, **more}), at)


def lead(lot: str, kg: int) -> dict[str, Any]:
    """Return refined lead."""
    return output(lot, (kg + 2) * KG, {"Pb": kg * KG}, material="refined_lead")


def stock(court: Court, kg: int) -> None:
    """Let batteries be there from before."""
    court.batch("MUN-B-1", kg, reason="opening_stock")
