"""Recall: what a lot, a run, a document, a file or a supplier reached."""

from __future__ import annotations

from typing import Any, NamedTuple

from ledger.materials.answers.recall.recall import recall, without_traces
from ledger.materials.answers.recall.report import recall_report
from ledger.materials.answers.recall.search import Found, Sought, corrections_of, find
from ledger.materials.answers.recall.shares import Seeds
from ledger.materials.history.closure import Closure, gather
from ledger.questions.lots import require_lot
from ledger.questions.standing import standing_together
from ledger.store.snapshot import Snapshot
from schemas.codes import DOCUMENT_KINDS
from schemas.errors import MalformedError, NotFoundError
from schemas.fraction import format_fraction
from schemas.ids import LotId, RunId


class Wanted(NamedTuple):
    """What a recall begins at: one of a lot, a run, a document, a file and a supplier's digest.

    A document is meant by its number; ``issuer`` and ``kind`` distinguish those that share one.
    """

    lot: LotId | None = None
    run: RunId | None = None
    document: str | None = None
    sha256: str | None = None
    supplier: str | None = None
    issuer: str | None = None
    kind: str | None = None

    def check(self) -> Wanted:
        """Return it, if it can be asked for so.

        Raises:
            MalformedError: otherwise.
        """
        given = [name for name in ("lot", "run", "document", "sha256", "supplier") if getattr(self, name) is not None]
        if len(given) != 1:
            raise MalformedError(
                "expected one of lot, run, document, sha256 and supplier to recall, "
                f"got {' and '.join(given) or 'none of them'}"
            )
        if self.document is None and not (self.issuer is None and self.kind is None):
            raise MalformedError(f"expected an issuer or a kind beside a document only, got one beside a {given[0]}")
        if self.kind is not None and self.kind not in DOCUMENT_KINDS:
            raise MalformedError(f"expected one of the kinds {', '.join(DOCUMENT_KINDS)}, got {self.kind[:40]!r}")
        return self


def recall_answer(snapshot: Snapshot, wanted: Wanted, min_share: int | None = None) -> dict[str, Any]:
    """Return every lot and recipient that something reached.

    With ``min_share``, in parts per billion, lots of which less is reached are left out with their
    shipments; the answer then names that share and counts them. ``standing`` says how the lots
    stand at which it begins.

    Raises:
        MalformedError: if it does not say what one thing is recalled.
        NotFoundError: if nothing of the ledger is meant by it.
    """
    wanted.check()
    if wanted.lot is not None or wanted.run is not None:
        lots = _lots_of(snapshot, wanted)
        found = Found(Seeds(lots), lots, ())
        closure = gather(lots, snapshot.history, snapshot.size, onward=True)
    else:
        found, closure = _cited(snapshot, wanted)
    recalled = recall(found.seeds, closure, snapshot, snapshot.size)
    begins = snapshot.lots.many(found.seeds.lots).values()
    standing = {"standing": standing_together(snapshot, begins)}
    if min_share is None:
        return recall_report(recalled, found.matches, snapshot.size) | standing
    kept = without_traces(recalled, min_share)
    left_out = {"lots": len(recalled.lots) - len(kept.lots), "shipments": len(recalled.sent) - len(kept.sent)}
    report = recall_report(kept, found.matches, snapshot.size)
    return {**report, "min_share": format_fraction(min_share), "left_out": left_out, **standing}


def _lots_of(snapshot: Snapshot, wanted: Wanted) -> tuple[LotId, ...]:
    if wanted.lot is not None:
        return (require_lot(snapshot, wanted.lot).id,)
    run = snapshot.runs.get(wanted.run) if wanted.run is not None else None
    if run is None:
        raise NotFoundError("run", wanted.run or "")
    if run.outputs:
        return tuple(made.lot for made in run.outputs)
    # It did not occur, as a correction says; what was labelled as its outputs may be somewhere all the same.
    logged = snapshot.history.logged_of(run.statement)
    return logged.event.created_lots() if logged is not None else ()


def _cited(snapshot: Snapshot, wanted: Wanted) -> tuple[Found, Closure]:
    """Return what rests on a document, a file or a supplier, with its closure."""
    sought = Sought(wanted.document, wanted.sha256, wanted.supplier, wanted.issuer, wanted.kind)
    history = snapshot.history
    logged_events = history.logged_events(snapshot.entries_naming(sought.text)) if sought.text else []
    # Which versions stand is known from the closure of all that any version names.
    begins = find(sought, logged_events, history.logged_of).lots
    closure = gather(begins, history, snapshot.size, onward=True)
    found = find(sought, logged_events, history.logged_of, corrections_of(closure.logged_events.values()))
    if not found.lots:
        raise NotFoundError("document, file or supplier", sought.text)
    return found, closure
