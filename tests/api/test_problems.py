"""Errors as problem documents."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api import problems
from api.responses import Problem
from schemas.errors import LedgerError, LedgerStateError, MalformedError, RefusedError
from tests.api.plant import Plant


def family(error: type[LedgerError]) -> Iterator[type[LedgerError]]:
    """Yield a class of errors and all below it."""
    yield error
    for child in error.__subclasses__():
        yield from family(child)


def test_every_error_of_the_ledger_has_a_status() -> None:
    """The table names every class of the error tree, and no other."""
    assert set(family(LedgerError)) == set(problems.STATUSES)


def test_types_are_told_apart() -> None:
    """No two classes of errors share a type."""
    codes = [kind.code for kind in problems.STATUSES.values()]
    assert len(set(codes)) == len(codes)


def test_a_failure_of_the_server_says_nothing_of_its_inside() -> None:
    """What a 5xx error says in the log does not go out."""
    for error, kind in problems.STATUSES.items():
        if kind.status >= 500:
            raised = Exception.__new__(error)
            raised.args = ("/home/operator/ledger.db",)
            members = problems.problem_of(raised)
            assert "ledger.db" not in str(members)


def test_a_refusal_keeps_its_own_code() -> None:
    """Type and finding of a refusal carry the code of the contract."""
    members = problems.problem_of(RefusedError("lot-held", "it is held", collides_with="MUN-B-1"))
    assert members["type"] == "urn:battery-ledger:problem:lot-held"
    assert members["findings"] == [{"code": "lot-held", "message": "it is held", "collides_with": "MUN-B-1"}]
    assert "head" not in members


def test_a_text_that_utf8_cannot_carry_is_still_said() -> None:
    """A lone surrogate in a message does not break the answer."""
    answer = problems.respond(problems.problem_of(MalformedError("got '\ud800'")))
    assert b"ud800" in bytes(answer.body)


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not-found"),
        ("GET", "/v1/lots/", 404, "not-found"),
        ("DELETE", "/v1/lots", 405, "method-not-allowed"),
        ("GET", "/v1/statements", 405, "method-not-allowed"),
        ("GET", "/v1/lots?limit=many", 422, "malformed"),
        ("GET", "/v1/lots?after=%F0%9F%92%A9", 422, "malformed"),
    ],
)
def test_faults_of_a_request_are_problem_documents(
    reader: TestClient, method: str, path: str, status: int, code: str
) -> None:
    """Also what the framework finds is answered as RFC 9457 asks, with a stable type."""
    answer = reader.request(method, path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    problem = Problem.model_validate(answer.json())
    assert (problem.type, problem.status) == (f"urn:battery-ledger:problem:{code}", status)
    assert status != 405 or answer.headers["allow"]


@pytest.mark.parametrize("error", [RuntimeError("secret"), LedgerStateError("secret")])
def test_a_fault_of_our_own_leaks_nothing(
    plant: Plant, client: TestClient, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """A 500 is a problem document without message or stack trace, with the usual headers."""

    def fail() -> None:
        raise error

    monkeypatch.setattr(plant.home.store, "reading", fail)
    answer = client.get("/v1/lots")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
