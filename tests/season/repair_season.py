"""Random seasons in which an issuer corrects several of its statements in one piece."""

from __future__ import annotations

import json
from typing import Any

from tests.season.every_event import CORRECTABLE, EverySeason


class RepairSeason(EverySeason):
    """Corrections are of one to four statements; runs may change places among themselves."""

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
            repairs = [_repair(first, other), _repair(second, one)]
        else:
            repairs = [
                _repair(index, self._otherwise(json.loads(json.dumps(event))) if self.dice.randrange(3) else None)
                for index, _, event in chosen
            ]
        return issuer, {"type": "correction", "reason": "a slip of the pen", "corrections": repairs}


def _repair(index: int, replacement: dict[str, Any] | None) -> dict[str, Any]:
    said = {"kind": "did_not_occur"} if replacement is None else {"kind": "incorrect_data", "replacement": replacement}
    return {"statement": f"{index:064x}", **said}
