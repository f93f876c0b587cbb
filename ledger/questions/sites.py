"""Questions about a site over time: findings, years, credits, agreements."""

from __future__ import annotations

from typing import Any

from ledger.materials.answers.offtake.park_record import Trade, standing, standing_rows
from ledger.materials.answers.offtake.report import agreement_report
from ledger.materials.answers.year.flows import Stock, restated
from ledger.materials.answers.year.report import year_report
from ledger.materials.plausibility.site.findings import Site, find_in_site
from ledger.materials.plausibility.site.reading import read_site
from ledger.materials.state.credit_account import credits_report
from ledger.questions.rules import domestic_behind
from ledger.store.snapshot import Snapshot
from schemas.agreements import Agreement
from schemas.errors import NotFoundError
from schemas.findings import Finding
from schemas.ids import AgreementId, PartyId


def site_findings(snapshot: Snapshot, name: PartyId) -> list[Finding]:
    """Return what is odd about a site over time, computed anew from all that it said.

    Raises:
        NotFoundError: if there is no such participant.
    """
    return find_in_site(_site(snapshot, name))


def year_answer(snapshot: Snapshot, name: PartyId, year: int) -> dict[str, Any]:
    """Return a site's year for the law: efficiency and recovery of what it treated, shares of what it made.

    Raises:
        NotFoundError: if there is no such participant.
    """
    site = _site(snapshot, name)
    events = [event for _, event in site.transformations()]
    lots = snapshot.lots.many(sorted({lot for event in events for lot in event.named_lots()}))
    runs = [run for event in events if (run := site.run(event.run)) is not None]
    stock = Stock(lots, restated(snapshot.postings_of(name), runs))
    # Of what was recycled abroad nothing is domestic, so that its past need not be read.
    domestic = domestic_behind(snapshot, lots.values() if site.party.country == "IN" else ())
    return year_report(site, year, stock, domestic, snapshot.size)


def credits_answer(snapshot: Snapshot, name: PartyId, month: str) -> dict[str, Any]:
    """Return the mass-balance accounts of a site in a month: what may be drawn, and the rolling average.

    Raises:
        NotFoundError: if there is no such participant.
    """
    if snapshot.parties.get(name) is None:
        raise NotFoundError("participant", name)
    rows = credits_report(snapshot.account_of(name), month)
    return {"site": name, "month": month, "accounts": rows, "tree_size": snapshot.size}


def agreement_answer(snapshot: Snapshot, name: AgreementId) -> dict[str, Any]:
    """Return an agreement with what was produced and delivered under it.

    Raises:
        NotFoundError: if there is no such agreement.
    """
    terms = snapshot.agreements.get(name)
    logged = snapshot.history.logged_of(terms.statement) if terms is not None else None
    if terms is None or logged is None or not isinstance(logged.event, Agreement):
        raise NotFoundError("agreement", name)
    trades = [trade for park in logged.event.parks if (trade := _trade(snapshot, park)) is not None]
    return agreement_report(terms, logged.event, trades, snapshot.size, snapshot.time or "")


def _trade(snapshot: Snapshot, park: PartyId) -> Trade | None:
    party = snapshot.parties.get(park)
    if party is None:
        return None
    said = snapshot.history.said_by(park)
    logged_events = standing(said)
    runs = {run for logged in logged_events for run in logged.event.named_runs()}
    sent = {
        lot
        for logged in logged_events
        if logged.event.named_agreement() is not None
        for lot in logged.event.named_lots()
    }
    made = {lot for logged in logged_events if logged.event.named_runs() for lot in logged.event.created_lots()}
    naming = snapshot.history.logged_events(snapshot.history.naming(sent))
    lots = snapshot.lots.many(sorted(sent | made))
    known = {logged.statement for logged in (*said, *naming) if not logged.event.corrects()}
    # An assay that came after a use posted differences too.
    known.difference_update(statement for lot in lots.values() for statement in lot.corrections)
    rows = standing_rows(snapshot.postings_of(park), lots, known, park, snapshot, size=snapshot.size)
    found = snapshot.runs.many(sorted(runs))
    return Trade(
        party=party,
        logged_events=logged_events,
        runs=found,
        lots=lots,
        words=standing(naming),
        rows=rows,
        rules=snapshot.rules,
    )


def _site(snapshot: Snapshot, name: PartyId) -> Site:
    party = snapshot.parties.get(name)
    if party is None:
        raise NotFoundError("participant", name)
    return read_site(party, snapshot.history.said_by(name), snapshot, snapshot.rules)
