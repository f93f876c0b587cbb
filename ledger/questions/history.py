"""What was said of a lot, entry by entry: the ids that corrections, releases and attestations need."""

from __future__ import annotations

from typing import Any

from ledger.materials.state.book import Deed
from ledger.questions.lots import require_lot
from ledger.store.snapshot import Snapshot


def history_answer(snapshot: Snapshot, name: str) -> dict[str, Any]:
    """Return every entry that names a lot, oldest first, and which of them were corrected by which.

    Raises:
        NotFoundError: if the ledger has no such lot.
    """
    require_lot(snapshot, name)
    deeds = snapshot.history.deeds(snapshot.history.naming((name,)))
    corrected = {of: deed.statement for deed in deeds if (of := deed.event.corrects()) is not None}
    return {
        "lot": name,
        "entries": [_row(deed, corrected.get(deed.statement)) for deed in deeds],
        "tree_size": snapshot.size,
    }


def _row(deed: Deed, corrected_by: str | None) -> dict[str, Any]:
    row = {
        "index": deed.index, "type": deed.event.type, "issuer": deed.issuer, "occurred_at": deed.occurred_at,
        "statement": deed.statement,
    }  # fmt: skip
    if (corrected := deed.event.corrects()) is not None:
        row["corrects"] = corrected
    return row if corrected_by is None else {**row, "corrected_by": corrected_by}
