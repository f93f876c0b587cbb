"""The months of a site, in its own time zone.

Invariant: every machine gives the same answer: the zones are those of the rules
(:mod:`schemas.rules.zones`), never those of the system. A party without a zone keeps UTC.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache

from schemas.party import Party
from schemas.rules.version import Rules
from schemas.rules.zones import Zones


def month_of(party: Party | None, instant: str, rules: Rules) -> str:
    """Return the calendar month ``YYYY-MM`` of an instant at a party's site."""
    # No zone is a day away from UTC, so inside a month nobody need ask the calendar.
    if "02" <= instant[8:10] <= "27":
        return instant[:7]
    return _month(party.timezone if party is not None else None, instant[:16], rules.zones)


def day_of(party: Party | None, instant: str, rules: Rules) -> str:
    """Return the calendar day ``YYYY-MM-DD`` of an instant at a party's site."""
    return _local(rules.zones.zone(party.timezone if party is not None else None), instant).isoformat()[:10]


def following(month: str) -> str:
    """Return the month after ``YYYY-MM``."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12:04d}-{number % 12 + 1:02d}"


def preceding(month: str) -> str:
    """Return the month before ``YYYY-MM``."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year - (number == 1):04d}-{number - 1 or 12:02d}"


@lru_cache(maxsize=4096)
def _month(name: str | None, minute: str, zones: Zones) -> str:
    return _local(zones.zone(name), minute + ":00Z").isoformat()[:7]


def _local(zone: tzinfo, instant: str) -> datetime:
    return datetime.fromisoformat(instant).astimezone(zone)


def days_apart(one: str, other: str) -> int:
    """Return the days between two days, either first; a day is ``YYYY-MM-DD``."""
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def days_between(first: str, last: str) -> int:
    """Return the whole days from one instant to a later one, 0 where it is not later."""
    if last[:10] <= first[:10]:
        return 0
    return max((_local(UTC, last) - _local(UTC, first)).days, 0)
