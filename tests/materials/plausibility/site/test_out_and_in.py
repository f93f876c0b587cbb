"""Metal that goes out and comes in again, beside honest scrap that is like it in part."""

from __future__ import annotations

from typing import Any

import pytest

from tests.season.court import Court, severities
from tests.season.schemes.circles import send_lead, take_in
from tests.world.events import KG, acceptance, correction, dispatch, line, output, run


def found(sent: dict[str, Any] | None = None, **scrap: Any) -> list[str]:
    """Return the severities after lead was sent and scrap came in."""
    court = Court()
    send_lead(court, **(sent or {}))
    take_in(court, **scrap)
    return severities(court, "out-and-in")


@pytest.mark.parametrize("site", ["MUN", "TEX"])
@pytest.mark.parametrize(
    ("scrap", "expected"),
    [
        ({}, ["medium"]),
        ({"net": 11_890, "pb": 11_888}, []),
        ({"net": 11_893, "pb": 11_891}, ["medium"]),
        ({"net": 11_914, "pb": 11_912}, []),
        ({"pb": 11_800}, []),
        ({"day": "2026-04-08"}, ["medium"]),
        ({"day": "2026-04-09"}, []),
        ({"origin": "primary"}, []),
        ({"origin": "internal"}, []),
        ({"origin": "battery_post_consumer"}, ["medium"]),
    ],
)
def test_mass_and_purity_of_what_was_sent(site: str, scrap: dict[str, Any], expected: list[str]) -> None:
    """Both to 0.1 percent, within 90 days, at whatever site; never the mass alone; nothing that cannot be claimed."""
    assert found(site=site, **scrap) == expected


@pytest.mark.parametrize("site", ["MUN", "TEX"])
@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"claimed": 1}, ["medium"]),
        ({"claimed": 0}, []),
        ({"claimed": 0, "virgin": 5_950}, ["medium"]),
        ({"claimed": 0, "virgin": 5_900}, []),
        ({"sent": False}, []),
    ],
)
def test_only_what_was_claimed_or_is_half_virgin(site: str, sent: dict[str, Any], expected: list[str]) -> None:
    """What is still there cannot have come in again."""
    assert found(sent, site=site) == expected


def test_what_another_site_takes_in_says_nothing_against_the_lot() -> None:
    """The finding is on the batch and names the product, so that nobody's word bars the lots of others."""
    court = Court()
    send_lead(court)
    take_in(court, site="TEX")
    (finding,) = [row for row in court.verdicts() if row.code == "out-and-in"]
    assert finding.lots == ("TEX-B-2",)
    assert dict(finding.about)["lot"] == "MUN-L-1"
    assert dict(finding.about)["site"] == "MUN"


def test_a_buyer_that_has_the_lot_on_its_books() -> None:
    """Nor does it help to take the lot over first, and to enter its metal as scrap beside it."""
    court = Court()
    send_lead(court, sent=False)
    court.say("MUN", dispatch("MUN-H-1", "MUN-L-1", to="TEX"), "2026-01-08T06:00:00Z")
    court.say("TEX", acceptance("MUN-H-1", "MUN-L-1", net=11_902 * KG), "2026-01-12T06:00:00Z")
    take_in(court, site="TEX")
    assert severities(court, "out-and-in") == ["medium"]


def test_what_came_before_the_product_was_sent() -> None:
    """Metal cannot come in before it went out; a date alone that says so is not believed."""
    court = Court()
    take_in(court, site="TEX", day="2026-01-07")
    send_lead(court)
    assert severities(court, "out-and-in") == []
    court = Court()
    send_lead(court)
    take_in(court, site="TEX", day="2026-01-07")
    assert severities(court, "out-and-in") == ["medium"]


@pytest.mark.parametrize(("net", "expected"), [(11_905, []), (11_705, ["medium"])])
def test_a_product_that_was_corrected(net: int, expected: list[str]) -> None:
    """It is found by what its run says now, and no longer by what it said first."""
    court = Court()
    send_lead(court)
    made = output("MUN-L-1", 11_702 * KG, {"Pb": 11_700 * KG}, material="refined_lead")
    better = run("MUN-R-1", [line("MUN-B-1", 11_900 * KG * 5 // 3)], [made])
    court.say("MUN", correction(1, better), "2026-01-20T06:00:00Z")
    take_in(court, net=net, pb=net - 2, site="TEX")
    assert severities(court, "out-and-in") == expected
