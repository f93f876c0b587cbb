"""Questions that take more than one look: the past, balances, recalls, agreements.

Each is answered from one snapshot, in whole queries; interfaces only translate.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from ledger.materials.answers.as_of import Past, lot_at
from ledger.materials.answers.assays import assay_rows
from ledger.materials.answers.lot import lot_report
from ledger.materials.answers.provenance import Ancestry, provenance_report, trace
from ledger.materials.answers.recall.recall import recall
from ledger.materials.answers.recall.report import recall_report
from ledger.materials.answers.recall.search import Found, Sought, corrections_of, find
from ledger.materials.answers.recall.shares import Seeds
from ledger.materials.answers.year.domestic import Domestic
from ledger.materials.answers.year.products import shares_report
from ledger.materials.history.closure import Story, gather, last_versions
from ledger.materials.mass.mix import content_of
from ledger.materials.rulesets.data import rule_sets
from ledger.materials.rulesets.verdicts import Verdict, class_of, judge_domestic
from ledger.materials.state.book import History
from ledger.materials.state.records import Lot, Run
from ledger.store.snapshot import Snapshot
from schemas.codes import DOCUMENT_KINDS
from schemas.errors import MalformedError, NotFoundError
from schemas.intake import Intake
from schemas.party import Party


class _Parties:
    """Parties of a snapshot, looked up when they are asked for."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._known: dict[str, Party | None] = {}

    def get(self, key: str, /) -> Party | None:
        """Return a party, or ``None``."""
        if key not in self._known:
            self._known[key] = self._snapshot.party(key)
        return self._known[key]


class _Accounts:
    """The mass-balance accounts of a snapshot, as a past asks for them."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.get = snapshot.account


class _Agreements:
    """Agreements of a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.get = snapshot.agreement


class SnapshotArchive:
    """The entries of a snapshot, its parties, accounts and agreements."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Read from ``snapshot``."""
        self.history: History = snapshot.history
        self.parties = _Parties(snapshot)
        self.accounts = _Accounts(snapshot)
        self.agreements = _Agreements(snapshot)


def require_lot(snapshot: Snapshot, name: str) -> Lot:
    """Return a lot as it stands.

    Raises:
        NotFoundError: if the ledger has none of that name.
    """
    lot = snapshot.lot(name)
    if lot is None:
        raise NotFoundError("lot", name)
    return lot


def lot_answer(snapshot: Snapshot, name: str, at: int | None = None) -> dict[str, Any]:
    """Return the answer about a lot, now or as it was at a tree size.

    Raises:
        NotFoundError: if the ledger has, or had, no such lot.
        MalformedError: for a size that the tree never had.
    """
    if at is None:
        return lot_report(require_lot(snapshot, name), snapshot.size)
    return lot_report(_past(snapshot, name, at).lot, at)


def ancestry_of(snapshot: Snapshot, name: str, at: int | None = None) -> Ancestry:
    """Return the ancestry of a lot, now or as it was at a tree size.

    Raises:
        NotFoundError: if the ledger has, or had, no such lot.
        MalformedError: for a size that the tree never had.
    """
    if at is None:
        return trace(require_lot(snapshot, name), snapshot.lots, snapshot.runs)
    return _past(snapshot, name, at).ancestry()


def provenance_answer(snapshot: Snapshot, name: str, at: int | None = None) -> dict[str, Any]:
    """Return where a lot's metal came from (see :func:`ancestry_of`)."""
    return provenance_report(ancestry_of(snapshot, name, at), snapshot.size if at is None else at)


def check_size(snapshot: Snapshot, at: int) -> None:
    """Demand a size that the tree had.

    Raises:
        MalformedError: otherwise.
    """
    if not 1 <= at <= snapshot.size:
        raise MalformedError(f"expected a tree size from 1 to {snapshot.size}, got {at}", "at")


def _past(snapshot: Snapshot, name: str, at: int) -> Past:
    check_size(snapshot, at)
    past = lot_at(name, at, SnapshotArchive(snapshot))
    if past is None:
        raise NotFoundError("lot", name)
    return past


def assays_answer(snapshot: Snapshot, name: str) -> dict[str, Any]:
    """Return the assays that name a lot, as they stand, each with who speaks: park, laboratory or holder.

    Raises:
        NotFoundError: if the ledger has no such lot.
    """
    lot = require_lot(snapshot, name)
    deeds = snapshot.history.deeds(snapshot.history.naming((name,)))
    rows = assay_rows(deeds, lot, snapshot.party)
    return {"lot": name, "assays": rows, "tree_size": snapshot.size}


