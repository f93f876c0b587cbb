"""Runs and counts of one batch, MUN-B-1, on days of a January."""

from __future__ import annotations

from typing import Any

from tests.world.events import KG, line, output, run, stock_count

FIRST, SECOND, THIRD, FOURTH = (f"2026-01-{day}T06:00:00Z" for day in (10, 20, 25, 30))


def smelt(kg: int, at: str, number: int = 1) -> dict[str, Any]:
    """Return a run that takes from MUN-B-1 and yields 58 % lead."""
    made = output(f"MUN-L-{number}", kg * KG * 58 // 100, {"Pb": kg * KG * 58 // 100})
    return run(f"MUN-R-{number}", [line("MUN-B-1", kg * KG)], [made], started_at=at, ended_at=at)


def count(kg: str, **more: Any) -> dict[str, Any]:
    """Return a count of MUN-B-1 that the book shall follow."""
    return stock_count("MUN-B-1", kg, **more)
