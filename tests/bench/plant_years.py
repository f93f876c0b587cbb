"""Years at three parks and their offtaker: a feed with all that makes a ledger heavy to ask.

The lines of :func:`~api.demo.bulk.bulk_feed`, in the months in which they happen, and with them suppliers, refs,
papers, sealed facts, mass balance with credits earned and drawn, corrections of the recent past, claims, and one
agreement under which two parks deliver. What is done with goes on its way, so that the open stock stays about the
same. Months are closed by whoever takes the feed, as only the ledger knows what a close signs.

*Long* is ``plant_years(count)``; *dense* is ``plant_years(count, a_month=count)``: all of it in one month.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from random import Random
from typing import NamedTuple

from api.demo.bulk import SITES, bulk_feed
from api.demo.figures import DAY, JsonObject
from schemas.instants import format_time
from tests.bench.plant_words import AGREEMENT, PlantWords

__all__ = ["AGREEMENT", "A_MONTH", "CLOSING", "Month", "plant_years"]

A_MONTH = 6_000
"""Statements in a month of *long*."""

CLOSING = (*SITES, "GLENCORE")
"""Who closes its months."""

FIRST_YEAR = 2026
_ENDLESS = 10**9
_SAID_WITHIN = 27 * DAY
_A_CORRECTION_IN, _A_CLAIM_IN = 25, 80


class Month(NamedTuple):
    """A month's lines in order of time, to be read before the next month is asked for.

    Where an event names a statement, an :class:`~tests.bench.plant_words.Of` stands for its id, known to the signer.

    Attributes:
        period: ``YYYY-MM``.
        lines: the lines of the feed.
        closed_at: when the month may be closed by everybody.
    """

    period: str
    lines: Iterator[JsonObject]
    closed_at: str


def plant_years(count: int, *, a_month: int = A_MONTH, seed: int = 1) -> Iterator[Month]:
    """Yield months until so many lines are said; the same arguments give the same lines.

    Args:
        count: how many lines, beside the closes.
        a_month: how many of them in a month.
        seed: of all dice.
    """
    said = _said(seed)
    step = max(1, _SAID_WITHIN // a_month)
    for number in range(-(-count // a_month)):
        begins = _noon_of_first(number)
        lines = islice(said, min(a_month, count - number * a_month))
        timed = (_timed(line, begins + place * step) for place, line in enumerate(lines))
        ended = _noon_of_first(number + 1) - 7_200  # 10:00 UTC: the month is over in Texas too
        yield Month(format_time(begins)[:7], timed, format_time(ended))


def _noon_of_first(number: int) -> int:
    """Return noon, UTC, of the first day of a month, which is the same day at every site."""
    year, month = divmod(number, 12)
    return int(datetime(FIRST_YEAR + year, month + 1, 1, 12, tzinfo=UTC).timestamp())


def _timed(line: JsonObject, seconds: int) -> JsonObject:
    line["occurred_at"] = format_time(seconds)
    if line["event"]["type"] == "transformation":
        line["event"]["started_at"] = line["event"]["ended_at"] = line["occurred_at"]
    return line


def _said(seed: int) -> Iterator[JsonObject]:
    """Yield lines without end; a time is set before the next is asked for."""
    words = PlantWords(Random(f"{seed}/plants"))
    yield from words.agreed()
    for number, line in enumerate(bulk_feed(_ENDLESS, seed), 1):
        yield words.furnished(line)
        yield from words.sent_on()
        if number % _A_CORRECTION_IN == 0:
            yield from words.corrected(number // _A_CORRECTION_IN)
        if number % _A_CLAIM_IN == 0:
            yield from words.claimed()
