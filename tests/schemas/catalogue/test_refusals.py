"""Every refusal stands in the catalogue, is raised somewhere, and says what it is given."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import NamedTuple, get_args

import pytest

from schemas.catalogue.refusals import ONLY, REFUSALS, RefusalCode
from schemas.catalogue.refusals.order import AVAILABLE, BEFORE, LAST, OF_EVENTS
from schemas.events import Event
from schemas.ids import StatementId
from schemas.refusal import RefusedError

ROOT = Path(__file__).resolve().parents[3]
CATALOGUE = ROOT / "schemas" / "catalogue"
NO_FIGURES = {"collides_with", "head"}
OTHER_WORDS = {"api/deps.py malformed", "api/taking.py malformed"}
"""Where a text means something else: what became of a request, as it is counted for operators."""


class Site(NamedTuple):
    """A place where a refusal is made, with the arguments that stand there."""

    where: str
    code: str
    case: str
    figures: frozenset[str]


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for room in ("ledger", "api", "schemas"):
        for path in sorted((ROOT / room).rglob("*.py")):
            if CATALOGUE not in path.parents:
                yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def _site(where: str, call: ast.Call) -> Site:
    """Read a call; what is no member of the list of codes, or computed, is no call that can be checked."""
    names = [keyword.arg for keyword in call.keywords]
    assert None not in names, where
    figures = frozenset(name for name in names if name and name not in NO_FIGURES)
    if _is_call_of(call, "malformed"):
        case, _ = call.args
        return Site(where, RefusalCode.MALFORMED.name, _constant(case, where), figures)
    code, *rest = call.args
    assert isinstance(code, ast.Attribute), where
    assert isinstance(code.value, ast.Name), where
    assert code.value.id == "RefusalCode", where
    assert len(rest) <= 1, where
    return Site(where, code.attr, _constant(rest[0], where) if rest else ONLY, figures)


def _constant(node: ast.expr, where: str) -> str:
    assert isinstance(node, ast.Constant), where
    return str(node.value)


def _is_call_of(node: ast.AST, *names: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names


@pytest.fixture(scope="module")
def sites() -> list[Site]:
    """All places outside the catalogue that make a refusal."""
    calls = [
        (f"{name}:{node.lineno}", node)
        for name, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _is_call_of(node, "RefusedError", "malformed")
    ]
    return [_site(where, call) for where, call in calls]


def _named(sentence: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)


def test_every_refusal_gives_the_figures_that_its_sentence_names(sites: list[Site]) -> None:
    """Its code and case stand in the catalogue; no figure is missing, none is said in vain."""
    assert len(sites) > 80
    for site in sites:
        cases = REFUSALS[RefusalCode[site.code]].cases
        assert site.case in cases, site
        assert site.figures == _named(cases[site.case]), site


def test_every_sentence_of_the_catalogue_is_said_somewhere(sites: list[Site]) -> None:
    """No case is left over from a rule that is gone."""
    said = {(RefusalCode[site.code], site.case) for site in sites}
    assert {(code, case) for code, entry in REFUSALS.items() for case in entry.cases} == said


def test_no_code_of_a_refusal_stands_anywhere_as_a_literal() -> None:
    """A code is named by its member, so that it is found by its name and cannot be misspelt."""
    codes = {code.value for code in RefusalCode}
    literals = {
        f"{name} {node.value}"
        for name, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in codes
    }
    assert literals == OTHER_WORDS


def test_every_code_is_in_the_catalogue_once_with_a_meaning_and_a_source() -> None:
    """Each has a sentence; what a parser finds malformed is said by the parser."""
    assert list(REFUSALS.values()) == [REFUSALS[code] for code in dict.fromkeys(REFUSALS)]
    assert set(REFUSALS) == set(RefusalCode)
    for code, entry in REFUSALS.items():
        assert entry.meaning, code
        assert entry.source, code
        assert entry.cases, code


def test_every_figure_that_is_a_mass_says_so_and_no_sentence_repeats_its_unit() -> None:
    """``{left_mg} kg`` would be said as ``5 kg kg``."""
    for entry in REFUSALS.values():
        for sentence in entry.cases.values():
            assert "} kg" not in sentence, sentence


def test_every_code_has_its_place_in_the_order() -> None:
    """Of every statement, or of an event; and every type of event has its order."""
    placed = {*BEFORE, *LAST, *(code for codes in OF_EVENTS.values() for code in codes)}
    assert placed == set(RefusalCode)
    types = {name for kind in get_args(Event) for name in get_args(kind.model_fields["type"].annotation)}
    assert set(OF_EVENTS) == types
    for event, codes in OF_EVENTS.items():
        besides = [code for code in codes if code not in AVAILABLE]
        assert len(set(besides)) == len(besides), event


def _order_in_the_contract(cell: str) -> list[str]:
    """Return the codes that a cell of section 7 names, its short forms written out, each where it comes first."""
    for short, codes in (
        ("*available*", AVAILABLE),
        ("*replacement*", (RefusalCode.REPLACEMENT_DIFFERS, RefusalCode.UNKNOWN_LOT)),
        ("ocuments", (RefusalCode.DUPLICATE_DOCUMENT,)),
    ):
        cell = cell.replace(short, " ".join(f"`{code}`" for code in codes))
    named = re.findall(r"`([a-z]+(?:-[a-z]+)+)`", cell)
    return list(dict.fromkeys(name for name in named if name in set(RefusalCode)))


def test_the_order_is_that_of_the_contract() -> None:
    """Section 7 has a row for each type of event, ``key`` has two."""
    page = (ROOT / "docs" / "contract" / "7-refusals.md").read_text(encoding="utf-8")
    rows: dict[str, str] = {}
    for event, cell in re.findall(r"^\| `(\w+)`[^|]* \| (.*) \|$", page, re.MULTILINE):
        rows[event] = f"{rows.get(event, '')} {cell}"
    for event, codes in OF_EVENTS.items():
        assert _order_in_the_contract(rows.get(event, "")) == list(dict.fromkeys(codes)), event


def test_a_refusal_is_data_and_its_sentence_is_rendered_when_it_is_read() -> None:
    """Masses in kilograms, texts as they are."""
    error = RefusedError(
        RefusalCode.INSUFFICIENT_MASS, left_mg=2_500_000, lot="MUN-B-1", taken_mg=3, collides_with="MUN-B-1"
    )
    assert (error.code, error.case, error.collides_with) == ("insufficient-mass", "", "MUN-B-1")
    assert error.figures == (("left_mg", 2_500_000), ("lot", "MUN-B-1"), ("taken_mg", 3))
    assert str(error) == "expected at most the 2.5 kg that are left of MUN-B-1, got 0.000003 kg"


def test_a_refusal_by_another_ledger_keeps_its_words_whatever_its_code() -> None:
    """A ledger may be newer than the program that asks it."""
    error = RefusedError.as_received("newer-code", "expected this, got that", head=(3, StatementId("ab")))
    assert (error.code, str(error), error.message) == ("newer-code", *["expected this, got that"] * 2)
    assert (error.case, error.figures, error.head) == ("", (), (3, "ab"))
