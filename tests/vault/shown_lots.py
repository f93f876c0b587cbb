"""Every lot of a ledger as its bundle shows it."""

from __future__ import annotations

from typing import Any

from ledger.admission.book import MemoryBook
from ledger.files.bundle_1 import BUNDLE_1
from ledger.materials.answers.provenance import follow, trace
from ledger.materials.standing import on_record, standing_of
from ledger.materials.state.records import Lot
from ledger.store.snapshot import Snapshot


def shown_lots(ledger: Snapshot | MemoryBook) -> dict[str, dict[str, Any]]:
    """Return the member ``lot`` of the bundle of each lot, by its id."""
    return {lot.id: _shown(lot, ledger) for lot in ledger.lots.many(_names(ledger)).values()}


def _names(ledger: Snapshot | MemoryBook) -> list[Any]:
    return [name for name, _ in ledger.lots.by_key()]


def _shown(lot: Lot, ledger: Snapshot | MemoryBook) -> dict[str, Any]:
    ancestry = trace(lot, ledger)
    standing = standing_of(ancestry, follow(ancestry), on_record(ancestry, ledger), ledger.rules)
    return BUNDLE_1.spell_lot(lot, ledger.rules, ledger.size) | {"standing": BUNDLE_1.spell_standing(standing)}
