"""Random seasons in which an issuer corrects several of its statements in one piece."""

from __future__ import annotations

import json
from typing import Any

from schemas.instants import format_time
from tests.season.every_event import CORRECTABLE, STEP, EverySeason
from tests.season.random_seasons import START


class RepairSeason(EverySeason):
    """Corrections are of one to four statements; runs may change places among themselves, times be other ones."""

    def _correction(self) -> tuple[str, dict[str, Any]]:
        made = [said for said in self.said if said[2]["type"] in CORRECTABLE]
        if not made:
            return self._intake()
        issuer = self.dice.choice(made)[1]
        own = [said for said in made if said[1] == issuer]
        chosen = self.dice.sample(own, min(len(own), self.dice.randrange(1, 5)))
        runs = [(index, event) for index, _, event in own if event["type"] == "transformation"]
        if len(runs) > 1 and self.dice.randrange(3) == 0:
            (first, one), (second, other) = self.dice.sample(runs, 2)
            repairs = [self._repair(first, other), self._repair(second, one)]
        else:
            repairs = [
                self._repair(index, self._otherwise(json.loads(json.dumps(event))) if self.dice.randrange(3) else None)
                for index, _, event in chosen
            ]
        return issuer, {"type": "correction", "reason": "a slip of the pen", "corrections": repairs}

    def _repair(self, index: int, replacement: dict[str, Any] | None) -> dict[str, Any]:
        if replacement is None:
            return {"statement": f"{index:064x}", "kind": "did_not_occur"}
        said = {"statement": f"{index:064x}", "kind": "incorrect_data", "replacement": replacement}
        if self.dice.randrange(3):
            return said
        return {**said, "occurred_at": format_time(START + self.dice.randrange(self.number + 1) * STEP)}
