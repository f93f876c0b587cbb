"""Fractions: decimal texts outside, integer parts per billion inside.

Invariants: no float ever holds a share; a fraction is from 0 to 1, so a percentage or
a figure in ppm cannot pass for one.
"""

from __future__ import annotations

import re

from schemas.errors import MalformedError
from schemas.wording import number_hint, shown

BILLION = 1_000_000_000
_FRACTION = re.compile(r"(0|1)(?:\.([0-9]{1,9}))?", re.ASCII)
_PERCENTAGE = re.compile(r"\s*(?:[0-9]+(?:[.,][0-9]+)?\s*%|[1-9][0-9]*(?:\.[0-9]+)?)\s*", re.ASCII)
_SHAPE = 'a fraction from 0 to 1 as a text such as "0.5912" (point, at most nine decimals)'


def parse_fraction(text: object) -> int:
    """Return parts per billion from a text such as ``0.5912``.

    Raises:
        MalformedError: otherwise; a comma and a percentage are named as what they look like.
    """
    match = _FRACTION.fullmatch(text) if isinstance(text, str) else None
    if match is not None:
        whole, decimals = match.groups()
        parts = int(whole) * BILLION + int((decimals or "").ljust(9, "0"))
        if parts <= BILLION:
            return parts
    raise MalformedError(f"expected {_SHAPE}, got {shown(text)}{_hint(text)}")


def format_fraction(parts: int) -> str:
    """Return parts per billion as a text without trailing zeros."""
    whole, rest = divmod(parts, BILLION)
    return f"{whole}.{rest:09d}".rstrip("0") if rest else str(whole)


def _hint(text: object) -> str:
    if isinstance(text, str) and _PERCENTAGE.fullmatch(text):
        return " (a percentage for a fraction? 59.12 % is 0.5912)"
    return number_hint(text, "0.5912")
