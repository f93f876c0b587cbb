"""What parks delivered within the term of an agreement, and what its buyer took of it.

Invariants: a lot counts once, in the last shipment of it that was not rejected; no more
counts as accepted than was handed over; what others own is counted apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ledger.materials.answers.offtake.park_record import Figure, Trade
from ledger.materials.mass.mix import content_of
from ledger.materials.mass.months import day_of
from ledger.materials.state.agreement_terms import Terms
from ledger.materials.state.records import Lot, Posting
from schemas.codes import Metal
from schemas.handover import Acceptance, AcceptedLot
from schemas.ids import LotId, PartyId, ShipmentId


class _Word(NamedTuple):
    """The last word on a lot of a shipment, and what was in the lot when it was taken over.

    ``returned`` is what of that went back when a dispute was settled, in mg.
    """

    line: AcceptedLot
    row: Posting | None
    returned: int = 0


class _Sent(NamedTuple):
    """A lot in a shipment that was not rejected."""

    index: int  # type: ignore[assignment]
    park: PartyId
    year: int
    lot: Lot
    word: _Word | None


def deliveries(trades: tuple[Trade, ...], terms: Terms) -> Iterator[Figure]:
    """Yield what was dispatched, accepted and disputed, and what was dispatched that others own."""
    sent: dict[str, _Sent] = {}
    for delivery in sorted(_shipped(trades, terms), key=lambda delivery: delivery.index):
        sent[delivery.lot.id] = delivery
    own = {None, terms.seller, *terms.parks}
    for delivery in sent.values():
        yield from _delivered(delivery, is_own=delivery.lot.owner in own)


def _shipped(trades: tuple[Trade, ...], terms: Terms) -> Iterator[_Sent]:
    """Yield each lot in each shipment under the agreement, but those that were rejected."""
    for trade in trades:
        words = _words(trade)
        for logged in trade.logged_events:
            event = logged.event
            if event.named_agreement() != terms.id or event.sent_to() != terms.buyer:
                continue
            day = day_of(trade.party, logged.occurred_at, trade.rules)
            if not terms.starts_on <= day <= terms.ends_on:
                continue
            (shipment,) = event.named_shipments()
            for name in event.named_lots():
                lot, word = trade.lots.get(name), words.get((shipment, name))
                if lot is not None and (word is None or word.line.decision != "rejected"):
                    yield _Sent(logged.index, trade.party.id, int(day[:4]), lot, word)


def _words(trade: Trade) -> dict[tuple[ShipmentId, LotId], _Word]:
    """Return the last word on each lot of each shipment."""
    taken_over = {(row.statement, row.record): row for row in trade.rows if row.kind == "dispatch"}
    words: dict[tuple[ShipmentId, LotId], _Word] = {}
    for logged in trade.words:
        if not isinstance(logged.event, Acceptance):
            continue
        for line in logged.event.lots:
            known = words.get((logged.event.shipment, line.lot))
            own = taken_over.get((logged.statement, line.lot))
            row = own or (known.row if known else None)
            # What was rejected before it was taken over is not in its row.
            back = line.rejected.net_kg if line.rejected is not None and own is None else 0
            words[logged.event.shipment, line.lot] = _Word(line, row, min(back, row.net) if row is not None else 0)
    return words


def _delivered(sent: _Sent, *, is_own: bool) -> Iterator[Figure]:
    """Yield what was in a lot when it was handed over, and how much of it the buyer took."""
    # Until it is taken over a lot is in transit, as it was.
    held: Lot | Posting = (sent.word.row if sent.word else None) or sent.lot
    returned = sent.word.returned if sent.word is not None else 0
    for metal, whole in content_of(held.mix).items():
        mass = whole - whole * returned // held.net if returned else whole
        if not is_own:
            yield Figure(sent.year, sent.park, metal, "tolled_dispatched", mass)
            continue
        yield Figure(
            year=sent.year, park=sent.park, metal=metal, name="dispatched", mass=mass, custody=sent.lot.custody
        )
        if sent.word is not None and sent.word.line.decision == "disputed":
            yield Figure(sent.year, sent.park, metal, "disputed", mass)
        elif sent.word is not None:
            yield Figure(
                sent.year, sent.park, metal, "accepted", _accepted(metal, mass, held.net - returned, sent.word.line)
            )


def _accepted(metal: Metal, mass: int, net: int, line: AcceptedLot) -> int:
    """Return how much of a metal the buyer took: by its own analysis, else its own weight, at most what was sent."""
    if line.content_kg is not None and metal in line.content_kg:
        return min(mass, line.content_kg[metal])
    return mass * line.net_kg // net if line.net_kg < net else mass
