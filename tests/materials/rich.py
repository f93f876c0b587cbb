"""Batteries that are said to hold more lead than batteries do, and how lots of them stand."""

from __future__ import annotations

from ledger.materials.answers.provenance import follow, trace
from ledger.materials.standing import LotStanding, on_record, standing_of
from schemas.quantity import format_kg
from schemas.versions import VERSION_1
from tests.materials.market import Market

WHOLE = {"material": "lead_acid_battery", "form": "whole"}


def stands(market: Market, lot: str) -> LotStanding:
    """Return how a lot stands."""
    ancestry = trace(market.lot(lot), market)
    return standing_of(ancestry, follow(ancestry), on_record(ancestry, market), VERSION_1)


def in_kg(grams: int) -> str:
    """Return a mass as the ledger spells it."""
    return format_kg(grams * 1000)


def mixed(rich: int, origin: str = "battery_post_consumer") -> Market:
    """Return a market where a batch at 78 % lead gave ``rich`` in 100,000 of the lead of ``MUN-L-1``."""
    market = Market()
    lead, net = rich * 78, rich * 100
    market.batch("MUN-B-1", in_kg(lead), in_kg(net), origin=origin, **WHOLE)
    market.batch("MUN-B-2", in_kg(7_800_000 - lead), "13000", origin=origin)
    market.make("MUN-L-1", {"MUN-B-1": in_kg(net), "MUN-B-2": "13000"}, "7800")
    return market
