"""The closure of lots: what has to be folded to know what they hold, and what was made of them."""

from __future__ import annotations

import pytest

from ledger.materials.history.closure import gather, last_versions
from schemas.ids import LotId
from tests.materials.yard import Yard, intake
from tests.world.events import line, output, run


@pytest.fixture
def yard() -> Yard:
    """MUN-B-1 becomes MUN-P-1, which becomes MUN-L-1 with MUN-B-2; MUN-B-3 stands beside (entries 0 to 4)."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000, {"Pb": 600})
    yard.intake("MUN-B-2", 1000, {"Pb": 600})
    yard.intake("MUN-B-3", 1000, {"Pb": 600})
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000)], [output("MUN-P-1", 900, {"Pb": 590})], "breaking"))
    taken = [line("MUN-P-1", 900), line("MUN-B-2", 1000)]
    yard.say("MUN", run("MUN-R-2", taken, [output("MUN-L-1", 1100, {"Pb": 1100})]))
    return yard


def closure(yard: Yard, lot: str, *, onward: bool = False, before: int = 99) -> tuple[set[str], set[int]]:
    """Return lots and entries of a lot's closure."""
    found = gather([LotId(lot)], yard.past, before, onward=onward)
    return set(found.lots), set(found.logged_events)


def test_a_closure_goes_back_to_the_intakes(yard: Yard) -> None:
    """Through both runs, and to no lot beside."""
    lots, entries = closure(yard, "MUN-L-1")
    assert lots == {"MUN-L-1", "MUN-P-1", "MUN-B-1", "MUN-B-2"}
    assert entries == {0, 1, 3, 4}


def test_a_closure_goes_on_where_it_is_wanted(yard: Yard) -> None:
    """To all that was made of the batch, and back again from there."""
    assert closure(yard, "MUN-B-1")[0] == {"MUN-B-1"}
    assert closure(yard, "MUN-B-1", onward=True)[0] == {"MUN-B-1", "MUN-P-1", "MUN-L-1", "MUN-B-2"}


def test_a_closure_is_taken_at_a_size(yard: Yard) -> None:
    """Before its last run was entered the lot was not there."""
    assert closure(yard, "MUN-P-1", onward=True, before=4)[0] == {"MUN-P-1", "MUN-B-1"}


def test_every_version_of_a_run_belongs_to_the_closure(yard: Yard) -> None:
    """The run took MUN-B-3 in truth; the batch that it was said to take is in the closure all the same."""
    statement = f"{3:064x}"
    event = run("MUN-R-1", [line("MUN-B-3", 1000)], [output("MUN-P-1", 900, {"Pb": 590})], "breaking")
    correction = {"type": "correction", "statement": statement, "kind": "incorrect_data", "reason": "a slip"}
    yard.say("MUN", {**correction, "replacement": event})
    lots, entries = closure(yard, "MUN-P-1")
    assert lots == {"MUN-P-1", "MUN-B-1", "MUN-B-3"}
    assert entries == {0, 2, 3, 4, 5}
    gathered = gather([LotId("MUN-P-1")], yard.past, 99)
    assert [(logged.index, repair.statement) for logged, repair in gathered.corrections()] == [(5, statement)]


def test_the_last_correction_is_what_stands(yard: Yard) -> None:
    """A replacement, and nothing where it is said that it did not happen."""
    statement = f"{2:064x}"
    correction = {"type": "correction", "statement": statement, "kind": "incorrect_data", "reason": "a slip"}
    yard.say("MUN", {**correction, "replacement": intake("MUN-B-3", 900, {"Pb": 500})})
    (version,) = last_versions(yard.past.logged_events(yard.past.indexes())).values()
    assert version is not None
    assert version.created_lots() == ("MUN-B-3",)
    yard.say("MUN", {**correction, "kind": "did_not_occur"})
    assert last_versions(yard.past.logged_events(yard.past.indexes())) == {statement: None}
