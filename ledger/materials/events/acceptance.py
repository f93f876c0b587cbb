"""Acceptances: the receiver's word on lots of a shipment.

Invariant: the book weight stays the dispatcher's; the receiver's own is kept beside it,
and only a ``settled`` word that names its assays changes what a lot contains.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from ledger.materials.claims.cover import keep_cover
from ledger.materials.claims.credit_earning import still_to_earn
from ledger.materials.claims.marks import short_landed
from ledger.materials.events.kind import CorrectableKind, Supply
from ledger.materials.events.settlement import find_odd_settlement
from ledger.materials.history.as_corrected import declared_origins, standing_event
from ledger.materials.mass.mix import content_of
from ledger.materials.moves.parting import is_parted, part_off
from ledger.materials.moves.postings import bring_back, post_lot
from ledger.materials.moves.preconditions import check_content, check_new_lot, check_own_id
from ledger.materials.moves.restated_content import restate
from ledger.materials.plausibility.entry.analyses import Analysis, find_gain
from ledger.materials.plausibility.entry.dates import find_before_it_was_sent
from ledger.materials.plausibility.entry.growth import find_growth
from ledger.materials.plausibility.entry.handovers import find_in_handover
from ledger.materials.plausibility.entry.papers import find_export, may_be_banned
from ledger.materials.state.book import Effects, Lookup, MaterialBook, Speaker
from ledger.materials.state.findings import Bound, find
from ledger.materials.state.ground import Ground
from ledger.materials.state.layer import Layer
from ledger.materials.state.lot_words import Word
from ledger.materials.state.records import Lot, Shipment
from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.refusals import RefusalCode
from schemas.codes import LotStatus, Metal
from schemas.findings import Finding
from schemas.handover import Acceptance, AcceptedLot, RejectedPart
from schemas.ids import LotId
from schemas.refusal import RefusedError

_NEXT: dict[tuple[str, str], tuple[str, LotStatus]] = {
    ("in_transit", "accepted"): ("receiver", "open"),
    ("in_transit", "rejected"): ("sender", "open"),
    ("in_transit", "disputed"): ("receiver", "disputed"),
    ("disputed", "settled"): ("receiver", "open"),
    ("disputed", "rejected"): ("sender", "open"),
}


class AcceptanceKind(CorrectableKind[Acceptance]):
    """The receiver's word on lots of one shipment; it may cover part of it."""

    schema = Acceptance
    finds_content = True
    moves = True

    def check(self, event: Acceptance, speaker: Speaker, ground: Ground) -> None:
        """Demand the receiver's word on lots that wait for it.

        Raises:
            RefusedError: ``unknown-shipment``, ``not-entitled``, ``not-in-shipment``,
                ``already-settled`` (any decision that the lot does not wait for), of a rejected
                part ``lot-exists`` and ``insufficient-mass`` (nothing would be accepted),
                ``content-exceeds-net`` (more metal than the receiver weighed of a lot).
        """
        shipment = ground.shipments.get(event.shipment)
        if not ground.is_own(event.shipment):
            # Whose shipment it is was seen when the statement was made, whatever its sender corrected since.
            _check_receiver(event, shipment, speaker)
        for name in event.created_lots():
            check_own_id(name, "lot", speaker.party)
        sent = frozenset(shipment.lots if shipment is not None else ())
        awaiting = shipment.awaiting if shipment is not None else {}
        lots = ground.lots
        for line in event.lots:
            if ground.looks_at(line.lot):
                _check_shipped(line.lot, sent, event)
                _check_awaited(line, event, awaiting, lots)
            if line.rejected is not None:
                _check_part(line.lot, line.rejected, lots.get(line.lot), ground)
            check_content(line.lot, line.content_kg or {}, line.net_kg)

    def apply(self, event: Acceptance, speaker: Speaker, layer: Layer, supply: Supply) -> None:
        """Let the word on each lot in, with what is odd about it; the lots need not wait for it any more."""
        shipment = layer.book.shipments.get(event.shipment)
        if shipment is None:
            return
        awaiting = dict(shipment.awaiting)
        sent = frozenset(shipment.lots if shipment.receiver == speaker.party.id else ())
        for line in event.lots:
            lot = layer.book.lots.get(line.lot)
            if lot is not None and layer.knows(line.lot):
                if line.lot not in sent:
                    layer.effects.findings.append(_contradiction(line, shipment, speaker))
                if line.rejected is not None:
                    lot = _part_off(line.rejected, lot, shipment, speaker, layer, supply=supply)
                _settle(line, lot, shipment, awaiting, speaker, layer=layer)
        layer.effects.shipments[shipment.id] = shipment._replace(awaiting=awaiting)

    def moved(self, effects: Effects) -> Iterator[tuple[LotId, int, dict[Metal, int]]]:
        """Yield what it took of each lot for a part that was rejected."""
        for lot in effects.lots.values():
            # A part that came back and was sent again has a receiver's word; one that was rejected just now has none.
            if is_parted(lot) and lot.word is None and lot.run is not None:
                run = effects.runs[lot.run]
                yield from ((taken.lot, taken.booked, content_of(taken.mix)) for taken in run.inputs)


