"""What became of a feed: how many lines were taken, and which were refused with what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ledger.client.outbox import Refusal, Slot
from schemas.catalogue.refusals import RefusalCode
from schemas.errors import LedgerError
from schemas.refusal import RefusedError


@dataclass(slots=True)
class FeedResult:
    """What became of a feed (contract, section 6, ``submit --json``)."""

    accepted: int = 0
    duplicates: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)
    refusals: dict[Slot, Refusal] = field(default_factory=dict)
    """The refusals by the ledger itself, to stand as long as it does not change."""

    def refuse(self, number: int, error: LedgerError) -> None:
        """Note a refused line."""
        code = error.code if isinstance(error, RefusedError) else RefusalCode.MALFORMED
        self.refused.append({"line": number, "code": str(code), "message": str(error)})

    def report(self) -> dict[str, Any]:
        """Return the JSON document, refused lines in order."""
        refused = sorted(self.refused, key=lambda row: row["line"])
        return {"accepted": self.accepted, "duplicates": self.duplicates, "refused": refused}
