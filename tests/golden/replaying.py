"""Replaying a recording on a database and comparing every answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.databases import make_database
from tests.golden.comparing import Difference, differing, members_of, unaccepted
from tests.golden.door import Door
from tests.golden.files import Recorded, read

SHOWN = 12
"""Differences that a failure shows; it counts the rest."""
BUNDLES = 4


def check_replay(kind: str, name: str, folder: Path) -> None:
    """Demand that a new ledger on a kind of database answers as was recorded.

    On SQLite its export and some bundles are verified too: the fold in memory comes to the same.
    """
    recorded = read(name)
    database = make_database(kind, folder)
    try:
        with Door(folder, database.url, recorded.head.origin, recorded.head.clock) as door:
            outcomes = door.submit(recorded.wires)
            answers = door.ask([question for question, _ in recorded.answers])
            lots = answers[0][:: len(answers[0]) // BUNDLES]
            faults = door.faults(recorded.head.genesis, folder, lots) if kind == "sqlite" else []
    finally:
        database.drop()
    found = unaccepted(_differences(name, recorded, outcomes, answers))
    shown = "\n".join(map(str, found[:SHOWN]))
    assert not found, f"{len(found)} cells are not as they were recorded; the first:\n{shown}"
    assert faults == []


def _differences(name: str, recorded: Recorded, outcomes: list[object], answers: list[object]) -> Iterator[Difference]:
    known = members_of([answer for _, answer in recorded.answers]) | members_of(recorded.outcomes)
    for number, pair in enumerate(zip(recorded.outcomes, outcomes, strict=True)):
        for cell in differing(*pair, known):
            yield Difference(name, f"submission {number}", *cell)
    for (question, answer), got in zip(recorded.answers, answers, strict=True):
        for cell in differing(answer, got, known):
            yield Difference(name, " ".join(map(str, question)), *cell)
