"""Documents: some back one statement only; the same file twice is odd (contract, section 7)."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.materials.state.book import Effects
from schemas.findings import Finding
from schemas.refusal import RefusedError
from tests.materials.yard import Yard, intake
from tests.world.events import addition, correction, line, output, run

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
    """The second citation by one party is refused, that by another party taken, and found."""
    yard = Yard()
    document = {"kind": kind, "issuer": "Board", "number": "7"}
    yard.intake("MUN-B-1", 10, documents=[document])
    assert yard.code("TEX", intake("TEX-B-1", 10, documents=[document])) == "taken"
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


def test_a_document_without_part_is_another_document(yard: Yard) -> None:
    """The whole is no part of itself; it is found, not refused."""
    assert _code(yard, {name: value for name, value in SLIP.items() if name != "part"}) == "taken"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"date": "2026-01-05"}, {}, "duplicate-document"),
        ({}, {"date": "2026-01-05"}, "duplicate-document"),
        ({}, {}, "duplicate-document"),
        ({"date": "2025-01-06"}, {}, "duplicate-document"),
        ({"date": "2025-01-03"}, {}, "taken"),
        ({"date": "2026-01-05"}, {"date": "2026-01-06"}, "taken"),
    ],
)
def test_a_date_that_is_absent_agrees_with_any_of_a_year(
    first: dict[str, str], second: dict[str, str], expected: str
) -> None:
    """Both were said on 2026-01-05: 366 days agree, 367 do not; two dates agree where they are one."""
    yard = Yard()
    bare = {"kind": "weighbridge_slip", "issuer": "MUN", "number": "7"}
    yard.intake("MUN-B-1", 10, documents=[{**bare, **first}])
    assert _code(yard, {**bare, **second}) == expected


def test_a_number_of_another_year_asks_for_its_date() -> None:
    """The message says how two papers of one number differ, and names the year."""
    yard = Yard()
    bare = {"kind": "weighbridge_slip", "issuer": "MUN", "number": "7"}
    yard.intake("MUN-B-1", 10, documents=[{**bare, "date": "2025-06-01"}])
    with pytest.raises(RefusedError, match="in 2025: state the date of each where they are two"):
        yard.say("MUN", intake("MUN-B-2", 10, documents=[bare]))
    assert _code(yard, {**bare, "date": "2026-01-05"}) == "taken"


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


def test_the_collision_is_named_to_its_party(yard: Yard) -> None:
    """The park learns which statement used its slip."""
    with pytest.raises(RefusedError) as own:
        yard.say("MUN", intake("MUN-B-2", 10, documents=[SLIP]))
    assert own.value.collides_with == f"{0:064x}"


def test_a_correction_lets_a_document_go_and_uses_another(yard: Yard) -> None:
    """Also a number that two statements cite in two spellings stays with the other one."""
    other = {**SLIP, "number": "O1", "part": "2/2"}
    yard.intake("MUN-B-2", 10, documents=[other])
    yard.say("MUN", correction(1, intake("MUN-B-2", 10, documents=[{**SLIP, "number": "9"}])))
    assert yard.code("MUN", intake("MUN-B-3", 10, documents=[SLIP])) == "duplicate-document"
    assert yard.code("MUN", intake("MUN-B-3", 10, documents=[{**SLIP, "number": "9"}])) == "duplicate-document"
    assert yard.code("MUN", intake("MUN-B-3", 10, documents=[other])) == "taken"


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
