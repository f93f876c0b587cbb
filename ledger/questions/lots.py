"""What is answered about a lot, now and as it was at an earlier tree size, in whole queries."""

from __future__ import annotations

from typing import Any

from ledger.materials.answers.as_of import Past, lot_at
from ledger.materials.answers.assays import assay_rows
from ledger.materials.answers.lot_report import lot_report
from ledger.materials.answers.provenance import Ancestry, provenance_report, trace
from ledger.materials.state.records import Lot
from ledger.questions.standing import standing_answer
from ledger.store.snapshot import Snapshot
from schemas.errors import MalformedError, NotFoundError
from schemas.ids import LotId


def require_lot(snapshot: Snapshot, name: LotId) -> Lot:
    """Return a lot as it stands.

    Raises:
        NotFoundError: if the ledger has none of that name.
    """
    lot = snapshot.lots.get(name)
    if lot is None:
        raise NotFoundError("lot", name)
    return lot


def lot_answer(snapshot: Snapshot, name: LotId, at: int | None = None) -> dict[str, Any]:
    """Return the answer about a lot, now or as it was at a tree size, with how it stands.

    Raises:
        NotFoundError: if the ledger has, or had, no such lot.
        MalformedError: for a size that the tree never had.
    """
    ancestry = ancestry_of(snapshot, name, at)
    if at is None:
        report = lot_report(ancestry.lot, snapshot.rules, snapshot.size)
    else:
        report = lot_report(ancestry.lot, snapshot.history.rules_at(at), at)
    return report | {"standing": standing_answer(snapshot, ancestry, at)}


def check_lot(snapshot: Snapshot, name: LotId, at: int | None) -> None:
    """Demand a lot that is there, or was at a tree size.

    Raises:
        NotFoundError: if the ledger has, or had, no such lot.
        MalformedError: for a size that the tree never had.
    """
    if at is None:
        require_lot(snapshot, name)
    else:
        _past(snapshot, name, at)


def ancestry_of(snapshot: Snapshot, name: LotId, at: int | None = None) -> Ancestry:
    """Return the ancestry of a lot, now or as it was at a tree size.

    Raises:
        NotFoundError: if the ledger has, or had, no such lot.
        MalformedError: for a size that the tree never had.
    """
    if at is None:
        return trace(require_lot(snapshot, name), snapshot)
    return _past(snapshot, name, at).ancestry()


def provenance_answer(snapshot: Snapshot, name: LotId, at: int | None = None) -> dict[str, Any]:
    """Return where a lot's metal came from (see :func:`ancestry_of`)."""
    return provenance_report(ancestry_of(snapshot, name, at), snapshot.size if at is None else at)


def check_size(snapshot: Snapshot, at: int) -> None:
    """Demand a size that the tree had.

    Raises:
        MalformedError: otherwise.
    """
    if not 1 <= at <= snapshot.size:
        raise MalformedError(f"expected a tree size from 1 to {snapshot.size}, got {at}", "at")


def _past(snapshot: Snapshot, name: LotId, at: int) -> Past:
    check_size(snapshot, at)
    past = lot_at(name, at, snapshot)
    if past is None:
        raise NotFoundError("lot", name)
    return past


def assays_answer(snapshot: Snapshot, name: LotId) -> dict[str, Any]:
    """Return the assays that name a lot, as they stand, each with who speaks: park, laboratory, certifier or holder.

    Raises:
        NotFoundError: if the ledger has no such lot.
    """
    lot = require_lot(snapshot, name)
    logged_events = snapshot.history.logged_events(snapshot.history.naming((name,)))
    rows = assay_rows(logged_events, lot, snapshot.parties.get)
    return {"lot": name, "assays": rows, "tree_size": snapshot.size}
