"""Which lots a correction gave another answer: these name it, and no others do."""

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


def test_a_lot_whose_answer_did_not_change_does_not_name_the_correction(yard: Yard) -> None:
    """A larger batch leaves mass in the lot; the lead that was made is what it was."""
    yard.say("MUN", correction(0, intake("MUN-B-1", 1200 * KG, {"Pb": 720 * KG}, documents=[SLIP])))
    assert (yard.lot("MUN-B-1").net, yard.lot("MUN-B-1").corrections) == (200 * KG, (f"{2:064x}",))
    assert yard.lot("MUN-L-1").corrections == ()


def test_lots_whose_provenance_changed_name_the_correction() -> None:
    """Another batch went in with the same masses: no figure changed, but where the lead came from."""
    other = run("MUN-R-1", [line("MUN-B-2", 1000 * KG)], [output("MUN-L-1", 592 * KG, {"Pb": 590 * KG})])
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG})
    yard.intake("MUN-B-2", 1000 * KG, {"Pb": 600 * KG})
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [output("MUN-L-1", 592 * KG, {"Pb": 590 * KG})]))
    yard.say("MUN", run("MUN-R-2", [line("MUN-L-1", 592 * KG)], [output("MUN-M-1", 592 * KG, {"Pb": 590 * KG})]))
    yard.say("MUN", correction(2, other))
    assert yard.contributions("MUN-M-1") == [("MUN-B-2", "1.000000000")]
    for lot in ("MUN-B-1", "MUN-B-2", "MUN-L-1", "MUN-M-1"):
        assert yard.lot(lot).corrections == (f"{4:064x}",)
        past = lot_at(LotId(lot), 5, yard)
        assert past is not None
        assert past.lot == yard.lot(lot)
