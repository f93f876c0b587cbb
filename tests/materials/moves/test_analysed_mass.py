"""Fractions of an analysis against the wet and the dry mass of a lot."""

from __future__ import annotations

import pytest

from schemas.refusal import RefusedError
from tests.materials.yard import Yard
from tests.world.events import KG, assay, line, output, run


@pytest.fixture
def yard() -> Yard:
    """1,000 kg with 600 kg of lead, 400 of it post-consumer, 200 from manufacturing."""
    yard = Yard()
    split = {"Pb": {"battery_post_consumer": 400 * KG, "battery_manufacturing": 200 * KG}}
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG}, origin_kg=split)
    return yard


def test_more_metal_than_weight_is_refused_within_an_uncertainty_too(yard: Yard) -> None:
    """97 % +- 9 % leave 1,057 kg open, but 1,000 kg went in."""
    yard.intake("MUN-B-2", 1000 * KG, {"Pb": 970 * KG})
    yard.say("MUN", assay("0.97", "MUN-B-2", uncertainty="0.09"))
    made = [output("MUN-L-1", 1200 * KG, {"Pb": 1010 * KG})]
    assert yard.code("MUN", run("MUN-R-1", [line("MUN-B-2", 1000 * KG)], made)) == "gain-exceeds-tolerance"


@pytest.mark.parametrize(
    ("dry", "more"), [("500", {}), (None, {"moisture": "0.5"}), ("900", {"moisture": "0.5", "basis": "wet"})]
)
def test_a_wet_fraction_above_the_dry_mass_is_refused(dry: str | None, more: dict[str, str]) -> None:
    """Half is water, and 60 % are to be lead."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 400 * KG}, **({"dry_kg": dry} if dry else {}))
    with pytest.raises(RefusedError, match=r"500 kg of dry mass, got 600 kg \(wet for dry mixed up\?\)") as refusal:
        yard.say("MUN", assay("0.6", **more))
    assert refusal.value.code == "content-exceeds-net"
    yard.say("MUN", assay("0.5", **more))


def test_what_was_not_detected_has_a_limit_of_detection(yard: Yard) -> None:
    """Cadmium: 0 with an uncertainty; anywhere else an uncertainty is at most its fraction."""
    yard.say("MUN", assay("0", metal="Cd", uncertainty="0.0001"))
    assert "Cd" not in yard.lot("MUN-B-1").mix
