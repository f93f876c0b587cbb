"""Holds that go along with metal which a correction moves: by output, by a larger taking, back into a batch."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.materials.answers.as_of import lot_at
from schemas.ids import LotId
from tests.materials.held import day, release
from tests.materials.yard import Yard, codes
from tests.world.events import KG, acceptance, correction, dispatch, line, output, participant, run, unsigned_id

TONNE = 1000 * KG


@pytest.fixture
def yard() -> Yard:
    """30 t of scrap, smelted into 12.7 t of bullion and a tonne of slag; 100 kg are packed (entries 0 to 2)."""
    yard = Yard()
    yard.register(participant("CERT", "certifier", country="DE"))
    yard.intake("MUN-B-1", 30 * TONNE, {"Pb": 18 * TONNE})
    yard.say("MUN", smelted(("MUN-L-1", 12_702)))
    yard.say("MUN", packed(100))
    return yard


def smelted(*made: tuple[str, int], taken: int = 20_000) -> dict[str, Any]:
    """Return the run: masses in kg, bullion of which all but 2 kg are lead, and slag beside it."""
    outputs = [output(lot, kg * KG, {"Pb": (kg - 2) * KG}) for lot, kg in made]
    slag = output("MUN-S-1", TONNE, {"Pb": 20 * KG}, material="slag", role="residue")
    return run("MUN-R-1", [line("MUN-B-1", taken * KG)], [*outputs, slag], gain_reason="table_understated")


def packed(kg: int) -> dict[str, Any]:
    """Return the packing of some of the bullion."""
    made = output("MUN-P-1", kg * KG, {"Pb": (kg - 1) * KG})
    return run("MUN-R-2", [line("MUN-L-1", kg * KG)], [made], "packing", gain_reason="table_understated")


def hold(*lots: str) -> dict[str, Any]:
    """Return a hold."""
    return {"type": "hold", "lots": list(lots), "reason": "to be looked at"}


def held(yard: Yard) -> set[str]:
    """Return the lots that are held."""
    return {lot.id for lot in yard.lots.values() if lot.held}


def test_a_held_lot_that_keeps_twelve_kilograms_takes_its_hold_to_the_new_lot(yard: Yard) -> None:
    """The new lot cannot be sent, by name or by another name; the slag, to which nothing moves, can."""
    stated = yard.enter("CERT", hold("MUN-L-1"), day(8))
    yard.say("MUN", correction(unsigned_id(1), smelted(("MUN-L-1", 112), ("MUN-L-2", 12_590))), day(9))
    assert held(yard) == {"MUN-L-1", "MUN-L-2"}
    assert codes(yard, 4)["held-lot-corrected"] == "high"
    assert yard.code("MUN", dispatch("MUN-H-1", "MUN-L-2"), day(10)) == "lot-held"
    assert yard.code("MUN", dispatch("MUN-H-1", "MUN-S-1"), day(10)) == "taken"
    (mark,) = yard.lot("MUN-L-2").holds
    assert (mark.statement, mark.issuer, mark.since, mark.via) == (stated, "CERT", day(8), unsigned_id(4))


def test_content_that_is_moved_beside_the_same_weights_takes_the_hold_along(yard: Yard) -> None:
    """The bullion keeps its weight and no lead; the slag has it."""
    yard.say("CERT", hold("MUN-L-1"), day(8))
    event = smelted(("MUN-L-1", 12_702))
    event["outputs"][0]["content_kg"] = {"Pb": "120"}
    event["outputs"][1] |= {"net_kg": "14000", "content_kg": {"Pb": "12600"}}
    yard.say("MUN", correction(unsigned_id(1), event), day(9))
    assert held(yard) == {"MUN-L-1", "MUN-S-1"}


def test_an_earlier_packing_that_takes_more_of_a_held_lot_is_held(yard: Yard) -> None:
    """100 kg are taken at first, 12,500 by the correction."""
    yard.say("CERT", hold("MUN-L-1"), day(8))
    assert held(yard) == {"MUN-L-1"}
    yard.say("MUN", correction(unsigned_id(2), packed(12_500)), day(9))
    assert held(yard) == {"MUN-L-1", "MUN-P-1"}
    assert yard.code("MUN", dispatch("MUN-H-1", "MUN-P-1"), day(10)) == "lot-held"


def test_a_packing_that_takes_less_is_not_held(yard: Yard) -> None:
    """What was made of the lot before is no matter of the hold."""
    yard.say("CERT", hold("MUN-L-1"), day(8))
    yard.say("MUN", correction(unsigned_id(2), packed(90)), day(9))
    assert held(yard) == {"MUN-L-1"}
    assert codes(yard, 4)["held-lot-corrected"] == "high"


def test_the_hold_goes_on_where_all_of_the_larger_lot_was_used(yard: Yard) -> None:
    """The packed bullion was cast whole; the cast metal is held once the packing took 12,500 kg."""
    cast = run("MUN-R-3", [line("MUN-P-1", 100 * KG, closes=True)], [output("MUN-C-1", 100 * KG, {"Pb": 99 * KG})],
               "casting", gain_reason="table_understated")  # fmt: skip
    yard.say("MUN", cast)
    yard.say("CERT", hold("MUN-L-1"), day(8))
    yard.say("MUN", correction(unsigned_id(2), packed(12_500)), day(9))
    assert held(yard) == {"MUN-L-1", "MUN-P-1", "MUN-C-1"}


def test_a_run_that_did_not_occur_leaves_the_hold_with_the_batch(yard: Yard) -> None:
    """Else the same metal is smelted again under another name."""
    yard.say("CERT", hold("MUN-L-1"), day(8))
    yard.say("MUN", correction(unsigned_id(1)), day(9))
    assert "MUN-B-1" in held(yard)
    again = smelted(("MUN-L-9", 12_702)) | {"run": "MUN-R-9", "started_at": day(10), "ended_at": day(10)}
    again["outputs"][1]["lot"] = "MUN-S-9"
    assert yard.code("MUN", again, day(10)) == "lot-held"


def test_a_dispute_goes_along_as_a_hold_of_the_receiver(yard: Yard) -> None:
    """Who releases it when it is settled."""
    yard.say("MUN", dispatch("MUN-H-1", "MUN-L-1", to="TEX"), day(7))
    word = yard.enter("TEX", acceptance("MUN-H-1", "MUN-L-1", decision="disputed", net=12_600 * KG), day(8))
    yard.say("MUN", correction(unsigned_id(1), smelted(("MUN-L-1", 112), ("MUN-L-2", 12_590))), day(9))
    (mark,) = yard.lot("MUN-L-2").holds
    assert (mark.statement, mark.issuer) == (word, "TEX")
    let_go = {"type": "release", "hold": word, "lots": ["MUN-L-2"], "reason": "settled"}
    assert yard.code("MUN", let_go, day(10)) == "not-entitled"
    assert yard.code("TEX", let_go, day(10)) == "taken"
    assert held(yard) == set()


def test_what_was_released_does_not_go_along(yard: Yard) -> None:
    """And a correction after that is nothing special."""
    yard.say("CERT", hold("MUN-L-1"), day(8))
    yard.say("CERT", {**release(3), "lots": ["MUN-L-1"]}, day(9))
    yard.say("MUN", correction(unsigned_id(1), smelted(("MUN-L-1", 112), ("MUN-L-2", 12_590))), day(9))
    assert held(yard) == set()
    assert "held-lot-corrected" not in codes(yard, 5)


def test_a_carried_hold_lasts_through_further_corrections_until_it_is_released(yard: Yard) -> None:
    """And the past answers as it did."""
    stated = yard.enter("CERT", hold("MUN-L-1"), day(8))
    yard.say("MUN", correction(unsigned_id(1), smelted(("MUN-L-1", 112), ("MUN-L-2", 12_590))), day(9))
    yard.say("MUN", correction(unsigned_id(1), smelted(("MUN-L-1", 112), ("MUN-L-2", 12_580))), day(10))
    assert held(yard) == {"MUN-L-1", "MUN-L-2"}
    yard.say("CERT", {"type": "release", "hold": stated, "lots": ["MUN-L-2"], "reason": "looked at"}, day(11))
    assert held(yard) == {"MUN-L-1"}
    yard.say("MUN", correction(unsigned_id(1), smelted(("MUN-L-1", 112), ("MUN-L-2", 12_570))), day(12))
    assert held(yard) == {"MUN-L-1"}
    for size, is_held in ((5, True), (6, True), (7, False), (8, False)):
        past = lot_at(LotId("MUN-L-2"), size, yard)
        assert past is not None
        assert past.lot.held is is_held


def test_nothing_is_carried_where_no_run_changes(yard: Yard) -> None:
    """An intake makes one lot, and keeps it."""
    yard.say("CERT", hold("MUN-B-1"), day(8))
    yard.say("MUN", correction(unsigned_id(0), {"type": "intake", "lot": "MUN-B-1", **_batch()}), day(9))
    assert held(yard) == {"MUN-B-1"}
    assert codes(yard, 4)["held-lot-corrected"] == "high"


def _batch() -> dict[str, Any]:
    return {
        "material": "lead_scrap", "chemistry": "lead_acid", "form": "scrap", "net_kg": "30010",
        "content_kg": {"Pb": "18000"}, "content_basis": "assay", "country": "IN", "documents": [],
        "origin": "battery_post_consumer",
    }  # fmt: skip


def test_a_larger_part_that_is_sent_back_takes_the_hold_along(yard: Yard) -> None:
    """And what of it stays after all is held as well."""
    yard.say("MUN", dispatch("MUN-H-1", "MUN-L-1", to="TEX"), day(6))
    said = yard.enter("TEX", parted(100), day(7))
    yard.say("CERT", hold("MUN-L-1"), day(8))
    assert held(yard) == {"MUN-L-1"}
    yard.say("TEX", correction(said, parted(12_000)), day(9))
    assert held(yard) == {"MUN-L-1", "TEX-P-1"}


def parted(kg: int) -> dict[str, Any]:
    """Return the receiver's word that sends a part back."""
    word = acceptance("MUN-H-1", "MUN-L-1", net=(12_602 - kg) * KG)
    word["lots"][0]["rejected"] = {"lot": "TEX-P-1", "net_kg": str(kg)}
    return word
