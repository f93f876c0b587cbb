"""Questions that take more than one look: the past, balances, recalls, agreements.

Each is answered from one snapshot, in whole queries; interfaces only translate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ledger.admission.closing import lots_root
from ledger.materials.balances import balance_of, balance_report
from ledger.materials.book import Deed, History
from ledger.materials.credits import credits_report
from ledger.materials.marks import CLAIMABLE
from ledger.materials.offtake import Trade, agreement_report, handed_over, last_words, standing_deeds
from ledger.materials.past import Past, lot_at
from ledger.materials.plausibility.sites import Site, as_it_stands, find_in_site
from ledger.materials.provenance import Ancestry, provenance_report, trace
from ledger.materials.recall import Known, recall, recall_report
from ledger.materials.records import Lot
from ledger.materials.recovery import year_report
from ledger.materials.reports import lot_report
from ledger.materials.rulesets.data import rule_sets
from ledger.materials.rulesets.verdicts import class_of, judge_domestic, judge_lot
from ledger.materials.story import created_lots, gather
from ledger.store.snapshot import Snapshot
from schemas.agreements import Agreement
from schemas.errors import MalformedError, NotFoundError
from schemas.events import named_lots
from schemas.findings import Finding
from schemas.handover import Dispatch
from schemas.intake import Intake
from schemas.party import Party
from schemas.transformation import Transformation


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


class _Archive:
    """The entries of a snapshot and its parties."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.history: History = snapshot.history
        self.parties = _Parties(snapshot)


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


def _past(snapshot: Snapshot, name: str, at: int) -> Past:
    if not 1 <= at <= snapshot.size:
        raise MalformedError(f"expected a tree size from 1 to {snapshot.size}, got {at}", "at")
    past = lot_at(name, at, _Archive(snapshot))
    if past is None:
        raise NotFoundError("lot", name)
    return past


def balance_answer(snapshot: Snapshot, site: str, period: str) -> dict[str, Any]:
    """Return the balance of a site and month, with what a ``period_close`` of it signs.

    Raises:
        NotFoundError: if there is no such participant.
    """
    if snapshot.party(site) is None:
        raise NotFoundError("participant", site)
    lots = snapshot.stock_of(site)
    balance = balance_of(site, period, snapshot.postings_of(site), lots)
    return {**balance_report(balance, snapshot.size), "lots_root": lots_root(lots)}


def site_findings(snapshot: Snapshot, name: str) -> list[Finding]:
    """Return what is odd about a site over time, computed anew from all that it said.

    Raises:
        NotFoundError: if there is no such participant.
    """
    return find_in_site(_site(snapshot, name))


def year_answer(snapshot: Snapshot, name: str, year: int) -> dict[str, Any]:
    """Return a site's year for the law: recycling efficiency and recovery of materials.

    Raises:
        NotFoundError: if there is no such participant.
    """
    site = _site(snapshot, name)
    made = {output.lot for _, event in site.transformations() for output in event.outputs}
    chemistries = {lot.id: lot.chemistry for lot in snapshot.lots(made)}
    return year_report(site, year, chemistries, snapshot.size)


def rules_answer(snapshot: Snapshot, name: str, day: str | None = None) -> dict[str, Any]:
    """Return what a lot's recycled shares are worth under the rule sets, on a day and later.

    Without a day, that of the newest checkpoint.

    Raises:
        NotFoundError: if the ledger has no such lot.
    """
    lot = require_lot(snapshot, name)
    day = day or (snapshot.time or "2000-01-01")[:10]
    maker = snapshot.party(lot.recovered_by or lot.park)
    waste = sum(sum(split[:CLAIMABLE]) for split in lot.mix.values())
    domestic = waste if maker is not None and maker.country == "IN" else 0
    verdicts = judge_lot(lot.mix, day)
    verdicts += judge_domestic(domestic, lot.dry_or_net, class_of(lot.chemistry, lot.material), day)
    return {
        "lot": lot.id,
        "day": day,
        "custody": lot.custody,
        "verdicts": [verdict.as_json() for verdict in verdicts],
        "rule_sets": rule_sets(),
        "tree_size": snapshot.size,
    }


def credits_answer(snapshot: Snapshot, name: str, month: str) -> dict[str, Any]:
    """Return the mass-balance accounts of a site in a month: what may be drawn, and the rolling average.

    Raises:
        NotFoundError: if there is no such participant.
    """
    if snapshot.party(name) is None:
        raise NotFoundError("participant", name)
    rows = [credits_report(account, material, month) for material, account in snapshot.accounts_of(name).items()]
    return {"site": name, "month": month, "accounts": rows, "tree_size": snapshot.size}


