"""Errors as RFC 9457 problem documents: the one table from error class to status.

Invariants:

* Every class of the error tree stands in :data:`STATUSES`; a test walks the tree.
* ``type`` is a URN that never changes and ends in ``code``; ``title`` is fixed per type;
  ``detail`` is for people.
* Nothing of a 5xx error's text goes out: it may name paths or the database.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any, Final, NamedTuple

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from api.headers import SAFE_HEADERS
from schemas.catalogue.refusals import RefusalCode
from schemas.errors import (
    BadSignatureError,
    ClockError,
    KeyFileError,
    LedgerError,
    LedgerStateError,
    MalformedError,
    NewerVersionError,
    NotFoundError,
    ProofError,
    QueueFullError,
    RolledBackError,
    TransportError,
)
from schemas.refusal import RefusedError
from schemas.strict_json import dump_json

_LOG = logging.getLogger("battery_ledger")

MEDIA_TYPE = "application/problem+json"
URN = "urn:battery-ledger:problem:"
RETRY_AFTER_S = "1"


class Kind(NamedTuple):
    """The status, stable code and title of a kind of problem."""

    status: int
    code: str
    title: str


STATUSES: dict[type[LedgerError], Kind] = {
    LedgerError: Kind(500, "internal", "The server failed"),
    MalformedError: Kind(422, RefusalCode.MALFORMED.value, "The request cannot be read as what it claims to be"),
    # The code of a refusal is its own; it stands in section 7 of the contract.
    RefusedError: Kind(409, "refused", "The rules of the ledger refuse the statement"),
    BadSignatureError: Kind(409, RefusalCode.BAD_SIGNATURE.value, "A signature does not verify"),
    NotFoundError: Kind(404, "not-found", "The ledger holds no such record"),
    QueueFullError: Kind(503, "queue-full", "The write queue is full; nothing was taken, try again"),
    ProofError: Kind(500, "unverifiable", "The ledger cannot prove its own answer"),
    KeyFileError: Kind(500, "key-file", "A key of the server cannot be read"),
    LedgerStateError: Kind(500, "stopped", "The ledger cannot go on as it stands"),
    RolledBackError: Kind(500, "rolled-back", "The database is behind its published checkpoint"),
    ClockError: Kind(500, "clock", "The clock went back; the ledger has stopped"),
    NewerVersionError: Kind(500, RefusalCode.NEWER_VERSION, "The ledger goes by rules of a newer version"),
    TransportError: Kind(502, "transport", "Another ledger could not be reached"),
}
_HTTP_CODES = {
    400: "bad-request",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    415: "unsupported-media-type",
}


class RequestError(Exception):
    """A fault of a request that the ledger itself has no word for."""

    def __init__(self, kind: Kind, detail: str) -> None:
        """Keep the kind apart from the sentence."""
        super().__init__(detail)
        self.kind = kind
        self.detail = detail


BAD_GTIN = Kind(400, "bad-gtin", "The GTIN is not valid")
TOO_LARGE = Kind(413, "too-large", "The request body is too large")
WRONG_MEDIA_TYPE = Kind(415, "unsupported-media-type", "The request body is of a media type that is not taken")
BUSY = Kind(503, "busy", "The server does as many of these as it may at once, try again")
NOT_READY = Kind(503, "not-ready", "The ledger cannot take or answer anything yet")


class Json(Response):
    """JSON as this house writes it: compact, UTF-8, in the order given."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:  # noqa: ANN401
        """Return the bytes of the answer."""
        return content if isinstance(content, bytes) else dump_json(content)


