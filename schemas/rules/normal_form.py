"""The normal form of the names of papers: one for all spellings of one number.

What does not tell two papers apart falls away: case, width, which stroke or blank stands
between the groups, leading zeros of a group of digits, the script of a digit, a Cyrillic
or Greek letter that looks like a Latin one, and O for 0 or I for 1 beside a digit.
Everything else stays, so that two numbers in Devanagari, Thai or Arabic script are two.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from schemas.rules.characters import version_14

_ZEROS = (
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50,
    0x0ED0, 0x0F20, 0x1040, 0x17E0, 0x1810,
)  # fmt: skip
"""The zeros of the scripts that have ten digits in a row (Unicode 14.0, Numeric_Type=Decimal)."""

_LOOKALIKE = {
    "\u0430": "a", "\u0432": "b", "\u0435": "e", "\u043a": "k", "\u043c": "m", "\u043d": "h", "\u043e": "o",
    "\u0440": "p", "\u0441": "c", "\u0442": "t", "\u0443": "y", "\u0445": "x", "\u0456": "i", "\u0458": "j",
    "\u0455": "s", "\u03b1": "a", "\u03b2": "b", "\u03b5": "e", "\u03b6": "z", "\u03b7": "h", "\u03b9": "i",
    "\u03ba": "k", "\u03bc": "m", "\u03bd": "n", "\u03bf": "o", "\u03c1": "p", "\u03c4": "t", "\u03c5": "y",
    "\u03c7": "x",
}  # fmt: skip
"""Small Cyrillic and Greek letters whose capitals look like Latin ones (Unicode UTS 39, confusables)."""

_SAME = {zero + digit: str(digit) for zero in _ZEROS for digit in range(10)} | {
    ord(letter): latin for letter, latin in _LOOKALIKE.items()
}
_NUMERALS = str.maketrans("oi", "01")

_GROUPS = re.compile(
    "[^\\x00-/:-@\\[-`{-\\x9f\\xa0-\\xbf\\u060c\\u061b\\u066a-\\u066d\\u06d4\\u0964\\u0965\\u2000-\\u206f\\u2212\\u3000-\\u303f]+"
)
_DIGITS = frozenset("0123456789")
_RUNS = re.compile("[0-9]+|[^0-9]+")
_ASCII_RUNS = re.compile("[a-z]+|[0-9]+")


@lru_cache(maxsize=4096)
def normal_form(text: str) -> str:
    """Return what is the same for all spellings of one number or name, for comparing alone.

    >>> normal_form("WB/0017"), normal_form("wb - 17"), normal_form("W8 OO17")
    ('wb-17', 'wb-17', 'w-8-17')
    """
    if text.isascii():
        small = text.lower()
        if "o" not in small and "i" not in small:
            # Most numbers have no letter that may be a digit, and every run of theirs is a part.
            return "-".join(map(_bare, _ASCII_RUNS.findall(small))) or version_14().plain(text)
    else:
        text = unicodedata.normalize("NFKC", text)
    folded = version_14().plain(text)
    if not folded.isascii():
        folded = folded.translate(_SAME)
    groups = _GROUPS.findall(folded)
    return "-".join(part for group in groups for part in _parts(group)) or folded


def _parts(group: str) -> list[str]:
    if group.isalpha():
        return [group]
    if not _DIGITS.isdisjoint(group):
        group = group.translate(_NUMERALS)
    return list(map(_bare, _RUNS.findall(group)))


def _bare(part: str) -> str:
    """Return a run of digits without the zeros in front of it."""
    return part.lstrip("0") or "0" if part[0] in _DIGITS else part
