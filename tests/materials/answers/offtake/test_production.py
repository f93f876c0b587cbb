"""What counts as produced under an agreement, and whose it is."""

from __future__ import annotations

from tests.materials.deal import Deal, to_tex
from tests.materials.yard import intake
from tests.world.events import KG


def test_one_metal_counts_once_however_many_runs_it_takes() -> None:
    """Bullion, refined lead, packed lead, in two parks, at the turn of a year: 10,000 kg."""
    deal = Deal()
    deal.make("MUN-L-1", 10_000)
    deal.turn("MUN-L-2", {"MUN-L-1": 10_000}, process="refining")
    deal.turn("MUN-L-3", {"MUN-L-2": 10_000}, "2027-01-05T00:00:00Z", "packing")
    assert (deal.figures(2026), deal.figures(2027)) == ({"produced": "10000"}, {})
    deal.word(to_tex(deal, "MUN-L-3"), 10_000)
    deal.turn("TEX-L-1", {"MUN-L-3": 10_000}, "2027-02-05T00:00:00Z", "refining")
    assert deal.figures(None) == {"produced": "10000"}


def test_packing_what_was_bought_is_no_production() -> None:
    """Nor packing a product from before the term; packing what was unfinished is."""
    deal = Deal()
    deal.enter("MUN", intake("MUN-B-9", 500 * KG, {"Pb": 500 * KG}))
    deal.turn("MUN-L-9", {"MUN-B-9": 500}, process="packing")
    deal.make("MUN-L-1", 1000, "2025-12-01T00:00:00Z")
    deal.turn("MUN-L-2", {"MUN-L-1": 1000}, process="packing")
    assert deal.report()["totals"] == []
    deal.enter("MUN", intake("MUN-B-5", 300 * KG, {"Pb": 300 * KG}), "2025-12-30T00:00:00Z")
    deal.turn("MUN-L-5", {"MUN-B-5": 300}, "2025-12-31T00:00:00Z", role="intermediate")
    deal.turn("MUN-L-6", {"MUN-L-5": 300}, process="packing")
    assert deal.figures() == {"produced": "300"}


def test_an_assay_of_the_park_is_what_it_produced() -> None:
    """Of a table's 1,000 kg the analysis finds 950: these were produced, and all of them sent."""
    deal = Deal(share="1")
    deal.make("MUN-L-1", 1000)
    assay = {"type": "assay", "lots": ["MUN-L-1"], "stage": "final", "basis": "wet", "method": "XRF", "sample": "S",
             "results": {"Pb": {"fraction": "0.95", "uncertainty": "0.006"}}, "report": "9" * 64}  # fmt: skip
    deal.enter("MUN", assay)
    deal.send("MUN-L-1")
    row = deal.row()
    assert (row["produced_kg"], row["dispatched_kg"], row["within_share"]) == ("950", "950", True)


def test_tolled_metal_is_never_the_parks_own() -> None:
    """Owned by another by the batch's word, or sent by its owner to be refined; made or delivered."""
    deal = Deal()
    deal.make("MUN-L-1", 400, owner="GLENCORE")
    deal.word(deal.send("MUN-L-1"), 400)
    assert deal.figures() == {"tolled": "400", "tolled_dispatched": "400"}
    assert "custody" not in deal.row()
    back = {"type": "dispatch", "shipment": "GLENCORE-H-1", "to": "TEX", "lots": [{"lot": "MUN-L-1"}]}
    deal.make("MUN-L-2", 100)
    deal.word(deal.send("MUN-L-2"), 100)
    deal.enter("GLENCORE", {**back, "lots": [{"lot": "MUN-L-2"}]})
    deal.word("GLENCORE-H-1", 100)
    deal.turn("TEX-L-1", {"MUN-L-2": 100}, process="toll_refining")
    deal.word(deal.send("TEX-L-1"), 100)
    assert deal.figures(park="TEX") == {"tolled": "100", "tolled_dispatched": "100"}
    assert deal.figures() == {
        "produced": "100", "tolled": "500", "dispatched": "100", "accepted": "100", "tolled_dispatched": "500",
    }  # fmt: skip
