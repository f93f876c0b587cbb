"""Documents: some back one statement only; the same file twice is odd (contract, section 7)."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.materials.state.book import Effects
from schemas.findings import Finding
from schemas.refusal import RefusedError
from tests.materials.yard import Yard, intake
from tests.world.events import addition, line, output, run

SLIP = {"kind": "weighbridge_slip", "issuer": "MUN", "number": "1", "date": "2026-01-05", "part": "1/2"}
FILE = "ab" * 32


@pytest.fixture
def yard() -> Yard:
    """``SLIP`` backs MUN-B-1."""
    yard = Yard()
    yard.intake("MUN-B-1", 10, documents=[SLIP])
    return yard


def _code(yard: Yard, *documents: dict[str, Any]) -> str:
    return yard.code("MUN", intake("MUN-B-2", 10, documents=list(documents)))


@pytest.mark.parametrize("kind", ["weighbridge_slip", "consignment_note", "hazardous_manifest", "movement_document"])
def test_a_once_only_document_backs_one_statement(kind: str) -> None:
    """The second citation is refused, also by another party."""
    yard = Yard()
    document = {"kind": kind, "issuer": "Board", "number": "7"}
    yard.intake("MUN-B-1", 10, documents=[document])
    assert yard.code("TEX", intake("TEX-B-1", 10, documents=[document])) == "duplicate-document"
    assert _code(yard, document) == "duplicate-document"


def test_the_same_document_twice_in_one_statement_is_refused(yard: Yard) -> None:
    """Also where the second stands at an addition."""
    new = {**SLIP, "number": "2"}
    assert _code(yard, new, new) == "duplicate-document"
    event = run("MUN-R-1", [line("MUN-B-1", 1)], [output("MUN-P-1", 1)], documents=[new])
    assert yard.code("MUN", {**event, "additions": [addition(1, documents=[new])]}) == "duplicate-document"
    assert yard.code("MUN", event) == "taken"


def test_documents_of_additions_are_used_up_too(yard: Yard) -> None:
    """A slip that backs an addition backs nothing else."""
    new = {**SLIP, "number": "2"}
    event = run("MUN-R-1", [line("MUN-B-1", 1)], [output("MUN-P-1", 1)], additions=[addition(1, documents=[new])])
    assert yard.code("MUN", event) == "taken"
    assert _code(yard, new) == "duplicate-document"


@pytest.mark.parametrize("member", ["issuer", "kind", "number", "date", "part"])
def test_another_issuer_kind_number_date_or_part_is_another_document(yard: Yard, member: str) -> None:
    """Five members name a document; one that differs makes it a new one."""
    value = {"kind": "consignment_note", "date": "2026-01-06"}.get(member, "other")
    assert _code(yard, {**SLIP, member: value}) == "taken"


@pytest.mark.parametrize("member", ["date", "part"])
def test_a_document_without_date_or_part_is_another_document(yard: Yard, member: str) -> None:
    """Absence is a value of its own."""
    assert _code(yard, {name: value for name, value in SLIP.items() if name != member}) == "taken"


def test_a_hash_does_not_make_another_document(yard: Yard) -> None:
    """The file is no part of a document's name."""
    assert _code(yard, {**SLIP, "sha256": FILE}) == "duplicate-document"


def test_other_kinds_repeat_freely(yard: Yard) -> None:
    """A permit is cited with every delivery."""
    permit = {"kind": "permit", "issuer": "Board", "number": "P"}
    assert _code(yard, permit, permit) == "taken"


def test_documents_of_a_refused_statement_do_not_count(yard: Yard) -> None:
    """The slip of a refused intake is still good for the next."""
    new = {**SLIP, "number": "2"}
    assert yard.code("MUN", intake("MUN-B-1", 10, documents=[new])) == "lot-exists"
    assert yard.code("MUN", intake("MUN-B-2", 10, documents=[new, SLIP])) == "duplicate-document"
    event = run("MUN-R-1", [line("MUN-B-1", 1)], [output("MUN-P-1", 9)], "packing", documents=[new])
    assert yard.code("MUN", event) == "net-gain"
    assert _code(yard, new) == "taken"


def test_the_collision_is_named_only_to_its_own_party(yard: Yard) -> None:
    """The park learns which statement used its slip; another park learns nothing of it."""
    with pytest.raises(RefusedError) as own:
        yard.say("MUN", intake("MUN-B-2", 10, documents=[SLIP]))
    with pytest.raises(RefusedError) as other:
        yard.say("TEX", intake("TEX-B-1", 10, documents=[SLIP]))
    assert own.value.collides_with == f"{0:064x}"
    assert other.value.collides_with is None
    assert own.value.collides_with not in str(other.value)


def test_the_same_file_in_two_places_is_found(yard: Yard) -> None:
    """It is taken with a finding on the lot: low for another part of the document, else medium."""
    first = {"kind": "permit", "issuer": "Board", "number": "P", "sha256": FILE}
    assert _cited(yard.intake("MUN-B-2", 10, documents=[first])) == []
    part = _cited(yard.intake("MUN-B-3", 10, documents=[{**first, "part": "2"}]))
    other = _cited(yard.intake("MUN-B-4", 10, documents=[{**first, "number": "Q"}]))
    assert [(one.code, one.severity, one.lots) for one in part + other] == [
        ("file-cited-twice", "low", ("MUN-B-3",)),
        ("file-cited-twice", "medium", ("MUN-B-4",)),
    ]


def test_the_same_file_twice_in_one_statement_is_found(yard: Yard) -> None:
    """Two documents of one statement share a file."""
    rows = [{"kind": kind, "issuer": "Board", "number": "P", "sha256": FILE} for kind in ("permit", "contract")]
    assert [one.code for one in _cited(yard.intake("MUN-B-2", 10, documents=rows))] == ["file-cited-twice"]


def _cited(effects: Effects) -> list[Finding]:
    """Return the findings about documents; a batch of ten milligrams is odd in other ways too."""
    return [finding for finding in effects.findings if finding.code == "file-cited-twice"]
