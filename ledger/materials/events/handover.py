"""Judges of dispatch and acceptance: lots move and leave whole.

Invariant: the book weight stays the dispatcher's; the receiver's own is kept beside it,
and only a ``settled`` word that names its assays changes what a lot contains.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from functools import partial

from ledger.materials.claims.cover import keep_cover
from ledger.materials.claims.credit_drawing import check_credits, draw_credit
from ledger.materials.claims.marks import short_landed
from ledger.materials.events.assay import lot_now
from ledger.materials.events.hold import find_moves_around_holds
from ledger.materials.events.settlement import find_odd_settlement
from ledger.materials.history.as_corrected import declared_origins, standing_deed
from ledger.materials.mass.mix import content_of, split_of
from ledger.materials.moves.postings import bring_back, post_lot
from ledger.materials.moves.preconditions import check_available, check_content, check_own_id, cite
from ledger.materials.moves.restatement import restate
from ledger.materials.plausibility.entry.agreements import find_in_agreement
from ledger.materials.plausibility.entry.analyses import Analysis, find_gain
from ledger.materials.plausibility.entry.dates import find_before_it_came, find_before_it_was_sent
from ledger.materials.plausibility.entry.handovers import find_in_handover
from ledger.materials.plausibility.entry.papers import find_export, may_be_banned
from ledger.materials.state.book import Effects, MaterialBook, Speaker
from ledger.materials.state.findings import NO_BOUND, Bound, find
from ledger.materials.state.lot_words import Word
from ledger.materials.state.pool import Stated
from ledger.materials.state.records import NO_EARNINGS, Lot, Posting, Shipment
from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.refusals import RefusalCode
from schemas.codes import LotStatus, Metal
from schemas.findings import Finding
from schemas.handover import Acceptance, AcceptedLot, Dispatch
from schemas.intake import Intake
from schemas.refusal import RefusedError

_NEXT: dict[tuple[str, str], tuple[str, LotStatus]] = {
    ("in_transit", "accepted"): ("receiver", "open"),
    ("in_transit", "rejected"): ("sender", "open"),
    ("in_transit", "disputed"): ("receiver", "disputed"),
    ("disputed", "settled"): ("receiver", "open"),
    ("disputed", "rejected"): ("sender", "open"),
}


def judge_dispatch(event: Dispatch, speaker: Speaker, book: MaterialBook, *, is_partial: bool = False) -> Effects:
    """Send whole lots to a participant, or out of the ledger.

    Where only some lots are known (``is_partial``), mass-balance accounts are not.

    Raises:
        RefusedError: ``not-entitled``, ``shipment-exists``, ``unknown-receiver``, what
            :func:`~ledger.materials.moves.preconditions.check_available` raises for a lot,
            ``not-creditable``, ``credit-exceeded``, ``duplicate-document``.
    """
    check_own_id(event.shipment, "shipment", speaker.party)
    if book.shipments.get(event.shipment) is not None:
        raise RefusedError(RefusalCode.SHIPMENT_EXISTS, shipment=event.shipment, collides_with=event.shipment)
    if event.to is not None and book.parties.get(event.to) is None:
        raise RefusedError(RefusalCode.UNKNOWN_RECEIVER, party=event.to)
    for line in event.lots:
        check_available(line.lot, book.lots.get(line.lot), speaker.party, speaker.occurred_at)
    check_credits(event, speaker, book, is_partial=is_partial)
    effects = fold_dispatch(event, speaker, book)
    cite(event.documents, speaker, book, tuple(line.lot for line in event.lots), effects)
    return effects


def fold_dispatch(
    event: Dispatch,
    speaker: Speaker,
    book: MaterialBook,
    moved: Callable[[str], Stated | None] | None = None,
    lots: Container[str] | None = None,
) -> Effects:
    """Return what a dispatch does, to some of its lots where ``lots`` are given.

    A lot that a correction left empty is moved as it ``moved`` at first, of unknown origin.
    """
    effects = Effects()
    lines = {line.lot: line for line in event.lots if lots is None or line.lot in lots}
    names = tuple(lines)
    for name in names:
        lot = book.lots.get(name)
        if lot is None:
            continue
        lot = bring_back(lot, speaker, effects)
        if lot.net == 0 and moved is not None and (was := moved(name)) is not None:
            lot = _refill(lot, was, speaker, effects)
        lot = draw_credit(lines[name], lot, speaker, book, effects)
        lot = lot._replace(status="in_transit" if event.to else "left", moved=True, disposition=event.disposition)
        effects.lots[name] = lot
        if event.to is None:
            effects.postings.append(post_lot("departure", lot.holder, lot, speaker))
    effects.shipments[event.shipment] = Shipment(
        event.shipment, speaker.party.id, event.to, speaker.index, names,
        dict.fromkeys(names, "in_transit") if event.to else {}, event.agreement, speaker.occurred_at,
    )  # fmt: skip
    effects.findings.extend(find_moves_around_holds(effects.lots.values(), speaker.occurred_at, speaker))
    effects.findings.extend(find_before_it_came(effects.lots.values(), speaker.occurred_at, speaker))
    if event.agreement is not None:
        effects.findings.extend(find_in_agreement(event, event.agreement, names, speaker, book))
    return effects


def judge_acceptance(event: Acceptance, speaker: Speaker, book: MaterialBook) -> Effects:
    """Take the receiver's word on lots of a shipment.

    Raises:
        RefusedError: ``unknown-shipment``, ``not-entitled``, ``not-in-shipment``,
            ``already-settled`` (any decision that the lot does not wait for),
            ``content-exceeds-net`` (more metal than the receiver weighed of a lot).
    """
    shipment = book.shipments.get(event.shipment)
    if shipment is None:
        raise RefusedError(RefusalCode.UNKNOWN_SHIPMENT, shipment=event.shipment)
    if shipment.receiver != speaker.party.id:
        raise RefusedError(
            RefusalCode.NOT_ENTITLED, "receiver", shipment=shipment.id, party=speaker.party.id,
            collides_with=shipment.id,
        )  # fmt: skip
    for line in event.lots:
        _check_awaited(line, shipment, book)
        check_received(line)
    return fold_acceptance(event, speaker, book)


def fold_acceptance(
    event: Acceptance, speaker: Speaker, book: MaterialBook, lots: Container[str] | None = None
) -> Effects:
    """Return what an acceptance does, to some of its lots where ``lots`` are given."""
    effects = Effects()
    shipment = book.shipments.get(event.shipment)
    if shipment is None:
        return effects
    awaiting = dict(shipment.awaiting)
    for line in event.lots:
        lot = book.lots.get(line.lot)
        if lot is not None and (lots is None or line.lot in lots):
            _settle(line, lot, shipment, awaiting, speaker, book, effects)
    effects.shipments[shipment.id] = shipment._replace(awaiting=awaiting)
    return effects


def _check_awaited(line: AcceptedLot, shipment: Shipment, book: MaterialBook) -> None:
    if line.lot not in shipment.lots:
        raise RefusedError(RefusalCode.NOT_IN_SHIPMENT, shipment=shipment.id, lot=line.lot, collides_with=shipment.id)
    state = shipment.awaiting.get(line.lot, "settled")
    lot = book.lots.get(line.lot)
    if (state, line.decision) not in _NEXT or lot is None:
        raise RefusedError(
            RefusalCode.ALREADY_SETTLED, lot=line.lot, shipment=shipment.id, decision=line.decision, state=state,
            collides_with=line.lot,
        )  # fmt: skip


def check_received(line: AcceptedLot) -> None:
    """Demand that a receiver finds no more metal in a lot than it weighed of it.

    Raises:
        RefusedError: ``content-exceeds-net``.
    """
    check_content(line.lot, line.content_kg or {}, line.net_kg)


def _settle(
    line: AcceptedLot,
    lot: Lot,
    shipment: Shipment,
    awaiting: dict[str, str],
    speaker: Speaker,
    book: MaterialBook,
    effects: Effects,
) -> None:
    """Let the receiver's word on one lot into the effects."""
    if line.lot not in shipment.lots or shipment.receiver != speaker.party.id:
        effects.findings.append(_contradiction(line, shipment, speaker))
    lot = bring_back(lot, speaker, effects)
    effects.findings.extend(find_in_handover(line, lot, speaker))
    effects.findings.extend(find_before_it_was_sent(lot, shipment, speaker))
    if line.decision in ("accepted", "disputed") and may_be_banned(lot, speaker):
        effects.findings.extend(find_export(lot, content_of(lot.mix), _countries(lot, book), speaker))
    state = awaiting.pop(line.lot, "in_transit")
    side, status = _NEXT.get((state, line.decision), ("receiver", "open"))
    if status == "disputed":
        awaiting[line.lot] = "disputed"
    holder = speaker.party.id if side == "receiver" else shipment.sender
    if line.decision == "settled" and line.content_kg is not None:
        lot = _restate(line, line.content_kg, lot, speaker, book, effects)
    if side == "receiver" and status == "open":
        mark = short_landed(lot, speaker.statement, line.net_kg, line.content_kg)
        if mark is not None:
            lot, found = keep_cover(lot._replace(marks=(*lot.marks, mark)), {}, speaker, "hand-over")
            effects.findings.extend(found)
    if holder != lot.holder:
        # What it earned stays with the site that made it, whatever becomes of the lot.
        lot = lot._replace(earned=NO_EARNINGS)
        effects.postings.append(post_lot("dispatch", lot.holder, lot, speaker))
        effects.postings.append(post_lot("arrival", holder, lot, speaker))
        lot = lot._replace(came=speaker.occurred_at)
    # Nothing can be in a lot that is used up, also where a later entry was folded with a correction.
    word = Word(line.net_kg, line.content_kg)
    sender = lot.holder if side == "receiver" and holder != lot.holder else lot.sender
    status = status if lot.net else "consumed"
    effects.lots[line.lot] = lot._replace(holder=holder, status=status, word=word, sender=sender)


