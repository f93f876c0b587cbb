"""Taking from a lot, worked out by hand (contract, section 5)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.materials.mass.mix import content_of
from schemas.ids import PartyId, RunId
from tests.materials.yard import Yard
from tests.world.events import line, output, run


@pytest.fixture
def yard() -> Yard:
    """MUN-B-1 of 10 mg net holds 7 mg lead: 4 post-consumer, 2 manufacturing, 1 primary."""
    yard = Yard()
    split = {"battery_post_consumer": 4, "battery_manufacturing": 2, "primary": 1}
    yard.intake("MUN-B-1", 10, {"Pb": 7}, origin_kg={"Pb": split})
    return yard


def test_taking_a_part_takes_the_floor_of_each_metal(yard: Yard) -> None:
    """3 of 10 mg: 7*3//10 = 2 mg lead, split 1.14, 0.57, 0.29: floors 1, 0, 0, one to the 0.57.

    What is left: 7 mg net with 3, 1 and 1.
    """
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 3)], [output("MUN-P-1", 3, {"Pb": 2})]))
    assert yard.origins("MUN-P-1") == {"battery_post_consumer": 1, "battery_manufacturing": 1}
    assert yard.origins("MUN-B-1") == {"battery_post_consumer": 3, "battery_manufacturing": 1, "primary": 1}
    assert (yard.lot("MUN-B-1").net, yard.lot("MUN-B-1").status) == (7, "open")


def test_the_same_lot_several_times_is_taken_line_by_line(yard: Yard) -> None:
    """3, 3 and 4 of 10 mg: 7*3//10 = 2, then 5*3//7 = 2, then all 3 that are left."""
    lines = [line("MUN-B-1", 3), line("MUN-B-1", 3), line("MUN-B-1", 4)]
    yard.say("MUN", run("MUN-R-1", lines, [output("MUN-P-1", 10, {"Pb": 7})]))
    assert [content_of(taken.mix) for taken in yard.runs[RunId("MUN-R-1")].inputs] == [{"Pb": 2}, {"Pb": 2}, {"Pb": 3}]
    assert yard.lot("MUN-B-1") == yard.lot("MUN-B-1")._replace(net=0, mix={}, status="consumed", holder=PartyId("MUN"))


def test_more_than_the_line_before_left_is_refused(yard: Yard) -> None:
    """6 and 5 of 10 mg is one too much, and nothing is taken."""
    event = run("MUN-R-1", [line("MUN-B-1", 6), line("MUN-B-1", 5)], [output("MUN-P-1", 1)])
    assert yard.code("MUN", event) == "insufficient-mass"
    assert yard.lot("MUN-B-1").net == 10


def test_nothing_is_left_behind_a_line_that_closes(yard: Yard) -> None:
    """A lot that was closed or emptied by an earlier line is used up, also for one that closes."""
    for first in (line("MUN-B-1", 1, closes=True), line("MUN-B-1", 10)):
        for second in (line("MUN-B-1", 1), line("MUN-B-1", 1, closes=True)):
            event = run("MUN-R-1", [first, second], [output("MUN-P-1", 1)])
            assert yard.code("MUN", event) == "insufficient-mass"


@pytest.mark.parametrize("stated", [1, 9, 10, 11, 12])
def test_closing_takes_all_that_is_left_whatever_the_scale_said(yard: Yard, stated: int) -> None:
    """Net and content go in whole; another weight than the book's is a weighing difference."""
    effects = yard.say(
        "MUN", run("MUN-R-1", [line("MUN-B-1", stated, closes=True)], [output("MUN-P-1", 10, {"Pb": 7})])
    )
    assert sum(yard.origins("MUN-P-1").values()) == 7
    assert yard.lot("MUN-B-1").status == "consumed"
    taken = yard.runs[RunId("MUN-R-1")].inputs[0]
    assert (taken.net, taken.booked) == (stated, 10)
    found = [(one.code, one.figures, one.limit[1:], one.lots) for one in effects.findings if one.code != "no-line"]
    weights = (("weighed_mg", stated),), (("booked_mg", 10),)
    assert found == ([] if stated == 10 else [("weighing-difference", *weights, ("MUN-B-1",))])


def test_one_milligram_more_than_is_left_needs_closes(yard: Yard) -> None:
    """Without ``closes`` the book is the limit, to the milligram."""
    assert yard.code("MUN", run("MUN-R-1", [line("MUN-B-1", 11)], [output("MUN-P-1", 10)])) == "insufficient-mass"
    assert yard.code("MUN", run("MUN-R-1", [line("MUN-B-1", 10)], [output("MUN-P-1", 10)])) == "taken"


@given(st.lists(st.integers(min_value=1, max_value=50), min_size=1, max_size=20))
def test_a_lot_that_is_emptied_is_emptied_exactly(parts: list[int]) -> None:
    """However a lot is drawn down, the last draw leaves neither net nor metal."""
    yard = Yard()
    net = sum(parts)
    yard.intake("MUN-B-1", net, {"Pb": net - net // 3, "Ni": net // 3}, origin="internal")
    for number, part in enumerate(parts):
        yard.say("MUN", run(f"MUN-R-{number}", [line("MUN-B-1", part)], [output(f"MUN-P-{number}", part)]))
    assert (yard.lot("MUN-B-1").net, yard.lot("MUN-B-1").mix) == (0, {})
