"""Cover: whether what was claimed of a lot is still in it, after metal left it as a loss or never came."""

from __future__ import annotations

import pytest

from tests.materials.market import Market


@pytest.fixture
def market() -> Market:
    """A market where MUN has a batch of 10,000 kg lead."""
    market = Market()
    market.batch("MUN-B-1")
    return market


def test_metal_that_an_assay_takes_away_and_brings_back_is_not_claimed_twice(market: Market) -> None:
    """The claim loses its cover, and nothing more can be claimed when the metal is there again."""
    market.claim("MUN-B-1", "10000")
    market.assay("MUN-B-1", "0.1")
    assert market.found("MUN-B-1") == {"claim-uncovered": "high"}
    market.assay("MUN-B-1", "1")
    assert market.uncovered("MUN-B-1")
    assert market.free("MUN-B-1") == {} == market.free("MUN-B-1", "recycling_service")


def test_a_shortage_does_not_take_the_claims_with_it(market: Market) -> None:
    """Half of the stock is gone, all that was claimed is still there; then more is gone."""
    market.claim("MUN-B-1", "5000")
    market.count("MUN-B-1", "5000")
    assert market.free("MUN-B-1") == {}
    assert market.found("MUN-B-1") == {}
    market.count("MUN-B-1", "4000")
    assert market.found("MUN-B-1") == {"claim-uncovered": "high"}


def test_what_two_scales_differ_by_uncovers_no_claim(market: Market) -> None:
    """An honest count or hand-over a little below what was claimed is noted, and the claim stands."""
    market.claim("MUN-B-1", "10000")
    market.count("MUN-B-1", "9990")
    assert market.found("MUN-B-1") == {"claim-exceeds-accepted": "low"}
    assert not market.uncovered("MUN-B-1")


@pytest.mark.parametrize(
    ("received", "found"), [("9970", {"claim-exceeds-accepted": "low"}), ("9900", {"claim-uncovered": "high"})]
)
def test_a_full_claim_before_a_short_landing(market: Market, received: str, found: dict[str, str]) -> None:
    """Within what two scales differ by the claim stands; beyond, it has lost its cover."""
    market.claim("MUN-B-1", "10000")
    market.send("MUN-B-1")
    market.accept("MUN-B-1", received)
    assert market.found("MUN-B-1") == found
    assert market.free("MUN-B-1") == {}
