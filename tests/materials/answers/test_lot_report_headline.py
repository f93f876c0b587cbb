"""The recycled share that a lot shows is the one that may be claimed."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from ledger.materials.answers.lot_report import lot_report
from ledger.materials.claims.bound_metal import spread_credit
from ledger.materials.state.records import Made, Taken
from schemas.ids import LotId
from schemas.quantity import format_kg
from schemas.versions import VERSION_1
from tests.materials.market import Market
from tests.world.events import line, output, run

LATER = "2026-01-06T06:00:00Z"
EU = "eu-2023-1542"


def shown(market: Market, lot: str) -> tuple[str, str, str | None]:
    """Return the share of lead of a lot by the battery regulation, its basis, and the physical one."""
    said = lot_report(market.lot(lot), VERSION_1, 1)
    physical: Any = said.get("physical_share")
    return said["recycled_share"][EU]["Pb"], said["share_basis"], None if physical is None else physical[EU]["Pb"]


@pytest.fixture
def market() -> Market:
    """MUN with a lot of two thirds waste, and one of virgin metal, both under mass balance."""
    market = Market()
    market.batch("MUN-B-1", "6669", net="6669")
    market.batch("MUN-B-3", "3331", net="3331", origin="primary")
    market.make("MUN-L-1", {"MUN-B-1": "6669", "MUN-B-3": "3331"}, "10000", custody="mass_balance")
    market.batch("MUN-B-2", origin="primary")
    market.make("MUN-L-2", {"MUN-B-2": "10000"}, "10000", custody="mass_balance")
    return market


def test_without_credit_nothing_is_shown_as_recycled(market: Market) -> None:
    """66.69 % are in it, and nothing is left to claim."""
    assert shown(market, "MUN-L-1") == ("0.000000", "mass_balance", "0.666900")
    assert market.free("MUN-L-1") == {}


def test_whose_credit_went_to_another_lot_shows_nothing() -> None:
    """Wholly of used batteries: its credit was drawn for virgin lead, which shows it instead."""
    market = Market()
    for lot, origin in (("MUN-L-1", "battery_post_consumer"), ("MUN-L-2", "primary")):
        market.batch(lot.replace("L", "B"), origin=origin)
        market.make(lot, {lot.replace("L", "B"): "10000"}, "10000", custody="mass_balance")
    market.send("MUN-L-2", credit="10000", at=LATER)
    assert shown(market, "MUN-L-1") == ("0.000000", "mass_balance", "1.000000")
    assert shown(market, "MUN-L-2") == ("1.000000", "mass_balance", "0.000000")


def test_a_part_of_the_credit_shows_a_part(market: Market) -> None:
    """5,000 kg drawn for 10,000 kg."""
    market.send("MUN-L-1", credit="5000", at=LATER)
    assert shown(market, "MUN-L-1") == ("0.500000", "mass_balance", "0.666900")


def test_what_is_made_of_a_lot_with_an_account_shows_its_credit(market: Market) -> None:
    """Refined or packed, by its holder or by who bought it."""
    market.make("MUN-L-3", {"MUN-L-1": "4000"}, "4000", "refining")
    assert shown(market, "MUN-L-3") == ("0.000000", "mass_balance", "0.666900")
    market.send("MUN-L-2", to="TEX", credit="5000", at=LATER)
    market.accept("MUN-L-2", "10000", to="TEX")
    market.make("TEX-L-1", {"MUN-L-2": "10000"}, "10000", "refining")
    assert shown(market, "TEX-L-1") == ("0.500000", "mass_balance", "0.000000")


def test_blended_with_a_physical_lot_only_its_credit_counts(market: Market) -> None:
    """Waste that is poured into a lot with an account gives its claims to the account, too."""
    market.batch("MUN-B-4")
    market.make("MUN-L-4", {"MUN-L-2": "10000", "MUN-B-4": "10000"}, "20000", "refining")
    assert shown(market, "MUN-L-4") == ("0.000000", "mass_balance", "0.500000")


def test_a_draw_that_is_undone_is_shown_no_more(market: Market) -> None:
    """The batch behind the credit did not occur."""
    market.send("MUN-L-2", credit="6000", at=LATER)
    assert shown(market, "MUN-L-2")[0] == "0.600000"
    logged = market.past.logged_events(market.past.naming({LotId("MUN-B-1")}))[0]
    market.correct(logged.statement)
    assert shown(market, "MUN-L-2") == ("0.000000", "mass_balance", "0.000000")


def test_a_supplier_with_mass_balance_and_no_account_here_keeps_its_mix() -> None:
    """What came in under mass balance is what was stated, and so says its basis; no account has its claims."""
    market = Market()
    market.batch("MUN-B-1", custody="mass_balance")
    assert shown(market, "MUN-B-1") == ("1.000000", "mass_balance", None)
    market.make("MUN-L-1", {"MUN-B-1": "10000"}, "10000")
    assert shown(market, "MUN-L-1") == ("1.000000", "mass_balance", None)


def test_a_tolled_lot_keeps_its_mix() -> None:
    """Refined for a toll is mass balance at best, without an account."""
    market = Market()
    market.batch("MUN-B-1", owner="GLENCORE")
    market.make("MUN-L-1", {"MUN-B-1": "10000"}, "10000", "toll_refining")
    assert shown(market, "MUN-L-1") == ("1.000000", "mass_balance", None)


def test_all_others_are_physical() -> None:
    """Blended, and no word of mass balance."""
    market = Market()
    market.batch("MUN-B-1")
    market.make("MUN-L-1", {"MUN-B-1": "10000"}, "9000")
    assert [shown(market, lot) for lot in ("MUN-L-1",)] == [("1.000000", "physical", None)]


def test_a_used_up_lot_keeps_its_basis(market: Market) -> None:
    """Nothing is in it, so there is no share."""
    market.make("MUN-L-3", {"MUN-L-1": "10000"}, "10000", "refining")
    said = lot_report(market.lot("MUN-L-1"), VERSION_1, 1)
    assert (said["recycled_share"][EU], said["physical_share"][EU], said["share_basis"]) == ({}, {}, "mass_balance")


def test_a_lot_in_three_parts_keeps_its_share() -> None:
    """Wholly covered with credit of two origins, in three bags of a third: each is wholly covered."""
    market = Market()
    for number, origin in ((1, "battery_post_consumer"), (2, "other_post_consumer")):
        market.batch(f"MUN-B-{number}", "5000", net="5000", origin=origin)
    market.make("MUN-L-1", {"MUN-B-1": "5000", "MUN-B-2": "5000"}, "10000", custody="mass_balance")
    credit = {"Pb": {"battery_post_consumer": "5000", "other_post_consumer": "5000"}}
    sent = {"type": "dispatch", "shipment": "MUN-L-1", "to": "TEX", "lots": [{"lot": "MUN-L-1", "credit_kg": credit}]}
    market.enter("MUN", sent, LATER)
    market.accept("MUN-L-1", "10000", to="TEX")
    thirds = ["3333.333333", "3333.333333", "3333.333334"]
    bags = [output(f"TEX-L-{number}", kg, {"Pb": kg}) for number, kg in enumerate(thirds)]
    market.enter("TEX", run("TEX-R-1", [line("MUN-L-1", "10000")], bags, "packing"))
    assert [shown(market, f"TEX-L-{number}")[0] for number in range(3)] == ["1.000000"] * 3


def test_parts_have_together_the_credit_of_the_whole_and_each_its_own() -> None:
    """To the milligram, whatever the origins: none is a milligram off, above its metal, or below a full cover."""
    dice = Random(11)
    for _ in range(2000):
        split = (*(dice.choice((0, dice.randrange(10**6))) for _ in range(4)), 0, 0, 0)
        metal = max(sum(split) + dice.choice((0, dice.randrange(10**6))), 1)
        cuts = sorted(dice.randrange(metal + 1) for _ in range(2))
        parts = [high - low for low, high in zip((0, *cuts), (*cuts, metal), strict=True)]
        made = [Made(LotId(f"L-{n}"), part, {"Pb": (0, 0, 0, 0, 0, 0, part)}) for n, part in enumerate(parts)]
        taken = Taken(LotId("L"), metal, metal, {"Pb": (0, 0, 0, 0, 0, 0, metal)}, credit={"Pb": split})
        spread = spread_credit([taken], made)
        got = [spread[one.lot].get("Pb", (0,) * 7) for one in made]
        assert tuple(map(sum, zip(*got, strict=True))) == split
        for part, credit in zip(parts, got, strict=True):
            assert abs(sum(credit) * metal - sum(split) * part) < metal, format_kg(part)
            assert sum(credit) <= part
