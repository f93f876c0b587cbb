"""What may stand in place of a wrong statement.

Plan:

1. It is of the same kind and id.
2. It is possible in itself: masses, times, new ids.
3. Whoever says it might have said it then: each lot that it brings in is looked at as it
   stood just before the corrected statement, by the rules of the statement's own kind.

Invariant: nothing is refused for what came later, and nothing becomes possible by a
correction that was not possible by the statement itself.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import NamedTuple

from ledger.materials.claims.credit_drawing import check_draws_again
from ledger.materials.corrections.refold import refold
from ledger.materials.events.assay import check_assay
from ledger.materials.events.claim import check_line, check_origins
from ledger.materials.events.handover import check_received
from ledger.materials.events.run_rules import (
    check_additions,
    check_contained,
    check_entitled,
    check_net_gain,
    check_span,
)
from ledger.materials.history.closure import gather
from ledger.materials.moves.preconditions import check_available, check_content, check_lot, check_new_lot, check_own_id
from ledger.materials.state.book import Deed, Lookup, MaterialBook, Speaker
from ledger.materials.state.records import Lot
from schemas.assay import Assay
from schemas.catalogue.refusals import RefusalCode
from schemas.claims import Claim
from schemas.correction import Correctable
from schemas.handover import Acceptance, Dispatch
from schemas.intake import Intake
from schemas.party import as_of
from schemas.refusal import RefusedError
from schemas.stock import StockCount
from schemas.transformation import Transformation


class Wrong(NamedTuple):
    """A statement that is corrected: its entry, and every version of it so far, the one that stands last."""

    deed: Deed
    versions: tuple[Correctable | None, ...]

    @property
    def standing(self) -> Correctable | None:
        """What the statement says now, ``None`` where it counts no more."""
        return self.versions[-1]

    @property
    def named(self) -> set[str]:
        """The lots that any version names."""
        return {lot for version in self.versions if version is not None for lot in version.named_lots()}


def check_replacement(
    said: Correctable, wrong: Wrong, speaker: Speaker, book: MaterialBook, within: Container[str] | None = None
) -> None:
    """Demand that a replacement could have been said in place of the wrong statement.

    Args:
        said: the replacement.
        wrong: what it replaces.
        speaker: who corrects, at the entry of the correction.
        book: the state before the correction.
        within: the only lots that are known, where a story is told in part.

    Raises:
        RefusedError: ``replacement-differs``, ``not-entitled``, ``lot-exists``,
            ``unknown-lot``, ``content-exceeds-net``, ``not-claimable``, ``net-gain``,
            ``gain-exceeds-tolerance``, ``time-order``, ``unknown-receiver``; and for lots
            that are brought in what the statement itself would have met.
    """
    _check_identity(said, wrong)
    deed = wrong.deed
    then = Speaker(as_of(speaker.party, deed.index), deed.occurred_at, deed.index, deed.statement, deed.rules)
    _check_created(said, wrong, then, book)
    _check_itself(said, wrong, book)
    if isinstance(said, Dispatch):
        check_draws_again(said, then, book)
    brought: list[str] = []
    for name in said.named_lots():
        # Of lots outside the story that is told nothing is known here.
        if name in said.created_lots() or (within is not None and name not in within):
            continue
        if check_lot(name, book.lots).created >= wrong.deed.index:
            raise RefusedError(RefusalCode.UNKNOWN_LOT, "later", lot=name, collides_with=name)
        if name not in wrong.named:
            brought.append(name)
    if brought or isinstance(said, Assay):
        story = gather(brought, book.history, speaker.index, within=within)
        stood = refold(story, book, speaker.index, wrong.deed.index).book
        _check_brought(said, brought, then, stood.lots, book)


def _check_identity(said: Correctable, wrong: Wrong) -> None:
    original = wrong.deed.event
    if said.type != original.type or said.identity() != original.identity():
        raise RefusedError(
            RefusalCode.REPLACEMENT_DIFFERS, identity=" ".join((original.type, *original.identity())),
            given=" ".join((said.type, *said.identity())), collides_with=wrong.deed.statement,
        )  # fmt: skip


def _check_created(said: Correctable, wrong: Wrong, then: Speaker, book: MaterialBook) -> None:
    known = {lot for version in wrong.versions if version is not None for lot in version.created_lots()}
    for lot in said.created_lots():
        check_own_id(lot, "lot", then.party)
        if lot not in known:
            check_new_lot(lot, book)


def _check_itself(said: Correctable, wrong: Wrong, book: MaterialBook) -> None:
    """Demand what needs no other entry to be seen (step 2)."""
    if isinstance(said, Intake):
        check_content(said.lot, said.content_kg, said.net_kg, said.dry_kg)
    elif isinstance(said, Transformation):
        _check_run(said)
        _check_order(said, wrong, book)
    elif isinstance(said, Claim):
        check_origins(said)
    elif isinstance(said, Acceptance):
        for line in said.lots:
            check_received(line)
    elif isinstance(said, Dispatch) and said.to is not None and book.parties.get(said.to) is None:
        raise RefusedError(RefusalCode.UNKNOWN_RECEIVER, party=said.to)


def _check_run(said: Transformation) -> None:
    check_span(said)
    for output in said.outputs:
        check_content(output.lot, output.content_kg, output.net_kg, output.dry_kg)
    check_additions(said)
    check_net_gain(said)
    if not any(line.closes for line in said.inputs):
        # A lot that is closed may give more than its last weight says.
        check_contained(said)


def _check_order(said: Transformation, wrong: Wrong, book: MaterialBook) -> None:
    """Demand that a run which is told to end at another time ends after its inputs came in."""
    if isinstance(wrong.standing, Transformation) and said.ended_at == wrong.standing.ended_at:
        return
    for line in said.inputs:
        lot = book.lots.get(line.lot)
        if lot is not None and said.ended_at < lot.since:
            raise RefusedError(
                RefusalCode.TIME_ORDER, "before_input", lot=lot.id, since=lot.since, ended_at=said.ended_at,
                collides_with=lot.id,
            )  # fmt: skip


def _check_brought(
    said: Correctable, names: Iterable[str], then: Speaker, stood: Lookup[str, Lot], book: MaterialBook
) -> None:
    """Demand of lots that are brought in what the statement would have met then (step 3)."""
    if isinstance(said, Assay):
        check_assay(said, then, book, names, stood)
    for name in names:
        match said:
            case Transformation() | Dispatch() | StockCount():
                _check_available(name, said, stood.get(name), then)
            case Claim():
                line = next(line for line in said.lots if line.lot == name)
                check_line(said, line, check_lot(name, stood), then)
            case Acceptance():
                _check_shipped(name, said, book)
            case _:
                pass


def _check_available(name: str, said: Transformation | Dispatch | StockCount, lot: Lot | None, then: Speaker) -> None:
    if isinstance(said, Transformation):
        check_entitled(said, then.party)
        check_available(name, lot, then.party, said.started_at)
        return
    if isinstance(said, StockCount) and lot is not None:
        # A hold does not bar a count.
        lot = lot._replace(holds=())
    check_available(name, lot, then.party, then.occurred_at)


def _check_shipped(name: str, said: Acceptance, book: MaterialBook) -> None:
    shipment = book.shipments.get(said.shipment)
    if shipment is None or name not in shipment.lots:
        raise RefusedError(RefusalCode.NOT_IN_SHIPMENT, shipment=said.shipment, lot=name, collides_with=said.shipment)
