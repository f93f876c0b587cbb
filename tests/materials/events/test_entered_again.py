"""A batch that did not occur and comes in again: its hold, what was found on it, and what was said of it first."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.materials.answers.as_of import lot_at
from schemas.ids import LotId
from tests.materials.held import day
from tests.materials.yard import Yard, codes, intake
from tests.world.events import KG, correction, dispatch, participant, unsigned_id

TONNE = 1000 * KG
SLIP = {"kind": "weighbridge_slip", "issuer": "MUN", "number": "WB-17"}
NEXT = {**SLIP, "number": "WB-18"}
DEALER = "d" * 64


@pytest.fixture
def yard() -> Yard:
    """A ledger with a certifier."""
    yard = Yard()
    yard.register(participant("CERT", "certifier", country="DE"))
    return yard


def batch(lot: str, percent: int = 60, net: int = TONNE, **more: Any) -> dict[str, Any]:
    """Return a batch of batteries."""
    words = {"material": "lead_acid_battery", "form": "whole", "documents": [SLIP]}
    return intake(lot, net, {"Pb": net * percent // 100}, **{**words, **more})


def enter_twice(yard: Yard, first: dict[str, Any], second: dict[str, Any], at: str = day(7)) -> dict[str, str]:
    """Let a batch come in, not occur, and another come in; return what is found on that."""
    said = yard.enter("MUN", first)
    yard.say("MUN", correction(said), day(6))
    yard.say("MUN", second, at)
    return codes(yard, yard.index - 1)


def test_a_held_batch_that_is_entered_again_under_the_same_slip_is_held(yard: Yard) -> None:
    """Until who set the hold releases it; the past answers as it did."""
    said = yard.enter("MUN", batch("MUN-B-1"))
    hold = yard.enter("CERT", {"type": "hold", "lots": ["MUN-B-1"], "reason": "no permit"}, day(6))
    yard.say("MUN", correction(said), day(7))
    yard.say("MUN", batch("MUN-B-2"), day(8))
    assert codes(yard, 3)["entered-again"] == "high"
    assert yard.code("MUN", dispatch("MUN-H-1", "MUN-B-2"), day(9)) == "lot-held"
    yard.say("CERT", {"type": "release", "hold": hold, "lots": ["MUN-B-2"], "reason": "shown"}, day(9))
    for size, is_held in ((4, True), (5, False)):
        past = lot_at(LotId("MUN-B-2"), size, yard)
        assert past is not None
        assert past.lot.held is is_held
    assert yard.code("MUN", dispatch("MUN-H-1", "MUN-B-2"), day(10)) == "taken"


def test_the_right_id_in_place_of_a_wrong_one_is_nothing(yard: Yard) -> None:
    """A lot's id cannot be corrected, so an honest plant does this."""
    assert "entered-again" not in enter_twice(yard, batch("MUN-B-1"), batch("MUN-B-2"))


@pytest.mark.parametrize("shared", [{"documents": [SLIP]}, {"supplier": DEALER, "documents": [NEXT]}])
def test_what_it_lifts_is_held_against_what_was_said_first(yard: Yard, shared: dict[str, Any]) -> None:
    """Primary lead comes again as scrap, by the same slip or of the same supplier."""
    first = batch("MUN-B-1", origin="primary", supplier=DEALER)
    assert enter_twice(yard, first, batch("MUN-B-2", **shared))["origin-lifted"] == "high"


def test_more_metal_per_kilogram_is_held_against_what_was_said_first(yard: Yard) -> None:
    """As an analysis that finds it."""
    assert enter_twice(yard, batch("MUN-B-1", 50), batch("MUN-B-2", 60))["content-lifted"] == "medium"


def test_what_was_found_on_the_first_shows(yard: Yard) -> None:
    """78 % of lead come again at 67 %: low where only the figure is mended, as it weighed where words change."""
    assert enter_twice(yard, batch("MUN-B-1", 78), batch("MUN-B-2", 67))["entered-again"] == "low"
    other = batch("MUN-B-4", 67, material="lead_scrap", form="scrap", documents=[NEXT])
    assert enter_twice(yard, batch("MUN-B-3", 78, documents=[NEXT]), other)["entered-again"] == "high"


