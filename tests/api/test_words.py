"""Figures and codes in words."""

from __future__ import annotations

from typing import get_args

import pytest

from api import words
from schemas.codes import METALS, ORIGINS, Decision, LotStatus, Severity


@pytest.mark.parametrize(
    ("share", "said"),
    [
        ("1.000000", "100"),
        ("0.000000", "0"),
        ("0.512345", "51.23"),
        ("0.999999", "99.99"),
        ("0.500000", "50"),
        ("0.000100", "0.01"),
        ("0.000099", "below 0.01"),
        ("0.123456789", "12.34"),
    ],
)
def test_a_share_is_never_rounded_up(share: str, said: str) -> None:
    """Percentages have two decimals, rounded down; what is not nothing is not called nothing."""
    assert words.percent(share) == f"{said}\u00a0%"


@pytest.mark.parametrize(
    ("mass", "said"),
    [("0", "0"), ("999.5", "999.5"), ("12310", "12\u202f310"), ("1234567.000001", "1\u202f234\u202f567.000001")],
)
def test_a_mass_keeps_all_its_digits(mass: str, said: str) -> None:
    """Digits are grouped by narrow spaces, none is lost."""
    assert words.kilograms(mass) == f"{said}\u00a0kg"


def test_every_code_that_a_page_shows_has_words() -> None:
    """No metal, origin, status, decision or severity is left out."""
    assert set(words.METAL_NAMES) == set(METALS)
    assert set(words.ORIGIN_NAMES) == set(ORIGINS)
    assert set(words.STATUS_NAMES) == set(get_args(LotStatus))
    assert set(words.DECISION_NAMES) == set(get_args(Decision))
    assert set(words.SEVERITY_NAMES) == set(get_args(Severity))


def test_codes_are_read_as_words() -> None:
    """Underscores go, the hyphens of battery kinds stay."""
    assert words.material_in_words("lead_acid_battery") == "Lead-acid battery"
    assert words.material_in_words("black_mass") == "Black mass"
