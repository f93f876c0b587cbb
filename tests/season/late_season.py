"""Random seasons in which papers come late: assays of what was used, and runs that took a batch entered after them."""

from __future__ import annotations

from typing import Any

from ledger.materials.state.records import Lot
from schemas.quantity import format_kg
from tests.season.repair_season import RepairSeason


class LateSeason(RepairSeason):
    """Parks analyse lots that they used; corrections put later batches into runs."""

    def _lot(self) -> Lot | None:
        used = [lot for lot in self.fold.lots.values() if lot.used and not lot.moved]
        return self.dice.choice(used) if used and self.dice.randrange(2) else super()._lot()

    def _assay(self) -> tuple[str, dict[str, Any]]:
        issuer, event = super()._assay()
        lots = [self.fold.lots[name] for name in event.get("lots", ())]
        # Of what is used up no content is left to guess by.
        if event["type"] == "assay" and "results" in event and lots and not lots[0].net:
            for result in event["results"].values():
                result["fraction"] = f"0.{self.dice.randrange(1, 400):03d}"
                result["uncertainty"] = "0.001"
        return issuer, event

    def _otherwise(self, event: dict[str, Any]) -> dict[str, Any]:
        event = super()._otherwise(event)
        if event["type"] != "transformation" or self.dice.randrange(2):
            return event
        park = event["run"][:3]
        batches = [lot for lot in self.fold.lots.values() if lot.run is None and lot.holder == park and lot.net]
        if batches:
            lot = self.dice.choice(batches[-3:])
            taken = {"lot": lot.id, "net_kg": format_kg(self.dice.choice((lot.net, lot.net // 2 or 1)))}
            event["inputs"] = [*event["inputs"], taken]
        return event
