"""What an analysis finds is held against what its lot can hold, whether or not it changes anything."""

from __future__ import annotations

import pytest

from ledger.materials.mass.mix import split_of
from ledger.materials.plausibility.entry.analysed_content import find_in_analysis
from ledger.materials.state.book import Speaker
from ledger.materials.state.records import Lot
from schemas.codes import Metal
from schemas.ids import LotId, PartyId, StatementId
from schemas.party import Party
from schemas.versions import VERSION_1

LAB = Speaker(
    Party(PartyId("LAB"), "LAB", ("laboratory",), "GB", StatementId("00" * 32)),
    "2026-01-05T06:00:00Z",
    7,
    StatementId("ab" * 32),
    VERSION_1,
)
NET = 10_000_000
"""Ten grams, in mg."""


def lot(material: str, chemistry: str, form: str, content: dict[Metal, int]) -> Lot:
    """Return a lot of MUN that holds these milligrams."""
    mix = split_of(content, "battery_post_consumer")
    return Lot(LotId("MUN-B-1"), material, PartyId("MUN"), PartyId("MUN"), "open", NET, mix, "2026-01-05T06:00:00Z", 3,
               chemistry=chemistry, form=form)  # fmt: skip


def found(analysed: Lot, content: dict[Metal, int], dry: int = NET) -> list[str]:
    """Return codes and severities of the findings, each of which shows on the lot."""
    findings = list(find_in_analysis(analysed, content, (NET, dry), LAB))
    assert {finding.lots for finding in findings} <= {("MUN-B-1",)}
    return [f"{finding.code} {finding.severity}" for finding in findings]


@pytest.mark.parametrize(("nickel", "expected"), [(343_850, None), (343_860, "medium"), (388_710, "high")])
def test_one_of_two_metals_analysed_anew_changes_their_ratio(nickel: int, expected: str | None) -> None:
    """Nickel alone is looked for; the cobalt is the book's."""
    analysed = lot("black_mass", "NMC622", "powder", {"Ni": 299_000, "Co": 100_000})
    ratios = [finding for finding in found(analysed, {"Ni": nickel}) if finding.startswith("nickel-cobalt-ratio")]
    assert ratios == ([f"nickel-cobalt-ratio {expected}"] if expected else [])


def test_black_mass_is_judged_dry_and_lead_batteries_as_received() -> None:
    """Half water: the dry half holds twice the share; a battery is full of acid, as its figures have it."""
    wet = lot("black_mass", "LCO", "powder", {"Co": 3_100_000})
    assert found(wet, {"Co": 3_100_000}) == []
    assert found(wet, {"Co": 3_100_000}, dry=NET // 2) == ["above-stoichiometric-ceiling high", "purer-than-waste high"]
    battery = lot("lead_acid_battery", "lead_acid", "whole", {"Pb": 6_000_000})
    assert found(battery, {"Pb": 6_000_000}) == found(battery, {"Pb": 6_000_000}, dry=NET // 2) == []


def test_metals_that_were_not_analysed_are_not_judged() -> None:
    """The book's cobalt is impossible; the analysis looked for lithium."""
    assert found(lot("black_mass", "LCO", "powder", {"Co": 9_000_000}), {"Li": 500_000}) == []
