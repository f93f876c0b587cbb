"""A count that comes late is held against the book of its own time, and what moved since."""

from __future__ import annotations

import pytest

from tests.materials.counted import FIRST, FOURTH, SECOND, THIRD, count, smelt
from tests.materials.yard import Yard, codes
from tests.world.events import KG


@pytest.fixture
def yard() -> Yard:
    """1,000 kg with 600 kg lead (statement 0), of which a run took 500 kg on 20 January (statement 1)."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG})
    yard.say("MUN", smelt(500, SECOND))
    return yard


def test_a_late_count_is_held_against_the_book_of_its_own_time(yard: Yard) -> None:
    """1,000 kg were there on the 10th, and 1,000 kg were counted: nothing is odd, nothing is made."""
    yard.say("MUN", count("1000"), FIRST)
    assert yard.lot("MUN-B-1").net == 500 * KG
    assert codes(yard, 2) == {}


def test_a_late_shortage_leaves_what_is_left_now(yard: Yard) -> None:
    """960 kg of then 1,000 kg: the 40 kg are missing from the 500 kg that are left, with their lead."""
    yard.say("MUN", count("960"), FIRST)
    assert (yard.lot("MUN-B-1").net, yard.origins("MUN-B-1")) == (460 * KG, {"battery_post_consumer": 276 * KG})
    assert codes(yard, 2) == {"stock-adjusted": "medium"}


def test_a_count_that_was_overtaken_adjusts_nothing(yard: Yard) -> None:
    """More is missing than is left; the lot was sent away or used up since; it was counted again since."""
    yard.say("MUN", count("400"), FIRST)
    assert (codes(yard, 2), yard.lot("MUN-B-1").net) == ({"count-overtaken": "medium"}, 500 * KG)
    yard.say("MUN", count("495"), THIRD)
    yard.say("MUN", count("480"), "2026-01-22T06:00:00Z")
    assert (codes(yard, 4), yard.lot("MUN-B-1").net) == ({"count-overtaken": "medium"}, 495 * KG)
    yard.say("MUN", {"type": "dispatch", "shipment": "MUN-H-1", "to": "TEX", "lots": [{"lot": "MUN-B-1"}]}, FOURTH)
    yard.say("MUN", count("450"), "2026-01-28T06:00:00Z")
    assert (codes(yard, 6), yard.lot("MUN-B-1").net) == ({"count-overtaken": "medium"}, 495 * KG)
    assert yard.code("MUN", count("450"), "2026-01-31T06:00:00Z") == "lot-in-transit"
    assert yard.code("TEX", count("450"), FIRST) == "not-entitled"


def test_a_used_up_lot_takes_a_count_from_before_its_end(yard: Yard) -> None:
    """It is recorded; a count from after its end is refused as ever."""
    yard.say("MUN", smelt(500, THIRD, 2))
    assert yard.code("MUN", count("480"), "2026-01-22T06:00:00Z") == "taken"
    assert codes(yard, 3) == {"count-overtaken": "medium"}
    assert yard.code("MUN", count("480"), FOURTH) == "insufficient-mass"
