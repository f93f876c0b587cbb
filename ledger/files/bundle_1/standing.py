"""The member ``standing`` of a lot in ``battery-ledger-bundle/1``: what the closure alone shows."""

from __future__ import annotations

from typing import Any

from ledger.materials.answers.provenance import ONE
from ledger.materials.standing import LotStanding

_PLACES = 6


def spell_standing(standing: LotStanding) -> dict[str, Any]:
    """Return ``{"proven", "reasons"}``; a share is rounded up to six decimals, the worst reason stands first."""
    reasons = []
    for reason in standing.reasons:
        if reason.proven:
            row = {"code": str(reason.code), "severity": reason.severity, "level": reason.level}
            row |= {} if reason.metal is None else {"metal": reason.metal}
            reasons.append({**row, "share": _text(reason.share), "settled": reason.settled})
    return {"proven": standing.proven, "reasons": reasons}


def _text(share: int) -> str:
    whole, rest = divmod(-(-share * 10**_PLACES // ONE), 10**_PLACES)
    return f"{whole}.{rest:0{_PLACES}d}"
