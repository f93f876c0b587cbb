"""The given month, folded without signatures: nothing ``high`` is found on its lots or its sites."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from ledger.materials.answers.provenance import follow, trace
from ledger.materials.plausibility.site.findings import Site, as_it_stands, departures, find_in_site, rejections
from ledger.materials.standing import on_record, standing_of
from schemas.errors import LedgerError
from schemas.ids import LotId
from schemas.transformation import Transformation
from schemas.versions import VERSION_1
from tests.cli.terminal import SEASON
from tests.world.folding import Fold


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SEASON / name).read_text("utf-8").splitlines() if line.startswith("{")]


def _given() -> Fold:
    """Return the given month as the judges take it."""
    fold = Fold(_lines("participants.jsonl"))
    for line in _lines("feed.jsonl"):
        try:
            fold.take({"issuer": line["issuer"], "occurred_at": line["occurred_at"], "event": line["event"]})
        except (LedgerError, KeyError, TypeError):
            continue
    assert fold.index > 800
    return fold


def test_products_of_the_given_month_stand_well() -> None:
    """A fifth of them is to be looked at, and only what its receiver disputes stops: a heel's traces change nothing."""
    fold = _given()
    counted: Counter[str] = Counter()
    for name in _products(fold):
        ancestry = trace(fold.lots[name], fold)
        standing = standing_of(ancestry, follow(ancestry), on_record(ancestry, fold), VERSION_1)
        counted[standing.proven] += 1
        if standing.proven == "stop":
            assert {row.code for row in standing.reasons if row.level == "stop"} == {"dispute"}
    assert 15 * counted.total() < 100 * counted["look"] < 25 * counted.total()
    assert 100 * counted["stop"] < counted.total()


def _products(fold: Fold) -> Iterator[LotId]:
    """Yield the lots that runs made as products, as they stand."""
    for logged in fold.past.logged_events(fold.past.indexes()):
        for event in logged.event.stands():
            if isinstance(event, Transformation):
                yield from (made.lot for made in event.outputs if made.role == "product")


def test_the_given_month_is_not_accused() -> None:
    """Its lots and runs were made to be honest, its faults to be refused: no finding weighs ``high``."""
    fold = _given()
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
            departed=departures(logged_events),
        )
        found += find_in_site(site)
    assert Counter(one.code for one in found if one.severity == "high") == {}
    assert {one.code for one in found} >= {"weighing-difference", "gain-with-reason"}
