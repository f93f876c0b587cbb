"""What was signed before goes into a new ledger, and every answer is the recorded one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import make_database
from tests.golden.comparing import ACCEPTED_DIFFERENCES, Difference, differing, members_of, unaccepted
from tests.golden.door import Door
from tests.golden.files import LEDGERS, Recorded, read

ON_POSTGRESQL = ("season", "demo", "random-01", "random-02", "random-07")
SHOWN = 12

on_sqlite = [pytest.param("sqlite", name, id=f"sqlite-{name}") for name in LEDGERS]
on_postgresql = [
    pytest.param(
        "postgresql", name, marks=[pytest.mark.postgres, pytest.mark.xdist_group("postgres")], id=f"postgresql-{name}"
    )
    for name in ON_POSTGRESQL
]


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "name"), [*on_sqlite, *on_postgresql])
def test_every_recorded_answer_is_given_again(kind: str, name: str, tmp_path: Path) -> None:
    """What became of each submission; lots, sources, findings, balances, accounts, agreements, now and before.

    On SQLite the export and some bundles are verified too: their fold in memory comes to the same.
    """
    recorded = read(name)
    database = make_database(kind, tmp_path)
    try:
        with Door(tmp_path, database.url, recorded.head.origin, recorded.head.clock) as door:
            outcomes = door.submit(recorded.wires)
            answers = door.ask([question for question, _ in recorded.answers])
            lots = answers[0][:: len(answers[0]) // 6]
            faults = door.faults(recorded.head.genesis, tmp_path, lots) if kind == "sqlite" else []
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


def test_a_new_member_is_no_difference_and_a_new_entry_of_a_map_is() -> None:
    """Answers and rows may gain members that no recorded answer has; masses by metal, and rows, may not."""
    recorded = {"lot": "MUN-B-1", "content_kg": {"Pb": "1"}, "rows": [{"record": "MUN-B-1"}]}
    known = members_of(recorded) | {"owner"}
    grown = {**recorded, "colour": "grey", "rows": [{"record": "MUN-B-1", "colour": "grey"}]}
    assert list(differing(recorded, grown, known)) == []
    for changed in (
        {**recorded, "owner": "TEX"},
        {**recorded, "content_kg": {"Pb": "1", "Sb": "0.1"}},
        {**recorded, "content_kg": {"Pb": "1.000001"}},
        {**recorded, "rows": [*grown["rows"], {"record": "MUN-B-2"}]},
        {**recorded, "rows": []},
        {"lot": "MUN-B-1", "rows": recorded["rows"]},
    ):
        assert len(list(differing(recorded, changed, known))) == 1, changed


def test_every_accepted_difference_says_why() -> None:
    """And names a ledger of the recordings, so that none is there for nothing."""
    for accepted in ACCEPTED_DIFFERENCES:
        assert accepted.reason
        assert any(accepted.covers(Difference(name, accepted.question, accepted.path, "", "")) for name in LEDGERS)
