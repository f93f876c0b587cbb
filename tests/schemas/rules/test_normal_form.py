"""The normal form of papers: what is one number in several spellings, and what is two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.rules.normal_form import normal_form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("WB-0017", "wb 17"),
        ("WB-17", "WB--17"),
        ("WB-17", "WB / 17"),
        ("WB17", "WB-17"),
        ("WB-17", "WB-I7"),
        ("WB-100", "WB-1OO"),
        ("WB-17", "\uff37\uff22\uff0d\uff11\uff17"),
        ("BH-17", "\u0412\u041d-17"),
        ("Express Logistics", "EXPRESS  LOGISTICS"),
        ("\u0938\u094d\u0932\u093f\u092a \u0967\u0968", "\u0938\u094d\u0932\u093f\u092a-12"),
        ("Straße 7", "STRASSE 7"),
    ],
)
def test_one_number_in_two_spellings(one: str, other: str) -> None:
    """Case, width, strokes, leading zeros, scripts of digits, letters that look alike, O for 0 and I for 1."""
    assert normal_form(one) == normal_form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1-0123", "10-123"),
        ("1-23", "12-3"),
        ("WB-17", "WB-170"),
        ("AO", "A0"),
        ("IO", "10"),
        ("MILO", "M1L0"),
        ("0", "00A"),
        ("\u0938\u094d\u0932\u093f\u092a \u0967\u0968", "\u0938\u094d\u0932\u093f\u092a \u0967\u0969"),
        ("\u0930\u0938\u0940\u0926", "\u092a\u0930\u094d\u091a\u0940"),
        ("\u0e43\u0e1a\u0e0a\u0e31\u0e48\u0e07", "\u0e43\u0e1a\u0e02\u0e19"),
        ("\u0625\u064a\u0635\u0627\u0644", "\u0641\u0627\u062a\u0648\u0631\u0629"),
        ("---", "///"),
    ],
)
def test_two_numbers_stay_two(one: str, other: str) -> None:
    """Zeros go per group alone; Devanagari, Thai and Arabic words are kept."""
    assert normal_form(one) != normal_form(other)


def test_a_normal_form_is_its_own() -> None:
    """Twice is once."""
    for text in ("WB/0017", "\uff37\uff22\uff0d\uff11\uff17", "M1L0", "a-0", "\u0e43\u0e1a-\u0e51"):
        assert normal_form(normal_form(text)) == normal_form(text)


@given(text=st.text("WBwb0129oiOI-/ .\u0412\u0967\uff37", max_size=12))
def test_the_short_way_is_the_long_one(text: str) -> None:
    """A number without a letter that may be a digit is read at once; a zero-width joiner forces the long way."""
    assert normal_form("x " + text) == normal_form("x " + text + "\u2060")
