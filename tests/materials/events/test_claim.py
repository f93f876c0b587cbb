"""Claims: a kilogram is reported to the outside once, whatever becomes of it afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.files.export_1.accounting_tables import claims as claims_table
from ledger.materials.claims.bound_metal import earnings_of
from ledger.materials.mass.mix import Mix
from ledger.materials.state.records import Made, Mark, Taken
from tests.materials.market import WASTE, Market, claim, correction
from tests.materials.yard import addition, intake, line, output, run


@pytest.fixture
def market() -> Market:
    """A market where MUN has a batch of 10,000 kg lead."""
    market = Market()
    market.batch("MUN-B-1")
    return market


def test_metal_that_an_assay_takes_away_and_brings_back_is_not_claimed_twice(market: Market) -> None:
    """The claim loses its cover, and nothing more can be claimed when the metal is there again."""
    market.claim("MUN-B-1", "10000")
    market.assay("MUN-B-1", "0.1")
    assert market.found("MUN-B-1") == {"claim-uncovered": "high"}
    market.assay("MUN-B-1", "1")
    assert market.uncovered("MUN-B-1")
    assert market.free("MUN-B-1") == {} == market.free("MUN-B-1", "recycling_service")


def test_metal_that_an_assay_finds_in_the_loss_of_a_run_brings_its_claims_along(market: Market) -> None:
    """What was claimed before the run is not free when an analysis finds it after all."""
    market.claim("MUN-B-1", "10000")
    market.make("MUN-L-1", {"MUN-B-1": "10000"}, "6000", net="10000")
    market.assay("MUN-L-1", "0.9")
    assert market.origins("MUN-L-1") == {WASTE: 9_000_000_000}
    assert market.free("MUN-L-1") == {}
    assert market.free("MUN-L-1", "recycling_service") == {WASTE: "9000"}


def test_an_uncovered_claim_goes_to_all_that_is_made_of_its_lot(market: Market) -> None:
    """Packing does not wash it off, neither before the correction nor after it."""
    wrong = market.batch("MUN-B-2")
    market.claim("MUN-B-2", "10000")
    market.make("MUN-L-1", {"MUN-B-2": "4000"}, "4000", "packing")
    market.correct(wrong, intake("MUN-B-2", "8000", {"Pb": "8000"}))
    market.make("MUN-L-2", {"MUN-B-2": "3999"}, "3999", "packing")
    for lot in ("MUN-B-2", "MUN-L-1", "MUN-L-2"):
        assert market.uncovered(lot)
        assert market.free(lot) == {}
        assert market.found(lot) == {"claim-uncovered": "high"}


def test_the_export_says_of_a_claim_without_cover() -> None:
    """There is a row for it even where nothing is left of what was claimed."""
    market = Market()
    wrong = market.batch("MUN-B-1")
    market.claim("MUN-B-1", "10000")
    market.correct(wrong)
    rows = [row for row in claims_table(market) if row[0] == "MUN-B-1"]
    assert [(row[2], row[3]) for row in rows] == [("recycled_content", "no")]


def test_a_shortage_does_not_take_the_claims_with_it(market: Market) -> None:
    """Half of the stock is gone, all that was claimed is still there; then more is gone."""
    market.claim("MUN-B-1", "5000")
    market.count("MUN-B-1", "5000")
    assert market.free("MUN-B-1") == {}
    assert market.found("MUN-B-1") == {}
    market.count("MUN-B-1", "4000")
    assert market.found("MUN-B-1") == {"claim-uncovered": "high"}


def test_what_two_scales_differ_by_uncovers_no_claim(market: Market) -> None:
    """An honest count or hand-over a little below what was claimed is noted, and the claim stands."""
    market.claim("MUN-B-1", "10000")
    market.count("MUN-B-1", "9990")
    assert market.found("MUN-B-1") == {"claim-exceeds-accepted": "low"}
    assert not market.uncovered("MUN-B-1")


def test_splitting_after_a_short_landing_frees_nothing(market: Market) -> None:
    """Kilograms that never arrived and kilograms that were claimed are not the same ones."""
    market.send("MUN-B-1", "TEX")
    market.accept("MUN-B-1", "9000", to="TEX")
    market.claim("MUN-B-1", "9000")
    market.make("TEX-L-1", {"MUN-B-1": "9000"}, "9000", "packing")
    assert market.free("MUN-B-1") == {} == market.free("TEX-L-1")


def test_a_later_receiver_does_not_miss_the_same_metal_again(market: Market) -> None:
    """What was short at the first hand-over is short once, though each receiver says so."""
    market.send("MUN-B-1", "TEX")
    market.accept("MUN-B-1", "9000", to="TEX")
    market.send("MUN-B-1", "GLENCORE", shipment="TEX-H-1")
    market.accept("MUN-B-1", "9000", shipment="TEX-H-1")
    assert market.free("MUN-B-1") == {WASTE: "9000"}


def test_a_count_after_a_short_landing_finds_what_was_missing(market: Market) -> None:
    """The receiver's count takes away what never arrived, not what it may claim."""
    market.send("MUN-B-1", "TEX")
    market.accept("MUN-B-1", "9000", to="TEX")
    market.claim("MUN-B-1", "9000")
    market.count("MUN-B-1", "9000")
    assert market.found("MUN-B-1") == {}
    assert market.free("MUN-B-1") == {}


