"""Codes of what is no finding and yet a reason why a lot stands as it does, with their sentences."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class LotReason(StrEnum):
    """What somebody said of a lot that bars it, as a stable public text."""

    HOLD = "hold"
    DISPUTE = "dispute"


SENTENCES: Final[dict[LotReason, str]] = {
    LotReason.HOLD: "On hold: it may not be used or moved.",
    LotReason.DISPUTE: "Its receiver disputes what was delivered.",
}