def problem(kind: Kind, detail: str, **extra: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the members of a problem document."""
    # A text may quote a lone surrogate of the request, which UTF-8 cannot carry.
    clean = detail.encode("utf-8", "backslashreplace").decode("utf-8")
    return {
        "type": URN + kind.code,
        "title": kind.title,
        "status": kind.status,
        "detail": clean,
        "code": kind.code,
        **extra,
    }


def problem_of(error: LedgerError) -> dict[str, Any]:
    """Return the problem document of an error of the ledger."""
    kind = STATUSES[type(error)]
    if isinstance(error, RefusedError):
        extra: dict[str, Any] = {"findings": [_refusal(error)]}
        if error.head is not None:
            extra["head"] = {"sequence": error.head[0], "id": error.head[1]}
        return problem(kind._replace(code=str(error.code)), error.message, **extra)
    if isinstance(error, MalformedError):
        found = problem(kind, str(error))
        return {**found, "findings": [{"code": kind.code, "message": found["detail"], "collides_with": None}]}
    if kind.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        if not isinstance(error, QueueFullError):
            # The sender learns nothing of the inside; the operator must.
            _LOG.error("%s", error)
        return problem(kind, f"{kind.title}.")
    return problem(kind, str(error))


def respond(members: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    """Return a problem document as a response."""
    status = members["status"]
    extra = {"Retry-After": RETRY_AFTER_S} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    return Json(members, status, {**extra, **(headers or {})}, MEDIA_TYPE)


def install_handlers(app: FastAPI) -> None:
    """Let every error leave the application as a problem document."""
    app.add_exception_handler(LedgerError, _ledger_error)
    app.add_exception_handler(RequestError, _request_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Exception, _unexpected_error)


def _refusal(error: RefusedError) -> dict[str, Any]:
    """Return a refusal as data: the sentence is for people, case and figures for programs."""
    return {
        "code": str(error.code),
        "message": error.message,
        "collides_with": error.collides_with,
        "case": error.case,
        "figures": dict(error.figures),
    }


async def _ledger_error(_request: Request, error: Exception) -> Response:
    return respond(problem_of(error if isinstance(error, LedgerError) else LedgerError()))


async def _request_error(_request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestError):
        return await _unexpected_error(_request, error)
    return respond(problem(error.kind, error.detail))


async def _validation_error(_request: Request, error: Exception) -> Response:
    faults = error.errors() if isinstance(error, RequestValidationError) else []
    if any(fault["loc"][0] == "path" for fault in faults):
        # An id that no record can have names nothing; that is all the asker needs to know.
        return respond(
            problem(STATUSES[NotFoundError], "expected an id as this ledger gives them, found a different text")
        )
    said = "; ".join(f"{fault['loc'][-1]}: {_query_fault(fault)}" for fault in faults)
    return respond(problem(STATUSES[MalformedError], said or "expected another request"))


_SHAPES: Final = {
    "period": "a month, quarter, year or range such as 2026-01, 2026-Q1, 2026 or 2026-01..2026-05",
    "month": "a month such as 2026-01",
    "year": "a year from 2000 to 2099",
    "at": "a tree size, a whole number from 1",
    "limit": "a whole number from 1 to 1000",
    "min_share": "a fraction from 0 to 1 such as 0.001",
    "sha256": "64 hexadecimal digits in lower case",
    "supplier": "64 hexadecimal digits in lower case",
}
"""What the parameters of questions look like, in words."""


def _query_fault(fault: dict[str, Any]) -> str:
    """Say what a parameter should be, and what it is."""
    expected = _SHAPES.get(str(fault["loc"][-1]), "an id or a text as this interface describes it")
    if fault["type"] == "missing":
        return f"expected {expected}, got none"
    return f"expected {expected}, got {str(fault.get('input'))[:40]!r}"


async def _http_error(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    phrase = HTTPStatus(status).phrase
    return respond(problem(Kind(status, _HTTP_CODES.get(status, "http"), phrase), f"{phrase}."), headers)


async def _gone(_request: Request, _error: Exception) -> Response:
    # Nobody reads this; without it every sender that hangs up would be logged as our failure.
    return Response(status_code=400)


async def _unexpected_error(_request: Request, _error: Exception) -> Response:
    kind = STATUSES[LedgerError]
    # This answer is made outside of all middleware.
    return respond(problem(kind, f"{kind.title}."), dict(SAFE_HEADERS))
