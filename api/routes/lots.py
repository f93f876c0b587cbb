"""Lots: what they are now, where they came from, what is odd, and the receipts."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response

from api.deps import LOT_PATTERN, NOW_ONLY, At, DeskDep, LotId
from api.finding_responses import FindingsAnswer
from api.problems import Json
from api.responses import PROBLEMS, HistoryAnswer, LotAnswer, LotsAnswer, ProofsAnswer, ProvenanceAnswer
from ledger.files.formats import FORMATS
from ledger.files.receipt import Receipt
from ledger.log.proofs import format_proof
from ledger.materials.answers.lot_report import lot_report
from ledger.materials.answers.provenance import provenance_report
from ledger.questions.findings import finding_rows
from ledger.questions.history import history_answer
from ledger.questions.lots import ancestry_of, check_lot, lot_answer, require_lot
from ledger.questions.refs import ref_answer

router = APIRouter(prefix="/v1/lots", tags=["lots"])


@router.get("", summary="List lots", dependencies=NOW_ONLY, responses={200: {"model": LotsAnswer}, 422: PROBLEMS[422]})
def list_lots(
    desk: DeskDep,
    after: Annotated[str | None, Query(pattern=LOT_PATTERN, description="The last lot of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    ref: Annotated[
        str | None,
        Query(min_length=1, max_length=64, description="The id of a record in its plant's own system"),
    ] = None,
) -> Response:
    """Return lots in the order of their ids; the `Link` header leads to the next page.

    Following the links passes every lot once, also while new ones come. With `ref`, the lots of the statements
    that have it, and those `statements`, each with its run or shipment.
    """
    if ref is not None:
        with desk.home.store.reading() as snapshot:
            return Json(ref_answer(snapshot, ref))
    with desk.home.store.reading() as snapshot:
        # One more than asked for says whether there is a next page.
        lots = snapshot.page_of_lots(after, limit + 1)
        size, rules = snapshot.size, snapshot.rules
    page = lots[:limit]
    headers = {}
    if len(lots) > limit:
        query = urlencode({"after": page[-1].id, "limit": limit})
        headers["Link"] = f'</v1/lots?{query}>; rel="next"'
    return Json({"lots": [lot_report(lot, rules, size) for lot in page], "tree_size": size}, headers=headers)


@router.get(
    "/{lot}", summary="Read a lot", responses={200: {"model": LotAnswer}, 404: PROBLEMS[404], 422: PROBLEMS[422]}
)
def get_lot(lot: LotId, desk: DeskDep, at: At) -> Response:
    """Return holder, status, what is left of it, its recycled share, and what may still be claimed.

    With `at`, all of it as the ledger answered when its tree had that size; with `as_of`, by the end of that day.
    """
    with desk.home.store.reading() as snapshot:
        return Json(lot_answer(snapshot, lot, at))


@router.get(
    "/{lot}/findings",
    summary="Read what is odd",
    responses={200: {"model": FindingsAnswer}, 404: PROBLEMS[404], 422: PROBLEMS[422]},
)
def get_findings(lot: LotId, desk: DeskDep, at: At) -> Response:
    """Return the findings on a lot: what was taken, but is odd.

    With `at`, as the ledger answered when its tree had that size; with `as_of`, by the end of that day.
    """
    with desk.home.store.reading() as snapshot:
        check_lot(snapshot, lot, at)
        found = finding_rows(snapshot, snapshot.findings(lot, at), at)
        return Json({"lot": lot, "findings": found, "tree_size": snapshot.size if at is None else at})


@router.get(
    "/{lot}/history",
    summary="List what was said of a lot",
    dependencies=NOW_ONLY,
    responses={200: {"model": HistoryAnswer}, 404: PROBLEMS[404], 422: PROBLEMS[422]},
)
def get_history(lot: LotId, desk: DeskDep) -> Response:
    """Return every statement that names the lot, with the ids by which corrections and releases name them."""
    with desk.home.store.reading() as snapshot:
        return Json(history_answer(snapshot, lot))


@router.get(
    "/{lot}/provenance",
    summary="Trace a lot",
    responses={200: {"model": ProvenanceAnswer}, 404: PROBLEMS[404], 422: PROBLEMS[422]},
)
def get_provenance(lot: LotId, desk: DeskDep, at: At) -> Response:
    """Return the sources of each metal with their shares, and the lots and runs on the way.

    With `at`, as the ledger answered when its tree had that size; with `as_of`, by the end of that day.
    """
    with desk.home.store.reading() as snapshot:
        ancestry = ancestry_of(snapshot, lot, at)
        size = snapshot.size if at is None else at
    # The arithmetic needs no database; its connection is free for others meanwhile.
    return Json(provenance_report(ancestry, size))


@router.get("/{lot}/proof", summary="Read the receipts", responses={200: {"model": ProofsAnswer}, 404: PROBLEMS[404]})
def get_proofs(lot: LotId, desk: DeskDep) -> Response:
    """Return a receipt for every statement that names the lot, all under one checkpoint."""
    with desk.home.store.reading() as snapshot:
        require_lot(snapshot, lot)
        note, members = snapshot.checkpoint(), FORMATS.receipts.newest.members
        entries = [
            members(Receipt(snapshot.statement_id(index), index, format_proof(index, snapshot.path(index), note)))
            for index in snapshot.mentions([lot])
        ]
        return Json({"lot": lot, "entries": entries, "tree_size": snapshot.size})
