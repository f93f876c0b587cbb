"""A customer's return: a part of what left comes back, and is claimed only once a certifier settled it."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.errors import MalformedError
from schemas.ids import LotId
from tests.materials.credit_site import Site
from tests.materials.market import Market
from tests.materials.sent_back import LEAD, back, settle, sold, with_certifier
from tests.materials.yard import codes
from tests.season.part_of_ledger import part_about
from tests.world import events
from tests.world.events import claim, unsigned_id


@pytest.fixture
def market() -> Market:
    """MUN-L-1 of 10,000 kg lead, of used batteries and virgin metal by halves, was sold."""
    return sold()


def test_a_return_brings_the_mix_of_its_lot_back(market: Market) -> None:
    """2,000 of 10,000 kg: a fifth of each origin, from the batches that the lot was made of; the rest is out."""
    market.enter("MUN", back("MUN-B-9", "MUN-L-1", "2000"))
    assert market.origins("MUN-B-9") == {"battery_post_consumer": 1_000_000_000, "primary": 1_000_000_000}
    assert market.contributions("MUN-B-9") == [("MUN-B-1", "0.500000000"), ("MUN-B-2", "0.500000000")]
    out = market.lot("MUN-L-1")
    assert (out.status, out.net, out.returned) == ("left", 8_000_000_000, 2_000_000_000)
    assert codes(market, 4)["customer-return"] == "medium"
    moved = [(row.kind, row.record, row.net) for row in market.postings if row.statement == unsigned_id(4)]
    assert moved == [("arrival", "MUN-B-9", 2_000_000_000)]


def test_all_returns_together_are_what_left(market: Market) -> None:
    """The lot shows that it came back; a second time nothing does."""
    market.enter("MUN", back("MUN-B-8", "MUN-L-1", "4000"))
    assert market.code("MUN", back("MUN-B-9", "MUN-L-1", "6001")) == "exceeds-departed"
    market.enter("MUN", back("MUN-B-9", "MUN-L-1", "6000"))
    assert (market.lot("MUN-L-1").status, market.lot("MUN-L-1").net) == ("returned", 0)
    assert market.code("MUN", back("MUN-B-7", "MUN-L-1", "1")) == "exceeds-departed"
    assert market.code("MUN", claim("MUN-L-1", "1")) == "not-entitled"


def test_what_did_not_leave_this_site_does_not_come_back(market: Market) -> None:
    """A lot in stock, of another site, or of nobody."""
    market.batch("MUN-B-3")
    market.batch("TEX-B-1")
    market.send("TEX-B-1", disposition="sold")
    assert market.code("MUN", back("MUN-B-9", "MUN-B-3", "1")) == "exceeds-departed"
    assert market.code("MUN", back("MUN-B-9", "TEX-B-1", "1")) == "not-entitled"
    assert market.code("MUN", back("MUN-B-9", "MUN-B-99", "1")) == "unknown-lot"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"documents": []}, "credit_note"),
        ({"reason": "delivery"}, "customer_return"),
        ({"content_kg": {"Pb": "1"}}, "content_kg"),
        ({"origin": "primary"}, "origin"),
        ({"dry_kg": "1"}, "dry_kg"),
        ({"returned_lot": "MUN-B-9"}, "another lot"),
    ],
)
def test_a_return_leaves_what_it_holds_to_its_lot(market: Market, change: dict[str, Any], why: str) -> None:
    """It cites a credit note, and states neither content nor origin of its own."""
    with pytest.raises(MalformedError, match=why):
        market.say("MUN", {**back("MUN-B-9", "MUN-L-1", "2000"), **change})


@pytest.mark.parametrize("kind", ["recycling_service", "recycled_content"])
def test_a_return_is_not_claimable_until_a_certifier_settled_it(market: Market, kind: str) -> None:
    """Neither the lot nor what is made of it; an upheld word leaves it so, and so does a word on something else."""
    said = market.enter("MUN", back("MUN-B-9", "MUN-L-1", "2000"))
    market.make("MUN-L-2", {"MUN-B-9": "1000"}, "990")
    for lot in ("MUN-B-9", "MUN-L-2"):
        assert market.code("MUN", claim(lot, "1", lot, kind=kind)) == "exceeds-claimable"
    market.say("CERT", settle(said, "upheld"))
    market.say("CERT", {**settle(said), "codes": ["no-weighing-document"]})
    assert market.free("MUN-L-2", kind) == {}
    market.say("CERT", settle(said))
    assert market.free("MUN-B-9", kind) == {"battery_post_consumer": "500"}
    assert market.free("MUN-L-2", kind) == {"battery_post_consumer": "495"}
    assert market.code("MUN", claim("MUN-L-2", "495", kind=kind)) == "taken"


def test_a_return_that_is_corrected_after_a_certifier_settled_it_is_to_be_settled_again(market: Market) -> None:
    """100 kg were seen, then 2,000 are said to have come back; another country changes nothing that was seen."""
    said = market.enter("MUN", back("MUN-B-9", "MUN-L-1", "100"))
    market.say("CERT", settle(said))
    market.correct(said, back("MUN-B-9", "MUN-L-1", "2000"))
    assert market.free("MUN-B-9") == {}
    assert market.code("MUN", claim("MUN-B-9", "1")) == "exceeds-claimable"
    market.say("CERT", settle(said))
    assert market.free("MUN-B-9") == {"battery_post_consumer": "1000"}
    market.correct(said, {**back("MUN-B-9", "MUN-L-1", "2000"), "country": "LK"})
    assert market.free("MUN-B-9") == {"battery_post_consumer": "1000"}
    assert part_about(LotId("MUN-B-9"), market).lots[LotId("MUN-B-9")] == market.lot("MUN-B-9")


def test_what_was_claimed_before_it_came_back_stays_claimed(market: Market) -> None:
    """5,000 kg were claimed of the lot; once settled, nothing of the return is free, and nothing of what is out."""
    market.enter("MUN", claim("MUN-L-1", "5000"))
    said = market.enter("MUN", back("MUN-B-9", "MUN-L-1", "2000"))
    market.say("CERT", settle(said))
    assert market.free("MUN-B-9") == {}
    assert market.free("MUN-L-1") == {}
    assert market.free("MUN-B-9", "recycling_service") == {"battery_post_consumer": "1000"}


def test_metal_that_came_back_earns_no_credit_before_it_is_settled() -> None:
    """A run under mass balance earns for what was settled, and for nothing else."""
    for is_settled, earned in ((False, "0"), (True, "9000")):
        site = with_certifier(Site())
        site.batch("MUN-B-1")
        site.make("MUN-L-1", {"MUN-B-1": "10000"}, "10000")
        site.send("MUN-L-1", disposition="sold")
        said = site.enter("MUN", back("MUN-B-9", "MUN-L-1", "9000"))
        if is_settled:
            site.say("CERT", settle(said))
        site.make("MUN-L-2", {"MUN-B-9": "9000"}, "9000", custody="mass_balance")
        assert site.account()["available_kg"].get("battery_post_consumer", "0") == earned


def test_a_bundle_proves_what_a_certifier_settled(market: Market) -> None:
    """The part of the ledger about a lot made of the return holds the word, and frees the same metal."""
    said = market.enter("MUN", back("MUN-B-9", "MUN-L-1", "2000"))
    market.make("MUN-L-2", {"MUN-B-9": "1000"}, "990")
    market.say("CERT", settle(said))
    for lot in map(LotId, ("MUN-B-9", "MUN-L-2", "MUN-L-1")):
        part = part_about(lot, market)
        assert part.lots[lot] == market.lots[lot]


def test_a_return_that_is_corrected_leaves_more_out(market: Market) -> None:
    """1,000 kg came back, not 2,000; then none, and then it was a delivery like any other."""
    said = market.enter("MUN", back("MUN-B-9", "MUN-L-1", "2000"))
    market.correct(said, back("MUN-B-9", "MUN-L-1", "1000"))
    assert (market.lot("MUN-L-1").net, market.lot("MUN-B-9").net) == (9_000_000_000, 1_000_000_000)
    market.correct(said)
    assert (market.lot("MUN-L-1").net, market.lot("MUN-L-1").returned) == (10_000_000_000, 0)
    assert market.lot("MUN-B-9").status == "withdrawn"
    market.correct(said, events.intake("MUN-B-9", "1000", "990", **LEAD, origin="primary"))
    assert (market.lot("MUN-B-9").run, market.lot("MUN-L-1").net) == (None, 10_000_000_000)