def _check_receiver(event: Acceptance, shipment: Shipment | None, speaker: Speaker) -> None:
    if shipment is None:
        raise RefusedError(RefusalCode.UNKNOWN_SHIPMENT, shipment=event.shipment)
    if shipment.receiver != speaker.party.id:
        raise RefusedError(
            RefusalCode.NOT_ENTITLED, "receiver", shipment=shipment.id, party=speaker.party.id,
            collides_with=shipment.id,
        )  # fmt: skip


def _check_shipped(name: LotId, sent: Container[LotId], event: Acceptance) -> None:
    if name not in sent:
        raise RefusedError(RefusalCode.NOT_IN_SHIPMENT, shipment=event.shipment, lot=name, collides_with=event.shipment)


def _check_awaited(
    line: AcceptedLot, event: Acceptance, awaiting: Mapping[LotId, str], lots: Lookup[LotId, Lot]
) -> None:
    state = awaiting.get(line.lot, "settled")
    if (state, line.decision) not in _NEXT or lots.get(line.lot) is None:
        raise RefusedError(
            RefusalCode.ALREADY_SETTLED, lot=line.lot, shipment=event.shipment, decision=line.decision, state=state,
            collides_with=line.lot,
        )  # fmt: skip


def _check_part(name: LotId, part: RejectedPart, lot: Lot | None, ground: Ground) -> None:
    """Demand of a rejected part a new id, and that something is left to accept."""
    check_new_lot(part.lot, ground)
    # Where it is judged again, what the lot lacks is found.
    if ground.takings_stand or lot is None or part.net_kg < lot.net:
        return
    raise RefusedError(
        RefusalCode.INSUFFICIENT_MASS, "rejected", left_mg=lot.net, lot=name, taken_mg=part.net_kg, collides_with=name
    )


def _part_off(
    part: RejectedPart, lot: Lot, shipment: Shipment, speaker: Speaker, layer: Layer, *, supply: Supply
) -> Lot:
    """Let a rejected part go back to the sender, and return what the receiver takes over."""
    lot = bring_back(lot, speaker, layer.effects)
    return part_off(lot, part.lot, part.net_kg, shipment.sender, speaker, layer=layer, supply=supply)


