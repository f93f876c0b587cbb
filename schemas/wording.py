"""How a value that was not expected is shown, and what it looks like instead.

An operator reads this, so no name of a Python type and no pattern appears in it.
"""

from __future__ import annotations

import re

_LOOKS = (
    (r"[+\-\u2212]\s*[0-9].*", "a sign? there is none"),
    (r"[0-9][0-9.,]*[eE][+-]?[0-9]+", 'an exponent? write all digits, like "{}"'),
    (
        r"[0-9][0-9.,'\s]*[^0-9.,'\s].*",
        'a unit beside the number? turn it into the unit that is expected, then write the number alone, like "{}"',
    ),
    (r"[0-9.,'\s]*(,|'|\..*\.)[0-9.,'\s]*", 'a comma for a point? thousands set apart? write it like "{}"'),
    (r"[0-9]+\.[0-9]{7,}", 'more decimals than are kept? write it like "{}"'),
    (r"[0-9]*\.[0-9]*", 'a digit on each side of the point, like "{}"'),
    (r"0[0-9]+(\.[0-9]+)?", 'leading zeros? write it like "{}"'),
    (r"[0-9.]*\s[0-9.\s]*", 'a blank in the number? write it like "{}"'),
)
"""What a text that is no number looks like, the first that fits."""


def shown(value: object) -> str:
    """Return a value as an operator knows it, at most 40 characters of it."""
    match value:
        case str():
            return f'"{value[:40]}"'
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"the number {str(value)[:40]}"
        case list() | tuple():
            return "a list" if value else "an empty list"
        case dict():
            return "an object" if value else "an empty object"
        case _:
            return "something else"


def number_hint(value: object, example: str) -> str:
    """Return, in brackets, what a value that is no decimal text looks like; empty where nothing comes to mind.

    Args:
        value: what stood there.
        example: a text that would have been taken.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return f' (a number for a text? put it in quotes: "{str(value)[:20]}")'
    if not isinstance(value, str):
        return ""
    looks = (said for pattern, said in _LOOKS if re.fullmatch(pattern, value, re.DOTALL))
    said = next(looks, "")
    return f" ({said.format(example)})" if said else ""
