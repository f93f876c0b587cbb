"""The table of balances in an audit export: each site, month, metal and origin in one line.

Opening + in - out = closing, as in :mod:`ledger.materials.moves.balance`; the closing here is
the one that the postings give, and the sum of a site's lots in ``lots.csv`` stands
against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

from ledger.files.codes_1 import METALS, MOVEMENTS, ORIGINS
from ledger.files.csv_text import Row
from ledger.files.records import AccountingRecords
from ledger.materials.moves.balance import Line, lines_of, signed_kg
from ledger.materials.moves.postings import INCOMING, OUTGOING
from ledger.materials.state.records import Posting, PostingKind
from schemas.ids import PartyId

Moved = dict[Line, dict[PostingKind, int]]


def balances(records: AccountingRecords) -> Iterator[Row]:
    """Yield the lines of every site and month, net and dry mass first; what has no mass is left out."""
    yield (
        "site",
        "period",
        "figure",
        "origin",
        "opening_kg",
        *(f"{name}_kg" for name in MOVEMENTS.values()),
        "closing_kg",
    )
    for site, rows in groupby(records.all_postings(), key=lambda row: row.site):
        yield from _site(site, rows)


def _site(site: PartyId, rows: Iterable[Posting]) -> Iterator[Row]:
    months: dict[str, Moved] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    for row in rows:
        if row.kind in MOVEMENTS:
            for line, mass in lines_of(row).items():
                months[row.period][line][row.kind] += mass
    standing: dict[Line, int] = {}
    for period in sorted(months):
        moved = months[period]
        for line in sorted({*standing, *moved}, key=_order):
            figures = moved.get(line, {})
            opening = standing.get(line, 0)
            into = sum(figures.get(kind, 0) for kind in INCOMING)
            standing[line] = opening + into - sum(figures.get(kind, 0) for kind in OUTGOING)
            masses = [opening, *(figures.get(kind, 0) for kind in MOVEMENTS), standing[line]]
            if any(masses):
                yield site, period, *line, *map(signed_kg, masses)


def _order(line: Line) -> tuple[int, int]:
    """Return the place of a line: net, dry, then metals and origins in the order of the contract."""
    figure, origin = line
    if not origin:
        return -1, 0 if figure == "net" else 1
    return METALS.index(figure), ORIGINS.index(origin)
