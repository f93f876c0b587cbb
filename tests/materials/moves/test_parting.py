"""A receiver takes over a part of a lot and rejects the rest (contract, section 5.2)."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.materials.moves.parting import parting_of
from ledger.materials.state.credit_account import credits_report
from schemas.errors import MalformedError
from schemas.ids import LotId, PartyId
from tests.materials.credit_site import Site
from tests.materials.market import Market
from tests.materials.yard import codes, intake
from tests.world.events import acceptance, dispatch, line, output, run, unsigned_id

PART = "GLENCORE-X-1"
MUN = PartyId("MUN")


def word(net: str, rejected: str, decision: str = "accepted", lot: str = "MUN-B-1", **more: Any) -> dict[str, Any]:
    """Return an acceptance of which a part is rejected, in a shipment with the lot's name."""
    part = {"lot": more.pop("part", PART), "net_kg": rejected}
    return acceptance(lot, lots=[{"lot": lot, "decision": decision, "net_kg": net, "rejected": part, **more}])


@pytest.fixture
def market() -> Market:
    """5,500 kg of scrap with 3,000 kg lead, MUN-B-1, on its way to GLENCORE (entries 0 and 1)."""
    market = Market()
    market.batch("MUN-B-1", "3000", "5500")
    market.send("MUN-B-1")
    return market


def test_of_5500_kg_2500_are_accepted_and_3000_rejected(market: Market) -> None:
    """The rejected part is a lot of its own, back with its sender; what remains is the accepted lot."""
    market.say("GLENCORE", word("2500", "3000"))
    kept, back = market.lot("MUN-B-1"), market.lot(PART)
    assert (kept.holder, kept.status, kept.net, kept.mix["Pb"][0]) == ("GLENCORE", "open", 2_500_000_000, 1_363_636_364)
    assert (back.holder, back.status, back.net, back.mix["Pb"][0]) == ("MUN", "open", 3_000_000_000, 1_636_363_636)
    assert (back.park, back.material, back.came) == ("MUN", kept.material, kept.came)
    assert market.contributions(PART) == [("MUN-B-1", "1.000000000")]
    assert codes(market, 2) == {}
    assert market.code("MUN", dispatch("MUN-H-2", PART)) == "taken"


def test_the_sender_lost_what_was_accepted_and_no_more(market: Market) -> None:
    """Its balance shows a dispatch of 2,500 kg, and an arrival of as much at the receiver."""
    market.say("GLENCORE", word("2500", "3000"))
    moved = [(row.site, row.kind, row.record, row.net) for row in market.postings if row.kind != "receipt"]
    assert moved == [
        ("MUN", "dispatch", "MUN-B-1", 2_500_000_000), ("GLENCORE", "arrival", "MUN-B-1", 2_500_000_000),
    ]  # fmt: skip


def test_a_part_goes_back_when_a_dispute_is_settled(market: Market) -> None:
    """The whole lot had come to the receiver; 3,000 kg go back, and the rest is settled."""
    market.accept("MUN-B-1", "5500", "disputed")
    market.say("GLENCORE", word("2500", "3000", "settled"))
    assert [(lot.holder, lot.status, lot.net) for lot in market.lots.values()] == [
        ("GLENCORE", "open", 2_500_000_000), ("MUN", "open", 3_000_000_000),
    ]  # fmt: skip
    sides = {(row.site, row.kind): row.net for row in market.postings if row.record == PART}
    assert sides == {("GLENCORE", "dispatch"): 3_000_000_000, ("MUN", "arrival"): 3_000_000_000}


