"""Random seasons in which much is held and disputed, corrections move metal elsewhere, and batches come again."""

from __future__ import annotations

import json
from typing import Any

from ledger.materials.state.records import Lot
from schemas.ids import LotId
from schemas.quantity import format_kg, parse_kg
from tests.season.every_event import MOST, EverySeason, Move
from tests.season.repair_season import RepairSeason


class HoldSeason(RepairSeason):
    """Masses of one order; a correction shifts mass between outputs, to a new one, or takes more, or nothing."""

    def _moves(self) -> tuple[list[Move], list[Move]]:
        moves, others = super()._moves()
        return moves, [*others, *[self._hold] * 4, self._release, *[self._correction] * 4]

    def _mass(self) -> int:
        return self.dice.randint(1, 10_000_000)

    def _hold(self) -> tuple[str, dict[str, Any]]:
        # Every other time of a lot that a run made or took, which a correction can move.
        runs = [lot for lot in self.fold.lots.values() if lot.run is not None]
        lot = self.dice.choice(runs) if runs and self.dice.randrange(2) else self._lot()
        if lot is None:
            return self._intake()
        return self.dice.choice((lot.holder, "CERT")), {"type": "hold", "lots": [lot.id], "reason": "to be looked at"}

    def _intake(self) -> tuple[str, dict[str, Any]]:
        gone = [said for said in self.said if said[2]["type"] == "intake" and self._is_withdrawn(said[2]["lot"])]
        if not gone or self.dice.randrange(2):
            return super()._intake()
        _, issuer, event = self.dice.choice(gone)
        again = {**json.loads(json.dumps(event)), "lot": self._new(issuer, "B")}
        if self.dice.randrange(2):
            again["documents"] = self._documents(issuer)
        return issuer, again

    def _is_withdrawn(self, name: LotId) -> bool:
        lot = self.fold.lots.get(name)
        return lot is not None and lot.status == "withdrawn"

    def _acceptance(self) -> tuple[str, dict[str, Any]]:
        issuer, event = super()._acceptance()
        for line in event["lots"] if event["type"] == "acceptance" and self.dice.randrange(2) else ():
            line["decision"] = "disputed"
            line.pop("rejected", None)
        return issuer, event

    def _correction(self) -> tuple[str, dict[str, Any]]:
        stopped = {lot.id for lot in self.fold.lots.values() if lot.held or lot.status == "disputed"}
        runs = [said for said in self.said if said[2]["type"] == "transformation" and _lots(said[2]) & stopped]
        batches = [said for said in self.said if said[2]["type"] == "intake" and said[2]["lot"] in stopped]
        if batches and self.dice.randrange(4) == 0:
            index, issuer, _ = self.dice.choice(batches)
            return issuer, {"type": "correction", "reason": "another's load", **self._repair(index, None)}
        if runs and self.dice.randrange(4):
            index, issuer, event = self.dice.choice(runs)
            said = self._repair(
                index, self._otherwise(json.loads(json.dumps(event))) if self.dice.randrange(4) else None
            )
            return issuer, {"type": "correction", "reason": "a slip of the pen", **said}
        return super()._correction() if self.dice.randrange(3) else EverySeason._correction(self)

    def _otherwise(self, event: dict[str, Any]) -> dict[str, Any]:
        if event["type"] != "transformation" or self.dice.randrange(4) == 0:
            return super()._otherwise(event)
        outputs = event["outputs"]
        if self.dice.randrange(2):
            # Most of the first output goes to a new one, or to another that is there.
            first = outputs[0]
            outputs[0] = _part(first, 1, 10)
            if len(outputs) > 1 and self.dice.randrange(2):
                outputs[-1] = _part(outputs[-1], 3, 2)
            else:
                outputs.append(_part({**first, "lot": f"{event['run']}-{self.number}"}, 9, 10))
        if self.dice.randrange(2):
            line = self.dice.choice(event["inputs"])
            known: Lot | None = self.fold.lots.get(line["lot"])
            most = max(parse_kg(line["net_kg"]) + (known.net if known is not None else 0), 1)
            line["net_kg"] = format_kg(min(self.dice.choice((most, most // 2 or 1, 1)), MOST))
        return event


def _lots(event: dict[str, Any]) -> set[str]:
    return {line["lot"] for line in (*event["outputs"], *event["inputs"])}


def _part(line: dict[str, Any], over: int, under: int) -> dict[str, Any]:
    """Return an output with a part of its mass."""
    content = {
        metal: format_kg(min(parse_kg(mass) * over // under, MOST)) for metal, mass in line["content_kg"].items()
    }
    least = max(sum(map(parse_kg, content.values())), 1)
    return {**line, "net_kg": format_kg(min(max(parse_kg(line["net_kg"]) * over // under, least), MOST)),
            "content_kg": content}  # fmt: skip
