"""Time zones: one release, from an archive that is what its hash says, whatever the machine has."""

from __future__ import annotations

import sys
import zoneinfo
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from schemas.errors import LedgerStateError, MalformedError
from schemas.rules.zones import Zones, release_2026f
from tests.schemas.samples import SAMPLES, read


def test_the_machine_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a zone file on the machine and without a package, the zones are there."""
    monkeypatch.setattr(zoneinfo, "TZPATH", ())
    monkeypatch.setitem(sys.modules, "tzdata", None)
    zones = replace(release_2026f())
    moment = datetime(2026, 1, 31, 18, 30, tzinfo=UTC)
    assert moment.astimezone(zones.zone("Asia/Kolkata")).isoformat() == "2026-02-01T00:00:00+05:30"
    assert moment.astimezone(zones.zone("America/Chicago")).isoformat() == "2026-01-31T12:30:00-06:00"


def test_every_name_of_the_release_is_a_zone() -> None:
    """598 names, second names among them, each with a file that can be read; no name of another file."""
    zones = release_2026f()
    assert len(zones.names) == 598
    assert {"Asia/Kolkata", "Asia/Calcutta", "Etc/GMT+12", "Pacific/Kiritimati"} <= zones.names
    moment = datetime(2040, 7, 1, tzinfo=UTC)
    assert all(moment.astimezone(zones.zone(name)).utcoffset() is not None for name in zones.names)
    assert moment.astimezone(zones.zone("Asia/Calcutta")).isoformat() == "2040-07-01T05:30:00+05:30"
    assert zones.zone(None) is UTC


def test_an_archive_that_is_not_the_one_of_the_rules_answers_nothing() -> None:
    """A file that was exchanged would move months for one reader and not for another."""
    spoilt = Zones("2026f", "0" * 64)
    with pytest.raises(LedgerStateError, match="2026f"):
        spoilt.zone("Asia/Kolkata")


@pytest.mark.parametrize("zone", ["Mars/Olympus", "asia/kolkata", "Asia", "Asia/Kolkatta", "RELEASE", "LINKS"])
def test_a_participant_in_an_unknown_zone_is_malformed(zone: str) -> None:
    """Wherever its entry is read: at admission, in a rebuild, by a verifier."""
    with pytest.raises(MalformedError, match=r"^timezone: expected a time zone .*release 2026f"):
        read({**SAMPLES["participant"], "timezone": zone})
    assert read({**SAMPLES["participant"], "timezone": "Asia/Kolkata"})
