"""Sums of postings by month and kind, which balances are made of.

Postings are only ever added, a correction adds differences; so the sum of those that are there never
changes, and sums of sums give any balance.
"""

from __future__ import annotations

from collections.abc import Iterable
from json import loads
from typing import Final, NamedTuple

from ledger.materials.mass.mix import NO_MASS, Mix, add_split, subtract_split
from ledger.materials.state.records import Posting, PostingKind
from ledger.materials.state.row_text import mix_of, reader_of, write_text


class Sum(NamedTuple):
    """What postings add up to, in mg: net and dry mass, and metals by origin, below zero where more was taken back."""

    net: int
    dry: int
    mix: Mix


NOTHING: Final = Sum(0, 0, {})

Sums = dict[tuple[str, PostingKind], Sum]
"""Sums by month ``YYYY-MM`` and kind."""


def sums_of(rows: Iterable[Posting]) -> Sums:
    """Return the sums of postings."""
    total: Sums = {}
    add_postings(total, rows)
    return total


def add_postings(total: Sums, rows: Iterable[Posting]) -> None:
    """Add postings to sums, in place."""
    for row in rows:
        _add(total, (row.period, row.kind), Sum(row.net, row.dry, row.mix))


def add_sums(total: Sums, part: Sums) -> None:
    """Add sums to others, in place."""
    for key, more in part.items():
        _add(total, key, more)


def less(total: Sums, part: Sums) -> Sums:
    """Return sums without what some of their postings add up to."""
    left = dict(total)
    for key, (net, dry, mix) in part.items():
        gone: Mix = {metal: subtract_split(NO_MASS, split) for metal, split in mix.items()}
        _add(left, key, Sum(-net, -dry, gone))
    return left


def write_sums(sums: Sums) -> str:
    """Return the row text of sums: ``[month, kind, net, dry, mix]`` in their order, metals by name."""
    rows = sorted(sums.items())
    return write_text([[*key, net, dry, dict(sorted(mix.items()))] for key, (net, dry, mix) in rows])


@reader_of
def read_sums(body: str) -> Sums:
    """Return the sums of a row text."""
    return {(period, kind): Sum(net, dry, mix_of(mix)) for period, kind, net, dry, mix in loads(body)}


def _add(total: Sums, key: tuple[str, PostingKind], more: Sum) -> None:
    known = total.get(key)
    if known is None:
        total[key] = more
        return
    mix = dict(known.mix)
    for metal, split in more.mix.items():
        mix[metal] = add_split(mix[metal], split) if metal in mix else split
    total[key] = Sum(known.net + more.net, known.dry + more.dry, mix)
