"""Characters: the file decides, never the interpreter's own tables."""

from __future__ import annotations

import json
import sys
import unicodedata
from importlib import resources
from pathlib import Path

import pytest

from schemas.errors import MalformedError
from schemas.rules import characters
from schemas.rules.characters import Characters, version_14
from schemas.strict_json import dump_json, parse_json
from tests.schemas import characters_maker as maker

FILE = Path(str(resources.files("schemas.rules"))) / "data" / "characters-14.0.json"
TAKEN = {point for first, last in version_14().spans for point in range(first, last + 1)}


class Lying:
    """Tables of another machine: every character is a letter, every text is normal."""

    @staticmethod
    def is_normalized(form: str, text: str) -> bool:
        """Hold every text for NFC."""
        return True

    @staticmethod
    def category(character: str) -> str:
        """Know nothing."""
        raise AssertionError(character)


def is_read(text: str) -> bool:
    """Whether strict JSON takes a text."""
    try:
        return bool(parse_json(dump_json([text]), max_bytes=100) == [text])
    except (MalformedError, UnicodeEncodeError):
        return False


def test_the_parser_takes_what_the_file_lists_whatever_the_interpreter_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every code point there is, with the interpreter's own tables replaced by ones that lie."""
    monkeypatch.setattr(characters, "unicodedata", Lying)
    read = version_14()
    wrong = [point for point in range(sys.maxunicode + 1) if (read.fault(chr(point)) is None) != (point in TAKEN)]
    assert not wrong
    for point in (0x7E, 0x7F, 0xA0, 0xAD, 0x200D, 0x0938, 0xFFFD, 0x10FFFD, 0x10FFFE, 0x13439, 0x105D2):
        assert is_read(chr(point)) == (point in TAKEN), f"U+{point:04X}"


@pytest.mark.parametrize("text", ["\U00013439", "\U000105d2\u0307", "\u0897", "\U0001fae9", "\u0378", "\ufdd0"])
def test_what_unicode_14_does_not_assign_is_malformed_on_every_python(text: str) -> None:
    """Some were taken with one Python and refused with another, by the year of their tables."""
    with pytest.raises(MalformedError, match=r"Unicode 14\.0\.0.*U\+"):
        parse_json(dump_json({"a": text}), max_bytes=100)
    with pytest.raises(MalformedError, match=r"Unicode 14\.0\.0.*U\+"):
        parse_json(json.dumps({text: 1}).encode(), max_bytes=100)


def test_texts_of_many_scripts_are_taken() -> None:
    """Scripts of India, Chinese, Arabic, an emoji of Unicode 14, a character for private use."""
    for text in (
        "\u0939\u093f\u0928\u094d\u0926\u0940",
        "\u7535\u6c60",
        "\u0628\u0637",
        "\U0001fae0",
        "\ue000",
        "Zn\u00b2\u207a",
    ):
        assert is_read(text), text


def test_the_file_is_what_python_3_11_knows() -> None:
    """Where this interpreter has Unicode 14.0 the file is made again; a later one assigns more and takes none away."""
    taken = set(maker.taken())
    assert taken >= TAKEN
    if unicodedata.unidata_version.startswith("14.0"):
        assert maker.made() == FILE.read_text("ascii")
    else:
        assert taken != TAKEN


def test_form_nfc_of_these_characters_is_the_same_on_every_python() -> None:
    """Class, decomposition and composition of all of them, under this interpreter's Unicode, are those of 14.0."""
    assert maker.composition(sorted(TAKEN)) == version_14().composition


def test_case_and_blanks_are_the_files() -> None:
    """What Python 3.11 said of case and blanks is what counts; letters of other scripts have no Latin capitals."""
    read = version_14()
    assert read.plain(" Stra\u00dfe\u3000 I\u0307\u00a0X ") == "strasse i\u0307 x"
    assert read.plain("\u0391\u03a3") == "\u03b1\u03c3"
    assert read.upper("mun_l-1\u00df\u0131\u03b1") == "MUN_L-1SSI\u03b1"
    texts = ["Green Claims 7", "a\u00a0b", "\ufb01x", *map(chr, range(0x20, 0x250))]
    for text in texts:
        if read.fault(text) is None:
            assert read.plain(text) == " ".join(text.casefold().split())


def test_no_character_is_taken_that_the_ledger_bars() -> None:
    """Control, format, surrogate, noncharacter: none is in any span."""
    barred = {*range(0x20), *range(0x7F, 0xA0), 0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0xFEFF}
    barred |= {*range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF, *range(0xE0000, 0xE0100)}
    assert not barred & TAKEN
    assert isinstance(version_14(), Characters)
