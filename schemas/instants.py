"""Times and dates as fixed-width texts in UTC (contract, section 3.1).

A time is exactly ``YYYY-MM-DDTHH:MM:SSZ`` in the years 2000 to 2099, so that the
order of the texts is the order of time and nothing has to be converted to compare.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from schemas.errors import MalformedError
from schemas.wording import shown

_TIME = re.compile(r"(20[0-9]{2})-([0-9]{2})-([0-9]{2})T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z", re.ASCII)
_DATE = re.compile(r"((?:19|20)[0-9]{2})-([0-9]{2})-([0-9]{2})", re.ASCII)


def parse_time(text: object) -> str:
    """Return ``text`` if it is a time in UTC such as ``2026-01-05T06:12:00Z``.

    Raises:
        MalformedError: for another form, a day that no calendar has, a leap second.
    """
    return _parse(_TIME, text, "a time in UTC such as 2026-01-05T06:12:00Z, years 2000 to 2099")


def parse_date(text: object) -> str:
    """Return ``text`` if it is a calendar date such as ``2026-01-05``.

    Raises:
        MalformedError: for another form, or a day that no calendar has.
    """
    return _parse(_DATE, text, "a date such as 2026-01-05")


def format_time(seconds: int) -> str:
    """Return Unix seconds as ``YYYY-MM-DDTHH:MM:SSZ``."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def shift_time(text: str, *, seconds: int) -> str:
    """Return the time ``seconds`` after ``text`` (before it, where negative)."""
    moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z") + timedelta(seconds=seconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _parse(pattern: re.Pattern[str], text: object, shape: str) -> str:
    match = pattern.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise MalformedError(f"expected {shape}, got {shown(text)}")
    year, month, day = match.groups()
    try:
        date(int(year), int(month), int(day))
    except ValueError as error:
        raise MalformedError(f"expected a day that the calendar has, got {match.group()!r}") from error
    return match.group()
