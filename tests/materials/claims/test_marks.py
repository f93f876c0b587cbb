"""Marks go where the claimed metal goes: into outputs, losses and what never arrived."""

from __future__ import annotations

import pytest

from tests.materials.market import WASTE, Market
from tests.materials.yard import intake


@pytest.fixture
def market() -> Market:
    """A market where MUN has a batch of 10,000 kg lead."""
    market = Market()
    market.batch("MUN-B-1")
    return market


def test_metal_that_an_assay_finds_in_the_loss_of_a_run_brings_its_claims_along(market: Market) -> None:
    """What was claimed before the run is not free when an analysis finds it after all."""
    market.claim("MUN-B-1", "10000")
    market.make("MUN-L-1", {"MUN-B-1": "10000"}, "6000", net="10000")
    market.assay("MUN-L-1", "0.9")
    assert market.origins("MUN-L-1") == {WASTE: 9_000_000_000}
    assert market.free("MUN-L-1") == {}
    assert market.free("MUN-L-1", "recycling_service") == {WASTE: "9000"}


def test_an_uncovered_claim_goes_to_all_that_is_made_of_its_lot(market: Market) -> None:
    """Packing does not wash it off, neither before the correction nor after it."""
    wrong = market.batch("MUN-B-2")
    market.claim("MUN-B-2", "10000")
    market.make("MUN-L-1", {"MUN-B-2": "4000"}, "4000", "packing")
    market.correct(wrong, intake("MUN-B-2", "8000", {"Pb": "8000"}))
    market.make("MUN-L-2", {"MUN-B-2": "3999"}, "3999", "packing")
    for lot in ("MUN-B-2", "MUN-L-1", "MUN-L-2"):
        assert market.uncovered(lot)
        assert market.free(lot) == {}
        assert market.found(lot) == {"claim-uncovered": "high"}


def test_splitting_after_a_short_landing_frees_nothing(market: Market) -> None:
    """Kilograms that never arrived and kilograms that were claimed are not the same ones."""
    market.send("MUN-B-1", "TEX")
    market.accept("MUN-B-1", "9000", to="TEX")
    market.claim("MUN-B-1", "9000")
    market.make("TEX-L-1", {"MUN-B-1": "9000"}, "9000", "packing")
    assert market.free("MUN-B-1") == {} == market.free("TEX-L-1")


def test_a_later_receiver_does_not_miss_the_same_metal_again(market: Market) -> None:
    """What was short at the first hand-over is short once, though each receiver says so."""
    market.send("MUN-B-1", "TEX")
    market.accept("MUN-B-1", "9000", to="TEX")
    market.send("MUN-B-1", "GLENCORE", shipment="TEX-H-1")
    market.accept("MUN-B-1", "9000", shipment="TEX-H-1")
    assert market.free("MUN-B-1") == {WASTE: "9000"}


def test_a_count_after_a_short_landing_finds_what_was_missing(market: Market) -> None:
    """The receiver's count takes away what never arrived, not what it may claim."""
    market.send("MUN-B-1", "TEX")
    market.accept("MUN-B-1", "9000", to="TEX")
    market.claim("MUN-B-1", "9000")
    market.count("MUN-B-1", "9000")
    assert market.found("MUN-B-1") == {}
    assert market.free("MUN-B-1") == {}
