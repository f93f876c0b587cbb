"""What a plant's own id of a record finds: its statement, with the lots, the run or the shipment of it."""

from __future__ import annotations

from typing import Any

from ledger.materials.answers.lot_report import lot_report
from ledger.materials.history.as_corrected import standing_event
from ledger.materials.state.book import LoggedEvent
from ledger.store.snapshot import Snapshot
from schemas.ids import LotId


def ref_answer(snapshot: Snapshot, ref: str) -> dict[str, Any]:
    """Return the statements that have a ref, each as it stands now, and their lots.

    The same ref may be of several: it is unique within its issuer and the type of event.
    """
    found = [standing_event(statement, snapshot) for statement in snapshot.statements_under(ref)]
    statements = [logged for logged in found if logged is not None]
    names = dict.fromkeys(lot for logged in statements for lot in _lots(logged))
    lots = snapshot.lots.many(names).values()
    return {
        "ref": ref,
        "statements": [_row(logged) for logged in statements],
        "lots": [lot_report(lot, snapshot.rules, snapshot.size) for lot in lots],
        "tree_size": snapshot.size,
    }


def _lots(logged: LoggedEvent) -> tuple[LotId, ...]:
    """Return the lots that a statement makes; where it makes none, those that it names."""
    return logged.event.created_lots() or logged.event.named_lots()


def _row(logged: LoggedEvent) -> dict[str, Any]:
    event = logged.event
    row: dict[str, Any] = {
        "statement": logged.statement, "issuer": logged.issuer, "type": event.type, "occurred_at": logged.occurred_at,
        "lots": list(_lots(logged)),
    }  # fmt: skip
    for name, ids in (("run", event.named_runs()), ("shipment", event.named_shipments())):
        if ids:
            row[name] = ids[0]
    return row
