"""Where the program builds findings, read from its source: codes, cases, and the names of their figures."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from schemas.catalogue.findings.codes import FindingCode
from schemas.findings import Finding

ROOT = Path(__file__).resolve().parents[3]
CATALOGUE = ROOT / "schemas" / "catalogue"
_SEVERITIES = {"low", "medium", "high"}
_BUILDERS = ("find", "Finding")


class Site(NamedTuple):
    """A place that builds a finding.

    ``figures`` are the names that surely stand there, ``perhaps`` those that its module
    hands over in a variable, where it does so. ``slugs`` are its cases, ``None`` where they
    come from a table of the module, whose texts are ``texts`` then.
    """

    where: str
    codes: frozenset[FindingCode]
    slugs: frozenset[str] | None
    texts: frozenset[str]
    figures: frozenset[str]
    perhaps: frozenset[str]
    severities: frozenset[str]
    prose: bool

    def cases(self, known: Iterable[str]) -> frozenset[str]:
        """Return its cases; of a table those that the catalogue knows."""
        return self.slugs if self.slugs is not None else self.texts & frozenset(known)


def literals() -> Iterator[tuple[str, str]]:
    """Yield every text that stands in the program outside the catalogue, with its file."""
    for name, tree in _trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield name, node.value


def sites() -> Iterator[Site]:
    """Yield each place outside the catalogue that builds a finding."""
    for name, tree in _trees().items():
        for function in _functions(tree):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _BUILDERS:
                    codes = _codes(code, function, tree) if (code := _given(node).get("code")) else frozenset()
                    if codes:
                        yield _site(f"{name}:{node.lineno}", node, codes, function, tree)


@cache
def _trees() -> dict[str, ast.Module]:
    return {
        str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8"))
        for room in ("ledger", "api", "schemas")
        for path in sorted((ROOT / room).rglob("*.py"))
        if CATALOGUE not in path.parents
    }


def _functions(tree: ast.AST) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def _called(name: str, tree: ast.Module) -> list[ast.FunctionDef]:
    """Return the function of that name in a module, or else wherever it is."""
    own = [function for function in _functions(tree) if function.name == name]
    return own or _by_name().get(name, [])


@cache
def _by_name() -> dict[str, list[ast.FunctionDef]]:
    found: dict[str, list[ast.FunctionDef]] = {}
    for tree in _trees().values():
        for function in _functions(tree):
            found.setdefault(function.name, []).append(function)
    return found


def _given(call: ast.Call) -> dict[str | None, ast.expr]:
    """Return the arguments of a call that builds a finding, by name; those without one are the first."""
    named: dict[str | None, ast.expr] = {keyword.arg: keyword.value for keyword in call.keywords}
    return {**dict(zip(Finding._fields, call.args, strict=False)), **named}


def _codes(node: ast.expr, function: ast.FunctionDef, tree: ast.Module) -> frozenset[FindingCode]:
    named = _members(node)
    if not named and isinstance(node, ast.Name):
        calls = (call for call in ast.walk(tree) if isinstance(call, ast.Call))
        named = {
            code
            for call in calls
            if isinstance(call.func, ast.Name) and call.func.id == function.name
            for part in call.args
            for code in _members(part)
        }
    return frozenset(named)


def _members(node: ast.AST) -> set[FindingCode]:
    return {
        FindingCode[part.attr]
        for part in ast.walk(node)
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id == "FindingCode"
    }


def _site(
    where: str, call: ast.Call, codes: frozenset[FindingCode], function: ast.FunctionDef, tree: ast.Module
) -> Site:
    given = _given(call)
    case = given.pop("case", ast.Constant(""))
    severity = given.pop("severity")
    rest = [part for name, part in given.items() if name != "code"]
    reader = _Reader(function, tree)
    for part in rest:
        reader.read(part)
    parts = [node for part in rest for node in ast.walk(part)]
    return Site(
        where, codes, _slugs(case), frozenset(_texts(tree)) - _literal_cases(tree), frozenset(reader.names),
        frozenset(_pairs(tree)) if reader.is_open else frozenset(), frozenset(_texts(severity)) & _SEVERITIES,
        any(isinstance(node, ast.JoinedStr) for node in parts)
        or any(" " in text.removesuffix(", ") for part in rest for text in _texts(part)),
    )  # fmt: skip


def _literal_cases(tree: ast.Module) -> frozenset[str]:
    """Return the cases that stand in the calls of a module, and so in no table of it."""
    given = (part.value for part in ast.walk(tree) if isinstance(part, ast.keyword) and part.arg == "case")
    return frozenset(text for value in given for text in _texts(value))


def _slugs(node: ast.expr) -> frozenset[str] | None:
    if isinstance(node, ast.IfExp):
        one, other = _slugs(node.body), _slugs(node.orelse)
        return None if one is None or other is None else one | other
    return frozenset((str(node.value),)) if isinstance(node, ast.Constant) else None


def _texts(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def _pairs(node: ast.AST) -> Iterator[str]:
    """Yield the names of all ``(name, value)`` below a node; of a limit that is named elsewhere ``limit``."""
    for part in ast.walk(node):
        if isinstance(part, ast.Tuple) and len(part.elts) == 2:
            first = part.elts[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield from {first.value} - _SEVERITIES
            elif isinstance(first, ast.Name) and first.id.isupper():
                yield "limit"
        elif isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id == "bound_of":
            yield "limit"


def _assignments(nodes: Iterable[ast.AST]) -> Iterator[tuple[set[str], ast.expr]]:
    """Yield the variables of each assignment, with what they were given."""
    for node in nodes:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            parts = [part for t in targets for part in (t.elts if isinstance(t, ast.Tuple) else [t])]
            yield {part.id for part in parts if isinstance(part, ast.Name)}, node.value


class _Reader:
    """Reads the names of the figures in an argument, through variables and functions that hand them over."""

    def __init__(self, function: ast.FunctionDef, tree: ast.Module) -> None:
        self._function = function
        self._tree = tree
        self.names: set[str] = set()
        self.is_open = False
        self._seen: set[str] = set()

    def read(self, node: ast.AST) -> None:
        """Add what stands in an argument."""
        self.names.update(_pairs(node))
        for part in self._outside_of_pairs(node):
            if isinstance(part, ast.Call) and isinstance(part.func, ast.Name):
                if part.func.id in ("bound_of", "find"):
                    continue
                for function in _called(part.func.id, self._tree):
                    self.names.update(_pairs(function))
            elif isinstance(part, ast.Name) and part.id not in self._seen:
                self._seen.add(part.id)
                self._follow(part.id)
            elif isinstance(part, ast.Attribute):
                self.is_open = self.is_open or part.attr == "named"

    def _follow(self, name: str) -> None:
        """Read what a variable was given, in its function or else in its module."""
        for nodes in (list(ast.walk(self._function)), self._tree.body):
            values = [value for target, value in _assignments(nodes) if name in target]
            for value in values:
                self.read(value)
            if values:
                return
        self.is_open = self.is_open or name == "named"

    @staticmethod
    def _outside_of_pairs(node: ast.AST) -> Iterator[ast.AST]:
        """Yield the parts of an argument, but not the values of its figures."""
        stack = [node]
        while stack:
            part = stack.pop()
            yield part
            is_pair = isinstance(part, ast.Tuple) and len(part.elts) == 2 and isinstance(part.elts[0], ast.Constant)
            if not is_pair and not isinstance(part, ast.Attribute):
                stack.extend(ast.iter_child_nodes(part))