def _settle(
    line: AcceptedLot,
    lot: Lot,
    shipment: Shipment,
    awaiting: dict[LotId, str],
    speaker: Speaker,
    layer: Layer,
) -> None:
    """Let the receiver's word on one lot into the layer."""
    effects = layer.effects
    lot = bring_back(lot, speaker, effects)
    effects.findings.extend(find_in_handover(line, lot, speaker))
    effects.findings.extend(find_before_it_was_sent(lot, shipment, speaker))
    if line.decision in ("accepted", "disputed") and may_be_banned(lot, speaker):
        effects.findings.extend(find_export(lot, content_of(lot.mix), _countries(lot, layer.book), speaker))
    state = awaiting.pop(line.lot, "in_transit")
    side, status = _NEXT.get((state, line.decision), ("receiver", "open"))
    if status == "disputed":
        awaiting[line.lot] = "disputed"
    holder = speaker.party.id if side == "receiver" else shipment.sender
    if line.decision == "settled" and line.content_kg is not None:
        lot = _restate(line, line.content_kg, lot, speaker, layer)
    if side == "receiver" and status == "open":
        mark = short_landed(lot, speaker.statement, line.net_kg, line.content_kg)
        if mark is not None:
            lot, found = keep_cover(lot._replace(marks=(*lot.marks, mark)), {}, speaker, "hand-over")
            effects.findings.extend(found)
    if holder != lot.holder:
        # What it earned stays with the site that made it, whatever becomes of the lot.
        lot = lot._replace(earned=still_to_earn(lot.earned))
        effects.postings.append(post_lot("dispatch", lot.holder, lot, speaker))
        effects.postings.append(post_lot("arrival", holder, lot, speaker))
        lot = lot._replace(came=speaker.occurred_at)
    # Nothing can be in a lot that is used up, also where a later entry was folded with a correction.
    word = Word(line.net_kg, line.content_kg)
    sender = lot.holder if side == "receiver" and holder != lot.holder else lot.sender
    status = status if lot.net else "withdrawn" if lot.status == "withdrawn" else "consumed"
    effects.lots[line.lot] = lot._replace(holder=holder, status=status, word=word, sender=sender)


def _countries(lot: Lot, book: MaterialBook) -> Iterator[str]:
    """Yield where a lot was made, and where its batch came from."""
    maker = book.parties.get(lot.park)
    if maker is not None:
        yield maker.country
    lot = _whole(lot, book)
    for logged in book.history.logged_events([lot.created]) if lot.run is None else ():
        stands = standing_event(logged.statement, book)
        if stands is not None and (country := stands.event.came_from()) is not None:
            yield country


def _whole(lot: Lot, book: MaterialBook) -> Lot:
    """Return the lot that a lot was a part of, at first; itself where it is none."""
    while is_parted(lot) and lot.run is not None and (run := book.runs.get(lot.run)) is not None and run.inputs:
        before = book.lots.get(run.inputs[0].lot)
        if before is None:
            return lot
        lot = before
    return lot


def _contradiction(line: AcceptedLot, shipment: Shipment, speaker: Speaker) -> Finding:
    """Say that a receiver has what its sender, by a correction, did not send it."""
    return find(
        FindingCode.ACCEPTANCE_CONTRADICTED, "high", (("decision", line.decision), ("site", speaker.party.id)),
        Bound((("shipment", shipment.id),)), speaker, lots=(line.lot,), about=(("sender", shipment.sender),),
    )  # fmt: skip


def _restate(line: AcceptedLot, contents: dict[Metal, int], lot: Lot, speaker: Speaker, layer: Layer) -> Lot:
    """Let a settlement change what the lot contains, if it rests on assays of it."""
    book, effects = layer.book, layer.effects
    odd = find_odd_settlement(line, lot, speaker, book)
    if odd is not None:
        effects.findings.append(odd)
        return lot
    run = None if lot.run is None else layer.run(lot.run)
    restated = restate(lot, contents, run, speaker, declared_origins(lot, book))
    effects.postings.extend(restated.postings)
    effects.findings.extend(restated.findings)
    if run is not None:
        analysis = Analysis(contents, {}, 1)
        effects.findings.extend(find_gain(analysis, lot, restated.lot, run, layer.lot, speaker=speaker))
    effects.findings.extend(find_growth(lot, restated.lot, speaker))
    if restated.run is not None:
        effects.runs[restated.run.id] = restated.run
    return restated.lot


ACCEPTANCE = AcceptanceKind()
