"""The past: each size of the tree answers with what was known at it."""

from __future__ import annotations

import pytest

from ledger.materials.answers.as_of import lot_at
from schemas.ids import LotId
from tests.materials.yard import SLIP, Yard, intake
from tests.world.events import KG, correction, line, output, run


@pytest.fixture
def yard() -> Yard:
    """1,000 kg with 600 kg lead (statement 0), of which 590 kg became MUN-L-1 (statement 1)."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG}, documents=[SLIP])
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [output("MUN-L-1", 592 * KG, {"Pb": 590 * KG})]))
    return yard


def test_the_past_is_what_it_was_before_and_between_corrections(yard: Yard) -> None:
    """Each size answers with what was known at it."""
    lots = [yard.lot("MUN-L-1")]
    for replacement in (None, intake("MUN-B-1", 750 * KG, {"Pb": 450 * KG}, documents=[SLIP])):
        yard.say("MUN", correction(0, replacement))
        lots.append(yard.lot("MUN-L-1"))
    for size, lot in enumerate(lots, 2):
        past = lot_at(LotId("MUN-L-1"), size, yard)
        assert past is not None
        assert past.lot == lot
