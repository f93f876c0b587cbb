"""Judges of hold and release: a lot stops, and goes on.

Invariants: a hold bars every use and movement from its own time on; only who set a
hold releases it, and a certifier's only a certifier; what happened before a hold and is
entered late is taken, with a finding.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from ledger.materials.book import Effects, MaterialBook, Speaker
from ledger.materials.checks import check_lot
from ledger.materials.records import HoldMark, Lot
from schemas.errors import RefusedError
from schemas.findings import Finding
from schemas.holding import Hold, Release

_MAY_HOLD = ("certifier", "authority", "operator")


def judge_hold(event: Hold, speaker: Speaker, book: MaterialBook) -> Effects:
    """Set a hold on lots.

    Raises:
        RefusedError: ``unknown-lot``, ``not-entitled`` (neither holder, nor the park
            that made the lot, nor certifier, authority or operator).
    """
    party = speaker.party
    for name in event.lots:
        lot = check_lot(name, book.lots)
        if party.id not in (lot.holder, lot.park) and not set(_MAY_HOLD) & set(party.roles):
            raise RefusedError(
                "not-entitled",
                f"expected a hold on {name} by its holder {lot.holder}, by {lot.park}, which made it, or by a "
                f"certifier, the authority or the operator, got {party.id}",
                collides_with=name,
            )
    return fold_hold(event, speaker, book)


def fold_hold(event: Hold, speaker: Speaker, book: MaterialBook, lots: Container[str] | None = None) -> Effects:
    """Return the lots with the hold."""
    effects = Effects()
    mark = HoldMark(speaker.statement, speaker.party.id, speaker.occurred_at, "certifier" in speaker.party.roles)
    for lot in _named(event.lots, book, lots):
        effects.lots[lot.id] = lot._replace(holds=(*lot.holds, mark))
    return effects


def judge_release(event: Release, speaker: Speaker, book: MaterialBook) -> Effects:
    """End a hold, for the lots that are listed.

    Raises:
        RefusedError: ``unknown-lot``, ``unknown-hold``, ``not-entitled`` (another than
            who set it; for a certifier's, no certifier).
    """
    for name in event.lots:
        lot = check_lot(name, book.lots)
        mark = next((hold for hold in lot.holds if hold.statement == event.hold), None)
        if mark is None:
            raise RefusedError(
                "unknown-hold", f"expected a hold that stands on {name}, got {event.hold[:16]}...", collides_with=name
            )
        if mark.by_certifier and "certifier" not in speaker.party.roles:
            raise RefusedError(
                "not-entitled",
                f"expected a certifier to release the hold of {mark.issuer} on {name}, got {speaker.party.id}",
                collides_with=name,
            )
        if not mark.by_certifier and mark.issuer != speaker.party.id:
            raise RefusedError(
                "not-entitled",
                f"expected {mark.issuer}, which set the hold on {name}, to release it, got {speaker.party.id}",
                collides_with=name,
            )
    return fold_release(event, book)


def fold_release(event: Release, book: MaterialBook, lots: Container[str] | None = None) -> Effects:
    """Return the lots without the hold."""
    effects = Effects()
    for lot in _named(event.lots, book, lots):
        kept = tuple(hold for hold in lot.holds if hold.statement != event.hold)
        effects.lots[lot.id] = lot._replace(holds=kept)
    return effects


def find_moves_before_hold(lots: Iterable[Lot], at: str, speaker: Speaker) -> Iterator[Finding]:
    """Yield a finding for each lot on hold that was moved: it happened before, but came in late."""
    for lot in lots:
        for hold in lot.holds[:1]:
            yield Finding(
                "moved-before-hold", "medium", f"moved at {at}", f"held since {hold.since}",
                f"{speaker.party.id} entered a movement of {lot.id} after {hold.issuer} had stopped it, "
                "for a time before that", speaker.index, speaker.statement, (lot.id,),
            )  # fmt: skip


def _named(names: Iterable[str], book: MaterialBook, lots: Container[str] | None) -> Iterator[Lot]:
    for name in names:
        lot = book.lots.get(name)
        if lot is not None and (lots is None or name in lots):
            yield lot