def _countries(lot: Lot, book: MaterialBook) -> Iterator[str]:
    """Yield where a lot was made, and where its batch came from."""
    maker = book.parties.get(lot.park)
    if maker is not None:
        yield maker.country
    for deed in book.history.deeds([lot.created]) if lot.run is None else ():
        stands = standing_deed(deed.statement, book)
        if stands is not None and isinstance(stands.event, Intake):
            yield stands.event.country


def _contradiction(line: AcceptedLot, shipment: Shipment, speaker: Speaker) -> Finding:
    """Say that a receiver has what its sender, by a correction, did not send it."""
    return find(
        FindingCode.ACCEPTANCE_CONTRADICTED, "high", (("decision", line.decision), ("site", speaker.party.id)),
        Bound((("shipment", shipment.id),)), speaker, (line.lot,), about=(("sender", shipment.sender),),
    )  # fmt: skip


def _restate(
    line: AcceptedLot, contents: dict[Metal, int], lot: Lot, speaker: Speaker, book: MaterialBook, effects: Effects
) -> Lot:
    """Let a settlement change what the lot contains, if it rests on assays of it."""
    odd = find_odd_settlement(line, lot, speaker, book)
    if odd is not None:
        effects.findings.append(odd)
        return lot
    run = None if lot.run is None else effects.runs.get(lot.run) or book.runs.get(lot.run)
    restated = restate(lot, contents, run, speaker, declared_origins(lot, book))
    effects.postings.extend(restated.postings)
    effects.findings.extend(restated.findings)
    if run is not None:
        analysis, known = Analysis(contents, {}, 1), partial(lot_now, effects, book)
        effects.findings.extend(find_gain(analysis, lot, restated.lot, run, known, speaker))
    if restated.run is not None:
        effects.runs[restated.run.id] = restated.run
    return restated.lot


def _refill(lot: Lot, stated: Stated, speaker: Speaker, effects: Effects) -> Lot:
    """Supply what a shipment moved of a lot that a correction left empty."""
    mix = split_of(dict(stated.content), "unknown")
    effects.findings.append(
        find(
            FindingCode.SHORTFALL, "high", (("sent_mg", stated.net),), NO_BOUND, speaker, (lot.id,),
            case="sent", about=(("site", speaker.party.id),),
        )
    )  # fmt: skip
    effects.postings.append(
        Posting(
            lot.holder, "shortfall", lot.id, lot.material, stated.net, stated.net, mix, speaker.index, speaker.statement
        )
    )  # fmt: skip
    return lot._replace(
        net=stated.net, dry=None, mix=mix, metals=tuple(mix), refill=speaker.statement,
        shortfalls=tuple(sorted({*lot.shortfalls, speaker.statement})),
    )  # fmt: skip
