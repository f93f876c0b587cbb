"""What a lot was stated to hold, and parts of it."""

from __future__ import annotations

from ledger.materials.state.pool import Stated


def test_a_part_has_the_proportions_of_the_whole() -> None:
    """Half of it; rounded down, and a metal of which nothing is in the part is left out."""
    stated = Stated(1000, {"Pb": 601, "Sb": 1})
    assert stated.part(500) == {"Pb": 300}
    assert stated.part(1000) == {"Pb": 601, "Sb": 1}


def test_nothing_has_no_parts() -> None:
    """A lot that was stated without mass."""
    assert Stated(0, {"Pb": 1}).part(0) == {}
