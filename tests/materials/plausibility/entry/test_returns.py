"""What is odd about a return: that it is one, and what corrections make of it."""

from __future__ import annotations

import pytest

from tests.materials.market import Market
from tests.materials.sent_back import back, sold
from tests.materials.yard import codes
from tests.world.events import correction, unsigned_id


@pytest.fixture
def market() -> Market:
    """MUN-L-1 of 10,000 kg lead, of used batteries and virgin metal by halves, was sold."""
    return sold()


def test_a_return_is_found_and_weighed_like_any_delivery(market: Market) -> None:
    """It has no paper that shows its weight; what is in it was judged when it was made."""
    market.enter("MUN", back("MUN-B-9", "MUN-L-1", "2000"))
    assert codes(market, 4) == {"customer-return": "medium", "no-weighing-document": "low"}


def test_a_lot_that_did_not_leave_after_all_is_found(market: Market) -> None:
    """Its dispatch did not occur: what came back is there all the same, out of the lot, and nothing is there twice."""
    market.enter("MUN", back("MUN-B-9", "MUN-L-1", "2000"))
    market.correct(unsigned_id(3))
    assert codes(market, 4)["return-contradicted"] == "high"
    assert (market.lot("MUN-L-1").status, market.lot("MUN-L-1").net) == ("open", 8_000_000_000)
    assert market.lot("MUN-B-9").net == 2_000_000_000


def test_more_that_came_back_by_a_correction_is_found(market: Market) -> None:
    """A replacement is not refused for what is not out, as no taking is: what is missing is of unknown origin."""
    said = market.enter("MUN", back("MUN-B-9", "MUN-L-1", "2000"))
    market.say("MUN", correction(said, back("MUN-B-9", "MUN-L-1", "12000")))
    assert codes(market, 4)["shortfall"] == "high"
    assert market.origins("MUN-B-9")["unknown"] == 2_000_000_000
    assert market.lot("MUN-L-1").status == "returned"
