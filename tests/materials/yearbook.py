"""The year of a site, reported from a court: what the store would look up, from dictionaries."""

from __future__ import annotations

from typing import Any

from ledger.materials.answers.year.domestic import Domestic
from ledger.materials.answers.year.flows import Stock, restated
from ledger.materials.answers.year.report import year_report
from ledger.materials.plausibility.site.findings import Site, as_it_stands
from ledger.materials.state.book import LoggedEvent
from schemas.ids import PartyId
from schemas.intake import Intake
from schemas.versions import VERSION_1
from tests.world.folding import Fold

DAY = "2026-01-%02dT06:00:00Z"
OLD = "2025-11-%02dT06:00:00Z"
"""A time on a day of a January that is reported on, and of the November before."""


def year_of(fold: Fold, year: int = 2026, site: str = "MUN") -> dict[str, Any]:
    """Return the report on a site's year."""
    runs = [run for run in fold.runs.values() if run.issuer == site]
    stock = Stock(fold.lots, restated(fold.postings_of(PartyId(site)), runs))
    return year_report(site_of(fold, site), year, stock, domestic_of(fold), fold.index)


def domestic_of(fold: Fold) -> Domestic:
    """Return what was recycled in India from waste of India."""
    said = [row.event for name in fold.parties for row in site_of(fold, name).said]
    batches = {event.lot: event for event in said if isinstance(event, Intake)}
    return Domestic("IN", fold.runs.values(), batches, {party.id: party.country for party in fold.parties.values()})


def class_row(report: dict[str, Any], kind: str) -> dict[str, Any]:
    """Return the figures of a chemistry class."""
    (found,) = [row for row in report["classes"] if row["class"] == kind]
    return dict(found)


def verdict(part: dict[str, Any], kind: str, of: str, since: str = "") -> dict[str, Any]:
    """Return the first verdict of a kind on a metal or class, from a day on."""
    found = [row for row in part["verdicts"] if (row["kind"], row["of"]) == (kind, of) and row["from"] >= since]
    return dict(found[0])


def site_of(fold: Fold, name: str) -> Site:
    """Return a site with all that it said."""
    logged_events: list[LoggedEvent] = [
        logged for logged in fold.past.logged_events(fold.past.indexes()) if logged.issuer == name
    ]
    return Site(
        fold.parties[PartyId(name)], as_it_stands(logged_events), fold.runs.get, fold.lots.__contains__, VERSION_1
    )