def agreement_answer(snapshot: Snapshot, name: str) -> dict[str, Any]:
    """Return an agreement with what was produced and delivered under it.

    Raises:
        NotFoundError: if there is no such agreement.
    """
    terms = snapshot.agreement(name)
    deed = snapshot.history.deed_of(terms.statement) if terms is not None else None
    if terms is None or deed is None or not isinstance(deed.event, Agreement):
        raise NotFoundError("agreement", name)
    trades = [trade for park in deed.event.parks if (trade := _trade(snapshot, park)) is not None]
    return agreement_report(terms, deed.event, trades, snapshot.size)


def _trade(snapshot: Snapshot, park: str) -> Trade | None:
    party = snapshot.party(park)
    if party is None:
        return None
    deeds = standing_deeds(snapshot.history.said_by(park))
    runs = {deed.event.run for deed in deeds if isinstance(deed.event, Transformation)}
    sent = {line.lot for deed in deeds if isinstance(deed.event, Dispatch) for line in deed.event.lots}
    made = {output.lot for deed in deeds if isinstance(deed.event, Transformation) for output in deed.event.outputs}
    return Trade(
        party,
        deeds,
        {run.id: run for run in snapshot.runs(runs)},
        {lot.id: lot for lot in snapshot.lots(sent | made)},
        handed_over(snapshot.postings_of(park)),
        last_words(snapshot.history.deeds(snapshot.history.naming(sent))),
    )


def _site(snapshot: Snapshot, name: str) -> Site:
    party = snapshot.party(name)
    if party is None:
        raise NotFoundError("participant", name)
    said = as_it_stands(snapshot.history.said_by(name))
    runs = {
        run.id: run for run in snapshot.runs({row.event.run for row in said if isinstance(row.event, Transformation)})
    }
    numbers = {document.number for _, event in said if isinstance(event, Intake) for document in event.documents}
    lots = {lot.id for lot in snapshot.lots(numbers)}
    return Site(party, said, runs.get, lots.__contains__)


def finding_row(snapshot: Snapshot, finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON, with the last word of a certifier on it, if there is one."""
    said = [word for word in snapshot.attested(finding.statement) if finding.code in word.codes]
    row = finding._asdict() | {"lots": list(finding.lots)}
    return row | {"attested": said[-1]._asdict() | {"codes": list(said[-1].codes)}} if said else row


class Wanted(NamedTuple):
    """What a recall begins at: any of a lot, a run, a document, a file or a supplier's digest."""

    lot: str | None = None
    run: str | None = None
    document: str | None = None
    sha256: str | None = None
    supplier: str | None = None


def recall_answer(snapshot: Snapshot, wanted: Wanted) -> dict[str, Any]:
    """Return every lot and recipient that something reached.

    Raises:
        NotFoundError: if nothing of the ledger is meant by it.
    """
    seeds = _seeds(snapshot, wanted)
    story = gather(seeds, snapshot.history, snapshot.size, onward=True)
    lots = {lot.id: lot for lot in snapshot.lots(story.reached)}
    runs = {run.id: run for run in snapshot.runs({lot.run for lot in lots.values() if lot.run})}
    deeds = {index: deed for index, deed in story.deeds.items() if not story.reached.isdisjoint(named_lots(deed.event))}
    return recall_report(recall(seeds, Known(lots, runs), deeds), snapshot.size)


def _seeds(snapshot: Snapshot, wanted: Wanted) -> list[str]:
    if wanted.lot is not None:
        return [require_lot(snapshot, wanted.lot).id]
    if wanted.run is not None:
        run = snapshot.run(wanted.run)
        if run is None:
            raise NotFoundError("run", wanted.run)
        return [made.lot for made in run.outputs]
    sought = wanted.document or wanted.sha256 or wanted.supplier or ""
    found = dict.fromkeys(lot for deed in _deeds_with(snapshot, sought) for lot in _lots_behind(deed, wanted))
    if not found:
        raise NotFoundError("document, file or supplier", sought)
    return list(found)


def _deeds_with(snapshot: Snapshot, text: str) -> Iterator[Deed]:
    """Yield the entries whose event holds a text, the whole ledger read once."""
    indexes = snapshot.entries_holding(text)
    yield from snapshot.history.deeds(indexes) if text else ()


def _lots_behind(deed: Deed, wanted: Wanted) -> Iterable[str]:
    """Return the lots that rest on what is wanted, as far as the entry says so itself."""
    event = deed.event
    said = getattr(event, "replacement", None) or event
    if wanted.supplier is not None:
        return (said.lot,) if isinstance(said, Intake) and said.supplier == wanted.supplier else ()
    documents = list(getattr(said, "documents", ()))
    documents += [document for line in getattr(said, "additions", ()) for document in line.documents]
    is_meant = any(
        document.number == wanted.document if wanted.document is not None else document.sha256 == wanted.sha256
        for document in documents
    )
    if not is_meant:
        return ()
    return created_lots(said) or named_lots(said)
