"""What was said of a lot, entry by entry: the ids that corrections, releases and attestations need."""

from __future__ import annotations

from typing import Any

from ledger.materials.state.book import LoggedEvent
from ledger.questions.lots import require_lot
from ledger.store.snapshot import Snapshot
from schemas.ids import LotId


def history_answer(snapshot: Snapshot, name: LotId) -> dict[str, Any]:
    """Return every entry that names a lot, oldest first, and which of them were corrected by which.

    Raises:
        NotFoundError: if the ledger has no such lot.
    """
    require_lot(snapshot, name)
    logged_events = snapshot.history.logged_events(snapshot.history.naming((name,)))
    corrected = {of: logged.statement for logged in logged_events if (of := logged.event.corrects()) is not None}
    return {
        "lot": name,
        "entries": [_row(logged, corrected.get(logged.statement)) for logged in logged_events],
        "tree_size": snapshot.size,
    }


def _row(logged: LoggedEvent, corrected_by: str | None) -> dict[str, Any]:
    row = {
        "index": logged.index, "type": logged.event.type, "issuer": logged.issuer, "occurred_at": logged.occurred_at,
        "statement": logged.statement,
    }  # fmt: skip
    if (corrected := logged.event.corrects()) is not None:
        row["corrects"] = corrected
    return row if corrected_by is None else {**row, "corrected_by": corrected_by}
