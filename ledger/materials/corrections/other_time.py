"""What is odd about a statement that a correction dates otherwise.

A wrong date is an everyday slip. It weighs more where a month is made of it, and most where
a hold or a claim stood between the two times: what came after it came before it now.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ledger.materials.claims.marks import is_claim
from ledger.materials.corrections.piece import Wrong
from ledger.materials.mass.months import month_of
from ledger.materials.state.book import MaterialBook, Speaker
from ledger.materials.state.findings import Bound, find
from ledger.materials.state.records import Lot
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import Severity
from schemas.findings import Finding
from schemas.ids import StatementId


class Passed(NamedTuple):
    """A hold or a claim that the statement passes."""

    word: str
    statement: StatementId


def find_other_time(wrong: Wrong, speaker: Speaker, book: MaterialBook) -> Iterator[Finding]:
    """Yield a finding where what moved counts at another time than before.

    Args:
        wrong: the statement, with what stands instead.
        speaker: who corrects.
        book: the state before the correction.
    """
    if wrong.said is None:
        return
    was, now = wrong.moved_at, wrong.said.moved_at(wrong.at)
    if was == now:
        return
    first, last = sorted((was, now))
    names = sorted(wrong.named.union(wrong.said.named_lots()))
    lots = [lot for name in names if (lot := book.lots.get(name)) is not None]
    passed = next(_between(lots, first, last, book), None)
    party, rules = speaker.party, speaker.rules
    severity: Severity = "low" if month_of(party, was, rules) == month_of(party, now, rules) else "medium"
    yield find(
        FindingCode.TIME_CORRECTED, severity if passed is None else "high", (("moved_at", now),),
        Bound((("first_at", was),)), speaker, lots=names, case="" if passed is None else "passed",
        about=(
            ("site", party.id), ("event", wrong.logged.event.type),
            *(() if passed is None else (("word", passed.word), ("passed", passed.statement))),
        ),
    )  # fmt: skip


def _between(lots: list[Lot], first: str, last: str, book: MaterialBook) -> Iterator[Passed]:
    """Yield the holds and claims of lots that are dated between two times."""
    for lot in lots:
        for hold in lot.holds:
            if first < hold.since <= last:
                yield Passed("hold", hold.statement)
        for mark in lot.marks:
            claim = book.history.logged_of(mark.statement) if is_claim(mark) else None
            if claim is not None and first < claim.occurred_at <= last:
                yield Passed("claim", claim.statement)
