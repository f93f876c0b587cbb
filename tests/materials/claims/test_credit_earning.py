"""What a run under mass balance gives to the account of its site, and what it does not."""

from __future__ import annotations

import pytest

from schemas.ids import PartyId
from tests.materials.market import Market


@pytest.fixture
def market() -> Market:
    """A market where MUN has a batch of 10,000 kg lead."""
    market = Market()
    market.batch("MUN-B-1")
    return market


def test_claimed_metal_earns_no_credit(market: Market) -> None:
    """A run under mass balance does not wash claims off; what never arrived earns nothing, either."""
    market.claim("MUN-B-1", "9000")
    market.make("MUN-L-1", {"MUN-B-1": "10000"}, "10000", custody="mass_balance")
    assert market.account_of(PartyId("MUN")).earned == {"2026-01-05": {"Pb": (1_000_000_000, 0, 0, 0, 0, 0, 0)}}


def test_an_uncovered_claim_goes_through_mass_balance(market: Market) -> None:
    """Its metal earns nothing, and nothing can be claimed of the output with credit of other metal."""
    market.claim("MUN-B-1", "10000")
    market.assay("MUN-B-1", "0.5")
    market.batch("MUN-B-2")
    market.make("MUN-L-2", {"MUN-B-2": "10000"}, "10000", custody="mass_balance")
    market.make("MUN-L-1", {"MUN-B-1": "10000"}, "5000", custody="mass_balance")
    market.send("MUN-L-1", credit="5000")
    assert market.free("MUN-L-1") == {}
    assert sum(map(sum, market.account_of(PartyId("MUN")).earned["2026-01-05"].values())) == 10_000_000_000
