"""The given month, folded without signatures: nothing ``high`` is found on its lots or its sites."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from ledger.materials.plausibility.site.findings import Site, as_it_stands, find_in_site, rejections
from schemas.errors import LedgerError
from schemas.versions import VERSION_1
from tests.cli.terminal import SEASON
from tests.world.folding import Fold


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SEASON / name).read_text("utf-8").splitlines() if line.startswith("{")]


def test_the_given_month_is_not_accused() -> None:
    """Its lots and runs were made to be honest, its faults to be refused: no finding weighs ``high``."""
    fold = Fold(_lines("participants.jsonl"))
    taken = 0
    for line in _lines("feed.jsonl"):
        try:
            fold.take({"issuer": line["issuer"], "occurred_at": line["occurred_at"], "event": line["event"]})
            taken += 1
        except (LedgerError, KeyError, TypeError):
            continue
    assert taken > 800
    found = list(fold.findings)
    for name, party in fold.parties.items():
        logged_events = [logged for logged in fold.past.logged_events(fold.past.indexes()) if logged.issuer == name]
        site = Site(
            party=party,
            said=as_it_stands(logged_events),
            run=fold.runs.get,
            is_lot=fold.lots.__contains__,
            rules=VERSION_1,
            lots=fold.lots.many,
            rejected=rejections(logged_events),
        )
        found += find_in_site(site)
    assert Counter(one.code for one in found if one.severity == "high") == {}
    assert {one.code for one in found} >= {"weighing-difference", "gain-with-reason"}
