"""Which lots a correction may have moved metal between, and what stopped one of them."""

from __future__ import annotations

import pytest

from ledger.materials.history.corrected_together import Together
from schemas.ids import LotId
from tests.materials.held import day
from tests.materials.yard import Yard
from tests.world.events import KG, correction, line, output, participant, run, unsigned_id


@pytest.fixture
def yard() -> Yard:
    """MUN-B-1 is sorted, what comes of it smelted, and the lead held by the entry 3."""
    yard = Yard()
    yard.register(participant("CERT", "certifier", country="DE"))
    yard.intake("MUN-B-1", 100 * KG, {"Pb": 60 * KG})
    yard.say("MUN", sorted_run(90))
    yard.say("MUN", smelted_run(80))
    yard.say("CERT", {"type": "hold", "lots": ["MUN-L-1"], "reason": "to be looked at"}, day(8))
    return yard


def sorted_run(kg: int) -> dict[str, object]:
    """Return the first run."""
    made = output("MUN-P-1", kg * KG, {"Pb": 50 * KG}, material="lead_scrap")
    return run("MUN-R-1", [line("MUN-B-1", 100 * KG)], [made], "sorting")


def smelted_run(kg: int) -> dict[str, object]:
    """Return the second."""
    return run("MUN-R-2", [line("MUN-P-1", kg * KG)], [output("MUN-L-1", 40 * KG, {"Pb": 40 * KG})])


def test_only_corrected_runs_put_lots_together(yard: Yard) -> None:
    """A batch is together with the lead that was held once both runs between them were corrected."""
    said = unsigned_id(3)
    for number, statement, event in ((1, 1, sorted_run(91)), (2, 2, smelted_run(81))):
        assert Together(yard.past, 99).stopped_by([LotId("MUN-B-1")]) == frozenset()
        yard.say("MUN", correction(unsigned_id(statement), event), day(8 + number))
    assert Together(yard.past, 99).stopped_by([LotId("MUN-B-1")]) == {said}
    assert Together(yard.past, yard.index - 1).stopped_by([LotId("MUN-B-1")]) == frozenset()


def test_what_is_not_in_the_history_yet_counts(yard: Yard) -> None:
    """The correction that is judged is one of the entries."""
    yard.say("MUN", correction(unsigned_id(2), smelted_run(81)), day(9))
    (last,) = yard.past.logged_events([yard.index - 1])
    assert Together(yard.past, yard.index - 1).stopped_by([LotId("MUN-P-1")]) == frozenset()
    assert Together(yard.past, yard.index - 1, (last,)).stopped_by([LotId("MUN-P-1")]) == {unsigned_id(3)}
