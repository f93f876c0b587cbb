"""Lift: later words that make more of what a statement made claimable."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.materials.mass.mix import Mix, split_by
from ledger.materials.plausibility.entry.lifts import Backing, Yielded, find_lift
from ledger.materials.state.book import Speaker
from schemas.codes import Origin
from schemas.ids import LotId, PartyId, StatementId
from schemas.party import Party
from schemas.versions import VERSION_1
from tests.season.court import Court
from tests.world.events import KG, correction, intake, line, output, run, unsigned_id

HASH = StatementId("ab" * 32)
MUN = Speaker(
    party=Party(PartyId("MUN"), "ACE Mundra", ("park",), "IN", HASH), occurred_at="2026-01-05T06:00:00Z", index=7,
    statement=HASH, rules=VERSION_1,
)  # fmt: skip
USED, UNUSED = Backing(is_used=True), Backing(is_used=False)
TONNE = 1000 * KG
SLIP = [{"kind": "weighbridge_slip", "issuer": "MUN", "number": "WB-1"}]


def lead(**origins: int) -> Mix:
    """Return lead of origins, in mg."""
    named: dict[Origin, int] = origins  # type: ignore[assignment]
    return {"Pb": split_by(named)}


def found(first: Mix, now: Mix, backing: Backing = USED, nets: tuple[int, int] = (TONNE, TONNE)) -> dict[str, str]:
    """Return codes with severities of a lift from one mix to another."""
    findings = find_lift(Yielded(nets[0], first), Yielded(nets[1], now), backing, MUN, [LotId("MUN-B-1")])
    return {finding.code: finding.severity for finding in findings}


@pytest.mark.parametrize(
    ("origin", "backing", "severity"),
    [
        ("primary", USED, "high"),
        ("primary", Backing(is_used=False, declares=True), "high"),
        ("internal", UNUSED, "high"),
        ("unknown", UNUSED, "high"),
        ("unknown", Backing(is_used=True, declares=True), "high"),
        ("unknown", Backing(is_used=False, declares=True), "medium"),
    ],
)
def test_metal_that_becomes_recycled_is_a_lift(origin: str, backing: Backing, severity: str) -> None:
    """Only what nobody knew, before any use, with the supplier's hashed declaration weighs less."""
    now = lead(battery_post_consumer=600 * KG)
    assert found(lead(**{origin: 600 * KG}), now, backing) == {"origin-lifted": severity}


@pytest.mark.parametrize(("moved", "codes"), [(3 * KG, {}), (3 * KG + 1, {"origin-lifted": "high"})])
def test_half_a_percent_of_a_metal_is_what_papers_leave_open(moved: int, codes: dict[str, str]) -> None:
    """3 kg of 600 kg are within the limit, a milligram more is not."""
    now = lead(battery_post_consumer=500 * KG + moved, primary=100 * KG - moved)
    assert found(lead(battery_post_consumer=500 * KG, primary=100 * KG), now) == codes


def test_primary_metal_that_goes_away_lifts_what_stays() -> None:
    """Not a milligram more can be claimed, and yet all that is left is recycled."""
    mixed = lead(battery_post_consumer=500 * KG, primary=100 * KG)
    assert found(mixed, lead(battery_post_consumer=500 * KG)) == {"origin-lifted": "high"}


@pytest.mark.parametrize(
    ("content", "net", "backing", "codes"),
    [
        (629, 1000, USED, {}),
        (631, 1000, USED, {"content-lifted": "medium"}),
        (779, 1000, USED, {"content-lifted": "medium"}),
        (781, 1000, USED, {"content-lifted": "high"}),
        (781, 1000, Backing(is_used=False, cures=True), {"content-lifted": "medium"}),
        (781, 1000, Backing(is_used=True, cures=True), {"content-lifted": "high"}),
        (840, 1400, USED, {"content-lifted": "high"}),
        (840, 1400, Backing(is_used=True, weighs=True), {"content-lifted": "medium"}),
        (840, 1000, Backing(is_used=True, weighs=True), {"content-lifted": "high"}),
        (300, 1000, USED, {}),
        (600, 900, USED, {}),
    ],
)
def test_more_metal_of_the_same_origin_has_the_limits_of_an_analysis(
    content: int, net: int, backing: Backing, codes: dict[str, str]
) -> None:
    """Against 600 kg in a tonne: 5 % and 30 % per kilogram; more kilograms are borne out by the scale."""
    first, now = lead(battery_post_consumer=600 * KG), lead(battery_post_consumer=content * KG)
    assert found(first, now, backing, (TONNE, net * KG)) == codes


def test_what_cannot_be_claimed_is_no_lift() -> None:
    """Virgin lead may be corrected upwards, and recycled lead into virgin lead."""
    assert found(lead(primary=300 * KG), lead(primary=600 * KG)) == {}
    assert found(lead(battery_post_consumer=600 * KG), lead(primary=600 * KG)) == {}


@given(st.integers(1, 10**12), st.integers(0, 10**12), st.integers(1, 10**12), st.integers(0, 10**12))
def test_no_share_rises_by_more_than_the_limit_unseen(was: int, none: int, now: int, left: int) -> None:
    """Whatever else changes: the claimable share of the metal is found when it rises by more than half a percent."""
    before = was * (now + left) + 0
    rises = now * (was + none) - before
    codes = found(lead(battery_post_consumer=was, primary=none), lead(battery_post_consumer=now, primary=left))
    if rises * 200 > (now + left) * (was + none) + 200 * (was + none):
        assert codes["origin-lifted"] == "high"
    elif rises <= 0:
        assert "origin-lifted" not in codes