def test_mass_alone_is_medium(yard: Yard) -> None:
    """78 % of lead, then 67 % of the same mass under the next slip; not of another mass, nor of another metal."""
    again = batch("MUN-B-2", 67, documents=[NEXT])
    assert enter_twice(yard, batch("MUN-B-1", 78), again)["entered-again"] == "medium"
    third = batch("MUN-B-3", 67, TONNE * 102 // 100, documents=[{**SLIP, "number": "WB-19"}])
    yard.say("MUN", third, day(8))
    assert "entered-again" not in codes(yard, yard.index - 1)
    cells = batch("MUN-B-4", 0, material="lithium_ion_battery", chemistry="LFP", documents=[])
    yard.say("MUN", cells, day(8))
    assert "entered-again" not in codes(yard, yard.index - 1)


def test_after_ten_days_it_is_another_batch(yard: Yard) -> None:
    """The tenth day still counts; so does the month before."""
    first = yard.enter("MUN", batch("MUN-B-1"), day(28))
    yard.say("MUN", correction(first), day(29))
    for number, (at, is_found) in enumerate([("2026-02-07T06:00:00Z", True), ("2026-02-08T06:00:00Z", False)], 2):
        yard.say("MUN", batch(f"MUN-B-{number}", documents=[{**SLIP, "number": f"WB-{number}"}]), at)
        assert ("entered-again" in codes(yard, yard.index - 1)) is is_found


def test_a_batch_that_stands_again_is_not_another(yard: Yard) -> None:
    """The first is put right after all."""
    first = yard.enter("MUN", batch("MUN-B-1"))
    yard.say("MUN", correction(first), day(6))
    yard.say("MUN", correction(unsigned_id(0), batch("MUN-B-1")), day(7))
    yard.say("MUN", batch("MUN-B-2", documents=[NEXT]), day(8))
    assert "entered-again" not in codes(yard, yard.index - 1)


def test_a_held_batch_is_not_left_by_entering_it_again_before_it_is_withdrawn(yard: Yard) -> None:
    """The order of the two words makes no difference; the past answers as it did, and a correction leaves the hold."""
    said = yard.enter("MUN", batch("MUN-B-1"))
    hold = yard.enter("CERT", {"type": "hold", "lots": ["MUN-B-1"], "reason": "no permit"}, day(6))
    twin = batch("MUN-B-2", documents=[NEXT])
    again = yard.enter("MUN", twin, day(7))
    assert yard.code("MUN", correction(said), day(8)) == "taken"
    assert codes(yard, 3)["entered-again"] == "high"
    yard.say("MUN", correction(again, {**twin, "country": "LK"}), day(9))
    assert yard.code("MUN", dispatch("MUN-H-1", "MUN-B-2"), day(10)) == "lot-held"
    for size, is_held in ((3, False), (4, True), (5, True)):
        past = lot_at(LotId("MUN-B-2"), size, yard)
        assert past is not None
        assert past.lot.held is is_held
    yard.say("CERT", {"type": "release", "hold": hold, "lots": ["MUN-B-2"], "reason": "shown"}, day(10))
    assert yard.code("MUN", dispatch("MUN-H-1", "MUN-B-2"), day(11)) == "taken"


@pytest.mark.parametrize(
    ("second", "found"),
    [
        ({"supplier": DEALER}, {"origin-lifted": "high"}),
        ({"supplier": "e" * 64}, {"entered-again": "medium"}),
        ({"supplier": "e" * 64, "net": TONNE * 101 // 100}, {}),
        ({"supplier": DEALER, "origin": "primary"}, {}),
        ({"supplier": DEALER, "at": day(17)}, {}),
    ],
)
def test_what_was_entered_before_the_first_is_withdrawn_is_held_against_it(
    yard: Yard, second: dict[str, Any], found: dict[str, str]
) -> None:
    """Primary lead is entered once more as scrap, and then did not occur; other loads are none of it."""
    at = second.pop("at", day(6))
    said = yard.enter("MUN", batch("MUN-B-1", origin="primary", supplier=DEALER))
    yard.say("MUN", batch("MUN-B-2", documents=[NEXT], **second), at)
    yard.say("MUN", correction(said), day(18))
    assert codes(yard, 2) == found


def test_a_batch_that_was_there_before_is_not_the_same_again(yard: Yard) -> None:
    """Only what was entered after it can stand in its place."""
    yard.say("MUN", batch("MUN-B-1"))
    said = yard.enter("MUN", batch("MUN-B-2", documents=[NEXT]))
    yard.say("MUN", correction(said), day(6))
    assert codes(yard, 2) == {}
