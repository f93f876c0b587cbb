"""Tests are found by the name of what they test: ``events/run.py`` by ``events/test_run*.py``."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOM = ROOT / "ledger" / "materials"

THROUGH = {
    # One walk through answers of the interface, with parties that speak for park, holder and laboratory.
    "answers/assays.py": "tests/api/routes/test_accounting.py",
    # What a text in any spelling means is asked of the database.
    "answers/recall/search.py": "tests/questions/test_recall.py",
    # An emptied lot is only ever made by a correction.
    # What a correction, or a late assay, lets in is seen where these are tried.
    "corrections/difference.py": "tests/materials/corrections/test_correction.py",
    "corrections/two_folds.py": "tests/materials/corrections/test_late_assay.py",
    # Every test of a kind of event comes through this door; a made-up kind shows each of its steps.
    "judging.py": "tests/materials/events/test_kind_made_up.py",
    # Each is demanded by several kinds of event, of a first statement and of a replacement.
    "moves/preconditions.py": "tests/materials/state/test_ground.py",
    # Figures of the trade, each looked at where something is held against it.
    "plausibility/reference/material_profiles.py": "tests/materials/plausibility/entry/test_intakes.py",
    "plausibility/reference/waste_codes.py": "tests/materials/plausibility/entry/test_intakes.py",
    # Every scheme and the given month are read so.
    "plausibility/site/reading.py": "tests/season/test_given_findings.py",
    # Readers of row texts: each is held to give back what was written.
    "state/agreement_terms.py": "tests/materials/state/test_codec.py",
    "state/citations.py": "tests/materials/state/test_codec.py",
    "state/stock_custody.py": "tests/materials/state/test_codec.py",
    # Tiles are held against the sums that they are made of.
    "state/sum_tiles.py": "tests/materials/state/test_posting_sums.py",
    # The one list of state, and what follows from it in memory and in the database.
    "state/asked.py": "tests/store/test_kinds_of_state.py",
    "state/book.py": "tests/store/test_kinds_of_state.py",
    "state/grown.py": "tests/materials/state/test_codec.py",
    "state/kind.py": "tests/store/test_kinds_of_state.py",
    "state/kinds.py": "tests/store/test_kinds_of_state.py",
    "state/layout.py": "tests/store/test_kinds_of_state.py",
    "state/log.py": "tests/store/test_kinds_of_state.py",
    "state/log_rows.py": "tests/store/test_kinds_of_state.py",
    "state/memory_book.py": "tests/store/test_kinds_of_state.py",
}
"""Modules of the materials without a test file of their name, with the file that tests them, and why there."""


def _is_logic(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Say whether a function does anything: more than its docstring and ``...``, which only describe one."""
    return any(not (isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)) for line in function.body)


def _has_logic(module: Path) -> bool:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return any(_is_logic(function) for function in functions)


def _tests_of(module: str) -> list[Path]:
    """Return the test files of a module's name; one may cover it in parts, as ``test_run_gains.py``."""
    place, name = ROOT / "tests" / "materials" / Path(module).parent, Path(module).stem
    return [*place.glob(f"test_{name}.py"), *place.glob(f"test_{name}_*.py")]


def test_every_module_of_the_materials_is_found_by_a_test_of_its_name() -> None:
    """Or stands in the list of those that are tested through another, and in that list stands nothing else."""
    modules = [str(path.relative_to(ROOM)) for path in sorted(ROOM.rglob("*.py")) if _has_logic(path)]
    assert len(modules) > 80
    assert [module for module in modules if not _tests_of(module)] == sorted(THROUGH)


def test_what_is_tested_through_another_names_a_test_that_is_there() -> None:
    """The file that the list names has tests."""
    for module, place in THROUGH.items():
        assert "def test_" in (ROOT / place).read_text(encoding="utf-8"), module


def test_every_test_file_of_the_materials_is_named_after_a_module() -> None:
    """So that a test whose module moved is moved along; a file of examples of many modules is none of these."""
    homeless = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "tests" / "materials").rglob("test_*.py"))
        if not _names_a_module(path) and path.name not in MANY
    ]
    assert homeless == []


MANY = {"test_worked_examples.py"}
"""Test files of several modules at once."""


def _names_a_module(test: Path) -> bool:
    room = ROOM / test.parent.relative_to(ROOT / "tests" / "materials")
    parts = test.stem.removeprefix("test_").split("_")
    return any((room / f"{'_'.join(parts[:count])}.py").exists() for count in range(1, len(parts) + 1))


def test_no_test_file_is_imported() -> None:
    """What several tests share stands in a module that holds no tests, so that each file can be moved alone."""
    found = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for name in _imported(path)
        if name.startswith("tests.") and any(part.startswith("test_") for part in name.split("."))
    ]
    assert found == []


def _imported(path: Path) -> list[str]:
    """Return what a file imports, each name with its module."""
    named: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            named.extend(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            named.extend(f"{node.module}.{alias.name}" for alias in node.names)
    return named
