"""An agreement over its term: what counts as produced and delivered, and whose."""

from __future__ import annotations

from tests.materials.deal import Deal, accept, to_tex
from tests.materials.yard import intake
from tests.world.events import KG, correction


def test_a_park_that_tolls_for_a_sister_delivers_for_the_seller() -> None:
    """What TEX refines for MUN is MUN's production once, none of TEX's, and a delivery all the same."""
    deal = Deal()
    deal.make("MUN-L-1", 100)
    deal.word(to_tex(deal, "MUN-L-1"), 100)
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
                deal.enter("GLENCORE", correction(word, accept(shipment, lot, 1000, "rejected")), at)
                continue
            if year % 4 == 2:
                deal.enter("GLENCORE", correction(word, accept(shipment, lot, 800)), at)
            if year % 4 == 3:
                deal.enter(park, correction(batch, intake(f"{park}-B-{year}", 990 * KG, {"Pb": 990 * KG})), at)
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
