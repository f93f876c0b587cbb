"""Ranges of months in each form in which they are asked for."""

from __future__ import annotations

import pytest

from schemas.errors import MalformedError
from schemas.months import parse_months


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-01", "2026-01", "2026-01"),
        ("2026-Q1", "2026-01", "2026-03"),
        ("2026-Q4", "2026-10", "2026-12"),
        ("2026", "2026-01", "2026-12"),
        ("2025-11..2026-02", "2025-11", "2026-02"),
        ("2026-02..2026-02", "2026-02", "2026-02"),
    ],
)
def test_months_are_read(text: str, first: str, last: str) -> None:
    """A month, a quarter, a year, from one month to another."""
    assert parse_months(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "", "2026-13", "2026-0", "2026-Q0", "2026-Q5", "2026Q1", "2026-q1", "1999", "26", "2026-01-01", "2026-01..",
        "2026-01..2026-13", "2026-02..2026-01", "2025..2026", "2026-01...2026-02", " 2026", "\uff12026",
    ],
)  # fmt: skip
def test_other_texts_are_malformed(text: str) -> None:
    """A range that ends before it begins is none either."""
    with pytest.raises(MalformedError, match="expected a"):
        parse_months(text)
