"""The characters that a text may have: those of one named Unicode version, from a file.

Invariants: the interpreter's own tables decide nothing. What is taken, what is a blank
and how letters fold comes from the file; only form NFC is asked of :mod:`unicodedata`,
and only of characters that the file knows, whose normalisation never changes again
(Unicode, Normalization Stability Policy; checked against ``composition`` in the file).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources


@dataclass(frozen=True)
class Characters:
    """The characters of one Unicode version, less the barred ones (control, format, surrogate).

    ``spans`` are the code points taken, first and last of each; ``blanks`` the characters
    that :meth:`plain` takes for blanks; ``folds`` and ``capitals`` say how letters fold.
    """

    unicode: str
    composition: str
    """SHA-256 over class, decomposition and form NFC of every code point taken."""
    spans: tuple[tuple[int, int], ...]
    blanks: frozenset[str]
    folds: Mapping[str, str]
    capitals: Mapping[str, str]

    def fault(self, text: str) -> str | None:
        """Return what is wrong with a text, to be put behind *expected*; ``None`` where nothing is."""
        if text.isascii() and text.isprintable():
            return None
        if found := self._others.search(text):
            return (
                f"only characters of Unicode {self.unicode}, and no control, format or surrogate character, "
                f"got U+{ord(found[0]):04X}"
            )
        return None if unicodedata.is_normalized("NFC", text) else "text in Unicode form NFC, got one that NFC changes"

    def plain(self, text: str) -> str:
        """Return a text that is the same for texts that differ in case and blanks only.

        >>> version_14().plain("Green  Claims 7")
        'green claims 7'
        """
        if text.isascii():
            return " ".join(text.lower().split())
        folded = "".join(" " if letter in self.blanks else self.folds.get(letter, letter) for letter in text)
        return " ".join(part for part in folded.split(" ") if part)

    def upper(self, text: str) -> str:
        """Return a text with its Latin letters as capitals; only what becomes of ASCII letters is meant.

        >>> version_14().upper("mun-l 1")
        'MUN-L 1'
        """
        return text.upper() if text.isascii() else text.translate(self._capitals)

    @cached_property
    def _others(self) -> re.Pattern[str]:
        return re.compile("[^" + "".join(_span(first, last) for first, last in self.spans) + "]")

    @cached_property
    def _capitals(self) -> dict[int, str]:
        small = {ord(letter): letter.upper() for letter in "abcdefghijklmnopqrstuvwxyz"}
        return small | {ord(letter): capital for letter, capital in self.capitals.items()}


@lru_cache(maxsize=1)
def version_14() -> Characters:
    """Return the characters of Unicode 14.0, those of the oldest Python that this software runs on."""
    text = resources.files(__package__).joinpath("data", "characters-14.0.json").read_text("ascii")
    content = json.loads(text)
    return Characters(
        unicode=content["unicode"],
        composition=content["composition"],
        spans=tuple(_read_spans(content["taken"])),
        blanks=frozenset(chr(int(point, 16)) for point in content["blanks"]),
        folds=content["casefold"],
        capitals=content["upper"],
    )


def _read_spans(spans: Iterable[str]) -> Iterable[tuple[int, int]]:
    for span in spans:
        first, _, last = span.partition("-")
        yield int(first, 16), int(last or first, 16)


def _span(first: int, last: int) -> str:
    return f"{re.escape(chr(first))}-{re.escape(chr(last))}"
