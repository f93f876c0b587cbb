"""The given month, folded without signatures: nothing ``high`` is found on its lots or its sites."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from ledger.materials.answers.provenance import follow, trace
from ledger.materials.plausibility.site.findings import Site, find_in_site
from ledger.materials.plausibility.site.reach import findings_with_reach
from ledger.materials.plausibility.site.reading import read_site
from ledger.materials.standing import on_record, sites_of, standing_of
from schemas.errors import LedgerError
from schemas.ids import LotId, PartyId
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
    """A fifth of them is to be looked at, and only what its receiver disputes stops: a heel's traces change nothing.

    By all of the ledger, with what is odd about its sites over the month, no more of them stop.
    """
    fold = _given()
    over_time = {name: findings_with_reach(_site(name, fold)) for name in fold.parties}
    proven: Counter[str] = Counter()
    reported: Counter[str] = Counter()
    for name in _products(fold):
        ancestry = trace(fold.lots[name], fold)
        sites = [row for site in sites_of(ancestry) for row in over_time[site]]
        standing = standing_of(ancestry, follow(ancestry), on_record(ancestry, fold, sites), VERSION_1)
        proven[standing.proven] += 1
        reported[standing.reported] += 1
        assert {row.code for row in standing.reasons if row.level == "stop"} <= {"dispute"}
    assert 15 * proven.total() < 100 * proven["look"] < 25 * proven.total()
    assert 100 * proven["stop"] < proven.total()
    assert 15 * reported.total() < 100 * reported["look"] < 25 * reported.total()
    assert reported["stop"] == proven["stop"]


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
    for name in fold.parties:
        found += find_in_site(_site(name, fold))
    assert Counter(one.code for one in found if one.severity == "high") == {}
    assert {one.code for one in found} >= {"weighing-difference", "gain-with-reason"}


def _site(name: PartyId, fold: Fold) -> Site:
    said = (logged for logged in fold.past.logged_events(fold.past.indexes()) if logged.issuer == name)
    return read_site(fold.parties[name], said, fold, VERSION_1)
