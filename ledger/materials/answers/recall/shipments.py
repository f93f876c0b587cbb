"""Who was sent what: shipments of lots as the statements stand, with what each lot held then.

A dispatch that was corrected counts as corrected. Where a receiver nevertheless said
that it had a lot, the sending stays and is marked ``withdrawn``: what was received is
where it is, whatever its sender says now.
"""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from ledger.materials.corrections.refold import Step
from ledger.materials.state.book import LoggedEvent
from ledger.materials.state.records import Lot
from schemas.codes import Decision
from schemas.handover import Acceptance, Dispatch
from schemas.ids import LotId, PartyId, ShipmentId, StatementId


class Sending(NamedTuple):
    """A lot in a shipment to one recipient, and what that one said last.

    ``lot`` is as it was sent, ``kept`` what of it the recipient has: without a part that it
    rejected; ``recipient`` is a participant, or how the lot left the ledger.
    """

    lot: Lot
    kept: Lot
    shipment: ShipmentId
    sender: PartyId
    recipient: str
    occurred_at: str
    statement: StatementId
    decision: Decision | None
    withdrawn: bool


class _Word(NamedTuple):
    """What a receiver said of a lot, and what the lot was then."""

    logged: LoggedEvent
    decision: Decision
    lot: Lot
    in_part: bool


_Key = tuple[ShipmentId, LotId, str]
"""Shipment, lot and recipient."""


class Sendings:
    """Gathers the sendings of some lots while their closure is folded."""

    def __init__(self, lots: Container[LotId]) -> None:
        self._wanted = lots
        self._dispatches: dict[ShipmentId, LoggedEvent] = {}
        self._sent: dict[tuple[ShipmentId, LotId], Lot] = {}
        self._standing: dict[_Key, None] = {}
        self._words: dict[_Key, _Word] = {}

    def note(self, step: Step) -> None:
        """Look at an entry that was just folded."""
        for version in step.versions:
            if isinstance(version, Dispatch):
                self._note_dispatch(version, step)
        if isinstance(step.event, Acceptance):
            self._note_acceptance(step.event, step)

    def all(self) -> list[Sending]:
        """Return the sendings in the order of the ledger."""
        keys = sorted((self._standing | dict.fromkeys(self._words)), key=lambda key: self._logged(key).index)
        return [self._sending(key) for key in keys]

    def _note_dispatch(self, event: Dispatch, step: Step) -> None:
        self._dispatches[event.shipment] = step.logged
        for line in event.lots:
            lot = step.book.lots.get(line.lot)
            if lot is None or line.lot not in self._wanted:
                continue
            self._sent[event.shipment, line.lot] = lot
            if event is step.event:
                self._standing[event.shipment, line.lot, event.to or event.disposition or ""] = None

    def _note_acceptance(self, event: Acceptance, step: Step) -> None:
        for line in event.lots:
            lot = step.book.lots.get(line.lot)
            if lot is not None and line.lot in self._wanted:
                word = _Word(step.logged, line.decision, lot, line.rejected is not None)
                self._words[event.shipment, line.lot, step.logged.issuer] = word

    def _logged(self, key: _Key) -> LoggedEvent:
        """Return the dispatch of a sending; where the closure does not hold it, the word of the receiver."""
        return self._dispatches.get(key[0]) or self._words[key].logged

    def _sending(self, key: _Key) -> Sending:
        shipment, name, recipient = key
        word, logged = self._words.get(key), self._logged(key)
        lot = self._sent.get((shipment, name)) or self._words[key].lot
        sender = logged.issuer if shipment in self._dispatches else lot.holder
        decision = word.decision if word is not None else None
        is_withdrawn = key not in self._standing
        return Sending(
            lot=lot,
            kept=word.lot if word is not None and word.in_part else lot,
            shipment=shipment,
            sender=sender,
            recipient=recipient,
            occurred_at=logged.occurred_at,
            statement=logged.statement,
            decision=decision,
            withdrawn=is_withdrawn,
        )
