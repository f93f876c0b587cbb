"""What of a product is domestic: of waste of the country, recycled there."""

from __future__ import annotations

import pytest

from schemas.ids import LotId
from tests.materials.yearbook import DAY, class_row, domestic_of, verdict, year_of
from tests.season.court import Court
from tests.world.events import KG, acceptance, addition, dispatch, line, output, run


@pytest.mark.parametrize(("country", "share", "passes"), [("IN", "1.000000", True), ("TH", "0.250000", True)])
def test_pure_lithium_carbonate_is_domestic_as_its_lithium_is(country: str, share: str, passes: bool) -> None:
    """300 of 400 kg Li from a batch of Thailand leave a quarter; oxygen and carbonate follow the lithium."""
    court = Court()
    court.cells("MUN-B-1", 2_500, {"Li": 100})
    court.cells("MUN-B-2", 7_500, {"Li": 300}, country=country)
    salt = output("MUN-C-1", 2_000 * KG, {"Li": 375 * KG}, material="lithium_carbonate")
    lots = [line("MUN-B-1", 2_500 * KG), line("MUN-B-2", 7_500 * KG)]
    court.say("MUN", run("MUN-R-1", lots, [salt], "crystallisation"), DAY % 9)
    found = verdict(class_row(year_of(court), "lithium"), "domestic_use", "lithium", "2030-04-01")
    assert (found["share"], found["passes"]) == (share, passes)


def test_primary_metal_takes_nothing_from_what_is_domestic() -> None:
    """50 kg Ni of domestic cells with 50 kg of primary Ni are one half, not one half of the waste in it."""
    court = Court()
    court.cells("MUN-B-1", 500, {"Ni": 50})
    salt = output("MUN-N-1", 480 * KG, {"Ni": 100 * KG}, material="nickel_sulfate")
    bought = addition(50 * KG, {"Ni": 50 * KG})
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 500 * KG)], [salt], additions=[bought]), DAY % 9)
    assert domestic_of(court).metal_in(court.lots[LotId("MUN-N-1")]) == 50 * KG
    found = verdict(class_row(year_of(court), "lithium"), "domestic_use", "lithium")
    assert found["share"] == "0.500000"


def test_only_what_a_park_in_the_country_recycled_of_its_own_waste_is_domestic() -> None:
    """A batch is not recycled yet, a park of Texas is abroad, and so is what it sends to India to be packed."""
    court = Court()
    court.batch("TEX-B-1", 20_000)
    court.smelt("TEX-R-1", {"TEX-B-1": 20_000}, 11_000)
    court.batch("MUN-B-1", 20_000)
    sent = {"type": "dispatch", "shipment": "TEX-H-1", "to": "MUN", "lots": [{"lot": "TEX-L-1"}]}
    court.say("TEX", sent, DAY % 8)
    word = {"lot": "TEX-L-1", "decision": "accepted", "net_kg": "11002"}
    court.say("MUN", {"type": "acceptance", "shipment": "TEX-H-1", "lots": [word]}, DAY % 9)
    bars = output("MUN-P-1", 11_002 * KG, {"Pb": 11_000 * KG}, material="refined_lead")
    times = {"started_at": DAY % 10, "ended_at": DAY % 10}
    court.say("MUN", run("MUN-R-1", [line("TEX-L-1", 11_002 * KG)], [bars], "packing", **times), DAY % 10)
    assert court.refused == []
    domestic = domestic_of(court)
    assert [domestic.metal_in(court.lots[LotId(lot)]) for lot in ("MUN-B-1", "TEX-L-1", "MUN-P-1")] == [0, 0, 0]


def test_a_part_of_a_batch_is_as_domestic_as_the_batch() -> None:
    """Rejected by a receiver, it was not recycled yet; what its park makes of it is domestic."""
    court = Court()
    court.batch("MUN-B-1", 20_000)
    court.say("MUN", dispatch("MUN-H-1", "MUN-B-1", to="TEX"), DAY % 8)
    part = {"lot": "TEX-X-1", "net_kg": "10000"}
    kept = {"lot": "MUN-B-1", "decision": "accepted", "net_kg": "10000", "rejected": part}
    court.say("TEX", acceptance("MUN-H-1", lots=[kept]), DAY % 9)
    court.smelt("MUN-R-1", {"TEX-X-1": 10_000}, 5_900, at=DAY % 10)
    assert court.refused == []
    domestic = domestic_of(court)
    lead = court.lots[LotId("MUN-L-1")]
    assert domestic.metal_in(court.lots[LotId("TEX-X-1")]) == 0
    assert domestic.metal_in(lead) == sum(lead.mix["Pb"])
