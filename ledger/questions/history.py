"""What was said of a lot, entry by entry: the ids that corrections, releases and attestations need."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from ledger.materials.state.book import LoggedEvent
from ledger.questions.lots import require_lot
from ledger.store.snapshot import Snapshot
from schemas.ids import LotId, StatementId


def history_answer(snapshot: Snapshot, name: LotId) -> dict[str, Any]:
    """Return every entry that names a lot, oldest first, and which of them were corrected by which.

    Raises:
        NotFoundError: if the ledger has no such lot.
    """
    require_lot(snapshot, name)
    logged_events = snapshot.history.logged_events(snapshot.history.naming((name,)))
    corrected = {of: logged.statement for logged in logged_events for of in logged.event.corrects()}
    known = {logged.statement for logged in logged_events}
    return {
        "lot": name,
        "entries": [
            _row(logged, corrected.get(logged.statement), _corrects(logged, name, known)) for logged in logged_events
        ],
        "tree_size": snapshot.size,
    }


def _corrects(logged: LoggedEvent, lot: LotId, known: Container[StatementId]) -> list[StatementId]:
    """Return which statements about the lot an entry corrects; it may correct others in the same piece."""
    return [
        of
        for of, _, replacement, _ in logged.event.repairs()
        if of in known or (replacement is not None and lot in replacement.named_lots())
    ]


def _row(logged: LoggedEvent, corrected_by: str | None, corrects: list[StatementId]) -> dict[str, Any]:
    row: dict[str, Any] = {
        "index": logged.index, "type": logged.event.type, "issuer": logged.issuer, "occurred_at": logged.occurred_at,
        "statement": logged.statement,
    }  # fmt: skip
    if corrects:
        row["corrects"] = corrects
    return row if corrected_by is None else {**row, "corrected_by": corrected_by}
