"""A registered party as it stands: what the last ``participant`` event said of it."""

from __future__ import annotations

from typing import NamedTuple

from schemas.ids import KeyId, PartyId, StatementId


class PlantLine(NamedTuple):
    """A line of a plant: its id, feed, capacity in milligrams a year, first day."""

    line: str
    feed: str
    capacity_mg_per_year: int
    commissioned_on: str


class ScaleSpan(NamedTuple):
    """A scale with the days of its calibration and its interval in mg; ``None`` where they are not on record."""

    scale: str
    calibrated_on: str | None = None
    calibrated_until: str | None = None
    interval: int | None = None


class Party(NamedTuple):
    """A party; ``registration`` is the id of the statement that first registered it.

    ``keyids`` are all keys that it ever had, revoked ones included, oldest first. ``since``
    is the entry from which it stands like this, ``earlier`` how it stood before, oldest
    first: what was said under a role, a time zone or a limit stays judged by it.
    """

    id: PartyId
    name: str
    roles: tuple[str, ...]
    country: str
    registration: StatementId
    keyids: tuple[KeyId, ...] = ()
    require: tuple[str, ...] = ()
    lines: tuple[PlantLine, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    timezone: str | None = None
    scales: tuple[ScaleSpan, ...] = ()
    limits: tuple[tuple[str, int], ...] = ()
    since: int = 0
    earlier: tuple[Party, ...] = ()


def registered_at(party: Party) -> int:
    """Return the entry that first registered a party."""
    return (*party.earlier, party)[0].since


def as_of(party: Party, index: int) -> Party:
    """Return a party as it stood at an entry; before it was registered, as it was first."""
    if party.since <= index or not party.earlier:
        return party
    return next((known for known in reversed(party.earlier) if known.since <= index), party.earlier[0])
