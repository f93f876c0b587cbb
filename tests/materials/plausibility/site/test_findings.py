"""What a site is accused of over time, each beside its honest twin at the limit."""

from __future__ import annotations

import pytest

from ledger.materials.plausibility.site.findings import Site, find_in_site
from schemas.ids import PartyId, StatementId
from schemas.party import Party
from schemas.versions import VERSION_1
from tests.materials.plausibility.site.steps import stock
from tests.season.court import Court, severities
from tests.world.events import KG, line, output, run


@pytest.mark.parametrize(
    ("second", "code", "expected"),
    [
        (6_120, "campaign-yield-above-contained", []),
        (6_121, "campaign-yield-above-contained", ["medium"]),
        (6_480, "campaign-yield-above-contained", ["medium"]),
        (6_481, "campaign-yield-above-contained", ["high"]),
        (4_800, "campaign-loss-unusual", []),
        (4_799, "campaign-loss-unusual", ["medium"]),
    ],
)
def test_a_campaign_with_its_heel(second: int, code: str, expected: list[str]) -> None:
    """6,000 kg in the heel go from tap to tap and count once: of 12,000 kg lead, 90 to 101 and 104 percent."""
    court = Court()
    stock(court, 20_000)
    heel = output("MUN-W-1", 1_000 * KG, {"Pb": 900 * KG}, role="wip")
    first = output("MUN-L-1", 6_010 * KG, {"Pb": 6_000 * KG}, material="refined_lead")
    tap = run("MUN-R-1", [line("MUN-B-1", 12_000 * KG)], [first, heel], campaign="C-1")
    court.say("MUN", tap, "2026-01-06T06:00:00Z")
    last = output("MUN-L-2", (second + 10) * KG, {"Pb": second * KG}, material="refined_lead")
    inputs = [line("MUN-B-1", 8_000 * KG), line("MUN-W-1", 1_000 * KG)]
    tap = run("MUN-R-2", inputs, [last], campaign="C-1", gain_reason="wip_estimate")
    court.say("MUN", tap, "2026-01-07T06:00:00Z")
    assert severities(court, code) == expected


def test_a_site_that_said_nothing() -> None:
    """There is nothing to find."""
    party = Party(PartyId("MUN"), "ACE Mundra", ("park",), "IN", StatementId("00" * 32))
    assert find_in_site(Site(party, (), lambda _: None, lambda _: False, VERSION_1)) == []
