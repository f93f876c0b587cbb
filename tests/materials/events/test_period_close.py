"""Closes: the next month that has ended, with the ledger's own figures (contract, section 5.7)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ledger.admission.closing import lots_root
from ledger.materials.events.period_close import lot_leaf
from ledger.materials.moves.balance import balance_of, totals_hash
from schemas.ids import PartyId
from tests.materials.yard import Yard, intake

AFTER = "2026-02-05T06:00:00Z"
OTHER = "cd" * 32


@pytest.fixture
def yard() -> Yard:
    """One batch of January."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000, {"Pb": 600})
    return yard


def close(yard: Yard, period: str = "2026-01", site: str = "MUN", **more: Any) -> dict[str, Any]:
    """Return a close with the ledger's own figures, unless others are given."""
    party = PartyId(site)
    lots = yard.open_lots(party)
    totals = totals_hash(balance_of(party, period, yard.sums_of(party), lots))
    return {"type": "period_close", "period": period, "totals": totals, "lots_root": lots_root(lots), **more}


@pytest.mark.parametrize(
    ("period", "at", "more", "code"),
    [
        ("2026-01", AFTER, {}, "taken"),
        ("2026-01", "2026-01-31T23:59:59Z", {}, "period-open"),
        ("2026-01", "2026-02-01T00:00:00Z", {}, "taken"),
        ("2026-02", AFTER, {}, "period-open"),
        ("2026-01", AFTER, {"totals": OTHER}, "totals-differ"),
        ("2026-01", AFTER, {"lots_root": OTHER}, "lots-differ"),
        ("2026-01", AFTER, {"totals": OTHER, "lots_root": OTHER}, "totals-differ"),
    ],
)
def test_a_close_is_of_a_month_that_has_ended_with_the_ledgers_own_figures(
    yard: Yard, period: str, at: str, more: dict[str, Any], code: str
) -> None:
    """Of two wrong figures the totals are named."""
    assert yard.code("MUN", close(yard, period, **more), at) == code


def test_a_month_is_closed_once_and_none_before_it_afterwards(yard: Yard) -> None:
    """What happens in a closed month stands in the next one."""
    yard.say("MUN", close(yard), AFTER)
    assert yard.code("MUN", close(yard), AFTER) == "period-closed"
    assert yard.code("MUN", close(yard, "2025-12"), AFTER) == "period-closed"
    late = yard.say("MUN", intake("MUN-B-2", 10, {"Pb": 6}), "2026-01-20T06:00:00Z")
    assert [(row.period, row.happened) for row in late.postings] == [("2026-02", "2026-01")]
    assert "prior-period-adjustment" in {finding.code for finding in late.findings}


def test_a_park_closes_its_own_months_only(yard: Yard) -> None:
    """TEX has a month of its own, without a lot in it."""
    assert yard.code("TEX", close(yard), AFTER) == "totals-differ"
    assert yard.code("TEX", close(yard, site="TEX"), AFTER) == "taken"


def test_the_leaf_of_a_lot_says_what_it_held(yard: Yard) -> None:
    """Net, dry or else net again, and milligrams per origin."""
    lot = yard.lot("MUN-B-1")
    assert json.loads(lot_leaf(lot)) == ["MUN-B-1", 1000, 1000, {"Pb": list(lot.mix["Pb"])}]
    assert json.loads(lot_leaf(lot._replace(dry=900)))[2] == 900
