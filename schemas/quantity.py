"""Masses: kilogram texts outside, integer milligrams inside (contract, section 4).

Invariants: no float ever holds a mass; ``format_kg(parse_kg(t))`` is ``t`` without
trailing zeros; the largest mass is 9,999,999,999.999999 kg, which a BIGINT holds.
"""

from __future__ import annotations

import re

from schemas.errors import MalformedError
from schemas.wording import number_hint, shown

MG_PER_KG = 1_000_000
_KG = re.compile(r"(0|[1-9][0-9]{0,9})(?:\.([0-9]{1,6}))?", re.ASCII)
_SHAPE = 'a mass in kg as a text such as "21450" or "12655.5" (point, at most six decimals, no sign, no exponent)'
_EXAMPLE = "21450.5"


def parse_kg(text: object) -> int:
    """Return milligrams from a kilogram text; zero is allowed.

    Raises:
        MalformedError: if ``text`` is no text of the form ``21450`` or ``12655.5``; a comma, a
            unit and the like are named as what they look like.
    """
    match = _KG.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise MalformedError(f"expected {_SHAPE}, got {shown(text)}{number_hint(text, _EXAMPLE)}")
    whole, decimals = match.groups()
    milligrams = int(whole) * MG_PER_KG
    return milligrams + int(decimals.ljust(6, "0")) if decimals else milligrams


def parse_positive_kg(text: object) -> int:
    """Return milligrams from a kilogram text that is above zero.

    Raises:
        MalformedError: as :func:`parse_kg`, and for zero.
    """
    milligrams = parse_kg(text)
    if milligrams == 0:
        raise MalformedError('expected a mass above zero, got "0"')
    return milligrams


def format_kg(milligrams: int) -> str:
    """Return kilograms as a text without trailing zeros, ``12655.5`` for 12,655,500,000 mg."""
    if not milligrams:
        return "0"
    whole, rest = divmod(milligrams, MG_PER_KG)
    return f"{whole}.{rest:06d}".rstrip("0") if rest else str(whole)