def test_a_hand_over_is_judged_by_what_was_accepted(market: Market) -> None:
    """2,450 kg for 2,500 are 2 % less; that 3,000 kg did not stay is no difference."""
    market.say("GLENCORE", word("2450", "3000"))
    (found,) = market.findings_of(2)
    assert (found.code, dict(found.figures)["less_ppm"]) == ("handover-difference", 20_000)
    (mark,) = market.lot("MUN-B-1").marks
    assert mark.mix["Pb"][0] == 1_363_636_364 - 1_363_636_364 * 2450 // 2500


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (word("1", "5500"), "insufficient-mass"),
        (word("1", "6000"), "insufficient-mass"),
        (word("1", "3000", part="MUN-B-1", lot="MUN-B-1"), "malformed"),
        (word("1", "3000", part="MUN-X-1"), "not-entitled"),
        (word("1", "3000", part="GLENCORE-P-1"), "lot-exists"),
        (word("1", "3000", "rejected"), "malformed"),
        (word("1", "3000", "disputed"), "malformed"),
        (word("1", "3000", "settled"), "already-settled"),
    ],
)
def test_what_is_impossible_is_refused(event: dict[str, Any], code: str) -> None:
    """More than there is, nothing left to accept, another's id, a used one, a part of what is rejected or disputed."""
    market = Market()
    market.batch("MUN-B-2", "100", "100")
    market.send("MUN-B-2")
    market.accept("MUN-B-2", "100")
    market.say("GLENCORE", run("GLENCORE-R-1", [line("MUN-B-2", "1")], [output("GLENCORE-P-1", "1")], "packing"))
    market.batch("MUN-B-1", "3000", "5500")
    market.send("MUN-B-1")
    if code == "malformed":
        with pytest.raises(MalformedError, match="rejected"):
            market.say("GLENCORE", event)
    else:
        assert market.code("GLENCORE", event) == code
    assert market.lot("MUN-B-1").status == "in_transit"


def test_claims_go_with_the_metal() -> None:
    """What was claimed of the lot is claimed of part and rest together; nothing becomes free by it."""
    market = Market()
    market.batch("MUN-B-1", "3000", "5500")
    market.claim("MUN-B-1", "2000", kind="recycling_service")
    market.send("MUN-B-1")
    market.say("GLENCORE", word("2500", "3000"))
    free = [market.free(lot, "recycling_service").get("battery_post_consumer", "0") for lot in ("MUN-B-1", PART)]
    assert sum(map(float, free)) == pytest.approx(1000)
    assert market.code("MUN", {**_claim(PART), "number": "C-2"}) == "exceeds-claimable"


def test_the_park_of_the_lot_claims_its_service_on_the_part(market: Market) -> None:
    """The maker stays the original park, wherever the part is named."""
    market.say("GLENCORE", word("2500", "3000"))
    assert market.code("GLENCORE", _claim(PART, "1")) == "not-entitled"
    assert market.code("MUN", _claim(PART, "1")) == "taken"


def test_a_part_of_raw_batteries_was_not_recycled_by_going_back() -> None:
    """A service that is claimed on it is found as it is on the batch."""
    market = Market()
    market.batch("MUN-B-1", "3000", "5500", material="lead_acid_battery", form="whole")
    market.send("MUN-B-1")
    market.say("GLENCORE", word("2500", "3000"))
    market.claim(PART, "1", kind="recycling_service")
    assert market.found(PART) == {"claim-before-recycling": "medium"}


