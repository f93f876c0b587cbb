"""Accounting: the balance of a site, recalls, agreements, and the rule sets in force."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response

from api.accounting_responses import (
    AgreementAnswer,
    AssaysAnswer,
    BalanceAnswer,
    CreditsAnswer,
    Movement,
    MovementsAnswer,
    RulesAnswer,
    YearAnswer,
)
from api.deps import LOT_PATTERN, NOW_ONLY, AgreementId, At, DeskDep, LotId, PartyId
from api.finding_responses import SiteFindingsAnswer
from api.problems import Json
from api.recall_responses import RecallAnswer
from api.responses import PROBLEMS
from ledger.questions.balances import Page, balance_answer, movements_answer
from ledger.questions.findings import finding_rows
from ledger.questions.lots import assays_answer
from ledger.questions.recall import Wanted, recall_answer
from ledger.questions.rules import rules_answer
from ledger.questions.sites import agreement_answer, credits_answer, site_findings, year_answer
from schemas import ids
from schemas.fraction import parse_fraction
from schemas.instants import parse_date
from schemas.strict_json import MAX_INTEGER

router = APIRouter(tags=["accounting"])

Period = Annotated[str, Query(description="A month, quarter, year or range: 2026-01, 2026-Q1, 2026, 2026-01..2026-05")]
Sha256Query = Annotated[str | None, Query(pattern=r"^[0-9a-f]{64}$")]


@router.get(
    "/v1/participants/{id}/balance",
    summary="Read a site's balance of a month or of several",
    responses={200: {"model": BalanceAnswer}, 404: PROBLEMS[404], 422: PROBLEMS[422], 503: PROBLEMS[503]},
)
def get_balance(
    id: PartyId,  # noqa: A002 - the name in the contract
    desk: DeskDep,
    period: Period,
    at: At,
) -> Response:
    """Return opening, movements and closing per metal and origin.

    `totals` and `lots_root` are what a `period_close` of that month would sign now. With `at`,
    the balance as it was answered when the tree had that size, with `as_of` by the end of that day,
    both without `lots_root`. Of several months: the opening of the first, the closing of the last, and neither hash.
    """
    with desk.inquiry() as snapshot:
        return Json(balance_answer(snapshot, id, period, at))


@router.get(
    "/v1/participants/{id}/balance/movements",
    summary="Read what a site's balance is made of",
    responses={200: {"model": MovementsAnswer}, 404: PROBLEMS[404], 422: PROBLEMS[422], 503: PROBLEMS[503]},
)
def get_movements(
    id: PartyId,  # noqa: A002 - the name in the contract
    desk: DeskDep,
    period: Period,
    at: At,
    kind: Annotated[Movement | None, Query(description="Only movements of this kind")] = None,
    after: Annotated[int, Query(ge=-1, le=MAX_INTEGER, description="The last entry of the page before")] = -1,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 1000,
) -> Response:
    """Return the movements of a month or of several, by entry; the `Link` header leads to the next page.

    The masses of a kind in a line add up to that figure of the balance. A page has about `limit` movements: all
    that an entry moved stands on one.
    """
    with desk.inquiry() as snapshot:
        found = movements_answer(snapshot, id, period, Page(after, limit, kind), at)
    headers = {}
    if found.next is not None:
        query = {"period": period, "after": found.next, "limit": limit, "kind": kind, "at": at}
        following = urlencode({name: value for name, value in query.items() if value is not None})
        headers["Link"] = f'</v1/participants/{id}/balance/movements?{following}>; rel="next"'
    return Json(found.report, headers=headers)


@router.get(
    "/v1/participants/{id}/credits",
    summary="Read a site's mass-balance accounts",
    dependencies=NOW_ONLY,
    responses={200: {"model": CreditsAnswer}, 404: PROBLEMS[404], 422: PROBLEMS[422], 503: PROBLEMS[503]},
)
def get_credits(
    id: PartyId,  # noqa: A002 - the name in the contract
    desk: DeskDep,
    month: Annotated[str, Query(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", examples=["2026-01"])],
) -> Response:
    """Return per material what may be drawn in a month, and the rolling average of three months."""
    with desk.inquiry() as snapshot:
        return Json(credits_answer(snapshot, id, month))


@router.get(
    "/v1/participants/{id}/findings",
    summary="Read what is odd about a site",
    dependencies=NOW_ONLY,
    responses={200: {"model": SiteFindingsAnswer}, 404: PROBLEMS[404], 503: PROBLEMS[503]},
)
def get_site_findings(id: PartyId, desk: DeskDep) -> Response:  # noqa: A002 - the name in the contract
    """Return what is odd about a site over time: capacity, overlaps, repetitions, spikes, campaigns.

    Computed anew from all that the site said, as its corrections left it.
    """
    with desk.inquiry() as snapshot:
        found = finding_rows(snapshot, site_findings(snapshot, id))
        return Json({"site": id, "findings": found, "tree_size": snapshot.size})


@router.get(
    "/v1/participants/{id}/rules",
    summary="Read a site's year by the rule sets",
    dependencies=NOW_ONLY,
    responses={200: {"model": YearAnswer}, 404: PROBLEMS[404], 422: PROBLEMS[422], 503: PROBLEMS[503]},
)
def get_year(
    id: PartyId,  # noqa: A002 - the name in the contract
    desk: DeskDep,
    year: Annotated[int, Query(ge=2000, le=2099, examples=[2026])],
) -> Response:
    """Return efficiency and recovery of a year, and the shares of its products: what passes, today and later."""
    with desk.inquiry() as snapshot:
        return Json(year_answer(snapshot, id, year))


@router.get(
    "/v1/lots/{lot}/assays",
    summary="Read the assays of a lot",
    dependencies=NOW_ONLY,
    responses={200: {"model": AssaysAnswer}, 404: PROBLEMS[404], 503: PROBLEMS[503]},
)
def get_assays(lot: LotId, desk: DeskDep) -> Response:
    """Return what analyses say of a lot, and whether its park, a laboratory, a certifier or its holder says it."""
    with desk.inquiry() as snapshot:
        return Json(assays_answer(snapshot, lot))


@router.get(
    "/v1/lots/{lot}/rules",
    summary="Read a lot's shares by the rule sets",
    dependencies=NOW_ONLY,
    responses={200: {"model": RulesAnswer}, 404: PROBLEMS[404], 422: PROBLEMS[422], 503: PROBLEMS[503]},
)
def get_rules(
    lot: LotId,
    desk: DeskDep,
    day: Annotated[str | None, Query(description="A date such as 2031-08-18")] = None,
) -> Response:
    """Return what passes and fails of a lot's recycled shares, by how much, on a day and at later dates.

    `duties` are rules without a minimum: what is to be declared. Under mass balance credits are judged.
    """
    with desk.inquiry() as snapshot:
        return Json(rules_answer(snapshot, lot, None if day is None else parse_date(day)))


@router.get(
    "/v1/agreements/{id}",
    summary="Read an agreement and what was delivered under it",
    dependencies=NOW_ONLY,
    responses={200: {"model": AgreementAnswer}, 404: PROBLEMS[404], 503: PROBLEMS[503]},
)
def get_agreement(id: AgreementId, desk: DeskDep) -> Response:  # noqa: A002 - like the others
    """Return produced, dispatched, accepted and disputed metal per year and park, against what was agreed."""
    with desk.inquiry() as snapshot:
        return Json(agreement_answer(snapshot, id))


@router.get(
    "/v1/recall",
    summary="Find all that something reached",
    dependencies=NOW_ONLY,
    responses={200: {"model": RecallAnswer}, 404: PROBLEMS[404], 422: PROBLEMS[422], 503: PROBLEMS[503]},
)
def get_recall(  # noqa: PLR0913 - one parameter for each thing to begin at
    desk: DeskDep,
    lot: Annotated[ids.LotId | None, Query(pattern=LOT_PATTERN)] = None,
    run: Annotated[ids.RunId | None, Query(pattern=LOT_PATTERN)] = None,
    document: Annotated[str | None, Query(min_length=1, max_length=1000, description="Its number")] = None,
    sha256: Sha256Query = None,
    supplier: Sha256Query = None,
    issuer: Annotated[str | None, Query(min_length=1, max_length=1000, description="Of the document")] = None,
    kind: Annotated[str | None, Query(description="Of the document")] = None,
    min_share: Annotated[str | None, Query(description="A fraction such as 0.001", examples=["0.001"])] = None,
) -> Response:
    """Return every lot and recipient that a lot, run, document, file or supplier reached; give one of them.

    `issuer` and `kind` distinguish documents that share a number. With `min_share`, lots of whose mass and
    metals less is reached are left out with their shipments; `left_out` counts them.
    """
    wanted = Wanted(
        lot=lot, run=run, document=document, sha256=sha256, supplier=supplier, issuer=issuer, kind=kind
    ).check()
    least = None if min_share is None else parse_fraction(min_share)
    with desk.inquiry() as snapshot:
        return Json(recall_answer(snapshot, wanted, least))
