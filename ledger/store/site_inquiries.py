"""Questions about a site over time: balances, findings, years, credits, agreements."""

from __future__ import annotations

from typing import Any

from ledger.admission.closing import lots_root
from ledger.materials.balances import balance_of, balance_report
from ledger.materials.credits import credits_report
from ledger.materials.offtake import agreement_report
from ledger.materials.plausibility.sites import Site, as_it_stands, find_in_site
from ledger.materials.recovery import year_report
from ledger.materials.trade import Trade, standing, standing_rows
from ledger.store.inquiries import SnapshotArchive
from ledger.store.snapshot import Snapshot
from schemas.agreements import Agreement
from schemas.correction import Correction
from schemas.errors import NotFoundError
from schemas.findings import Finding
from schemas.handover import Dispatch
from schemas.intake import Intake
from schemas.transformation import Transformation


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
    return agreement_report(terms, deed.event, trades, snapshot.size, snapshot.time or "")


def _trade(snapshot: Snapshot, park: str) -> Trade | None:
    party = snapshot.party(park)
    if party is None:
        return None
    said = snapshot.history.said_by(park)
    deeds = standing(said)
    runs = {deed.event.run for deed in deeds if isinstance(deed.event, Transformation)}
    sent = {line.lot for deed in deeds if isinstance(deed.event, Dispatch) for line in deed.event.lots}
    made = {output.lot for deed in deeds if isinstance(deed.event, Transformation) for output in deed.event.outputs}
    naming = snapshot.history.deeds(snapshot.history.naming(sent))
    lots = {lot.id: lot for lot in snapshot.lots(sent | made)}
    known = {deed.statement for deed in (*said, *naming) if not isinstance(deed.event, Correction)}
    rows = standing_rows(snapshot.postings_of(park), lots, known, park, SnapshotArchive(snapshot), snapshot.size)
    return Trade(party, deeds, {run.id: run for run in snapshot.runs(runs)}, lots, standing(naming), rows)


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