def test_credit_goes_with_the_metal_and_what_was_earned_stays_with_its_site() -> None:
    """Of 10,000 kg with credit for 5,000 a quarter comes back with a quarter of the credit."""
    site = Site()
    site.bound("MUN-L-1")
    site.send("MUN-L-1", credit="5000")
    before = credits_report(site.account_of(MUN), "2026-01")
    site.say("GLENCORE", word("7500", "2500", lot="MUN-L-1"))
    assert [sum(site.lot(name).base["Pb"]) // 10**6 for name in ("MUN-L-1", PART)] == [3750, 1250]
    assert site.lot("MUN-L-1").earned == {}
    assert sum(site.lot(PART).earned["2026-01-05"]["Pb"]) == 2_500_000_000
    assert credits_report(site.account_of(MUN), "2026-01") == before


def test_a_hold_goes_with_both() -> None:
    """The part is held as the lot was, and released by itself."""
    market = Market()
    market.batch("MUN-B-1", "3000", "5500")
    market.send("MUN-B-1")
    hold = market.enter("MUN", {"type": "hold", "lots": ["MUN-B-1"], "reason": "smells"})
    market.say("GLENCORE", word("2500", "3000"))
    assert market.code("MUN", dispatch("MUN-H-2", PART)) == "lot-held"
    release = {"type": "release", "hold": hold, "lots": [PART], "reason": "looked at"}
    assert market.code("MUN", release) == "taken"
    assert market.code("MUN", dispatch("MUN-H-2", PART)) == "taken"
    assert market.lot("MUN-B-1").held


def test_dry_mass_and_uncertainty_go_in_proportion() -> None:
    """Of 1,000 kg wet and 900 dry, 400 go back with 360 dry and two fifths of the uncertainty."""
    market = Market()
    market.batch("MUN-B-1", "500", "1000", dry_kg="900")
    market.assay("MUN-B-1", "0.5")
    market.send("MUN-B-1")
    market.say("GLENCORE", word("600", "400"))
    kept, back = market.lot("MUN-B-1"), market.lot(PART)
    assert (back.dry, kept.dry) == (360_000_000, 540_000_000)
    assert (back.uncertainty["Pb"], kept.uncertainty["Pb"]) == (400_000, 600_000)
    assert back.stage == kept.stage


def test_an_acceptance_without_the_part_after_all_takes_it_back(market: Market) -> None:
    """A correction says that all was accepted: the part never was, and nothing of how it came about is left."""
    said = market.enter("GLENCORE", word("2500", "3000"))
    market.correct(said, acceptance("MUN-B-1", "MUN-B-1", net="5500"))
    assert (market.lot("MUN-B-1").net, market.lot("MUN-B-1").holder) == (5_500_000_000, "GLENCORE")
    assert (market.lot(PART).status, market.lot(PART).net, market.lot(PART).run) == ("withdrawn", 0, None)
    assert market.runs[parting_of(LotId(PART))].inputs == ()
    market.correct(said, word("2400", "3100"))
    assert (market.lot("MUN-B-1").net, market.lot(PART).net) == (2_400_000_000, 3_100_000_000)
    assert market.lot(PART).corrections[-1] == f"{market.index - 1:064x}"


def test_a_part_that_was_used_stands_when_its_acceptance_did_not_occur(market: Market) -> None:
    """What the sender made of it lacks metal then, of unknown origin, and says so."""
    said = market.enter("GLENCORE", word("2500", "3000"))
    market.make("MUN-L-1", {PART: "3000"}, "1600")
    market.correct(said)
    assert market.lot("MUN-B-1").net == 5_500_000_000
    assert market.origins("MUN-L-1") == {"unknown": 1_600_000_000}
    assert market.lot("MUN-L-1").shortfalls


def test_a_batch_that_was_smaller_leaves_the_part_short(market: Market) -> None:
    """2,000 kg came in, not 5,500: the 3,000 kg that went back stand, and 1,000 of them are of unknown origin."""
    market.say("GLENCORE", word("2500", "3000"))
    market.correct(unsigned_id(0), intake("MUN-B-1", "2000", {"Pb": "1000"}))
    assert market.origins(PART) == {"battery_post_consumer": 1_000_000_000, "unknown": 545_454_545}
    assert (market.lot("MUN-B-1").status, market.lot("MUN-B-1").net) == ("consumed", 0)
    assert codes(market, 2)["shortfall"] == "high"


def test_more_rejected_than_there_is_by_a_correction_is_found(market: Market) -> None:
    """A replacement is not refused for what its lot lacks, as no taking is."""
    said = market.enter("GLENCORE", word("2500", "3000"))
    market.correct(said, word("1", "6000"))
    assert market.lot(PART).net == 6_000_000_000
    assert codes(market, 2)["shortfall"] == "high"
    assert market.lot(PART).shortfalls


def test_a_part_of_a_part_keeps_its_past(market: Market) -> None:
    """Sent again and rejected in part once more, at another receiver."""
    market.say("GLENCORE", word("2500", "3000"))
    market.say("MUN", dispatch("MUN-H-2", PART, to="TEX"))
    part = {"lot": "TEX-X-1", "net_kg": "1000"}
    kept = {"lot": PART, "decision": "accepted", "net_kg": "2000", "rejected": part}
    market.say("TEX", acceptance("MUN-H-2", lots=[kept]))
    assert market.contributions("TEX-X-1") == [("MUN-B-1", "1.000000000")]
    assert (market.lot("TEX-X-1").park, market.lot("TEX-X-1").holder) == ("MUN", "MUN")


def _claim(lot: str, mass: str = "1636") -> dict[str, Any]:
    origin = {"Pb": {"battery_post_consumer": mass}}
    return {
        "type": "claim", "kind": "recycling_service", "scheme": "ISCC PLUS", "number": "C-9",
        "lots": [{"lot": lot, "origin_kg": origin}],
    }  # fmt: skip
