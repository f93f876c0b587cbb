"""The months of a site, in its own time zone.

Invariant: every machine gives the same answer: the zone rules come from the ``tzdata``
package, never from the system. A party without a zone, or with one that the package
does not know, keeps UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

from schemas.party import Party


def month_of(party: Party | None, instant: str) -> str:
    """Return the calendar month ``YYYY-MM`` of an instant at a party's site."""
    # No zone is a day away from UTC, so inside a month nobody need ask the calendar.
    if "02" <= instant[8:10] <= "27":
        return instant[:7]
    return _month(party.timezone if party is not None else None, instant[:16])


def day_of(party: Party | None, instant: str) -> str:
    """Return the calendar day ``YYYY-MM-DD`` of an instant at a party's site."""
    return _local(zone_of(party.timezone if party is not None else None), instant).isoformat()[:10]


def following(month: str) -> str:
    """Return the month after ``YYYY-MM``."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12:04d}-{number % 12 + 1:02d}"


def preceding(month: str) -> str:
    """Return the month before ``YYYY-MM``."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year - (number == 1):04d}-{number - 1 or 12:02d}"


@lru_cache(maxsize=1)
def zones() -> frozenset[str]:
    """Return the names of all zones of the ``tzdata`` package."""
    return frozenset(resources.files("tzdata").joinpath("zones").read_text(encoding="ascii").split())


@lru_cache(maxsize=64)
def zone_of(name: str | None) -> tzinfo:
    """Return the zone of this name, UTC for none and for one that is not known, as it is spelled."""
    if name is None or name not in zones():
        return UTC
    file = resources.files("tzdata").joinpath("zoneinfo", *name.split("/"))
    try:
        with file.open("rb") as rules:
            return ZoneInfo.from_file(rules, key=name)
    except (OSError, ValueError):
        return UTC


@lru_cache(maxsize=4096)
def _month(name: str | None, minute: str) -> str:
    return _local(zone_of(name), minute + ":00Z").isoformat()[:7]


def _local(zone: tzinfo, instant: str) -> datetime:
    return datetime.fromisoformat(instant).astimezone(zone)


def days_between(first: str, last: str) -> int:
    """Return the whole days from one instant to a later one, 0 where it is not later."""
    if last[:10] <= first[:10]:
        return 0
    return max((_local(UTC, last) - _local(UTC, first)).days, 0)
