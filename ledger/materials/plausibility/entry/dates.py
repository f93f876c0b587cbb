"""Movements dated before their lot was there.

They are possible (a clock is wrong, a paper comes late), so they are taken; but they let
a site give away in one month what it got in a later one, so none goes unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger.materials.mass.months import days_between
from ledger.materials.state.book import Speaker
from ledger.materials.state.records import Lot, Shipment
from schemas.codes import Severity
from schemas.findings import Finding

_CODE = "before-it-came-in"


def find_before_it_came(lots: Iterable[Lot], at: str, speaker: Speaker, most: Severity = "high") -> Iterator[Finding]:
    """Yield a finding for each lot that came to be, or to its holder, only after ``at``.

    It weighs ``most`` from a whole day on: clocks and papers differ by hours.
    """
    for lot in lots:
        if at < lot.since or at < lot.came:
            there = max(lot.since, lot.came)
            yield Finding(
                _CODE, _severity(at, there, most), f"dated {at}", f"from {there} on",
                f"{speaker.party.id} dated this before {lot.id} came in", speaker.index, speaker.statement, (lot.id,),
            )  # fmt: skip


def find_before_it_was_sent(lot: Lot, shipment: Shipment, speaker: Speaker) -> Iterator[Finding]:
    """Yield a finding where a receiver's word is dated before the dispatch."""
    at, sent = speaker.occurred_at, shipment.sent_at
    if at < sent:
        yield Finding(
            _CODE, _severity(at, sent, "high"), f"dated {at}", f"from {sent} on",
            f"{speaker.party.id} dated its word on {lot.id} before {shipment.sender} sent it in {shipment.id}",
            speaker.index, speaker.statement, (lot.id,),
        )  # fmt: skip


def _severity(at: str, there: str, most: Severity) -> Severity:
    return most if days_between(at, there) else "medium"
