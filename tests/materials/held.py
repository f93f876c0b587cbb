"""Holds on one batch, MUN-B-1, and what moves it, on days of a January."""

from __future__ import annotations

from typing import Any

from tests.world.events import KG, dispatch, line, output, run, unsigned_id

HOLD: dict[str, Any] = {"type": "hold", "lots": ["MUN-B-1"], "reason": "no slip"}
SEND = dispatch("MUN-H-1", "MUN-B-1", to="TEX")


def day(number: int, hour: int = 6) -> str:
    """Return a time in January."""
    return f"2026-01-{number:02d}T{hour:02d}:00:00Z"


def release(index: int) -> dict[str, Any]:
    """Return the release of the hold at an index."""
    return {"type": "release", "hold": unsigned_id(index), "lots": ["MUN-B-1"], "reason": "looked at"}


def smelt(start: str, end: str) -> dict[str, Any]:
    """Return a run over half the lot."""
    return run("MUN-R-1", [line("MUN-B-1", 50 * KG)], [output("MUN-L-1", 29 * KG, {"Pb": 29 * KG})],
               started_at=start, ended_at=end)  # fmt: skip
