"""An agreement over its term: which days, years and parks count, and against what."""

from __future__ import annotations

from tests.materials.deal import Deal


def test_a_park_is_judged_by_its_own_quantity_and_all_parks_by_the_one_for_all() -> None:
    """1,500 of all parks, 400 of TEX: neither counts for MUN."""
    deal = Deal(
        quantities=[
            {"metal": "Pb", "quantity_kg": "1500", "year": 2026},
            {"metal": "Pb", "quantity_kg": "400", "year": 2026, "park": "TEX"},
        ],
        tolerance="0.05",
    )
    for park in ("MUN", "TEX"):
        deal.make(f"{park}-L-1", 700)
        deal.word(deal.send(f"{park}-L-1"), 700)
    assert "agreed_kg" not in deal.row(park="MUN")
    tex, both = deal.row(park="TEX"), deal.row()
    assert (tex["agreed_kg"], tex["fulfilled"]) == ("400", True)
    assert (both["agreed_kg"], both["least_kg"], both["accepted_kg"], both["fulfilled"]) == (
        "1500",
        "1425",
        "1400",
        False,
    )
    assert deal.row(None, "TEX")["agreed_kg"] == "400"


def test_a_quantity_without_a_year_is_that_of_every_year_by_its_days_in_the_term() -> None:
    """27 of 365 days of 2022, whole years, 338 of 365 days of 2037: the term adds up each once."""
    deal = Deal(
        starts_on="2022-12-05", ends_on="2037-12-04", quantities=[{"metal": "Pb", "quantity_kg": "36500"}],
    )  # fmt: skip
    agreed = {row["year"]: row["agreed_kg"] for row in deal.report("2037-12-31")["years"]}
    assert agreed == {2022: "2700", **dict.fromkeys(range(2023, 2037), "36500"), 2037: "33800"}
    assert deal.row(None)["agreed_kg"] == str(2700 + 14 * 36500 + 33800)
    leap = Deal(starts_on="2028-02-29", ends_on="2028-02-29", quantities=[{"metal": "Pb", "quantity_kg": "366"}])
    leap.make("MUN-L-1", 1, "2028-02-29T06:00:00Z")
    assert leap.row(2028)["agreed_kg"] == "1"


def test_years_without_a_delivery_are_judged_too() -> None:
    """Up to the current one, and those with a quantity of their own; the others have not begun."""
    deal = Deal(
        quantities=[{"metal": "Pb", "quantity_kg": "100"}, {"metal": "Ni", "quantity_kg": "5", "year": 2035}]
    )  # fmt: skip
    report = deal.report("2028-06-01T00:00:00Z")
    assert [(row["year"], row["metal"]) for row in report["years"]] == [
        (year, metal) for year in (2026, 2027, 2028, 2035) for metal in ("Pb", "Ni")
    ]
    assert [row.get("fulfilled") for row in report["years"] if row["metal"] == "Pb"] == [False] * 4
    assert [(row["park"], row["metal"], row["agreed_kg"]) for row in report["totals"]] == [
        (None, "Pb", "1500"), (None, "Ni", "5"),
    ]  # fmt: skip


def test_the_term_is_one_of_days_in_the_parks_own_zone() -> None:
    """Midnight of the first and last day is India's at Mundra, UTC where a park has no zone."""
    deal = Deal(starts_on="2026-03-01", ends_on="2026-11-30")
    for number, at, counts in (
        (1, "2026-02-28T18:29:59Z", False),
        (2, "2026-02-28T18:30:00Z", True),
        (3, "2026-11-30T18:29:59Z", True),
        (4, "2026-11-30T18:30:00Z", False),
    ):
        before = deal.report()["totals"]
        deal.make(f"MUN-L-{number}", 1000, at)
        deal.word(deal.send(f"MUN-L-{number}", at), 1000, at=at)
        assert (deal.report()["totals"] != before) is counts, at
    assert deal.figures() == {"produced": "2000", "dispatched": "2000", "accepted": "2000"}
    deal.make("TEX-L-1", 10, "2026-02-28T18:30:00Z")
    assert deal.figures() == {"produced": "2000", "dispatched": "2000", "accepted": "2000"}


def test_shares_of_production_and_the_share_that_the_buyer_may_take() -> None:
    """Of 1,000 kg produced half may be taken: 400 and 100 kg may, another kilogram not."""
    deal = Deal(share="0.5")
    deal.make("MUN-L-1", 400)
    deal.make("MUN-L-2", 100)
    deal.make("MUN-L-3", 499)
    deal.make("MUN-L-4", 1)
    deal.word(deal.send("MUN-L-1"), 400)
    deal.word(deal.send("MUN-L-2"), 100, "disputed")
    row = deal.row()
    assert [row[f"{name}_of_produced"] for name in ("dispatched", "accepted", "disputed")] == [
        "0.500000", "0.400000", "0.100000",
    ]  # fmt: skip
    assert row["within_share"] is True
    deal.send("MUN-L-4")
    assert deal.row()["within_share"] is False
    assert (deal.report()["share"], deal.report()["tolerance"]) == ("0.5", "0")
    assert "within_share" not in Deal(quantities=[{"metal": "Pb", "quantity_kg": "1"}]).row()
