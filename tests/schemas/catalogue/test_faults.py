"""Every fault of a file stands in the catalogue, and is found by something."""

from __future__ import annotations

import ast
from pathlib import Path

from ledger.files.report import fault_of
from schemas.catalogue.faults import FAULTS, FaultCode
from schemas.catalogue.refusals import RefusalCode
from schemas.errors import MalformedError
from schemas.refusal import RefusedError

ROOT = Path(__file__).resolve().parents[3]


def _nodes() -> list[ast.AST]:
    paths = [path for room in ("files", "verify") for path in sorted((ROOT / "ledger" / room).rglob("*.py"))]
    return [node for path in paths for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]


def test_every_code_is_described_and_given_by_something() -> None:
    """A code that nothing gives is a promise that nothing keeps."""
    assert set(FAULTS) == set(FaultCode)
    given = {
        node.attr
        for node in _nodes()
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "FaultCode"
    }
    assert given == set(FaultCode.__members__)


def test_no_code_of_a_fault_stands_as_a_literal() -> None:
    """Formats and verifier name the member."""
    codes = {code.value for code in FaultCode}
    assert [node.value for node in _nodes() if isinstance(node, ast.Constant) and node.value in codes] == []


def test_no_fault_has_the_code_of_a_refusal() -> None:
    """One code means one thing."""
    assert {code.value for code in FaultCode} & {code.value for code in RefusalCode} == set()


def test_a_refusal_is_a_fault_with_its_figures() -> None:
    """And what cannot be read is malformed, or not the event that was signed."""
    refused = RefusedError(RefusalCode.LOT_EXISTS, lot="MUN-B-1", collides_with="MUN-B-1")
    assert fault_of(refused, 7).as_dict() == {
        "code": "lot-exists",
        "message": "expected a new lot id, got MUN-B-1, which is used",
        "entry": 7,
        "case": "",
        "figures": {"lot": "MUN-B-1"},
    }
    assert fault_of(MalformedError("it is")).code == "malformed"
    assert fault_of(MalformedError("it is", "event")).code == "event-mismatch"
    assert fault_of(refused, code=FaultCode.NO_GENESIS)[:3] == ("no-genesis", str(refused), None)
