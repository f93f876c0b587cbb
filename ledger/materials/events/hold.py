"""Holds and releases: a lot stops, and goes on.

Invariants: a hold bars every use and movement from its own time on, until it is
released; only who set a hold releases it, and a certifier's only a certifier; what came
in late is taken, with a finding: moved before the hold, moved while a hold stood that is
released by now, or held after the lot had gone on. A hold is never forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger.materials.events.kind import Kind, Supply
from ledger.materials.events.reached_by_hold import check_reach
from ledger.materials.history.later_movements import later_on
from ledger.materials.moves.preconditions import check_lot
from ledger.materials.state.book import Speaker
from ledger.materials.state.findings import Bound, find
from ledger.materials.state.ground import Ground
from ledger.materials.state.layer import Layer
from ledger.materials.state.lot_words import HoldMark
from ledger.materials.state.records import Lot
from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.refusals import RefusalCode
from schemas.findings import Finding
from schemas.holding import Hold, Release
from schemas.ids import LotId
from schemas.refusal import RefusedError

_MAY_HOLD = ("certifier", "authority", "operator")


class HoldKind(Kind[Hold]):
    """From its time on its lots may not be used or moved."""

    schema = Hold

    def check(self, event: Hold, speaker: Speaker, ground: Ground) -> None:
        """Demand lots that the party may stop.

        Raises:
            RefusedError: ``unknown-lot``, ``not-entitled`` (neither holder, nor the park
                that made the lot, nor certifier, authority or operator); of a run, a document
                or a month ``not-entitled`` (neither certifier nor authority), ``hold-differs``.
        """
        party = speaker.party
        for name in filter(ground.looks_at, event.lots):
            lot = check_lot(name, ground.lots)
            if party.id not in (lot.holder, lot.park) and not set(_MAY_HOLD) & set(party.roles):
                raise RefusedError(
                    RefusalCode.NOT_ENTITLED, "hold", lot=name, holder=lot.holder, park=lot.park, party=party.id,
                    collides_with=name,
                )  # fmt: skip
        if ground.layer.scope is None:
            check_reach(event, speaker, ground.book)

    def apply(self, event: Hold, speaker: Speaker, layer: Layer, supply: Supply) -> None:
        """Set the hold on its lots."""
        mark = HoldMark(speaker.statement, speaker.party.id, speaker.occurred_at, "certifier" in speaker.party.roles)
        for lot in _lots(event.lots, layer):
            layer.effects.lots[lot.id] = lot._replace(holds=(*lot.holds, mark))

    def find(self, event: Hold, speaker: Speaker, layer: Layer) -> Iterator[Finding]:
        """Yield a finding for each lot that had gone on before the hold was entered."""
        lots = layer.effects.lots
        later = later_on(lots, speaker.occurred_at, speaker, layer.book)
        moved = {row.move.lot: row.move.at for row in later if not row.move.is_count}
        for lot in lots:
            if lot in moved:
                yield find(
                    FindingCode.HELD_AFTER_MOVE, "medium", (("moved_at", moved[lot]),),
                    Bound((("held_since", speaker.occurred_at),)), speaker, lots=(lot,),
                    about=(("site", speaker.party.id),),
                )  # fmt: skip

    def record(self, event: Hold, speaker: Speaker, layer: Layer) -> None:
        """Use nothing up: what a hold rests on may be the slip that another statement cites."""


class ReleaseKind(Kind[Release]):
    """Ends one hold, for the lots that are listed."""

    schema = Release

    def check(self, event: Release, speaker: Speaker, ground: Ground) -> None:
        """Demand a hold that stands, of who may end it.

        Raises:
            RefusedError: ``unknown-lot``, ``unknown-hold`` (none, or released by now),
                ``not-entitled`` (another than who set it; for a certifier's, no certifier).
        """
        for name in filter(ground.looks_at, event.lots):
            lot = check_lot(name, ground.lots)
            if _is_shown(event, lot, ground):
                _check_release(event, lot, speaker)

    def apply(self, event: Release, speaker: Speaker, layer: Layer, supply: Supply) -> None:
        """End the hold; that it stood is kept."""
        for lot in _lots(event.lots, layer):
            holds = tuple(
                hold._replace(until=speaker.occurred_at) if hold.statement == event.hold and not hold.until else hold
                for hold in lot.holds
            )
            layer.effects.lots[lot.id] = lot._replace(holds=holds)

    def record(self, event: Release, speaker: Speaker, layer: Layer) -> None:
        """Use nothing up, as for a hold."""


def _is_shown(event: Release, lot: Lot, ground: Ground) -> bool:
    """Say whether the hold would be seen: a part of the ledger lacks that of a batch that came in again as the lot."""
    if ground.layer.scope is None or any(hold.statement == event.hold for hold in lot.holds):
        return True
    logged = ground.book.history.logged_of(event.hold)
    return logged is not None and lot.id in logged.event.named_lots()


def _check_release(event: Release, lot: Lot, speaker: Speaker) -> None:
    mark = next((hold for hold in lot.holds if hold.statement == event.hold and not hold.until), None)
    if mark is None:
        raise RefusedError(RefusalCode.UNKNOWN_HOLD, lot=lot.id, hold=event.hold, collides_with=lot.id)
    if mark.by_certifier and "certifier" not in speaker.party.roles:
        raise RefusedError(
            RefusalCode.NOT_ENTITLED, "release_as_certifier", issuer=mark.issuer, lot=lot.id, party=speaker.party.id,
            collides_with=lot.id,
        )  # fmt: skip
    if not mark.by_certifier and mark.issuer != speaker.party.id:
        raise RefusedError(
            RefusalCode.NOT_ENTITLED, "release", issuer=mark.issuer, lot=lot.id, party=speaker.party.id,
            collides_with=lot.id,
        )  # fmt: skip


def _lots(names: Iterable[LotId], layer: Layer) -> Iterator[Lot]:
    for name in names:
        lot = layer.book.lots.get(name)
        if lot is not None and layer.knows(name):
            yield lot


HOLD = HoldKind()
RELEASE = ReleaseKind()
