"""Judges of hold and release: a lot stops, and goes on.

Invariants: a hold bars every use and movement from its own time on, until it is
released; only who set a hold releases it, and a certifier's only a certifier; what came
in late is taken, with a finding: moved before the hold, moved while a hold stood that is
released by now, or held after the lot had gone on. A hold is never forgotten.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from ledger.materials.history.later_movements import later_on
from ledger.materials.moves.preconditions import check_lot
from ledger.materials.state.book import Effects, MaterialBook, Speaker
from ledger.materials.state.findings import Bound, find
from ledger.materials.state.lot_words import HoldMark
from ledger.materials.state.records import Lot
from schemas.catalogue.figures import Figures
from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.refusals import RefusalCode
from schemas.findings import Finding
from schemas.holding import Hold, Release
from schemas.refusal import RefusedError
from schemas.stock import StockCount

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
                RefusalCode.NOT_ENTITLED, "hold", lot=name, holder=lot.holder, park=lot.park, party=party.id,
                collides_with=name,
            )  # fmt: skip
    return fold_hold(event, speaker, book)


def fold_hold(event: Hold, speaker: Speaker, book: MaterialBook, lots: Container[str] | None = None) -> Effects:
    """Return the lots with the hold, and a finding where one had gone on before the hold was entered."""
    effects = Effects()
    mark = HoldMark(speaker.statement, speaker.party.id, speaker.occurred_at, "certifier" in speaker.party.roles)
    for lot in _named(event.lots, book, lots):
        effects.lots[lot.id] = lot._replace(holds=(*lot.holds, mark))
    moved = {
        row.lot: row.at
        for row in later_on(effects.lots, speaker.occurred_at, speaker, book)
        if not isinstance(row.deed.event, StockCount)
    }
    effects.findings.extend(
        find(
            FindingCode.HELD_AFTER_MOVE, "medium", (("moved_at", moved[lot]),), Bound((("held_since", mark.since),)),
            speaker, (lot,), about=(("site", speaker.party.id),),
        )
        for lot in effects.lots if lot in moved
    )  # fmt: skip
    return effects


def judge_release(event: Release, speaker: Speaker, book: MaterialBook) -> Effects:
    """End a hold, for the lots that are listed.

    Raises:
        RefusedError: ``unknown-lot``, ``unknown-hold`` (none, or released by now),
            ``not-entitled`` (another than who set it; for a certifier's, no certifier).
    """
    for name in event.lots:
        lot = check_lot(name, book.lots)
        mark = next((hold for hold in lot.holds if hold.statement == event.hold and not hold.until), None)
        if mark is None:
            raise RefusedError(RefusalCode.UNKNOWN_HOLD, lot=name, hold=event.hold, collides_with=name)
        if mark.by_certifier and "certifier" not in speaker.party.roles:
            raise RefusedError(
                RefusalCode.NOT_ENTITLED, "release_as_certifier", issuer=mark.issuer, lot=name, party=speaker.party.id,
                collides_with=name,
            )  # fmt: skip
        if not mark.by_certifier and mark.issuer != speaker.party.id:
            raise RefusedError(
                RefusalCode.NOT_ENTITLED, "release", issuer=mark.issuer, lot=name, party=speaker.party.id,
                collides_with=name,
            )  # fmt: skip
    return fold_release(event, speaker, book)


def fold_release(event: Release, speaker: Speaker, book: MaterialBook, lots: Container[str] | None = None) -> Effects:
    """Return the lots with the hold ended; that it stood is kept."""
    effects = Effects()
    for lot in _named(event.lots, book, lots):
        holds = tuple(
            hold._replace(until=speaker.occurred_at) if hold.statement == event.hold else hold for hold in lot.holds
        )
        effects.lots[lot.id] = lot._replace(holds=holds)
    return effects


def find_moves_around_holds(
    lots: Iterable[Lot], at: str, speaker: Speaker, made: tuple[str, ...] = ()
) -> Iterator[Finding]:
    """Yield a finding for each lot that moved at ``at`` while it was held, or before a hold that stands.

    It shows also on the lots that were ``made`` of it, since the hold does not follow the metal.

    What a standing hold bars is refused, so the former is entered after the release, or
    is what a correction made of it.
    """
    for lot in lots:
        if not lot.holds:
            continue
        if (during := lot.held_at(at)) is not None:
            since: Figures = (("held_since", during.since),)
            yield find(
                FindingCode.MOVED_WHILE_HELD, "high", (("moved_at", at),),
                Bound((*since, ("held_until", during.until)) if during.until else since), speaker, (lot.id, *made),
                about=(("site", speaker.party.id), ("lot", lot.id), ("holder", during.issuer)),
            )  # fmt: skip
        elif (hold := next((hold for hold in lot.holds if not hold.until), None)) is not None:
            yield find(
                FindingCode.MOVED_BEFORE_HOLD, "medium", (("moved_at", at),), Bound((("held_since", hold.since),)),
                speaker, (lot.id, *made),
                about=(("site", speaker.party.id), ("lot", lot.id), ("holder", hold.issuer)),
            )  # fmt: skip


def _named(names: Iterable[str], book: MaterialBook, lots: Container[str] | None) -> Iterator[Lot]:
    for name in names:
        lot = book.lots.get(name)
        if lot is not None and (lots is None or name in lots):
            yield lot
