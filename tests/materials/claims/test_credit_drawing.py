"""Mass-balance credits: earned once, drawn once, never uncovered on any day."""

from __future__ import annotations

import pytest

from ledger.materials.state.credit_account import uncovered
from schemas.ids import PartyId
from tests.materials.credit_site import Site
from tests.materials.market import WASTE, dispatch
from tests.materials.yard import intake
from tests.world.events import correction


@pytest.fixture
def site() -> Site:
    """A site with a bound lot of waste and one of virgin metal."""
    site = Site()
    site.bound("MUN-L-1")
    site.bound("MUN-L-2", origin="primary")
    return site


def test_a_credit_reaches_what_a_second_run_made(site: Site) -> None:
    """Bullion earned it, the refined lead draws it: an account is of a site, its class the metal and origin."""
    site.make("MUN-L-3", {"MUN-L-1": "10000"}, "9900", "refining")
    site.send("MUN-L-3", credit="9900", at="2026-01-06T06:00:00Z")
    assert site.lot("MUN-L-3").credit == {"Pb": (9_900_000_000, 0, 0, 0, 0, 0, 0)}


def test_packing_does_not_thin_the_rolling_average(site: Site) -> None:
    """What is bound already is not made again."""
    before = site.account()["rolling_average"]
    site.make("MUN-L-3", {"MUN-L-1": "10000"}, "10000", "packing")
    assert site.account()["rolling_average"] == before == "0.500000"


def test_a_settlement_lessens_the_credit_with_the_metal(site: Site) -> None:
    """10,000 kg of credit on a lot that turns out to hold 9,000 kg: 9,000 kg can be claimed."""
    site.send("MUN-L-1", credit="10000")
    site.accept("MUN-L-1", "10000", "disputed")
    found = site.assay("MUN-L-1", "0.9")
    site.accept("MUN-L-1", "10000", "settled", content_kg={"Pb": "9000"}, assays=[found])
    assert site.free("MUN-L-1") == {WASTE: "9000"}


@pytest.mark.parametrize(("credit", "lot"), [("99999", "MUN-L-2"), ("1", "MUN-B-3")])
def test_a_corrected_dispatch_conjures_no_credit(site: Site, credit: str, lot: str) -> None:
    """No more than the lot holds, and none for a lot that is not bound."""
    site.batch("MUN-B-3")
    said = site.send(lot)
    assert site.code("MUN", correction(said, dispatch(lot, credit=credit))) == "not-creditable"


def test_a_correction_that_makes_a_lot_smaller_makes_its_credit_smaller() -> None:
    """Folded again, a draw grants no more than the metal that is there."""
    site = Site()
    wrong, _ = site.bound("MUN-L-1")
    site.bound("MUN-L-2")
    site.send("MUN-L-1", credit="10000")
    site.correct(wrong, intake("MUN-B-1", "10000", {"Pb": "6000"}))
    lot = site.lot("MUN-L-1")
    assert sum(map(sum, (lot.credit or {}).values())) <= sum(map(sum, lot.mix.values()))


def test_credit_whose_cover_was_corrected_away_cannot_be_claimed(site: Site) -> None:
    """Neither on the lot nor on what was made of it; the finding is on both, and claims on it lost their cover."""
    site.send("MUN-L-2", credit="10000")
    site.accept("MUN-L-2", "10000")
    site.claim("MUN-L-2", "4000")
    site.make("GLENCORE-L-1", {"MUN-L-2": "5000"}, "5000", "packing")
    run = next(
        logged
        for logged in site.past.logged_events(site.past.indexes())
        if getattr(logged.event, "run", "") == "MUN-R-1"
    )
    site.correct(run.statement)
    for lot in ("MUN-L-2", "GLENCORE-L-1"):
        assert site.free(lot) == {}
        assert site.uncovered(lot)
        assert site.found(lot)["credit-overdrawn"] == "high"
        assert site.lot(lot).corrections
    assert uncovered(site.account_of(PartyId("MUN"))) == {}


