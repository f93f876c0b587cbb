"""The tree over a site's open lots, whose root a period close signs."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.log.merkle import leaf_hash, root_of
from ledger.materials.events.period_close import lot_leaf
from ledger.materials.state.records import Lot


def tree_root(leaves: Iterable[bytes]) -> str:
    """Return the RFC 6962 root over leaves in order, as hex."""
    return root_of(leaf_hash(leaf) for leaf in leaves).hex()


def lots_root(lots: Iterable[Lot]) -> str:
    """Return the RFC 6962 root over open lots by id, as hex."""
    return tree_root(map(lot_leaf, lots))
