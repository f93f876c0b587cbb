"""What a recall answers, row by row."""

from __future__ import annotations

from typing import Any


def figure(kg: str, of_kg: str, share: str) -> dict[str, str]:
    """Return a figure as it is answered."""
    return {"share": share, "kg": kg, "of_kg": of_kg}


def row_of(report: dict[str, Any], lot: str) -> dict[str, Any]:
    """Return the row of one lot."""
    (row,) = [row for row in report["lots"] if row["lot"] == lot]
    return dict(row)
