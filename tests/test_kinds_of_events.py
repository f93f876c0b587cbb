"""Nobody asks of what kind an event is, but those that are counted here.

What many ask an event it answers itself (``schemas/event_base.py``), and what a kind
demands and does stands with that kind. So a new kind of event is added in few places.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from schemas.events import Event

ROOT = Path(__file__).parents[1]
KINDS = {kind.__name__: kind for kind in get_args(Event)}
TYPES = {name for kind in KINDS.values() for name in get_args(kind.model_fields["type"].annotation)}
GROUPS = {"Event", "PartyEvent", "MaterialEvent", "Correctable", "EventBase", "MaterialBase"}
ROOMS = ("ledger/materials/events/", "ledger/materials/registry.py", "ledger/admission/parties.py")
"""Where the kinds of events are at home."""

ASKED = {
    "api/lot_page.py": ("Intake", "Transformation"),
    "ledger/admission/judge.py": ("Genesis",),
    "ledger/materials/answers/assays.py": ("Assay",),
    "ledger/materials/answers/offtake/deliveries.py": ("Acceptance",),
    "ledger/materials/answers/offtake/production.py": ("Transformation",),
    "ledger/materials/answers/recall/search.py": ("Transformation",),
    "ledger/materials/answers/recall/shipments.py": ("Acceptance", "Dispatch"),
    "ledger/materials/history/as_corrected.py": ("Intake",),
    "ledger/materials/judging.py": ("Correction",),
    "ledger/materials/plausibility/site/record.py": ("Intake", "Transformation"),
    "ledger/questions/handovers.py": ("Acceptance",),
    "ledger/questions/rules.py": ("Intake",),
    "ledger/questions/sites.py": ("Agreement",),
    "ledger/verify/ahead.py": ("Genesis", "RulesChange"),
    "ledger/verify/checkpoints.py": ("Genesis",),
}
"""Who asks, and whether it is which one kind; each once."""
MOST = 20


def test_few_ask_of_what_kind_an_event_is() -> None:
    """A line more here is a place more that a new kind of event may have to be looked for in."""
    found = {
        str(path.relative_to(ROOT)): tuple(sorted(_asked(ast.parse(path.read_text("utf-8")))))
        for room in ("ledger", "api")
        for path in sorted((ROOT / room).rglob("*.py"))
        if not str(path.relative_to(ROOT)).startswith(ROOMS)
    }
    assert {name: kinds for name, kinds in found.items() if kinds} == ASKED
    assert sum(len(kinds) for kinds in ASKED.values()) <= MOST


def test_each_asks_about_one_kind() -> None:
    """Not whether it is one of several, which would be a property of theirs."""
    assert all(kind in KINDS for kinds in ASKED.values() for kind in kinds)
    assert all(count == 1 for kinds in ASKED.values() for count in Counter(kinds).values())


def test_the_count_sees_every_way_to_ask() -> None:
    """A type test in any of its spellings."""
    source = """
isinstance(event, Intake)
isinstance(event, Hold | Release)
isinstance(event, (Hold, Release))
isinstance(event, PartyEvent)
type(event) is Claim
event.type == "assay"
event.type in ("dispatch", "acceptance")
match event:
    case Agreement() | Attestation():
        pass
    case StockCount(adjust=True) as count:
        pass
isinstance(event, Lot)
"""
    assert sorted(_asked(ast.parse(source))) == sorted([
        "Intake", "Hold or Release", "Hold or Release", "PartyEvent", "Claim", "assay", "acceptance or dispatch",
        "Agreement", "Attestation", "StockCount",
    ])  # fmt: skip


def _asked(tree: ast.AST) -> Iterator[str]:
    """Yield the kind, or kinds, of each test for the type of an event."""
    for node in ast.walk(tree):
        asked: set[str] = set()
        match node:
            case ast.Call(func=ast.Name("isinstance" | "issubclass"), args=[_, kinds]):
                asked = _names(kinds) & (KINDS.keys() | GROUPS)
            case ast.MatchClass(cls=kind):
                asked = _names(kind) & (KINDS.keys() | GROUPS)
            case ast.Compare(left=ast.Call(func=ast.Name("type")), comparators=kinds):
                asked = set().union(*map(_names, kinds)) & (KINDS.keys() | GROUPS)
            case ast.Compare(left=ast.Attribute(attr="type"), comparators=texts):
                asked = set().union(*map(_texts, texts)) & TYPES
            case _:
                pass
        if asked:
            yield " or ".join(sorted(asked))


def _names(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def _texts(node: ast.AST) -> set[str]:
    return {part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)}
