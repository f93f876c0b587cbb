"""What a statement says now decides: the origins that a corrected intake declares."""

from __future__ import annotations

import pytest

from tests.materials.yard import Yard, intake
from tests.world.events import KG, assay, correction


@pytest.fixture
def yard() -> Yard:
    """1,000 kg with 600 kg of lead, 400 of it post-consumer, 200 from manufacturing."""
    yard = Yard()
    split = {"Pb": {"battery_post_consumer": 400 * KG, "battery_manufacturing": 200 * KG}}
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG}, origin_kg=split)
    return yard


def test_declared_origins_follow_a_correction() -> None:
    """The batch was factory scrap; so is the metal that was found in it since, also one size back."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {})
    yard.say("MUN", assay("0.6"))
    yard.say("MUN", correction(0, intake("MUN-B-1", 1000 * KG, {}, origin="battery_manufacturing")))
    assert yard.origins("MUN-B-1") == {"battery_manufacturing": 600 * KG}
    yard.say("MUN", assay("0.5", stage="umpire"))
    assert yard.origins("MUN-B-1") == {"battery_manufacturing": 500 * KG}
