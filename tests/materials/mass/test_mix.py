"""Mixes: milligrams per metal and origin, and the arithmetic on them."""

from __future__ import annotations

import pytest

from ledger.materials.mass.mix import (
    NO_MASS,
    Mix,
    add_mix,
    content_of,
    intake_mix,
    larger,
    less,
    negative,
    present,
    smaller,
    split_of,
)
from schemas.codes import METALS, ORIGINS
from schemas.events import read_event
from schemas.ids import PartyId
from schemas.intake import Intake
from schemas.versions import VERSION_1
from tests.materials.yard import intake

WASTE, BOUGHT = "battery_post_consumer", "primary"
LEFT: Mix = {**split_of({"Pb": 7}, WASTE), **split_of({"Li": 2}, BOUGHT)}
RIGHT: Mix = split_of({"Pb": 5, "Ni": 3}, WASTE)


def test_all_mass_of_a_split_is_of_its_origin() -> None:
    """In the place of the origin, for every origin."""
    for place, origin in enumerate(ORIGINS):
        (split,) = split_of({"Pb": 7}, origin).values()
        assert len(split) == len(ORIGINS)
        assert (split[place], sum(split)) == (7, 7)


def test_adding_changes_the_total_in_place() -> None:
    """7 + 5 mg lead, the others as they are; the part stays."""
    total = dict(LEFT)
    add_mix(total, RIGHT)
    assert content_of(total) == {"Pb": 12, "Li": 2, "Ni": 3}
    assert content_of(RIGHT) == {"Pb": 5, "Ni": 3}


def test_content_stands_in_the_order_of_the_metals() -> None:
    """Ties of an apportionment go to the first, so the order is part of the result."""
    content = content_of({**RIGHT, **LEFT})
    assert list(content) == [metal for metal in METALS if metal in content]


def test_smaller_and_larger_are_taken_per_metal_and_origin() -> None:
    """What one of both lacks is nothing; a metal without mass is left out of the smaller."""
    assert smaller(LEFT, RIGHT) == split_of({"Pb": 5}, WASTE)
    assert larger(LEFT, RIGHT) == {**split_of({"Pb": 7, "Ni": 3}, WASTE), **split_of({"Li": 2}, BOUGHT)}
    assert smaller(split_of({"Pb": 7}, WASTE), split_of({"Pb": 7}, BOUGHT)) == {}


def test_what_is_left_is_never_below_nothing() -> None:
    """7 - 5 mg lead; of 5 mg without 7 mg nothing is left."""
    assert less(LEFT, RIGHT) == {**split_of({"Pb": 2}, WASTE), **split_of({"Li": 2}, BOUGHT)}
    assert less(RIGHT, LEFT) == split_of({"Ni": 3}, WASTE)


def test_a_mix_and_its_negative_are_nothing_together() -> None:
    """Metal by metal, which leaves metals without mass, and these are not present."""
    total = dict(LEFT)
    add_mix(total, negative(LEFT))
    assert total == {"Pb": NO_MASS, "Li": NO_MASS}
    assert present(total) == {}


@pytest.mark.parametrize(
    ("origins", "mix"),
    [
        ({"origin": WASTE}, split_of({"Pb": 600}, WASTE)),
        (
            {"origin_kg": {"Pb": {WASTE: 400, BOUGHT: 200}}},
            larger(split_of({"Pb": 400}, WASTE), split_of({"Pb": 200}, BOUGHT)),
        ),
    ],
)
def test_an_intake_states_its_content_by_origin(origins: dict[str, object], mix: Mix) -> None:
    """All of one origin, or each metal split."""
    event = read_event(
        {"nonce": "0" * 32, **intake("MUN-B-1", 1000, {"Pb": 600}, **origins)}, PartyId("MUN"), VERSION_1
    )
    assert isinstance(event, Intake)
    assert intake_mix(event) == mix
