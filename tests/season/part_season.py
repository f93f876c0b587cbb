"""Random seasons in which lots go to and fro, and a part of many is rejected, also when a dispute is settled."""

from __future__ import annotations

from typing import Any

from tests.season.claim_season import ClaimSeason
from tests.season.every_event import Move


class PartSeason(ClaimSeason):
    """Lines against a fold, most of them hand-overs, holds and claims; what is corrected is often a hand-over."""

    def _moves(self) -> tuple[list[Move], list[Move]]:
        moves: list[Move] = [
            self._intake, self._run, self._dispatch, self._dispatch, self._dispatch, *[self._acceptance] * 5,
        ]  # fmt: skip
        others: list[Move] = [self._claim] * 3 + [self._hold] * 3 + [self._release, self._assay, self._close]
        return moves, others

    def _dispatch(self) -> tuple[str, dict[str, Any]]:
        issuer, event = super()._dispatch()
        if "disposition" in event and self.parts.randrange(3):
            del event["disposition"]
            event["to"] = "GLENCORE" if issuer != "GLENCORE" else "MUN"
        return issuer, event

    def _correction(self) -> tuple[str, dict[str, Any]]:
        said = self.said
        parts = [row for row in said if any("rejected" in line for line in row[2].get("lots", ()) if "lot" in line)]
        sent = {line["lot"] for _, _, event in parts for line in event["lots"]}
        behind = [row for row in said if row[2].get("lot") in sent or row[2]["type"] == "dispatch"]
        # Now and then only what was rejected in part, or came before that, is looked at.
        if parts and self.parts.randrange(3):
            self.said = self.parts.choice((parts, [*parts, *behind]))
        try:
            return super()._correction()
        finally:
            self.said = said
