"""What is on record of many lots, asked for a few: the same as if only these had been asked for."""

from __future__ import annotations

from ledger.materials.answers.provenance import trace, trace_all
from ledger.materials.plausibility.site.reach import SiteFinding
from ledger.materials.standing import ByLot, on_record, sites_of
from ledger.materials.standing.raised import raised_on
from tests.materials.market import Market
from tests.materials.rich import WHOLE


def market_of_two_ways() -> Market:
    """Return a market where two batches, one at 78 % lead, were smelted apart."""
    market = Market()
    market.batch("MUN-B-1", "7800", **WHOLE)
    market.batch("MUN-B-2", "6000", **WHOLE)
    market.make("MUN-L-1", {"MUN-B-1": "10000"}, "7500")
    market.make("MUN-L-2", {"MUN-B-2": "10000"}, "5900")
    return market


def test_a_part_of_the_record_raises_what_the_record_of_that_part_raises() -> None:
    """For each of two lots, whose ways have nothing in common."""
    market = market_of_two_ways()
    lots = [market.lot(name) for name in ("MUN-L-1", "MUN-L-2")]
    (finding,) = (row for row in market.findings if row.code == "lead-content")
    over_time = [SiteFinding(finding._replace(lots=("MUN-L-2",)), ("MUN-L-2", "MUN-B-2"))]  # type: ignore[arg-type]
    together = ByLot(on_record(trace_all(lots, market), market, over_time))
    for lot in lots:
        ancestry = trace(lot, market)
        alone = on_record(ancestry, market, over_time)
        assert list(raised_on(ancestry, together.of(ancestry.lots))) == list(raised_on(ancestry, alone))
    assert together.of(["MUN-L-2"]).sites == tuple(over_time)  # type: ignore[list-item]
    assert together.of(["MUN-L-1"]).sites == ()  # type: ignore[list-item]


def test_what_several_lots_came_through_is_what_each_came_through() -> None:
    """Lots, runs and sites."""
    market = market_of_two_ways()
    lots = [market.lot(name) for name in ("MUN-L-1", "MUN-L-2")]
    known = trace_all(lots, market)
    each = [trace(lot, market) for lot in lots]
    assert known.lots == each[0].lots | each[1].lots
    assert known.runs == each[0].runs | each[1].runs
    assert sites_of(known) == ["MUN"]
