"""The values of the fold: what a lot and a run say of themselves."""

from __future__ import annotations

from typing import get_args

from ledger.materials.mass.mix import split_of
from ledger.materials.state.lot_words import HoldMark
from ledger.materials.state.records import Drawn, Lot, Made, Run
from schemas.codes import LotStatus
from schemas.ids import LotId, PartyId, RunId, StatementId

WASTE = "battery_post_consumer"
LOT = Lot(
    LotId("MUN-B-1"),
    "lead_scrap",
    PartyId("MUN"),
    PartyId("MUN"),
    "open",
    1000,
    split_of({"Pb": 600}, WASTE),
    "2026-01-05T06:00:00Z",
    7,
)
RUN = Run(
    RunId("MUN-R-1"), "smelting", PartyId("MUN"), 8, StatementId("ab" * 32), (), (),
    (
        Made(LotId("MUN-L-1"), 500, split_of({"Pb": 400}, WASTE)),
        Made(LotId("MUN-S-1"), 400, split_of({"Pb": 50}, WASTE)),
    ),
    {"Pb": 600}, split_of({"Pb": 150}, WASTE),
)  # fmt: skip


def hold(since: str, until: str = "") -> HoldMark:
    """Return a hold of CERT."""
    return HoldMark(StatementId("cd" * 32), PartyId("CERT"), since, by_certifier=True, until=until)


def test_a_lot_is_held_while_one_hold_stands() -> None:
    """A hold that was released holds nothing today, and did hold in its time."""
    released = hold("2026-01-05T00:00:00Z", "2026-01-08T00:00:00Z")
    was_held = LOT._replace(holds=(released,))
    assert not was_held.held
    assert was_held.held_at("2026-01-04T23:59:59Z") is None
    assert was_held.held_at("2026-01-05T00:00:00Z") == released
    assert was_held.held_at("2026-01-08T00:00:00Z") is None
    standing = hold("2026-01-06T00:00:00Z")
    both = LOT._replace(holds=(released, standing))
    assert both.held
    assert both.held_at("2026-01-07T00:00:00Z") == standing


def test_under_mass_balance_the_credit_is_what_can_be_claimed() -> None:
    """Else the metal itself."""
    assert LOT.base == LOT.mix
    assert LOT._replace(credit={}).base == {}


def test_the_dry_mass_is_the_net_where_none_is_on_record() -> None:
    """No mass at all is a mass on record."""
    assert LOT.dry_or_net == 1000
    assert LOT._replace(dry=0).dry_or_net == 0


def test_what_is_in_stock_has_not_left() -> None:
    """What is on its way and what is disputed counts with its holder."""
    assert [status for status in get_args(LotStatus) if in_stock(status)] == ["open", "in_transit", "disputed"]


def in_stock(status: str) -> bool:
    """Say whether a lot of a status is in stock."""
    return LOT._replace(status=status).in_stock  # type: ignore[arg-type]


def test_a_run_gained_what_its_outputs_hold_above_the_pool() -> None:
    """Looked for only where an output says that a part of it came from nowhere."""
    assert RUN.made() == split_of({"Pb": 450}, WASTE)
    assert RUN.gain() == {}
    more = Made(LotId("MUN-L-1"), 700, split_of({"Pb": 620}, WASTE), {"Pb": (580, 620)})
    assert RUN._replace(outputs=(more,)).gain() == {"Pb": 20}


def test_a_loss_is_less_what_assays_brought_back() -> None:
    """150 mg were lost, 40 mg found again; where all is found again no loss is left."""
    part, rest = (Drawn(StatementId("ef" * 32), LotId("MUN-L-1"), split_of({"Pb": mass}, WASTE)) for mass in (40, 110))
    assert RUN._replace(drawn=(part,)).loss_left() == split_of({"Pb": 110}, WASTE)
    assert RUN._replace(drawn=(part, rest)).loss_left() == {}
