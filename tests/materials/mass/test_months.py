"""Months and days of a site, held against the calendar of the time-zone rules themselves."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.materials.mass.months import day_of, days_between, following, month_of, preceding
from schemas.errors import MalformedError
from schemas.ids import PartyId, StatementId
from schemas.party import Party
from schemas.rules.zones import release_2026f
from schemas.versions import VERSION_1

ZONES = ("Asia/Kolkata", "America/Chicago", "Asia/Bangkok", "Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kathmandu")
MOMENTS = st.integers(946_800_000, 4_102_300_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


def site(zone: str | None) -> Party:
    """Return a party in a zone."""
    return Party(PartyId("MUN"), "ACE Mundra", ("park",), "IN", StatementId("0" * 64), timezone=zone)


@given(MOMENTS, st.sampled_from(ZONES))
def test_months_and_days_are_those_of_the_zone(moment: datetime, zone: str) -> None:
    """Whatever shortcut is taken inside a month, the calendar agrees."""
    instant = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    local = moment.astimezone(release_2026f().zone(zone))
    assert month_of(site(zone), instant, VERSION_1) == local.strftime("%Y-%m")
    assert day_of(site(zone), instant, VERSION_1) == local.strftime("%Y-%m-%d")


@pytest.mark.parametrize(
    ("zone", "instant", "month"),
    [
        ("Asia/Kolkata", "2026-01-31T18:29:59Z", "2026-01"),
        ("Asia/Kolkata", "2026-01-31T18:30:00Z", "2026-02"),
        ("America/Chicago", "2026-03-01T05:59:59Z", "2026-02"),
        ("America/Chicago", "2026-03-01T06:00:00Z", "2026-03"),
        # In summer Chicago is five hours behind, in winter six.
        ("America/Chicago", "2026-07-01T05:00:00Z", "2026-07"),
        (None, "2026-02-01T00:00:00Z", "2026-02"),
    ],
)
def test_the_last_minute_of_a_month(zone: str | None, instant: str, month: str) -> None:
    """A month ends at the site's own midnight; without a zone, at that of UTC."""
    assert month_of(site(zone), instant, VERSION_1) == month


@pytest.mark.parametrize("zone", ["Mars/Olympus", "asia/kolkata", "Asia", "RELEASE", "LINKS", "../zones"])
def test_a_zone_that_is_not_known_is_never_taken_for_utc(zone: str) -> None:
    """A participant cannot have it; whoever asks all the same is stopped."""
    with pytest.raises(MalformedError, match="time zone of the IANA database"):
        month_of(site(zone), "2026-01-31T18:30:00Z", VERSION_1)


def test_months_follow_each_other() -> None:
    """December is followed by January; days are whole and never negative."""
    assert (following("2026-11"), following("2026-12")) == ("2026-12", "2027-01")
    assert (preceding("2026-12"), preceding("2026-01")) == ("2026-11", "2025-12")
    assert days_between("2026-01-01T10:00:00Z", "2026-01-03T09:00:00Z") == 1
    assert days_between("2026-01-03T09:00:00Z", "2026-01-01T10:00:00Z") == 0
