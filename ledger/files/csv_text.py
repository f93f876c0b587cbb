r"""Rows as CSV text, the same bytes on every machine.

RFC 4180 quoting, UTF-8 without byte order mark, lines end in ``\n``. No cell is a
formula to a spreadsheet: a text that begins with ``=``, ``+``, ``-``, ``@`` (also
full-width), tab, carriage return or ``'`` gets one ``'`` before it. Taking one leading
``'`` away gives the text back (OWASP, "CSV Injection").
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

_ACTIVE: Final = tuple("=+-@\t\r'\uff1d\uff0b\uff0d\uff20")

Row = Sequence[Any]


def format_rows(rows: Iterable[Row], *, plain: bool = False) -> bytes:
    """Return rows as lines; ``plain`` where no cell can begin a formula, which saves a look at each."""
    text = io.StringIO()
    cells = rows if plain else ([safe_text(value) for value in row] for row in rows)
    csv.writer(text, lineterminator="\n").writerows(cells)
    return text.getvalue().encode("utf-8")


def safe_text(value: object) -> str:
    """Return the text of a cell, an apostrophe before what a spreadsheet would take for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_ACTIVE) else text