@pytest.mark.parametrize(
    ("received", "found"), [("9970", {"claim-exceeds-accepted": "low"}), ("9900", {"claim-uncovered": "high"})]
)
def test_a_full_claim_before_a_short_landing(market: Market, received: str, found: dict[str, str]) -> None:
    """Within what two scales differ by the claim stands; beyond, it has lost its cover."""
    market.claim("MUN-B-1", "10000")
    market.send("MUN-B-1")
    market.accept("MUN-B-1", received)
    assert market.found("MUN-B-1") == found
    assert market.free("MUN-B-1") == {}


def test_claimed_metal_earns_no_credit(market: Market) -> None:
    """A run under mass balance does not wash claims off; what never arrived earns nothing, either."""
    market.claim("MUN-B-1", "9000")
    market.make("MUN-L-1", {"MUN-B-1": "10000"}, "10000", custody="mass_balance")
    assert market.account_of("MUN").earned == {"2026-01-05": {"Pb": (1_000_000_000, 0, 0, 0, 0, 0, 0)}}


def test_both_kinds_of_claims_on_the_same_metal_take_it_once() -> None:
    """From what can earn, what never arrived goes, and of the two kinds the larger."""
    lead: Mix = {"Pb": (1000, 0, 0, 0, 0, 0, 0)}
    marks = tuple(
        Mark(str(mass), kind, {"Pb": (mass, 0, 0, 0, 0, 0, 0)})  # type: ignore[arg-type]
        for kind, mass in (("short_landed", 100), ("recycling_service", 300), ("recycled_content", 500))
    )
    taken = Taken("MUN-B-1", 1000, 1000, lead, marks=marks)
    earning = earnings_of([taken], [Made("MUN-L-1", 1000, lead)], "2026-01-05")["MUN-L-1"]
    assert earning.earned == {"Pb": (400, 0, 0, 0, 0, 0, 0)}


def test_an_uncovered_claim_goes_through_mass_balance(market: Market) -> None:
    """Its metal earns nothing, and nothing can be claimed of the output with credit of other metal."""
    market.claim("MUN-B-1", "10000")
    market.assay("MUN-B-1", "0.5")
    market.batch("MUN-B-2")
    market.make("MUN-L-2", {"MUN-B-2": "10000"}, "10000", custody="mass_balance")
    market.make("MUN-L-1", {"MUN-B-1": "10000"}, "5000", custody="mass_balance")
    market.send("MUN-L-1", credit="5000")
    assert market.free("MUN-L-1") == {}
    assert sum(map(sum, market.account_of("MUN").earned["2026-01-05"].values())) == 10_000_000_000


