"""What corrected statements made and found as they were first said, in the place where they stand."""

from __future__ import annotations

from ledger.materials.corrections.at_first import AtFirst
from ledger.materials.corrections.refold import refold
from ledger.materials.history.closure import gather
from schemas.ids import LotId, StatementId
from tests.materials.yard import SLIP, Yard, intake
from tests.season.schemes.analyses import assay_of
from tests.world.events import KG, correction, line, output, run, unsigned_id

TONNE = 1000 * KG


def at_first(yard: Yard, lot: str) -> AtFirst:
    """Return what the corrected statements behind a lot made and found."""
    closure = gather((LotId(lot),), yard.history, yard.index, onward=True)
    return refold(closure, yard, yard.index).at_first


def batch(name: str, kilograms: int, origin: str = "battery_post_consumer") -> dict[str, object]:
    """Return a tonne of scrap with so much lead."""
    return intake(name, TONNE, {"Pb": kilograms * KG}, origin=origin, documents=[SLIP])


def smelt(name: str, lot: str) -> dict[str, object]:
    """Return a run that makes lead of a tonne."""
    return run(f"MUN-R-{name}", [line(lot, TONNE)], [output(f"MUN-L-{name}", 592 * KG, {"Pb": 590 * KG})])


def test_where_nothing_was_corrected_nothing_is_noted() -> None:
    """Nor is it worked out."""
    yard = Yard()
    yard.say("MUN", batch("MUN-B-1", 600))
    yard.say("MUN", smelt("1", "MUN-B-1"))
    assert (at_first(yard, "MUN-B-1").made, at_first(yard, "MUN-B-1").found) == ({}, {})


def test_a_run_is_asked_by_its_first_word_of_what_its_inputs_are_now() -> None:
    """The batch was corrected, and the run took another batch at first, which a run has taken since."""
    yard = Yard()
    yard.say("MUN", batch("MUN-B-1", 600))
    yard.say("MUN", {**batch("MUN-B-2", 600, "primary"), "documents": []})
    yard.say("MUN", smelt("1", "MUN-B-1"))
    yard.say("MUN", smelt("2", "MUN-B-2"))
    repairs = [
        {"statement": unsigned_id(2), "kind": "incorrect_data", "replacement": smelt("1", "MUN-B-2")},
        {"statement": unsigned_id(3), "kind": "incorrect_data", "replacement": smelt("2", "MUN-B-1")},
    ]
    yard.say("MUN", {"type": "correction", "reason": "swapped", "corrections": repairs})
    made = at_first(yard, "MUN-B-1").made
    first, second = made[StatementId(unsigned_id(2))], made[StatementId(unsigned_id(3))]
    assert (first.first.mix, first.now.mix) == (second.now.mix, second.first.mix)
    assert sum(first.first.mix["Pb"][:5]) == sum(second.now.mix["Pb"][:5]) == 590 * KG
    assert sum(second.first.mix["Pb"][:5]) == 0


def test_a_lot_is_looked_at_right_behind_what_was_found_in_it() -> None:
    """The analysis lowered it to 59 %; it was taken back, and the lot used since."""
    yard = Yard()
    yard.say("MUN", batch("MUN-B-1", 670))
    yard.say("MUN", assay_of("MUN-B-1", "0.59"))
    yard.say("MUN", smelt("1", "MUN-B-1"))
    yard.say("MUN", correction(1))
    rows = at_first(yard, "MUN-B-1").found[StatementId(unsigned_id(1))]
    assert [(place, sum(row.first.mix["Pb"]), sum(row.now.mix["Pb"])) for place, row in rows.items()] == [
        ((1, "MUN-B-1"), 590 * KG, 670 * KG)
    ]
