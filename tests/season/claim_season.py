"""Random seasons in which much is claimed: waste above all, mass balance, credit, slag, short landings, settlements."""

from __future__ import annotations

from typing import Any

from ledger.materials.claims.marks import claimable
from ledger.materials.state.records import Lot
from schemas.codes import CLAIM_KINDS
from schemas.quantity import format_kg
from tests.season.every_event import EverySeason, Move

_WASTE = ("battery_post_consumer", "battery_post_consumer", "battery_manufacturing", "primary", "internal")


class ClaimSeason(EverySeason):
    """Lines against a fold, as in every season, with masses of one order and claims at every turn."""

    def _moves(self) -> tuple[list[Move], list[Move]]:
        moves: list[Move] = [
            self._intake, self._run, self._run, self._dispatch, self._dispatch, self._acceptance, self._acceptance,
        ]  # fmt: skip
        others: list[Move] = [self._claim] * 6 + [self._assay] * 4 + [self._count_stock, self._count_stock, self._close]
        return moves, others

    def _mass(self) -> int:
        return self.dice.randint(1, 10_000_000)

    def _intake(self) -> tuple[str, dict[str, Any]]:
        party, event = super()._intake()
        if "origin" in event:
            event["origin"] = self.dice.choice(_WASTE)
        return party, event

    def _lot(self) -> Lot | None:
        lots = [lot for lot in self.fold.lots.values() if lot.net and any(claimable(lot, k) for k in CLAIM_KINDS)]
        return self.dice.choice(lots) if lots and self.dice.randrange(5) else super()._lot()

    def _run(self) -> tuple[str, dict[str, Any]]:
        issuer, event = super()._run()
        if event["type"] == "transformation" and self.dice.randrange(3) == 0:
            event["custody"] = "mass_balance"
        return issuer, event

    def _outputs(self, party: str, net: int, pool: dict[str, int]) -> list[dict[str, Any]]:
        """Return outputs of which together nothing, a half, or nearly all of the pool is known."""
        count = self.dice.randrange(1, 4)
        # Every third run throws its last output away by its role; half of what leaves the ledger is dumped.
        role = "product" if self.number % 3 else "residue"
        outputs = []
        for number in range(count):
            share = self.dice.choice((1000, 1000, 990, 500)) * self.dice.choice((1, 1, 0))
            content = {metal: mass * share // 1000 // count for metal, mass in pool.items()}
            outputs.append(
                {
                    "lot": f"{self._new(party, 'P')}-{number}", "material": "other", "description": "test",
                    "role": role if number == count - 1 else "product",
                    "net_kg": format_kg(max(net // count, sum(content.values()), 1)),
                    "content_kg": {metal: format_kg(mass) for metal, mass in content.items()},
                }
            )  # fmt: skip
        return outputs

    def _dispatch(self) -> tuple[str, dict[str, Any]]:
        issuer, event = super()._dispatch()
        if "disposition" in event and self.number % 2:
            event["disposition"] = "disposal"
        return issuer, event

    def _held_by(self, party: str) -> list[Lot]:
        lots = super()._held_by(party)
        bound = [lot for lot in lots if lot.credit is not None and lot.net]
        return bound if bound and self.dice.randrange(2) else lots

    def _acceptance(self) -> tuple[str, dict[str, Any]]:
        issuer, event = super()._acceptance()
        for line in event["lots"] if event["type"] == "acceptance" else ():
            lot = self.fold.lots.get(line["lot"])
            if lot is None or self.dice.randrange(8) == 0:
                continue
            line["net_kg"] = format_kg(lot.net * self.dice.choice((1000, 999, 998, 900)) // 1000)
            assays = [index for index, _, said in self.said if said["type"] == "assay" and lot.id in said["lots"]]
            if assays and line["decision"] in ("accepted", "settled"):
                percent = self.dice.choice((100, 99, 90, 102))
                line["content_kg"] = {metal: format_kg(sum(split) * percent // 100) for metal, split in lot.mix.items()}
                line["assays"] = [f"{assays[-1]:064x}"]
        return issuer, event
