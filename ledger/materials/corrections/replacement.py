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

from collections.abc import Container
from typing import NamedTuple

from ledger.materials.corrections.refold import refold
from ledger.materials.history.closure import gather
from ledger.materials.moves.preconditions import check_lot, check_new_lot, check_own_id
from ledger.materials.registry import correctable_kind_of
from ledger.materials.state.book import LoggedEvent, MaterialBook, Speaker
from schemas.catalogue.refusals import RefusalCode
from schemas.correction import Correctable
from schemas.ids import LotId
from schemas.party import as_of
from schemas.refusal import RefusedError


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


def check_replacement(
    said: Correctable, wrong: Wrong, speaker: Speaker, book: MaterialBook, within: Container[LotId] | None = None
) -> None:
    """Demand that a replacement could have been said in place of the wrong statement.

    Args:
        said: the replacement.
        wrong: what it replaces.
        speaker: who corrects, at the entry of the correction.
        book: the state before the correction.
        within: the only lots that are known, where a closure is folded in part.

    Raises:
        RefusedError: ``replacement-differs``, ``not-entitled``, ``lot-exists``,
            ``unknown-lot``, ``content-exceeds-net``, ``not-claimable``, ``net-gain``,
            ``gain-exceeds-tolerance``, ``time-order``, ``unknown-receiver``; and for lots
            that are brought in what the statement itself would have met.
    """
    _check_identity(said, wrong)
    logged = wrong.logged
    then = Speaker(as_of(speaker.party, logged.index), logged.occurred_at, logged.index, logged.statement, logged.rules)
    _check_created(said, wrong, then, book)
    kind = correctable_kind_of(said)
    kind.check_itself(said, wrong.standing, then, book)
    created, named = frozenset(said.created_lots()), wrong.named
    brought: list[LotId] = []
    for name in said.named_lots():
        # Of lots outside the closure nothing is known here.
        if name in created or (within is not None and name not in within):
            continue
        if check_lot(name, book.lots).created >= wrong.logged.index:
            raise RefusedError(RefusalCode.UNKNOWN_LOT, "later", lot=name, collides_with=name)
        if name not in named:
            brought.append(name)
    closure = gather(brought, book.history, speaker.index, within=within)
    stood = refold(closure, book, speaker.index, wrong.logged.index).book
    kind.check_brought(said, brought, then, stood.lots, book)


def _check_identity(said: Correctable, wrong: Wrong) -> None:
    original = wrong.logged.event
    if said.type != original.type or said.identity() != original.identity():
        raise RefusedError(
            RefusalCode.REPLACEMENT_DIFFERS, identity=" ".join((original.type, *original.identity())),
            given=" ".join((said.type, *said.identity())), collides_with=wrong.logged.statement,
        )  # fmt: skip


def _check_created(said: Correctable, wrong: Wrong, then: Speaker, book: MaterialBook) -> None:
    known = {lot for version in wrong.versions if version is not None for lot in version.created_lots()}
    for lot in said.created_lots():
        check_own_id(lot, "lot", then.party)
        if lot not in known:
            check_new_lot(lot, book)
