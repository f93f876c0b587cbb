"""The house rules that can be counted: sizes, names, docstrings, layers."""

from __future__ import annotations

import ast
import re
import subprocess
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 50
MAX_UNNAMED_ARGUMENTS = 5
VAGUE_NAMES = {"helper", "helpers", "misc", "util", "utils"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _sources(*rooms: str) -> list[Path]:
    return [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]


def _parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _undocumented(body: list[ast.stmt], prefix: str) -> list[str]:
    """Name the public functions, classes and methods in ``body`` that say nothing."""
    found = []
    for node in body:
        if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("_"):
            continue
        name = f"{prefix}{node.name}"
        if not ast.get_docstring(node):
            found.append(name)
        if isinstance(node, ast.ClassDef):
            found += _undocumented(node.body, f"{name}.")
    return found


def _function_sizes(path: Path) -> list[tuple[str, int]]:
    """Return each function of a file with the number of lines it takes, decorators left out."""
    functions = [node for node in ast.walk(_parse(path)) if isinstance(node, Function)]
    where = path.relative_to(ROOT)
    return [(f"{where}:{node.lineno} {node.name}", (node.end_lineno or 0) - node.lineno + 1) for node in functions]


def test_the_rooms_of_the_house_are_found() -> None:
    """The tests below look at something in every room."""
    assert all(_sources(room) for room in ("schemas", "ledger", "api", "tests"))


def test_no_file_is_longer_than_a_reader_keeps_in_mind() -> None:
    """Every source file has at most 300 lines."""
    sizes = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in _sources("schemas", "ledger", "api", "tests")
    }
    assert {name: size for name, size in sizes.items() if size > MAX_FILE_LINES} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    """Every function has at most 50 lines."""
    sizes = [
        entry for path in _sources("schemas", "ledger", "api", "tests", "alembic") for entry in _function_sizes(path)
    ]
    assert [entry for entry in sizes if entry[1] > MAX_FUNCTION_LINES] == []


def test_everything_public_in_the_core_says_what_it_does() -> None:
    """Every public function, class and method of the vocabulary and the ledger has a docstring."""
    silent = [
        name
        for path in _sources("schemas", "ledger")
        for name in _undocumented(_parse(path).body, f"{path.relative_to(ROOT)} ")
    ]
    assert silent == []


def test_every_room_says_its_layer_and_what_it_may_not_know() -> None:
    """In the docstring of its package; the core as a whole says what it guarantees instead."""
    rooms = [path for path in _sources("schemas", "ledger", "api") if path.name == "__init__.py"]
    rooms = [
        path
        for path in rooms
        if path.parent != ROOT / "ledger" and not {"api", "schemas"} & set(path.relative_to(ROOT).parts[:-2])
    ]
    silent = [
        str(path.relative_to(ROOT))
        for path in rooms
        if not re.search(
            r"^Layer: .*^It may not know ", ast.get_docstring(_parse(path)) or "", re.DOTALL | re.MULTILINE
        )
    ]
    assert len(rooms) > 20
    assert silent == []


def test_every_module_is_named_after_what_it_owns() -> None:
    """No module or package has a name that would fit any content."""
    vague = [
        str(path.relative_to(ROOT))
        for path in _sources("schemas", "ledger", "api", "tests")
        if VAGUE_NAMES & {path.stem, path.parent.name}
    ]
    assert vague == []


def test_only_the_room_of_mass_counts_the_places_of_origins() -> None:
    """Nothing else takes a part of a split, or of the list of origins, by number."""
    places = [
        f"{path.relative_to(ROOT)}:{node.lineno} {ast.unparse(node)}"
        for path in _sources("schemas", "ledger", "api")
        if path.parent != ROOT / "ledger" / "materials" / "mass"
        for node in ast.walk(_parse(path))
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and _is_by_place(node.value.id)
        if isinstance(node.slice, ast.Slice | ast.Constant) and not isinstance(getattr(node.slice, "value", 0), str)
    ]
    assert places == []


def _is_by_place(name: str) -> bool:
    """Say whether a value of this name has a place for each origin."""
    return name.endswith("ORIGINS") or name in ("split", "NO_MASS")


def test_no_record_is_made_by_the_places_of_its_values() -> None:
    """No call of what is made here has more than five arguments without a name, or unpacks a slice."""
    trees = {path: _parse(path) for path in _sources("schemas", "ledger", "api")}
    ours = {
        node.name for tree in trees.values() for node in ast.walk(tree) if isinstance(node, Function | ast.ClassDef)
    }
    calls = [
        (f"{path.relative_to(ROOT)}:{node.lineno}", node)
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[-1] in ours
    ]
    assert [where for where, call in calls if len(call.args) > MAX_UNNAMED_ARGUMENTS] == []
    assert [where for where, call in calls if any(map(_is_slice, call.args))] == []


def _is_slice(argument: ast.expr) -> bool:
    """Say whether an argument is a star with a part of a record, by its places."""
    return (
        isinstance(argument, ast.Starred)
        and isinstance(argument.value, ast.Subscript)
        and isinstance(argument.value.slice, ast.Slice)
    )


def test_the_migrations_do_not_shadow_the_library() -> None:
    """The folder ``alembic`` is no package, else ``import alembic`` would find it first."""
    assert not (ROOT / "alembic" / "__init__.py").exists()


def test_imports_run_one_way() -> None:
    """The layer contracts in ``pyproject.toml`` hold."""
    linter = Path(sysconfig.get_path("scripts")) / "lint-imports"
    run = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
