"""Judges of intake, dispatch and acceptance: lots come, move and leave whole."""

from __future__ import annotations

from ledger.materials.apportioning import NO_MASS, Mix, split_of
from ledger.materials.checks import check_available, check_content, check_new_lot, check_own_id, check_role, cite
from ledger.materials.records import Effects, Lot, MaterialBook, Shipment, Speaker
from schemas.codes import ORIGINS
from schemas.errors import RefusedError
from schemas.handover import Acceptance, AcceptedLot, Dispatch
from schemas.intake import Intake

_NEXT = {
    ("in_transit", "accepted"): ("receiver", "open"),
    ("in_transit", "rejected"): ("sender", "open"),
    ("in_transit", "disputed"): ("receiver", "disputed"),
    ("disputed", "settled"): ("receiver", "open"),
    ("disputed", "rejected"): ("sender", "open"),
}


def judge_intake(event: Intake, speaker: Speaker, book: MaterialBook) -> Effects:
    """Create a lot from a batch that enters.

    Raises:
        RefusedError: ``not-entitled``, ``lot-exists``, ``content-exceeds-net``,
            ``duplicate-document``.
    """
    check_role(speaker.party, ("park", "processor"), "an intake")
    check_own_id(event.lot, "lot", speaker.party)
    check_new_lot(event.lot, book)
    check_content(event.lot, event.content_kg, event.net_kg, event.dry_kg)
    effects = Effects()
    cite(event.documents, speaker, book, (event.lot,), effects)
    effects.lots[event.lot] = Lot(
        event.lot,
        event.material,
        speaker.party.id,
        speaker.party.id,
        "open",
        held=False,
        net=event.net_kg,
        mix=_mix_of(event),
        since=speaker.occurred_at,
        created=speaker.index,
        metals=tuple(event.content_kg),
    )
    return effects


def judge_dispatch(event: Dispatch, speaker: Speaker, book: MaterialBook) -> Effects:
    """Send whole lots to a participant, or out of the ledger.

    Raises:
        RefusedError: ``not-entitled``, ``shipment-exists``, ``unknown-receiver``, what
            :func:`~ledger.materials.checks.check_available` raises for a lot,
            ``duplicate-document``.
    """
    check_own_id(event.shipment, "shipment", speaker.party)
    if book.shipments.get(event.shipment) is not None:
        raise RefusedError(
            "shipment-exists", f"expected a new shipment id, got {event.shipment}, which is used",
            collides_with=event.shipment,
        )  # fmt: skip
    if event.to is not None and book.parties.get(event.to) is None:
        raise RefusedError("unknown-receiver", f"expected a registered participant as receiver, got {event.to}")
    effects = Effects()
    lots = tuple(line.lot for line in event.lots)
    for lot_id in lots:
        lot = check_available(lot_id, book.lots.get(lot_id), speaker.party)
        effects.lots[lot_id] = lot._replace(status="in_transit" if event.to else "left")
    cite(event.documents, speaker, book, lots, effects)
    awaiting = dict.fromkeys(lots, "in_transit") if event.to else {}
    effects.shipments[event.shipment] = Shipment(
        event.shipment, speaker.party.id, event.to, speaker.index, lots, awaiting
    )
    return effects


def judge_acceptance(event: Acceptance, speaker: Speaker, book: MaterialBook) -> Effects:
    """Take the receiver's word on lots of a shipment.

    Raises:
        RefusedError: ``unknown-shipment``, ``not-entitled``, ``not-in-shipment``,
            ``already-settled`` (any decision that the lot does not wait for).
    """
    shipment = book.shipments.get(event.shipment)
    if shipment is None:
        raise RefusedError(
            "unknown-shipment", f"expected a shipment of this ledger, got {event.shipment}, which is none"
        )
    if shipment.receiver != speaker.party.id:
        raise RefusedError(
            "not-entitled",
            f"expected the word of the receiver of {shipment.id}, got {speaker.party.id}'s",
            collides_with=shipment.id,
        )
    effects = Effects()
    awaiting = dict(shipment.awaiting)
    for line in event.lots:
        effects.lots[line.lot] = _settle(line, shipment, awaiting, book)
    effects.shipments[shipment.id] = shipment._replace(awaiting=awaiting)
    return effects


def _settle(line: AcceptedLot, shipment: Shipment, awaiting: dict[str, str], book: MaterialBook) -> Lot:
    if line.lot not in shipment.lots:
        raise RefusedError(
            "not-in-shipment", f"expected a lot of {shipment.id}, got {line.lot}", collides_with=shipment.id
        )
    state = awaiting.get(line.lot, "settled")
    side, status = _NEXT.get((state, line.decision), (None, None))
    lot = book.lots.get(line.lot)
    if side is None or lot is None:
        raise RefusedError(
            "already-settled",
            f'expected a decision that {line.lot} in {shipment.id} waits for, got "{line.decision}" '
            f"where it is {state.replace('_', ' ')}",
            collides_with=line.lot,
        )
    if status == "disputed":
        awaiting[line.lot] = "disputed"
    else:
        del awaiting[line.lot]
    holder = shipment.receiver if side == "receiver" else shipment.sender
    return lot._replace(holder=holder or shipment.sender, status="disputed" if status == "disputed" else "open")


def _mix_of(event: Intake) -> Mix:
    if event.origin_kg is None:
        return split_of(event.content_kg, event.origin or "unknown")
    mix: Mix = {}
    for metal, split in event.origin_kg.items():
        row = list(NO_MASS)
        for origin, mass in split.items():
            row[ORIGINS.index(origin)] = mass
        mix[metal] = tuple(row)
    return mix
