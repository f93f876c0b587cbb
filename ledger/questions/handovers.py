"""Where a lot was last sent, and what its receiver last said of it, as the statements stand now."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.materials.history.closure import last_repairs, repaired
from ledger.materials.state.book import LoggedEvent
from ledger.store.snapshot import Snapshot
from schemas.handover import Acceptance, AcceptedLot
from schemas.ids import LotId, PartyId, StatementId

_NOBODY = PartyId("")
_LOOKED_AT = 200
"""Entries from the newest back: a hand-over stands near the end of a lot's life, behind which runs may draw on it."""


@dataclass(frozen=True, slots=True)
class Handover:
    """A lot's last movement, and the receiver's last word on it (``None``: never one)."""

    sent_to: PartyId | None = None
    receiver: PartyId = _NOBODY
    occurred_at: str = ""
    index: int = 0
    line: AcceptedLot | None = None


def last_handover(snapshot: Snapshot, lot: LotId) -> Handover:
    """Return where the lot was last sent and the last acceptance of it.

    A statement counts as it stands: one that a correction took back says nothing, a
    replaced one says what its replacement says.
    """
    logged_events = snapshot.history.logged_events(snapshot.history.naming((lot,))[-_LOOKED_AT:])
    repairs = last_repairs(logged_events)
    sent_to = None
    for logged in sorted(_corrected(snapshot, logged_events), key=lambda said: said.index, reverse=True):
        stands = repaired(logged, repairs.get(logged.statement))
        if stands is None:
            continue
        event = stands.event
        if isinstance(event, Acceptance) and (line := _line_of(event, lot)) is not None:
            return Handover(sent_to, logged.issuer, stands.occurred_at, logged.index, line)
        if lot in event.named_lots():
            sent_to = sent_to or event.sent_to()
    return Handover(sent_to)


def _corrected(snapshot: Snapshot, logged_events: list[LoggedEvent]) -> list[LoggedEvent]:
    """Return statements as they were first said, each once; a replacement may name a lot that the first did not."""
    found: dict[StatementId, LoggedEvent] = {}
    for logged in logged_events:
        for statement in logged.event.corrects() or (logged.statement,):
            first = logged if statement == logged.statement else snapshot.history.logged_of(statement)
            if first is not None:
                found[first.statement] = first
    return list(found.values())


def _line_of(event: Acceptance, lot: LotId) -> AcceptedLot | None:
    return next((line for line in event.lots if line.lot == lot), None)
