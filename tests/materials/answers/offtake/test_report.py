"""An agreement over its term: what counts as produced and delivered, and whose."""

from __future__ import annotations

from typing import Any

import pytest

from tests.materials.deal import KG, Deal, accept, correct
from tests.materials.yard import intake, line, output, run


def test_what_was_accepted_is_what_the_buyer_got() -> None:
    """800 of 1,000 kg by its own weight; its own analysis where it has one; never more than was sent."""
    for kg, content, accepted in ((800, None, "800"), (1000, {"Pb": "900"}, "900"), (1100, {"Pb": "1050"}, "1000")):
        deal = Deal()
        deal.make("MUN-L-1", 1000)
        more: dict[str, Any] = {"content_kg": content} if content else {}
        deal.word(deal.send("MUN-L-1"), kg, **more)
        assert deal.figures() == {"produced": "1000", "dispatched": "1000", "accepted": accepted}


def test_a_settlement_counts_as_settled() -> None:
    """Disputed at first, then settled at 900 kg on an assay."""
    deal = Deal()
    deal.make("MUN-L-1", 1000)
    shipment = deal.send("MUN-L-1")
    deal.word(shipment, 1000, "disputed")
    assert deal.figures() == {"produced": "1000", "dispatched": "1000", "disputed": "1000"}
    assay = {"type": "assay", "lots": ["MUN-L-1"], "stage": "final", "basis": "wet", "method": "XRF", "sample": "S",
             "results": {"Pb": {"fraction": "0.9", "uncertainty": "0.006"}}, "report": "9" * 64}  # fmt: skip
    found = deal.enter("GLENCORE", assay)
    deal.word(shipment, 1000, "settled", content_kg={"Pb": "900"}, assays=[found])
    assert deal.figures() == {"produced": "1000", "dispatched": "1000", "accepted": "900"}


def test_an_acceptance_that_is_corrected_counts_as_it_stands() -> None:
    """Rejected after all: it was not delivered. Sent again it counts once, in the year of that shipment."""
    deal = Deal()
    deal.make("MUN-L-1", 1000)
    first = deal.send("MUN-L-1")
    wrong = deal.word(first, 1000)
    deal.enter("GLENCORE", correct(wrong, accept(first, "MUN-L-1", 1000, "rejected")))
    assert deal.figures() == {"produced": "1000"}
    deal.word(deal.send("MUN-L-1", "2027-03-01T00:00:00Z", "-2"), 700, at="2027-03-02T00:00:00Z")
    assert deal.figures(2026) == {"produced": "1000"}
    assert deal.figures(2027) == {"dispatched": "1000", "accepted": "700"}
    assert deal.figures(None) == {"produced": "1000", "dispatched": "1000", "accepted": "700"}


def test_an_acceptance_that_did_not_occur_leaves_the_lot_on_its_way() -> None:
    """It is dispatched and not accepted; a dispute before it is what counts again."""
    deal = Deal()
    deal.make("MUN-L-1", 1000)
    shipment = deal.send("MUN-L-1")
    deal.enter("GLENCORE", correct(deal.word(shipment, 1000)))
    assert deal.figures() == {"produced": "1000", "dispatched": "1000"}
    deal.word(shipment, 1000, "disputed")
    deal.enter("GLENCORE", correct(deal.word(shipment, 1000, "settled")))
    assert deal.figures() == {"produced": "1000", "dispatched": "1000", "disputed": "1000"}


@pytest.mark.parametrize("decision", ["accepted", "disputed"])
def test_a_product_that_is_corrected_after_it_was_used_counts_as_it_stands(decision: str) -> None:
    """The buyer has used the lot up; then the park finds that it held 900 kg: never the difference alone."""
    deal = Deal()
    deal.make("MUN-L-1", 1000)
    deal.word(deal.send("MUN-L-1"), 1000, decision)
    if decision == "accepted":
        deal.turn("GLENCORE-L-1", {"MUN-L-1": 1000}, process="packing")
    event = run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [output("MUN-L-1", 1000 * KG, {"Pb": 900 * KG})])
    deal.enter("MUN", correct(f"{3:064x}", event))
    assert deal.figures() == {"produced": "900", "dispatched": "900", decision: "900"}


def test_one_metal_counts_once_however_many_runs_it_takes() -> None:
    """Bullion, refined lead, packed lead, in two parks, at the turn of a year: 10,000 kg."""
    deal = Deal()
    deal.make("MUN-L-1", 10_000)
    deal.turn("MUN-L-2", {"MUN-L-1": 10_000}, process="refining")
    deal.turn("MUN-L-3", {"MUN-L-2": 10_000}, "2027-01-05T00:00:00Z", "packing")
    assert (deal.figures(2026), deal.figures(2027)) == ({"produced": "10000"}, {})
    deal.word(_to_tex(deal, "MUN-L-3"), 10_000)
    deal.turn("TEX-L-1", {"MUN-L-3": 10_000}, "2027-02-05T00:00:00Z", "refining")
    assert deal.figures(None) == {"produced": "10000"}


