"""A standing as JSON: codes and shares, and no ids of others."""

from __future__ import annotations

from typing import Any

from ledger.materials.answers.provenance import ONE
from ledger.materials.standing.values import LotStanding, Reason

_PLACES = 6


def standing_report(standing: LotStanding) -> dict[str, Any]:
    """Return ``{"proven", "reported", "reasons"}``; each reason says whether it is proven."""
    reasons = [_row(reason) for reason in standing.reasons]
    return {"proven": standing.proven, "reported": standing.reported, "reasons": reasons}


def _row(reason: Reason) -> dict[str, Any]:
    row: dict[str, Any] = {"code": reason.code, "severity": reason.severity, "level": reason.level}
    if reason.metal is not None:
        row["metal"] = reason.metal
    return {
        **row,
        "share": share_text(reason.share),
        "settled": reason.settled,
        "proven": reason.proven,
        "reported": reason.reported,
    }


def share_text(share: int) -> str:
    """Return a share as a decimal, rounded up: what might be reached is shown as reached."""
    whole, rest = divmod(-(-share * 10**_PLACES // ONE), 10**_PLACES)
    return f"{whole}.{rest:0{_PLACES}d}"
