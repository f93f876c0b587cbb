"""Accounts are kept by day: what was earned before and still lives can be drawn."""

from __future__ import annotations

import pytest

from ledger.materials.state.credit_account import left
from schemas.ids import PartyId
from tests.materials.credit_site import Site
from tests.world.events import line, output, run

JUNE = "2026-06-10T06:00:00Z"


@pytest.fixture
def site() -> Site:
    """A site with a bound lot of waste and one of virgin metal."""
    site = Site()
    site.bound("MUN-L-1")
    site.bound("MUN-L-2", origin="primary")
    return site


def test_a_draw_before_the_credit_was_earned_is_refused() -> None:
    """Within a month, too: accounts are kept by day, from the end of the run."""
    site = Site()
    site.bound("MUN-L-2", origin="primary", at="2026-01-06T06:00:00Z")
    site.bound("MUN-L-1", at="2026-01-28T06:00:00Z")
    assert "credit-exceeded: expected at most the 0 kg Pb" in site.refusal("MUN-L-2", "5000", "2026-01-07T06:00:00Z")
    site.send("MUN-L-2", credit="5000", at="2026-01-28T20:00:00Z")


def test_an_expired_credit_is_not_revived_by_a_date(site: Site) -> None:
    """It lives three calendar months; a lot that was made later cannot have drawn it before."""
    site.bound("MUN-L-3", origin="primary", at=JUNE)
    assert left(site.account_of(PartyId("MUN")), "2026-03-31")[0]
    assert not left(site.account_of(PartyId("MUN")), "2026-04-01")[0]
    assert "credit-exceeded" in site.refusal("MUN-L-3", "1", JUNE)
    assert "not-creditable: expected credit for MUN-L-3 to be drawn after" in site.refusal(
        "MUN-L-3", "1", "2026-03-31T06:00:00Z"
    )


def test_a_run_that_is_reported_late_earned_when_it_ended() -> None:
    """A run of January, entered in June, gives credits of January, which are gone."""
    site = Site()
    site.batch("MUN-B-1")
    made = [output("MUN-L-1", "10000", {"Pb": "10000"})]
    site.say("MUN", run("MUN-R-1", [line("MUN-B-1", "10000")], made, custody="mass_balance"), at=JUNE)
    assert "credit-exceeded" in site.refusal("MUN-L-1", "1", JUNE)