@pytest.mark.parametrize(
    ("scheme", "number"), [("ISCC PLUS", "c-1"), ("ISCC PLUS", " C-1 "), ("iscc  plus", "C-1"), ("ISCC PLUS", "C-1")]
)
def test_a_number_spelled_otherwise_is_the_same_number(market: Market, scheme: str, number: str) -> None:
    """Case and spaces make no new certificate."""
    market.claim("MUN-B-1", "1")
    assert market.code("MUN", claim("MUN-B-1", "1", number, scheme=scheme)) == "claim-exists"


@pytest.mark.parametrize("disposition", ["disposal", "lost", "returned", "energy", "sold"])
def test_recycled_content_of_what_left_for_no_use(market: Market, disposition: str) -> None:
    """Only what was sold goes into a product."""
    market.send("MUN-B-1", disposition=disposition)
    market.claim("MUN-B-1", "1")
    assert market.found("MUN-B-1") == ({} if disposition == "sold" else {"claim-on-departed": "medium"})


def test_a_claim_on_a_held_lot_is_found(market: Market) -> None:
    """Taken, but whoever looks at the lot sees it."""
    market.say("MUN", {"type": "hold", "lots": ["MUN-B-1"], "reason": "assay in doubt"})
    market.claim("MUN-B-1", "1")
    assert market.found("MUN-B-1") == {"claim-on-held": "medium"}


def test_a_service_claimed_before_any_run_is_found(market: Market) -> None:
    """Whole batteries that no run has taken were not recycled yet; scrap may be what it is."""
    market.batch("MUN-B-2", "6000", material="lead_acid_battery", form="whole")
    for lot in ("MUN-B-1", "MUN-B-2"):
        market.claim(lot, "1", lot, kind="recycling_service")
    assert market.found("MUN-B-1") == {}
    assert market.found("MUN-B-2") == {"claim-before-recycling": "medium"}


def test_the_recycling_of_blended_metal_is_claimed_on_the_lots_before(market: Market) -> None:
    """The refusal says where, instead of naming a park that does not exist."""
    market.batch("TEX-B-1")
    for lot in ("MUN-B-1", "TEX-B-1"):
        market.send(lot)
        market.accept(lot, "10000")
    market.make("GLENCORE-L-1", {"MUN-B-1": "10000", "TEX-B-1": "10000"}, "20000", "blending")
    event = claim("GLENCORE-L-1", "1", kind="recycling_service")
    with pytest.raises(Exception, match="it mixes metal of several: claim on their lots"):
        market.say("MUN", event)


def test_a_claim_that_is_taken_back_leaves_all_to_claim(market: Market) -> None:
    """A correction takes the cause away, also of a lost cover."""
    said = market.claim("MUN-B-1", "10000")
    market.assay("MUN-B-1", "0.5")
    market.say("MUN", correction(said))
    assert market.free("MUN-B-1") == {WASTE: "5000"}
    assert market.found("MUN-B-1") == {}


@pytest.mark.parametrize("custody", ["segregated", "identity_preserved"])
def test_what_met_virgin_metal_was_not_kept_apart(market: Market, custody: str) -> None:
    """Poured in, or of another lot: at best controlled blending, and the finding says so."""
    market.batch("MUN-B-2", custody=custody)
    market.batch("MUN-B-3", custody=custody, origin="primary")
    poured: dict[str, Any] = {"additions": [addition("900", {"Pb": "900"})]}
    mixed = [line("MUN-B-2", "100"), line("MUN-B-3", "900")]
    for number, (inputs, more) in enumerate((([line("MUN-B-2", "100")], poured), (mixed, {}))):
        lot = f"MUN-L-{number}"
        market.say(
            "MUN", run(f"MUN-R-{number}", inputs, [output(lot, "1000", {"Pb": "1000"})], custody=custody, **more)
        )
        assert market.lot(lot).custody == "controlled_blending"
        assert any(finding.code == "custody-weakened" and lot in finding.lots for finding in market.findings)
