"""Dispatches: lots leave whole, to a participant or out of the ledger."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.materials.claims.credit_drawing import check_credits, draw_credit
from ledger.materials.claims.credit_earning import lose_earnings
from ledger.materials.events.documents import Cited, check_documents
from ledger.materials.events.kind import CorrectableKind, Supply
from ledger.materials.mass.mix import content_of
from ledger.materials.moves.postings import bring_back, post_lot
from ledger.materials.moves.preconditions import check_available, check_own_id
from ledger.materials.moves.shortfall import refill
from ledger.materials.plausibility.entry.agreements import find_in_agreement
from ledger.materials.plausibility.entry.dates import find_before_it_came
from ledger.materials.plausibility.entry.holds import find_moves_around_holds
from ledger.materials.state.book import Effects, MaterialBook, Speaker
from ledger.materials.state.ground import Ground
from ledger.materials.state.layer import Layer
from ledger.materials.state.records import Shipment
from schemas.catalogue.refusals import RefusalCode
from schemas.codes import UNUSED_DISPOSITIONS, Metal
from schemas.findings import Finding
from schemas.handover import Dispatch
from schemas.ids import LotId, PartyId
from schemas.party import registered_at
from schemas.refusal import RefusedError


class DispatchKind(CorrectableKind[Dispatch]):
    """Whole lots that leave, with the mass-balance credits that are drawn for them."""

    schema = Dispatch
    moves = True
    barred_by_hold = True

    def check(self, event: Dispatch, speaker: Speaker, ground: Ground) -> None:
        """Demand a new shipment of lots that may leave, with credits that they can take.

        Raises:
            RefusedError: ``not-entitled``, ``shipment-exists``, ``unknown-receiver``, what
                :func:`check_available` raises for a lot, ``not-creditable``,
                ``credit-exceeded``, ``duplicate-document``.
        """
        book = ground.book
        check_own_id(event.shipment, "shipment", speaker.party)
        if not ground.is_own(event.shipment) and book.shipments.get(event.shipment) is not None:
            raise RefusedError(RefusalCode.SHIPMENT_EXISTS, shipment=event.shipment, collides_with=event.shipment)
        if event.to is not None:
            _check_receiver(event.to, speaker, book)
        lots = ground.lots
        for line in event.lots:
            if ground.looks_at(line.lot):
                check_available(line.lot, lots.get(line.lot), speaker.party, speaker.occurred_at)
        check_credits([line for line in event.lots if ground.knows(line.lot)], speaker, ground)
        check_documents(event.documents, speaker, ground.layer)

    def apply(self, event: Dispatch, speaker: Speaker, layer: Layer, supply: Supply) -> None:
        """Send the lots; one that a correction left empty is sent as it was at first, of unknown origin."""
        effects = layer.effects
        lines = {line.lot: line for line in event.lots if layer.knows(line.lot)}
        names = tuple(lines)
        for name in names:
            lot = layer.book.lots.get(name)
            if lot is None:
                continue
            lot = bring_back(lot, speaker, effects)
            if lot.net == 0 and (was := supply(name)) is not None:
                lot = refill(lot, was, speaker, effects)
            lot = draw_credit(lines[name], lot, speaker, layer.book, effects)
            lot = lot._replace(status="in_transit" if event.to else "left", moved=True, disposition=event.disposition)
            effects.lots[name] = lot
            if event.to is None:
                effects.postings.append(post_lot("departure", lot.holder, lot, speaker))
            if event.disposition in UNUSED_DISPOSITIONS:
                # What nobody uses earns nothing, whatever it was called when it was made.
                effects.lots[name], rows = lose_earnings(lot, lot, lot.mix, speaker)
                effects.postings.extend(rows)
        effects.shipments[event.shipment] = Shipment(
            id=event.shipment, sender=speaker.party.id, receiver=event.to, index=speaker.index, lots=names,
            awaiting=dict.fromkeys(names, "in_transit") if event.to else {}, agreement=event.agreement,
            sent_at=speaker.occurred_at,
        )  # fmt: skip

    def find(self, event: Dispatch, speaker: Speaker, layer: Layer) -> Iterator[Finding]:
        """Yield what is odd about the lots as they leave, and about the agreement that they leave under."""
        lots = layer.effects.lots.values()
        yield from find_moves_around_holds(lots, speaker.occurred_at, speaker)
        yield from find_before_it_came(lots, speaker.occurred_at, speaker)
        if event.agreement is not None:
            names = layer.effects.shipments[event.shipment].lots
            yield from find_in_agreement(event, event.agreement, names, speaker, layer.book)

    def moved(self, effects: Effects) -> Iterator[tuple[LotId, int, dict[Metal, int]]]:
        """Yield what it sent of each lot: all of it."""
        return ((lot.id, lot.net, content_of(lot.mix)) for lot in effects.lots.values())

    def weighed(self, event: Dispatch, layer: Layer) -> Iterator[Cited]:
        """Yield its documents: all the lots left under each."""
        lots = [lot for line in event.lots if (lot := layer.lot(line.lot)) is not None]
        net = sum(lot.net for lot in lots)
        return (Cited(document, net, sends=True) for document in event.documents)

    def withdraw(self, event: Dispatch, speaker: Speaker, effects: Effects) -> None:
        """Keep the id of a shipment that did not leave."""
        effects.shipments[event.shipment] = Shipment(
            id=event.shipment,
            sender=speaker.party.id,
            receiver=event.to,
            index=speaker.index,
            lots=(),
            awaiting={},
            agreement=event.agreement,
        )


def _check_receiver(name: PartyId, speaker: Speaker, book: MaterialBook) -> None:
    """Demand a receiver that was registered when the dispatch was made."""
    party = book.parties.get(name)
    if party is None:
        raise RefusedError(RefusalCode.UNKNOWN_RECEIVER, party=name)
    if (entry := registered_at(party)) > speaker.index:
        raise RefusedError(RefusalCode.UNKNOWN_RECEIVER, "later", party=name, entry=entry)


DISPATCH = DispatchKind()
