"""What is answered about a lot: masses without zeros, also of one that is used up."""

from __future__ import annotations

from ledger.materials.answers.lot_report import lot_report
from schemas.versions import VERSION_1
from tests.materials.yard import Yard
from tests.world.events import line, output, run


def test_a_used_up_lot_has_no_mass_and_its_last_holder() -> None:
    """``0``, empty maps; what it was made of is still answered."""
    yard = Yard()
    yard.intake("MUN-B-1", 10, {"Pb": 5})
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 10)], [output("MUN-P-1", 10, {"Pb": 5})]))
    yard.say("MUN", run("MUN-R-2", [line("MUN-P-1", 10)], [output("MUN-Q-1", 10, {"Pb": 5})]))
    assert lot_report(yard.lot("MUN-P-1"), VERSION_1, 7) == {
        "lot": "MUN-P-1",
        "material": "lead_bullion",
        "holder": "MUN",
        "status": "consumed",
        "held": False,
        "net_kg": "0",
        "content_kg": {},
        "origin_kg": {},
        "recycled_share": {"eu-2023-1542": {}, "iso-14021": {}},
        "share_basis": "physical",
        "custody": "controlled_blending",
        "claimable_kg": {"recycling_service": {}, "recycled_content": {}},
        "corrections": [],
        "tree_size": 7,
    }
    for lot in ("MUN-B-1", "MUN-P-1", "MUN-Q-1"):
        assert yard.contributions(lot) == [("MUN-B-1", "1.000000000")]


def test_a_report_has_masses_without_trailing_zeros_and_nothing_that_is_zero() -> None:
    """A metal or an origin without mass is absent."""
    yard = Yard()
    yard.intake("MUN-B-1", "12.50", {"Pb": 1_500_000, "Ni": 0}, origin_kg={"Pb": {"primary": 1_500_000, "internal": 0}})
    report = lot_report(yard.lot("MUN-B-1"), VERSION_1, 1)
    assert (report["net_kg"], report["content_kg"]) == ("12.5", {"Pb": "1.5"})
    assert report["origin_kg"] == {"Pb": {"primary": "1.5"}}
