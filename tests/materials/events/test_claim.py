"""Claims: a kilogram is reported to the outside once, whatever becomes of it afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.files.export_1.accounting_tables import claims as claims_table
from tests.materials.market import WASTE, Market
from tests.world.events import addition, claim, correction, line, output, run


@pytest.fixture
def market() -> Market:
    """A market where MUN has a batch of 10,000 kg lead."""
    market = Market()
    market.batch("MUN-B-1")
    return market


def test_the_export_says_of_a_claim_without_cover() -> None:
    """There is a row for it even where nothing is left of what was claimed."""
    market = Market()
    wrong = market.batch("MUN-B-1")
    market.claim("MUN-B-1", "10000")
    market.correct(wrong)
    rows = [row for row in claims_table(market) if row[0] == "MUN-B-1"]
    assert [(row[2], row[3]) for row in rows] == [("recycled_content", "no")]


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
    (was,) = [finding for index in range(market.index) for finding in market.findings_of(index) if finding.withdrawn_by]
    assert (was.code, was.severity) == ("claim-uncovered", "low")


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
