"""Errors as problem documents."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api import problems
from api.responses import Problem
from schemas.catalogue.refusals import RefusalCode
from schemas.errors import LedgerError, LedgerStateError, MalformedError
from schemas.refusal import RefusedError
from tests.api.plant import Plant


def family(error: type[LedgerError]) -> Iterator[type[LedgerError]]:
    """Yield a class of errors and all below it."""
    yield error
    for child in error.__subclasses__():
        yield from family(child)


def test_every_error_of_the_ledger_has_a_status() -> None:
    """The table names every class of the error tree, and no other."""
    assert set(family(LedgerError)) == set(problems.STATUSES)


def test_types_are_kept_apart() -> None:
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
    error = RefusedError(
        RefusalCode.INSUFFICIENT_MASS, lot="MUN-B-1", left_mg=2_500_000, taken_mg=3_000_000, collides_with="MUN-B-1"
    )
    members = problems.problem_of(error)
    said = "expected at most the 2.5 kg that are left of MUN-B-1, got 3 kg"
    assert (members["type"], members["detail"]) == ("urn:battery-ledger:problem:insufficient-mass", said)
    assert members["findings"] == [
        {
            "code": "insufficient-mass",
            "message": said,
            "collides_with": "MUN-B-1",
            "case": "",
            "figures": {"lot": "MUN-B-1", "left_mg": 2_500_000, "taken_mg": 3_000_000},
        }
    ]
    assert "head" not in members


def test_a_refusal_of_another_ledger_is_handed_on_in_its_own_words() -> None:
    """A code that this program does not know breaks nothing."""
    members = problems.problem_of(RefusedError.as_received("newer-code", "it is new"))
    assert members["findings"] == [
        {"code": "newer-code", "message": "it is new", "collides_with": None, "case": "", "figures": {}}
    ]


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
