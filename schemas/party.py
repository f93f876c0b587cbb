"""A registered party as it stands: what the last ``participant`` event said of it."""

from __future__ import annotations

from typing import NamedTuple


class PlantLine(NamedTuple):
    """A line of a plant: its id, feed, capacity in milligrams a year, first day."""

    line: str
    feed: str
    capacity_mg_per_year: int
    commissioned_on: str


class ScaleSpan(NamedTuple):
    """A scale with the days of its calibration; ``None`` where they are not on record."""

    scale: str
    calibrated_on: str | None = None
    calibrated_until: str | None = None


class Party(NamedTuple):
    """A party; ``registration`` is the id of the statement that first registered it.

    ``keyids`` are all keys that it ever had, revoked ones included, oldest first.
    """

    id: str
    name: str
    roles: tuple[str, ...]
    country: str
    registration: str
    keyids: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    lines: tuple[PlantLine, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    timezone: str | None = None
    scales: tuple[ScaleSpan, ...] = ()
    limits: tuple[tuple[str, int], ...] = ()
