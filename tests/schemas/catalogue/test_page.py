"""The page of codes is what the catalogue says."""

from __future__ import annotations

from schemas.catalogue.findings.texts import TEXTS
from schemas.catalogue.page import PAGE, page, table
from schemas.catalogue.refusals import REFUSALS


def test_the_page_of_codes_is_up_to_date() -> None:
    """Else: ``make codes``."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_page_names_every_code() -> None:
    """Each code begins a line of its table."""
    assert {code for code in (*REFUSALS, *TEXTS) if f"\n| `{code}` |" not in page()} == set()


def test_a_bar_in_a_cell_does_not_end_it() -> None:
    """A table stays a table whatever its cells say."""
    assert table(("a", "b"), [("1|2", "3")]) == "| a | b |\n| --- | --- |\n| 1\\|2 | 3 |\n"
