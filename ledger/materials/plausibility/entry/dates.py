"""Movements dated before their lot was there.

They are possible (a clock is wrong, a paper comes late), so they are taken; but they let
a site give away in one month what it got in a later one, so none goes unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger.materials.mass.months import days_between
from ledger.materials.state.book import Speaker
from ledger.materials.state.findings import Bound, find
from ledger.materials.state.records import Lot, Shipment
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import Severity
from schemas.findings import Finding
from schemas.ids import RunId


def find_before_it_came(lots: Iterable[Lot], at: str, speaker: Speaker, most: Severity = "high") -> Iterator[Finding]:
    """Yield a finding for each lot that came to be, or to its holder, only after ``at``.

    It weighs ``most`` from a whole day on: clocks and papers differ by hours.
    """
    for lot in lots:
        if at < lot.since or at < lot.came:
            there = max(lot.since, lot.came)
            yield find(
                FindingCode.BEFORE_IT_CAME_IN, _severity(at, there, most), (("dated_at", at),),
                Bound((("there_at", there),)), speaker, lots=(lot.id,), about=(("site", speaker.party.id),),
            )  # fmt: skip


def find_entered_late(lots: Iterable[Lot], run: RunId, speaker: Speaker) -> Iterator[Finding]:
    """Yield a finding for each batch that a run takes though its paper came after the run; only corrections do so."""
    for lot in lots:
        if lot.created > speaker.index:
            yield find(
                FindingCode.BATCH_ENTERED_LATE, "medium", (("entered_index", lot.created),),
                Bound((("run_index", speaker.index),)), speaker, lots=(lot.id,),
                about=(("site", speaker.party.id), ("run", run)),
            )  # fmt: skip


def find_before_it_was_sent(lot: Lot, shipment: Shipment, speaker: Speaker) -> Iterator[Finding]:
    """Yield a finding where a receiver's word is dated before the dispatch."""
    at, sent = speaker.occurred_at, shipment.sent_at
    if at < sent:
        yield find(
            FindingCode.BEFORE_IT_CAME_IN, _severity(at, sent, "high"), (("dated_at", at),),
            Bound((("there_at", sent),)), speaker, lots=(lot.id,), case="sent",
            about=(("site", speaker.party.id), ("sender", shipment.sender), ("shipment", shipment.id)),
        )  # fmt: skip


def _severity(at: str, there: str, most: Severity) -> Severity:
    return most if days_between(at, there) else "medium"
