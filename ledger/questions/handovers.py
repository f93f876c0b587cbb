"""Where a lot was last sent, and what its receiver last said of it, as the statements stand now."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.materials.history.closure import last_versions
from ledger.materials.state.book import Deed
from ledger.store.snapshot import Snapshot
from schemas.handover import Acceptance, AcceptedLot

_LOOKED_AT = 200
"""Entries from the newest back: a hand-over stands near the end of a lot's life, behind which runs may draw on it."""


@dataclass(frozen=True, slots=True)
class Handover:
    """A lot's last movement, and the receiver's last word on it (``None``: never one)."""

    sent_to: str | None = None
    receiver: str = ""
    occurred_at: str = ""
    index: int = 0
    line: AcceptedLot | None = None


def last_handover(snapshot: Snapshot, lot: str) -> Handover:
    """Return where the lot was last sent and the last acceptance of it.

    A statement counts as it stands: one that a correction took back says nothing, a
    replaced one says what its replacement says.
    """
    deeds = snapshot.history.deeds(snapshot.history.naming((lot,))[-_LOOKED_AT:])
    versions = last_versions(deeds)
    sent_to = None
    for deed in sorted(_corrected(snapshot, deeds), key=lambda said: said.index, reverse=True):
        event = versions.get(deed.statement, deed.event)
        if isinstance(event, Acceptance) and (line := _line_of(event, lot)) is not None:
            return Handover(sent_to, deed.issuer, deed.occurred_at, deed.index, line)
        if event is not None and lot in event.named_lots():
            sent_to = sent_to or event.sent_to()
    return Handover(sent_to)


def _corrected(snapshot: Snapshot, deeds: list[Deed]) -> list[Deed]:
    """Return statements as they were first said, each once; a replacement may name a lot that the first did not."""
    found: dict[str, Deed] = {}
    for deed in deeds:
        corrected = deed.event.corrects()
        first = deed if corrected is None else snapshot.history.deed_of(corrected)
        if first is not None:
            found[first.statement] = first
    return list(found.values())


def _line_of(event: Acceptance, lot: str) -> AcceptedLot | None:
    return next((line for line in event.lots if line.lot == lot), None)