def batch(recycled: int, **more: Any) -> dict[str, Any]:
    """Return a tonne of batteries of which so many per cent are used ones, the rest virgin metal."""
    split = {"battery_post_consumer": recycled * 6 * KG, "primary": (100 - recycled) * 6 * KG}
    kept = {origin: f"{mass // KG}" for origin, mass in split.items() if mass}
    event = intake("MUN-B-1", TONNE, {"Pb": 600 * KG}, material="lead_acid_battery", form="whole", documents=SLIP)
    del event["origin"]
    return {**event, "origin_kg": {"Pb": kept}, **more}


def test_ninety_nine_corrections_of_one_percent_weigh_what_one_does() -> None:
    """A batch of 99 % virgin metal becomes used batteries step by step."""
    court = Court()
    said = court.say("MUN", batch(1), "2026-01-05T06:00:00Z")
    for recycled in range(2, 101):
        court.say("MUN", correction(said, batch(recycled)))
    assert not court.refused
    lifts = [finding for finding in court.findings_of(court.index - 1) if finding.code == "origin-lifted"]
    assert [finding.severity for finding in lifts] == ["high"]
    assert dict(lifts[0].figures)["lift_ppm"] == 990_000


def test_an_addition_of_virgin_lead_that_is_taken_back_lifts_the_lead_of_the_run() -> None:
    """Deleted before dispatch, the lead would be all recycled."""
    court = Court()
    court.batch("MUN-B-1", 20_000)
    made = output("MUN-L-1", 13_000 * KG, {"Pb": 12_900 * KG}, material="refined_lead")
    poured = {"material": "primary_lead", "net_kg": "1299", "content_kg": {"Pb": "1298"}, "origin": "primary"}
    event = run("MUN-R-1", [line("MUN-B-1", 20_000 * KG)], [made], additions=[poured])
    said = court.say("MUN", event, "2026-01-12T06:00:00Z")
    without = run("MUN-R-1", [line("MUN-B-1", 20_000 * KG)], [made], gain_reason="table_understated")
    by = court.say("MUN", correction(said, without))
    assert not court.refused
    codes = {str(finding.code): finding.severity for finding in court.findings_of(int(by, 16))}
    assert codes["origin-lifted"] == "high"


def test_an_output_that_was_typed_too_high_makes_nothing_recycled() -> None:
    """What no input held is gone with it; virgin metal that was poured in stays what it is."""
    lots = [LotId("MUN-L-1")]
    first = Yielded(TONNE, lead(battery_post_consumer=500 * KG, unknown=60 * KG), {"Pb": 60 * KG})
    now = Yielded(TONNE - 60 * KG, lead(battery_post_consumer=500 * KG))
    assert list(find_lift(first, now, USED, MUN, lots)) == []
    poured = Yielded(TONNE, lead(battery_post_consumer=500 * KG, primary=60 * KG))
    assert [finding.code for finding in find_lift(poured, now, USED, MUN, lots)] == ["origin-lifted"]


def test_small_steps_of_a_run_add_up() -> None:
    """Each takes 0.4 % of the virgin lead back; the second passes half a percent of what was first said."""
    court = Court()
    court.batch("MUN-B-1", 20_000)
    codes = []
    for poured in (1298, 1246, 1194):
        made = output("MUN-L-1", 13_002 * KG, {"Pb": 13_000 * KG}, material="refined_lead")
        addition = {
            "material": "primary_lead",
            "net_kg": "1299",
            "content_kg": {"Pb": f"{poured}"},
            "origin": "primary",
        }
        event = run("MUN-R-1", [line("MUN-B-1", 20_000 * KG)], [made], additions=[addition])
        if poured == 1298:
            said = court.say("MUN", event, "2026-01-12T06:00:00Z")
        else:
            by = court.say("MUN", correction(said, event))
            codes.append(
                [finding.code for finding in court.findings_of(int(by, 16)) if finding.code == "origin-lifted"]
            )
    assert not court.refused
    assert codes == [[], ["origin-lifted"]]


def test_content_that_was_forgotten_is_high_once_the_metal_was_used() -> None:
    """Lead that a batch was not said to hold is added later: before any use that is an everyday repair."""
    now = lead(battery_post_consumer=600 * KG)
    assert found({}, now, UNUSED) == {"content-lifted": "medium"}
    assert found({}, now) == {"content-lifted": "high"}


def test_forty_batches_of_nobody_knows_what_are_lifts_each() -> None:
    """However small a part of a lot each of them is."""
    court = Court()
    said = [court.batch(f"MUN-B-{number}", 1000, origin="unknown") for number in range(1, 41)]
    court.smelt("MUN-L-1", {f"MUN-B-{number}": 1000 for number in range(1, 41)}, 23_900)
    for number, statement in enumerate(said, 1):
        slip = [{**SLIP[0], "number": f"WB-{number}"}]
        now = intake(f"MUN-B-{number}", TONNE, {"Pb": 600 * KG}, material="lead_acid_battery", form="whole",
                     waste_code="16 06 01*", documents=slip)  # fmt: skip
        court.say("MUN", correction(statement, now))
    assert not court.refused
    lifts = [finding for finding in court.findings if finding.code == "origin-lifted"]
    assert [finding.severity for finding in lifts] == ["high"] * 40


def test_a_statement_that_is_taken_back_lifts_nothing() -> None:
    """What did not occur holds nothing to claim."""
    court = Court()
    said = court.batch("MUN-B-1", origin="unknown")
    by = court.say("MUN", correction(said))
    assert {finding.code for finding in court.findings_of(int(by, 16))}.isdisjoint({"origin-lifted", "content-lifted"})
    assert unsigned_id(1) == by
