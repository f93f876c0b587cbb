"""Random seasons in which lots go to and fro: parts are rejected, also when a dispute is settled, or come back."""

from __future__ import annotations

from typing import Any

from schemas.quantity import format_kg
from tests.season.claim_season import ClaimSeason
from tests.season.every_event import Move
from tests.season.random_seasons import PARKS


class PartSeason(ClaimSeason):
    """Lines against a fold, most of them hand-overs, holds and claims; what is corrected is often a hand-over."""

    def _moves(self) -> tuple[list[Move], list[Move]]:
        moves: list[Move] = [
            self._intake, self._run, self._dispatch, self._dispatch, self._dispatch, *[self._acceptance] * 5,
        ]  # fmt: skip
        others: list[Move] = [self._claim] * 3 + [self._hold] * 3 + [self._release, self._assay, self._close]
        return moves, [*others, *[self._return] * 5, *[self._settlement] * 3]

    def _dispatch(self) -> tuple[str, dict[str, Any]]:
        issuer, event = super()._dispatch()
        if "to" in event and self.parts.randrange(3) == 0:
            del event["to"]
            event["disposition"] = "sold"
        return issuer, event

    def _return(self) -> tuple[str, dict[str, Any]]:
        """Let a part of what left come back, now and then more of it, or of another's, or of what did not leave."""
        lots = list(self.fold.lots.values())
        out = [lot for lot in lots if lot.status == "left" and lot.net] if self.parts.randrange(8) else lots
        if not out:
            return self._dispatch()
        lot = self.parts.choice(out)
        most = max(lot.net, 1)
        net = self.parts.choice((1, most // 2 or 1, self.parts.randint(1, most), most, most, most + 1))
        issuer = lot.holder if self.parts.randrange(12) else self.parts.choice(PARKS)
        return issuer, {
            "type": "intake", "lot": self._new(issuer, "B"), "material": "mixed_battery", "chemistry": "mixed",
            "form": "whole", "net_kg": format_kg(net), "content_kg": {}, "content_basis": "estimated", "country": "IN",
            "reason": "customer_return", "returned_lot": lot.id,
            "documents": [{"kind": "credit_note", "issuer": issuer, "number": f"CN-{self.number}"}],
        }  # fmt: skip

    def _settlement(self) -> tuple[str, dict[str, Any]]:
        """Let the certifier settle a return, wherever its metal is by now."""
        returns = [index for index, _, event in self.said if event.get("reason") == "customer_return"]
        if not returns:
            return self._return()
        return "CERT", {
            "type": "attestation", "statement": f"{self.parts.choice(returns):064x}", "codes": ["customer-return"],
            "verdict": self.parts.choice(("settled", "settled", "upheld")), "reason": "seen",
        }  # fmt: skip

    def _correction(self) -> tuple[str, dict[str, Any]]:
        said = self.said
        parts = [row for row in said if any("rejected" in line for line in row[2].get("lots", ()) if "lot" in line)]
        sent = {line["lot"] for _, _, event in parts for line in event["lots"]}
        parts += [row for row in said if row[2].get("reason") == "customer_return"]
        behind = [row for row in said if row[2].get("lot") in sent or row[2]["type"] == "dispatch"]
        # Now and then only what was rejected in part, or came before that, is looked at.
        if parts and self.parts.randrange(3):
            self.said = self.parts.choice((parts, [*parts, *behind]))
        try:
            return super()._correction()
        finally:
            self.said = said
