"""What may stand in place of a wrong statement.

Plan:

1. It is of the same kind and id.
2. The lots that it names were there when the statement was made.
3. Whoever says it might have said it then: its kind's own ``check``, on the ground of the
   statement's place.

Invariant: nothing is refused for what came later, and nothing becomes possible by a
correction that was not possible by the statement itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import NamedTuple

from ledger.materials.corrections.refold import refold
from ledger.materials.history.closure import gather
from ledger.materials.moves.preconditions import check_lot
from ledger.materials.registry import correctable_kind_of
from ledger.materials.state.book import LoggedEvent, Lookup, Speaker
from ledger.materials.state.ground import Ground
from ledger.materials.state.layer import Layer
from ledger.materials.state.memory_book import MaterialMemory
from ledger.materials.state.records import Lot, Shipment
from schemas.catalogue.refusals import RefusalCode
from schemas.correction import Correctable
from schemas.events import MaterialEvent
from schemas.findings import Finding
from schemas.ids import LotId, ShipmentId
from schemas.party import as_of
from schemas.refusal import RefusedError

Found = Callable[[], Iterable[Finding]]
"""Returns what is odd about a replacement where it is folded in its place."""


class Wrong(NamedTuple):
    """A statement that is corrected: its entry, and every version of it so far, the one that stands last."""

    logged: LoggedEvent
    versions: tuple[Correctable | None, ...]

    @property
    def standing(self) -> Correctable | None:
        """What the statement says now, ``None`` where it counts no more."""
        return self.versions[-1]

    @property
    def named(self) -> set[LotId]:
        """The lots that any version names."""
        return {lot for version in self.versions if version is not None for lot in version.named_lots()}

    @property
    def created(self) -> set[LotId]:
        """The lots that any version creates."""
        return {lot for version in self.versions if version is not None for lot in version.created_lots()}


class InPlace(Ground):
    """The ground of a replacement: the place of the statement that it corrects.

    What an earlier version said was seen then, and is not looked at again; a lot that no
    version named is looked at as it stood just before the statement. What was taken stands.
    """

    def __init__(self, said: Correctable, wrong: Wrong, before: int, layer: Layer, found: Found) -> None:
        """Stand on the place of a statement.

        Args:
            said: the replacement.
            wrong: what it replaces.
            before: the index of the correction.
            layer: the state before the correction; what the wrong version used up is free in it.
            found: what is odd about the replacement in its place.
        """
        super().__init__(layer)
        self._wrong = wrong
        self._before = before
        self._found = found
        # A run and a lot may have the same id, so that one must not be asked for the other.
        self._own = frozenset(wrong.logged.event.identity())
        self._made = frozenset(wrong.created)
        brought = set(said.named_lots()).difference(said.created_lots(), wrong.named)
        self._brought = frozenset(filter(layer.knows, brought))

    @property
    def lots(self) -> Lookup[LotId, Lot]:
        """Lots that are brought in as they stood just before the statement, others as they stand."""
        return _Lots(self._stood.lots if self._brought else {}, self._brought, self.book.lots)

    @property
    def shipments(self) -> Lookup[ShipmentId, Shipment]:
        """Shipments as they stood just before the statement, of the lots that are brought in."""
        return self._stood.shipments

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
        """Say whether an earlier version of the statement made a lot."""
        return lot in self._made

    def is_dated_anew(self, event: MaterialEvent) -> bool:
        """Say whether another time was said before, or nothing stands."""
        was, at = self._wrong.standing, self._wrong.logged.occurred_at
        return was is None or event.moved_at(at) != was.moved_at(at)

    def findings(self) -> Iterable[Finding]:
        """Return what is odd about the replacement where it is folded in its place."""
        return self._found()

    @cached_property
    def _stood(self) -> MaterialMemory:
        closure = gather(sorted(self._brought), self.book.history, self._before, within=self.layer.scope)
        return refold(closure, self.book, self._before, self._wrong.logged.index).book


class _Lots(NamedTuple):
    """Two lookups as one: ``brought`` lots are looked up among those that ``stood``."""

    stood: Lookup[LotId, Lot]
    brought: frozenset[LotId]
    now: Lookup[LotId, Lot]

    def get(self, name: LotId, /) -> Lot | None:
        """Return a lot."""
        return self.stood.get(name) if name in self.brought else self.now.get(name)


def check_replacement(said: Correctable, wrong: Wrong, speaker: Speaker, layer: Layer, found: Found) -> None:
    """Demand that a replacement could have been said in place of the wrong statement.

    Args:
        said: the replacement.
        wrong: what it replaces.
        speaker: who corrects, at the entry of the correction.
        layer: the state before the correction, in which the wrong version's documents are free.
        found: what is odd about the replacement where it is folded in its place.

    Raises:
        RefusedError: ``replacement-differs``, ``unknown-lot``, and what the statement
            itself would have met.
    """
    logged = wrong.logged
    _check_identity(said, wrong)
    created = frozenset(said.created_lots())
    for name in said.named_lots():
        # Of lots outside the closure nothing is known here.
        if name in created or not layer.knows(name):
            continue
        if check_lot(name, layer.book.lots).created >= logged.index:
            raise RefusedError(RefusalCode.UNKNOWN_LOT, "later", lot=name, collides_with=name)
    then = Speaker(as_of(speaker.party, logged.index), logged.occurred_at, logged.index, logged.statement, logged.rules)
    correctable_kind_of(said).check(said, then, InPlace(said, wrong, speaker.index, layer, found))


def _check_identity(said: Correctable, wrong: Wrong) -> None:
    original = wrong.logged.event
    if said.type != original.type or said.identity() != original.identity():
        raise RefusedError(
            RefusalCode.REPLACEMENT_DIFFERS, identity=" ".join((original.type, *original.identity())),
            given=" ".join((said.type, *said.identity())), collides_with=wrong.logged.statement,
        )  # fmt: skip