def rules_answer(snapshot: Snapshot, name: str, day: str | None = None) -> dict[str, Any]:
    """Return what a lot's recycled shares are worth under the rule sets, on a day and later.

    Without a day, that of the newest checkpoint. A lot made under mass balance is judged on
    the credits drawn for it, as ``basis`` says; its physical share stands beside that.

    Raises:
        NotFoundError: if the ledger has no such lot.
    """
    lot = require_lot(snapshot, name)
    day = day or (snapshot.time or "2000-01-01")[:10]
    shares = shares_report(lot.mix, lot.credit, day)
    shares["verdicts"] += [verdict.as_json() for verdict in _domestic_verdicts(snapshot, lot, day)]
    return {
        "lot": lot.id,
        "day": day,
        "custody": lot.custody,
        **shares,
        "rule_sets": rule_sets(),
        "tree_size": snapshot.size,
    }


def _domestic_verdicts(snapshot: Snapshot, lot: Lot, day: str) -> list[Verdict]:
    """Judge the part of a lot's dry mass that is domestic, as its metals are; none where it holds no metal."""
    metal = sum(content_of(lot.mix).values())
    if not metal:
        return []
    domestic = domestic_behind(snapshot, (lot,))
    kinds = {class_of(batch.chemistry, batch.material) for batch in domestic.batches.values()}
    # What was pooled of several chemistries is still of the class that they share.
    kind = kinds.pop() if len(kinds) == 1 else class_of(lot.chemistry, lot.material)
    return judge_domestic(lot.dry_or_net * domestic.metal_in(lot) // metal, lot.dry_or_net, kind, day)


def domestic_behind(snapshot: Snapshot, lots: Iterable[Lot]) -> Domestic:
    """Return what was recycled in India from waste of India, of lots and of all that they came through."""
    known = {lot.id: lot for lot in lots}
    runs: dict[str, Run] = {}
    frontier = {lot.run for lot in known.values() if lot.run}
    while frontier:
        found = snapshot.runs(frontier)
        runs.update((run.id, run) for run in found)
        parents = snapshot.lots({taken.lot for run in found for taken in run.inputs} - known.keys())
        known.update((lot.id, lot) for lot in parents)
        frontier = {lot.run for lot in parents if lot.run} - runs.keys()
    entered = [lot.created for lot in known.values() if lot.run is None]
    versions = last_versions(snapshot.history.deeds(snapshot.history.naming(known)))
    events = (versions.get(deed.statement, deed.event) for deed in snapshot.history.deeds(entered))
    batches = {event.lot: event for event in events if isinstance(event, Intake)}
    return Domestic("IN", runs.values(), batches, {party.id: party.country for party in snapshot.parties()})


class Wanted(NamedTuple):
    """What a recall begins at: one of a lot, a run, a document, a file and a supplier's digest.

    A document is meant by its number; ``issuer`` and ``kind`` tell those apart that share one.
    """

    lot: str | None = None
    run: str | None = None
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


def recall_answer(snapshot: Snapshot, wanted: Wanted) -> dict[str, Any]:
    """Return every lot and recipient that something reached.

    Raises:
        MalformedError: if it does not say what one thing is recalled.
        NotFoundError: if nothing of the ledger is meant by it.
    """
    wanted.check()
    if wanted.lot is not None or wanted.run is not None:
        lots = _lots_of(snapshot, wanted)
        found = Found(Seeds(lots), lots, ())
        story = gather(lots, snapshot.history, snapshot.size, onward=True)
    else:
        found, story = _cited(snapshot, wanted)
    told = recall(found.seeds, story, SnapshotArchive(snapshot), snapshot.size)
    return recall_report(told, found.matches, snapshot.size)


def _lots_of(snapshot: Snapshot, wanted: Wanted) -> tuple[str, ...]:
    if wanted.lot is not None:
        return (require_lot(snapshot, wanted.lot).id,)
    run = snapshot.run(wanted.run or "")
    if run is None:
        raise NotFoundError("run", wanted.run or "")
    if run.outputs:
        return tuple(made.lot for made in run.outputs)
    # It did not occur, as a correction says; what was labelled as its outputs may be somewhere all the same.
    deed = snapshot.history.deed_of(run.statement)
    return deed.event.created_lots() if deed is not None else ()


def _cited(snapshot: Snapshot, wanted: Wanted) -> tuple[Found, Story]:
    """Return what rests on a document, a file or a supplier, with its story; the whole ledger is read once."""
    sought = Sought(wanted.document, wanted.sha256, wanted.supplier, wanted.issuer, wanted.kind)
    history = snapshot.history
    deeds = history.deeds(snapshot.entries_holding(sought.text)) if sought.text else []
    # Which versions stand is known from the story of all that any version names.
    begins = find(sought, deeds, history.deed_of).lots
    story = gather(begins, history, snapshot.size, onward=True)
    found = find(sought, deeds, history.deed_of, corrections_of(story.deeds.values()))
    if not found.lots:
        raise NotFoundError("document, file or supplier", sought.text)
    return found, story
