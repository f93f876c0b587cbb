"""Statements: handed in, one or many, and read back."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from api.deps import Desk, DeskDep, StatementId
from api.examples import SUBMISSION, line_examples
from api.problems import WRONG_MEDIA_TYPE, Json, RequestError, respond
from api.request_bodies import read_body, spool_body
from api.responses import PROBLEMS, Receipt, StatementAnswer
from api.taking import answer_lines, answer_of, outcome_of
from ledger.journal.answers import Taken
from ledger.log.proofs import format_proof
from ledger.submission import read_submission
from schemas.encoding import encode_base64
from schemas.errors import LedgerError, NotFoundError
from schemas.strict_json import dump_json

router = APIRouter(tags=["statements"])

JSON: Final = "application/json"
JSON_LINES: Final = ("application/jsonl", "application/x-ndjson")

_SUBMISSION: Final = {"$ref": "#/components/schemas/SubmissionBody"}
_BODY: Final[dict[str, Any]] = {
    "required": True,
    "description": "One statement as JSON, or any number as JSON Lines (at most 64 MiB).",
    "content": {
        JSON: {"schema": _SUBMISSION, "example": SUBMISSION},
        JSON_LINES[0]: {
            "itemSchema": _SUBMISSION,
            "example": dump_json(SUBMISSION).decode() + "\n",
        },
    },
}
_LINES: Final[dict[str, Any]] = {
    "description": "Already there: the receipt again. For JSON Lines: one answer a line, in order.",
    "content": {JSON_LINES[0]: {"example": line_examples()}},
}


@router.post(
    "/v1/statements",
    status_code=201,
    summary="Hand in statements",
    openapi_extra={"requestBody": _BODY},
    responses={
        201: {"model": Receipt, "description": "Taken: entry and checkpoint are durable."},
        200: {"model": Receipt, **_LINES},
        409: PROBLEMS[409],
        413: PROBLEMS[413],
        415: PROBLEMS[415],
        422: PROBLEMS[422],
        503: PROBLEMS[503],
    },
)
async def submit_statements(
    request: Request, desk: DeskDep, on_refusal: Annotated[Literal["proceed", "stop"], Query()] = "proceed"
) -> Response:
    """Take a signed statement with its event, or JSON Lines of them (`application/jsonl`).

    Lines are judged and answered in order, each as a single statement would be, with its
    `line` and `status`. With `on_refusal=stop`, nothing is taken after the first line that
    is refused; the lines after it are answered `{"status":"not-judged"}`.
    A statement that is there already gets its receipt again.
    """
    # The only `async def` that works: a body can be limited while it comes in only here.
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == JSON:
        return await _submit_one(request, desk)
    if kind not in JSON_LINES:
        taken = ", ".join((JSON, *JSON_LINES))
        raise RequestError(WRONG_MEDIA_TYPE, f"expected a Content-Type among {taken}, got {kind[:80] or 'none'}")
    body = await spool_body(request)
    answers = answer_lines(body, desk.home, desk.tally, stops=on_refusal == "stop")
    return StreamingResponse(answers, media_type=JSON_LINES[0])


@router.get(
    "/v1/statements/{id}",
    summary="Read a statement",
    responses={200: {"model": StatementAnswer}, 404: PROBLEMS[404]},
)
def get_statement(id: StatementId, desk: DeskDep) -> Response:  # noqa: A002 - the name in the contract
    """Return a statement's envelope and event as they were received, with a fresh proof."""
    with desk.home.store.reading() as snapshot:
        index = snapshot.index_of(id)
        if index is None:
            raise NotFoundError("statement", id)
        entry = snapshot.entry(index)
        event = snapshot.event(index)
        proof = format_proof(index, snapshot.path(index), snapshot.checkpoint())
    # An entry is the envelope's JSON, byte for byte: it is quoted, not read and written anew.
    rest = dump_json({"event": encode_base64(event), "index": index, "proof": proof})
    return Json(b'{"id":"%b","envelope":%b,%b' % (id.encode(), entry, rest[1:]))


async def _submit_one(request: Request, desk: Desk) -> Response:
    try:
        raw = await read_body(request)
        waiting = await run_in_threadpool(lambda: desk.home.journal.enqueue(read_submission(raw)))
        # Awaited, not blocked on: a hundred senders share one commit without a thread each.
        # Shielded: a sender that hangs up must not cancel what the journal is writing.
        outcome: Taken | LedgerError = outcome_of(await asyncio.shield(asyncio.wrap_future(waiting)))
    except LedgerError as error:
        outcome = error
    # A proof is read from the database, so not on this thread.
    status, members = await run_in_threadpool(answer_of, outcome, desk.tally)
    return Json(members, status) if status < HTTPStatus.BAD_REQUEST else respond(members)
