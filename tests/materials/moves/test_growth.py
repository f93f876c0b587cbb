"""What words added to metal goes on with it, and none of it is lost or made on the way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ledger.materials.mass.mix import Mix, split_of
from ledger.materials.moves.growth import divide, grown_after, lift, spread
from ledger.materials.moves.taking import take
from ledger.materials.state.grown import NOT_GROWN, Grown
from ledger.materials.state.pool import Pool
from ledger.materials.state.records import Lot, Made, Taken
from schemas.ids import LotId, PartyId


def lead(mass: int) -> Mix:
    """Return lead of used batteries, in mg."""
    return split_of({"Pb": mass}, "battery_post_consumer")


def lot(net: int, mass: int, grown: Grown) -> Lot:
    """Return a lot with so much lead in it."""
    name, park = LotId("MUN-B-1"), PartyId("MUN")
    return Lot(name, "lead_scrap", park, park, "open", net, lead(mass), "", 0, grown=grown)


MASSES = st.integers(1, 10**13)


@given(MASSES, MASSES, st.tuples(st.integers(-(10**12), 10**12), st.integers(0, 10**12), st.integers(0, 10**12)))
def test_what_goes_and_what_stays_is_what_was_there(one: int, other: int, added: tuple[int, int, int]) -> None:
    """To the milligram, also below zero."""
    gained, lifted, first = added
    gone, stays = divide(Grown({"Pb": gained}, {"Pb": lifted}, {"Pb": first}), lead(one), lead(one + other))
    for went, left, whole in zip(gone, stays, added, strict=True):
        assert went.get("Pb", 0) + left.get("Pb", 0) == whole


def test_what_is_taken_takes_its_part_along() -> None:
    """A third goes; then the rest, with all that is left, and nothing stays behind."""
    whole = lot(300, 90, Grown({"Pb": 10}, {"Pb": 20}, {"Pb": 40}))
    taken, left = take(whole, 100, closes=False)
    stays = Grown({"Pb": 7}, {"Pb": 14}, {"Pb": 27})
    assert (taken.grown, left.grown) == (Grown({"Pb": 3}, {"Pb": 6}, {"Pb": 13}), stays)
    taken, left = take(left, 200, closes=True)
    assert (taken.grown, left.grown) == (stays, NOT_GROWN)


def test_outputs_have_their_part_of_the_pool_and_what_no_input_held() -> None:
    """Of 100 mg, 10 of them gained, 80 come out as they are: 8 of them gained; what rises counts in whole."""
    name = LotId("MUN-L-1")
    came = Taken(LotId("MUN-B-1"), 100, 100, lead(100), grown=Grown({"Pb": 10}, {"Pb": 20}, {"Pb": 40}))
    made, went = Made(name, 80, lead(80)), Grown({"Pb": 8}, {"Pb": 16}, {"Pb": 32})
    assert spread(Pool((came,), lead(100), {}), [made]) == {name: went}
    risen = Made(name, 105, lead(105), {"Pb": (100, 105)})
    assert spread(Pool((came,), lead(100), {}), [risen]) == {name: Grown({"Pb": 15}, {"Pb": 20}, {"Pb": 40})}


def test_of_a_run_to_which_nothing_was_added_nothing_is_said() -> None:
    """Most runs are that."""
    came = Taken(LotId("MUN-B-1"), 100, 100, lead(100))
    assert spread(Pool((came,), lead(100), {}), [Made(LotId("MUN-L-1"), 80, lead(80))]) == {}


def test_a_loss_takes_its_part_of_what_was_lifted_and_all_of_what_it_lost_of_what_was_gained() -> None:
    """A count that misses a tenth undoes a gain of as much; the share that was made recycled stays what it was."""
    before = lot(100, 100, Grown({"Pb": 10}, {"Pb": 20}))
    assert grown_after(before, lead(90), {"Pb": -10}) == Grown({}, {"Pb": 18})
    assert grown_after(before, lead(110), {"Pb": 10}) == Grown({"Pb": 20}, {"Pb": 20})


def test_what_a_first_analysis_found_is_kept_beside_what_was_gained() -> None:
    """It is nothing gained, and goes with the metal all the same."""
    assert grown_after(lot(100, 100, NOT_GROWN), lead(104), {}, {"Pb": 4}) == Grown({}, {}, {"Pb": 4})


def test_a_lift_adds_to_those_before() -> None:
    """Each correction of a statement is held against its first word, so a statement lifts once."""
    assert lift(lot(100, 100, Grown({"Pb": 1}, {"Pb": 20})), {"Pb": 5}).grown == Grown({"Pb": 1}, {"Pb": 25})