def test_the_newest_draws_are_undone_as_far_as_cover_is_missing(site: Site) -> None:
    """Who drew first keeps what there is."""
    site.bound("MUN-L-3", origin="primary")
    site.send("MUN-L-2", credit="3000")
    site.send("MUN-L-3", credit="5000")
    run = next(
        logged
        for logged in site.past.logged_events(site.past.indexes())
        if getattr(logged.event, "lot", "") == "MUN-B-1"
    )
    site.correct(run.statement, intake("MUN-B-1", "10000", {"Pb": "6000"}))
    assert site.free("MUN-L-2") == {WASTE: "3000"}
    assert site.free("MUN-L-3") == {WASTE: "3000"}
    assert (site.found("MUN-L-2"), site.found("MUN-L-3")) == ({}, {"credit-overdrawn": "high"})


def test_a_draw_stands_again_when_its_cover_comes_back(site: Site) -> None:
    """A correction that was wrong itself leaves nothing behind when it is corrected."""
    site.send("MUN-L-2", credit="10000")
    batch = next(
        logged
        for logged in site.past.logged_events(site.past.indexes())
        if getattr(logged.event, "lot", "") == "MUN-B-1"
    )
    site.correct(batch.statement, intake("MUN-B-1", "10000", {"Pb": "10000"}, origin="primary"))
    assert site.free("MUN-L-2") == {}
    site.correct(batch.statement, intake("MUN-B-1", "10000", {"Pb": "10000"}))
    assert site.free("MUN-L-2") == {WASTE: "10000"}


@pytest.mark.parametrize("how", ["assay", "count"])
def test_a_bound_lot_that_loses_metal_loses_what_it_earned(site: Site, how: str) -> None:
    """What an analysis or a count takes from it while its site has it was never there to be credited."""
    if how == "assay":
        site.assay("MUN-L-1", "0.5")
    else:
        site.count("MUN-L-1", "5000")
    assert site.account()["available_kg"] == {WASTE: "5000"}


def test_a_bound_lot_that_loses_metal_uncovers_draws(site: Site) -> None:
    """The account had given more than the lot, as it was counted, had earned."""
    site.send("MUN-L-2", credit="8000")
    site.count("MUN-L-1", "5000")
    assert site.free("MUN-L-2") == {WASTE: "5000"}
    assert site.found("MUN-L-2") == {"credit-overdrawn": "high"}


def test_what_left_the_site_keeps_its_credit_there(site: Site) -> None:
    """A count at the receiver says nothing of what the site earned."""
    site.send("MUN-L-1")
    site.accept("MUN-L-1", "10000")
    site.count("MUN-L-1", "5000")
    assert site.account()["available_kg"] == {WASTE: "10000"}


def test_the_refusal_speaks_of_what_is_drawn() -> None:
    """Another origin that lost its cover is not in the way, and the figures are those of the line."""
    site = Site()
    site.bound("MUN-L-1")
    site.bound("MUN-L-2", origin="battery_manufacturing")
    said = site.refusal("MUN-L-2", "10001")
    assert "expected at most the 10000 kg Pb that MUN-L-2 holds without credit, got 10001 kg" in said
    site.send("MUN-L-1", credit="6000")
    site.send("MUN-L-2", credit="10000", origin="battery_manufacturing")
    site.bound("MUN-L-3", origin="primary")
    assert "expected at most the 4000 kg Pb of battery_post_consumer" in site.refusal("MUN-L-3", "4001")


def test_a_lot_that_a_correction_brings_in_draws_what_it_could_hold_then(site: Site) -> None:
    """Half of it had been packed when the shipment left; of a lot that was in it, the most that it ever held counts."""
    site.bound("MUN-L-3")
    site.make("MUN-L-4", {"MUN-L-3": "5000"}, "5000", "packing")
    at = "2026-01-06T06:00:00Z"
    sent = site.send("MUN-L-1", credit="10", at=at)
    first = dispatch("MUN-L-1", credit="10")
    for credit, code in (("5001", "not-creditable"), ("5000", "taken")):
        more = {**first, "lots": [*first["lots"], *dispatch("MUN-L-3", credit=credit)["lots"]]}
        assert site.code("MUN", correction(sent, more), at) == code
