"""What may stand in place of a wrong statement.

Plan:

1. It is of the same kind and id; runs of one piece may change places.
2. The lots that it names were there when the statement was made.
3. Whoever says it might have said it then: its kind's own ``check``, on the ground of the
   statement's place, where the other replacements of its piece stand.

Invariant: nothing is refused for what came later, and nothing becomes possible by a
correction that was not possible by the statement itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from ledger.materials.corrections.piece import Piece, Wrong
from ledger.materials.moves.preconditions import check_lot
from ledger.materials.registry import correctable_kind_of
from ledger.materials.state.book import Lookup, Speaker
from ledger.materials.state.ground import Ground
from ledger.materials.state.records import Lot, Shipment
from schemas.catalogue.refusals import RefusalCode
from schemas.correction import Correctable
from schemas.events import MaterialEvent
from schemas.findings import Finding
from schemas.ids import LotId, ShipmentId
from schemas.party import Party, as_of
from schemas.refusal import RefusedError

Found = Callable[[], Iterable[Finding]]
"""Returns what is odd about a replacement where it is folded in its place."""


class InPlace(Ground):
    """The ground of a replacement: the place of the statement that it corrects.

    What an earlier version said was seen then, and is not looked at again; a lot that no
    version named is looked at as it stood just before the statement. What was taken stands.
    """

    def __init__(self, wrong: Wrong, piece: Piece, found: Found) -> None:
        """Stand on the place of a statement.

        Args:
            wrong: the statement, with its replacement.
            piece: all that is put right together with it.
            found: what is odd about the replacement in its place.
        """
        super().__init__(piece.layer)
        self._wrong = wrong
        self._piece = piece
        self._found = found
        # A run and a lot may have the same id, so that one must not be asked for the other.
        self._own = frozenset(wrong.identity_now)
        self._brought = frozenset(filter(piece.layer.knows, wrong.brought))

    @property
    def lots(self) -> Lookup[LotId, Lot]:
        """Lots that are brought in as they stood just before the statement, others as they stand."""
        return _Lots(self._piece.stood_before(self._wrong).lots if self._brought else {}, self._brought, self.book.lots)

    @property
    def shipments(self) -> Lookup[ShipmentId, Shipment]:
        """Shipments as they stood just before the statement, of the lots that are brought in."""
        return self._piece.stood_before(self._wrong).shipments

    @property
    def takings_stand(self) -> bool:
        """What a replacement takes or draws too much of is found or undone, as for any statement that was made."""
        return True

    def looks_at(self, lot: LotId) -> bool:
        """Say whether no earlier version named a lot."""
        return lot in self._brought

    def is_own(self, record: str) -> bool:
        """Say whether an earlier version of the statement has this id."""
        return record in self._own

    def made(self, lot: LotId) -> bool:
        """Say whether an earlier version of a statement of the piece made a lot."""
        return lot in self._piece.made

    def is_dated_anew(self, event: MaterialEvent) -> bool:
        """Say whether another time was said before, or nothing stands."""
        wrong = self._wrong
        return wrong.standing is None or event.moved_at(wrong.at) != wrong.moved_at

    def findings(self) -> Iterable[Finding]:
        """Return what is odd about the replacement where it is folded in its place."""
        return self._found()


class _Lots(NamedTuple):
    """Two lookups as one: ``brought`` lots are looked up among those that ``stood``."""

    stood: Lookup[LotId, Lot]
    brought: frozenset[LotId]
    now: Lookup[LotId, Lot]

    def get(self, name: LotId, /) -> Lot | None:
        """Return a lot."""
        return self.stood.get(name) if name in self.brought else self.now.get(name)


def check_names(wrong: Wrong, piece: Piece) -> None:
    """Demand that a replacement speaks of what its statement spoke of, and of lots that were there then.

    It is asked of all replacements of a piece before any of them is folded.

    Args:
        wrong: the statement, with its replacement.
        piece: all that is put right together with it.

    Raises:
        RefusedError: ``replacement-differs``, ``unknown-lot``, ``lot-exists`` of a lot that another
            replacement of the piece makes.
    """
    said, layer = wrong.said, piece.layer
    if said is None:
        return
    _check_identity(said, wrong, piece)
    created = frozenset(said.created_lots())
    for name in said.named_lots():
        if name in created:
            if piece.made_at[name] != wrong.logged.index:
                raise RefusedError(RefusalCode.LOT_EXISTS, lot=name, collides_with=name)
            continue
        # Of lots outside the closure nothing is known here.
        if not layer.knows(name):
            continue
        if _made_later(name, wrong, piece):
            raise RefusedError(RefusalCode.UNKNOWN_LOT, "later", lot=name, collides_with=name)


def _made_later(name: LotId, wrong: Wrong, piece: Piece) -> bool:
    """Say whether a lot was made after the statement; a batch whose paper came late was there all the same."""
    made_at = piece.made_at.get(name)
    lot = piece.layer.book.lots.get(name)
    if made_at is None:
        made_at = check_lot(name, piece.layer.book.lots).created
    is_run = wrong.said is not None and bool(wrong.said.named_runs())
    return made_at >= wrong.logged.index and not (is_run and lot is not None and lot.run is None)


def check_replacement(wrong: Wrong, piece: Piece, party: Party, found: Found) -> None:
    """Demand that a replacement could have been said in place of the wrong statement.

    Args:
        wrong: the statement, with its replacement, whose names were checked.
        piece: all that is put right together with it; all of it stands.
        party: who corrects.
        found: what is odd about the replacement where it is folded in its place.

    Raises:
        RefusedError: what the statement itself would have met.
    """
    said, logged = wrong.said, wrong.logged
    if said is None:
        return
    then = Speaker(as_of(party, logged.index), wrong.at, logged.index, logged.statement, logged.rules)
    correctable_kind_of(said).check(said, then, InPlace(wrong, piece, found))


def _check_identity(said: Correctable, wrong: Wrong, piece: Piece) -> None:
    is_own = said.identity() == wrong.identity or (bool(said.named_runs()) and piece.exchanges_runs)
    if said.ref not in (None, wrong.logged.event.ref):
        raise RefusedError(
            RefusalCode.REPLACEMENT_DIFFERS, "ref", ref=said.ref, own=wrong.logged.event.ref or "none",
            collides_with=wrong.logged.statement,
        )  # fmt: skip
    if said.type != wrong.logged.event.type or not is_own:
        raise RefusedError(
            RefusalCode.REPLACEMENT_DIFFERS, identity=" ".join((wrong.logged.event.type, *wrong.identity)),
            given=" ".join((said.type, *said.identity())), collides_with=wrong.logged.statement,
        )  # fmt: skip
