"""The maker of ``schemas/rules/data/characters-14.0.json``; run it with Python 3.11, whose tables are Unicode 14.0.

    python3.11 tests/schemas/characters_maker.py > schemas/rules/data/characters-14.0.json

It needs the standard library only. The file is never made anew for a version of the rules that
is in force: a later Unicode is a file of its own in a later version.
"""

from __future__ import annotations

import hashlib
import json
import sys
import unicodedata
from collections.abc import Iterable

BARRED = frozenset({"Cc", "Cf", "Cs"})
"""Control, format and surrogate characters: they would let two texts look alike, or a text read otherwise."""

UNASSIGNED = "Cn"


def taken() -> list[int]:
    """Return the code points that this interpreter's Unicode assigns, less the barred ones, ascending."""
    return [
        point
        for point in range(sys.maxunicode + 1)
        if (category := unicodedata.category(chr(point))) not in BARRED and category != UNASSIGNED
    ]


def spans(points: Iterable[int]) -> list[str]:
    """Return the code points as spans in hex, such as ``20-7E`` or ``A0``."""
    found: list[list[int]] = []
    for point in points:
        if found and found[-1][1] == point - 1:
            found[-1][1] = point
        else:
            found.append([point, point])
    return [f"{first:X}" if first == last else f"{first:X}-{last:X}" for first, last in found]


def composition(points: Iterable[int]) -> str:
    """Return the SHA-256 over what form NFC depends on: class, decomposition and NFC of each code point."""
    digest = hashlib.sha256()
    for point in points:
        character = chr(point)
        normal = unicodedata.normalize("NFC", character)
        row = point, unicodedata.combining(character), unicodedata.decomposition(character), [*map(ord, normal)]
        digest.update(json.dumps(row).encode() + b"\n")
    return digest.hexdigest()


def made() -> str:
    """Return the file, one line a span."""
    points = taken()
    texts = [chr(point) for point in points]
    content = {
        "unicode": unicodedata.unidata_version,
        "composition": composition(points),
        "blanks": [f"{ord(text):X}" for text in texts if text.isspace()],
        "casefold": {text: text.casefold() for text in texts if text.casefold() != text},
        "upper": {text: text.upper() for text in texts if not text.isascii() and _has_ascii(text.upper())},
        "taken": spans(points),
    }
    return json.dumps(content, indent=0, ensure_ascii=True) + "\n"


def _has_ascii(text: str) -> bool:
    return any(character.isascii() for character in text)


if __name__ == "__main__":
    sys.stdout.write(made())