def _to_tex(deal: Deal, lot: str) -> str:
    shipment = lot.replace("-L-", "-T-")
    deal.enter(lot[:3], {"type": "dispatch", "shipment": shipment, "to": "TEX", "lots": [{"lot": lot}]})
    return shipment


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


def test_a_park_that_tolls_for_a_sister_delivers_for_the_seller() -> None:
    """What TEX refines for MUN is MUN's production once, none of TEX's, and a delivery all the same."""
    deal = Deal()
    deal.make("MUN-L-1", 100)
    deal.word(_to_tex(deal, "MUN-L-1"), 100)
    deal.turn("TEX-L-1", {"MUN-L-1": 100}, process="toll_refining")
    deal.word(deal.send("TEX-L-1"), 100)
    assert deal.figures(park="TEX") == {"dispatched": "100", "accepted": "100"}
    assert deal.figures(park="MUN") == {"produced": "100"}
    assert deal.figures() == {"produced": "100", "dispatched": "100", "accepted": "100"}


def test_the_weakest_model_of_what_was_delivered_stands_beside_it() -> None:
    """Of one park identity preserved, of the other blended: together blended; none where nothing went."""
    deal = Deal()
    deal.make("MUN-L-9", 10)
    assert "custody" not in deal.row()
    deal.enter("MUN", intake("MUN-B-1", 100 * KG, {"Pb": 100 * KG}, custody="identity_preserved"))
    deal.turn("MUN-L-1", {"MUN-B-1": 100}, process="packing")
    deal.make("TEX-L-1", 100)
    deal.send("MUN-L-1")
    assert deal.row()["custody"] == "identity_preserved"
    deal.send("TEX-L-1")
    assert [deal.row(park=park)["custody"] for park in ("MUN", "TEX", None)] == [
        "identity_preserved", "controlled_blending", "controlled_blending",
    ]  # fmt: skip


def test_a_lot_that_comes_back_and_is_sent_again_counts_once() -> None:
    """The buyer sends it back; what was delivered is the last shipment that stands."""
    deal = Deal()
    deal.make("MUN-L-1", 1000)
    deal.word(deal.send("MUN-L-1"), 1000)
    back = {"type": "dispatch", "shipment": "GLENCORE-H-1", "to": "MUN", "lots": [{"lot": "MUN-L-1"}]}
    deal.enter("GLENCORE", back)
    deal.word("GLENCORE-H-1", 1000)
    deal.word(deal.send("MUN-L-1", "2027-01-10T00:00:00Z", "-2"), 1000, "disputed", "2027-01-10T00:00:00Z")
    assert deal.figures(None) == {"produced": "1000", "dispatched": "1000", "disputed": "1000"}


def test_fifteen_years_with_corrections_add_up() -> None:
    """A delivery a year and park: short, disputed, rejected, corrected; the term is the sum of its years and parks."""
    deal = Deal(
        starts_on="2026-03-01", ends_on="2041-02-28", tolerance="0.05",
        quantities=[{"metal": "Pb", "quantity_kg": "2000"}],
    )  # fmt: skip
    expected = {"produced": 0, "dispatched": 0, "accepted": 0, "disputed": 0}
    for year in range(2026, 2042):
        for park in ("MUN", "TEX"):
            at = f"{year}-02-10T00:00:00Z" if year == 2041 else f"{year}-07-10T00:00:00Z"
            lot = f"{park}-L-{year}"
            batch = deal.make(lot, 1000, at)
            shipment = deal.send(lot, at)
            word = deal.word(shipment, 1000, "disputed" if year % 5 == 0 else "accepted", at)
            expected["produced"] += 1000
            if year % 4 == 1:
                deal.enter("GLENCORE", correct(word, accept(shipment, lot, 1000, "rejected")), at)
                continue
            if year % 4 == 2:
                deal.enter("GLENCORE", correct(word, accept(shipment, lot, 800)), at)
            if year % 4 == 3:
                deal.enter(park, correct(batch, intake(f"{park}-B-{year}", 990 * KG, {"Pb": 990 * KG})), at)
            expected["dispatched"] += 1000
            # 2030 is both: the correction says that it was accepted, short.
            kind = "disputed" if year % 5 == 0 and year % 4 != 2 else "accepted"
            expected[kind] += 800 if year % 4 == 2 else 1000
    report = deal.report("2041-06-01T00:00:00Z")
    (total,) = [row for row in report["totals"] if row["park"] is None]
    assert {name: int(total[f"{name}_kg"]) for name in expected} == expected
    years = [row for row in report["years"] if row["park"] is None]
    parks = [row for row in report["years"] if row["park"] is not None]
    for rows in (years, parks):
        assert {name: sum(int(row[f"{name}_kg"]) for row in rows) for name in expected} == expected
    assert len({row["year"] for row in report["years"]}) == 16
    assert total["agreed_kg"] == "29999.999999"
