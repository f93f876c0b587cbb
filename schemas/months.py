"""Ranges of months, as a balance is asked for: a month, a quarter, a year, or from one month to another."""

from __future__ import annotations

import re
from typing import NamedTuple

from schemas.errors import MalformedError
from schemas.wording import shown

_MONTH = r"20[0-9]{2}-(?:0[1-9]|1[0-2])"
_RANGE = re.compile(rf"({_MONTH})(?:\.\.({_MONTH}))?|(20[0-9]{{2}})(?:-Q([1-4]))?", re.ASCII)
_MONTHS_OF_QUARTER = 3


class Months(NamedTuple):
    """The months from ``first`` to ``last``, both ``YYYY-MM`` and both inside."""

    first: str
    last: str


def parse_months(text: str) -> Months:
    """Return the months of a text such as ``2026-01``, ``2026-Q1``, ``2026`` or ``2026-01..2026-05``.

    Raises:
        MalformedError: for another form, or a range that ends before it begins.

    >>> parse_months("2026-Q2")
    Months(first='2026-04', last='2026-06')
    """
    match = _RANGE.fullmatch(text)
    if match is None:
        raise MalformedError(
            "expected a month such as 2026-01, a quarter such as 2026-Q1, a year such as 2026 or a range such as "
            f"2026-01..2026-05, got {shown(text)}"
        )
    first, last, year, quarter = match.groups()
    if year is not None:
        end = _MONTHS_OF_QUARTER * int(quarter or 4)
        begin = end - _MONTHS_OF_QUARTER + 1 if quarter else 1
        return Months(f"{year}-{begin:02d}", f"{year}-{end:02d}")
    if last is not None and last < first:
        raise MalformedError(f"expected a range that ends no earlier than it begins, got {first} to {last}")
    return Months(first, last or first)
