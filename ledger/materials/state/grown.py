"""What words added to the metal of a lot on its way, as it goes with the metal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from schemas.codes import Metal

# Shared, and never changed in place.
_NOTHING: dict[Metal, int] = {}


class Grown(NamedTuple):
    """Milligrams per metal; a metal without any is absent.

    ``gained`` is what settlements, analyses and runs found above what was there before, less
    what settlements, analyses and counts took away: below zero where that is more. ``lifted``
    is what corrections made recycled. ``first`` is what first analyses of batches found above
    what those were bought by: nothing that was gained, but it adds up with what is gained after it.
    """

    gained: dict[Metal, int] = _NOTHING
    lifted: dict[Metal, int] = _NOTHING
    first: dict[Metal, int] = _NOTHING


NOT_GROWN: Final = Grown()
"""Of most lots there is nothing to say; this one value is asked for by identity."""


def grown_of(gained: Mapping[Metal, int], lifted: Mapping[Metal, int], first: Mapping[Metal, int]) -> Grown:
    """Return what was added, without metals of which there is nothing."""
    gains = {metal: mass for metal, mass in gained.items() if mass}
    lifts = {metal: mass for metal, mass in lifted.items() if mass}
    firsts = {metal: mass for metal, mass in first.items() if mass}
    return Grown(gains, lifts, firsts) if gains or lifts or firsts else NOT_GROWN


def read_grown(members: Any) -> Grown:  # noqa: ANN401 - as JSON has it
    """Return what was added, of its members in a row text."""
    gained, lifted, first = members
    return grown_of(gained, lifted, first)
