"""What a correction makes better than it was first said, or found, to be."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.findings import Finding
from tests.materials.yard import intake
from tests.season.court import Court
from tests.season.schemes.analyses import assay_of
from tests.season.schemes.words import count_of
from tests.world.events import KG, addition, correction, line, output, run

TONNE = 1000 * KG
SLIP = [{"kind": "weighbridge_slip", "issuer": "MUN", "number": "WB-1"}]


def found(court: Court, by: str, *codes: str) -> list[Finding]:
    """Return what was found on a correction, of these codes; nothing was refused."""
    assert court.refused == []
    return [finding for finding in court.findings_of(int(by, 16)) if finding.code in codes]


def batteries(**more: Any) -> dict[str, Any]:
    """Return a tonne of batteries with 670 kg lead."""
    words = {"material": "lead_acid_battery", "form": "whole", "waste_code": "16 06 01*", "documents": SLIP}
    return intake("MUN-B-1", TONNE, {"Pb": 670 * KG}, **{**words, **more})


@pytest.mark.parametrize(
    ("first", "now", "severity"),
    [
        ("0.59", None, ["medium"]),
        ("0.59", "0.62", ["medium"]),
        ("0.59", "0.61", []),
        ("0.50", None, ["high"]),
        ("0.65", None, []),
        ("0.59", "0.55", []),
    ],
)
def test_an_analysis_is_held_against_what_it_had_found(first: str, now: str | None, severity: list[str]) -> None:
    """Stated 67 %: taken back or raised, by more than 5 % or 30 % of what was found."""
    court = Court()
    court.say("MUN", batteries(), "2026-01-05T06:00:00Z")
    said = court.say("MUN", assay_of("MUN-B-1", first))
    by = court.say("MUN", correction(said, None if now is None else assay_of("MUN-B-1", now)))
    assert [finding.severity for finding in found(court, by, "content-lifted")] == severity


def test_small_steps_of_an_analysis_weigh_what_one_does() -> None:
    """Each raises by 3 % of what was found; the second is beyond 5 %."""
    court = Court()
    court.say("MUN", batteries(), "2026-01-05T06:00:00Z")
    said = court.say("MUN", assay_of("MUN-B-1", "0.59"))
    steps = [court.say("MUN", correction(said, assay_of("MUN-B-1", fraction))) for fraction in ("0.607", "0.624")]
    assert [len(found(court, by, "content-lifted")) for by in steps] == [0, 1]


def test_an_analysis_that_another_overtook_lifts_nothing() -> None:
    """The later one governs, with or without the first."""
    court = Court()
    court.say("MUN", batteries(), "2026-01-05T06:00:00Z")
    said = court.say("MUN", assay_of("MUN-B-1", "0.59"))
    court.say("MUN", assay_of("MUN-B-1", "0.66"))
    assert found(court, court.say("MUN", correction(said)), "content-lifted") == []


def test_a_correction_of_something_else_says_nothing_again() -> None:
    """The analysis was taken back, and its lot's batch is corrected in words since."""
    court = Court()
    batch = court.say("MUN", batteries(), "2026-01-05T06:00:00Z")
    assert found(court, court.say("MUN", correction(court.say("MUN", assay_of("MUN-B-1", "0.59")))), "content-lifted")
    assert found(court, court.say("MUN", correction(batch, batteries(country="AE"))), "content-lifted") == []


def test_a_count_is_held_against_the_metal_that_it_had_missed() -> None:
    """A tenth was missing; net mass alone, as of a surplus, makes no metal."""
    court = Court()
    court.say("MUN", batteries(), "2026-01-05T06:00:00Z")
    said = court.say("MUN", count_of("MUN-B-1", 910))
    lifted = found(court, court.say("MUN", correction(said, count_of("MUN-B-1", 1010))), "content-lifted")
    assert [(finding.case, finding.severity) for finding in lifted] == [("found", "medium")]
    assert dict(lifted[0].figures)["change_ppm"] == 98_901


@pytest.mark.parametrize(
    ("first", "now", "is_found"),
    [
        ({}, {"custody": "identity_preserved"}, True),
        ({"custody": "mass_balance"}, {"custody": "controlled_blending"}, True),
        ({"owner": "GLENCORE"}, {}, True),
        ({"custody": "segregated"}, {}, False),
        ({"custody": "segregated"}, {"custody": "segregated", "country": "AE"}, False),
    ],
)
def test_custody_that_becomes_stronger_is_high(first: dict[str, str], now: dict[str, str], is_found: bool) -> None:
    """Weaker is no lift."""
    court = Court()
    said = court.say("MUN", batteries(**first), "2026-01-05T06:00:00Z")
    lifted = found(court, court.say("MUN", correction(said, batteries(**now))), "custody-strengthened")
    assert [finding.severity for finding in lifted] == ["high"] * is_found


def scrap(primary: int) -> dict[str, Any]:
    """Return ten tonnes of scrap with so many kilograms of primary lead in 6,000."""
    split = {"battery_post_consumer": 6000 - primary, "primary": primary}
    event = intake("MUN-B-1", 10 * TONNE, {"Pb": 6000 * KG}, documents=SLIP)
    del event["origin"]
    return {**event, "origin_kg": {"Pb": {origin: f"{mass}" for origin, mass in split.items() if mass}}}


def smelted(primary: int) -> dict[str, Any]:
    """Return their run, with so many kilograms of virgin lead poured in."""
    made = output("MUN-L-1", 5950 * KG, {"Pb": 5940 * KG}, material="refined_lead")
    poured = [addition(primary * KG, {"Pb": primary * KG}, material="primary_lead")] if primary else []
    more: dict[str, Any] = {"additions": poured} if poured else {}
    return run("MUN-R-1", [line("MUN-B-1", 10 * TONNE)], [made], **more)


@pytest.mark.parametrize("is_run_last", [False, True])
def test_lifts_on_the_way_of_a_lot_add_up(is_run_last: bool) -> None:
    """Each is 0.47 % of its own outputs; the lead of both has 0.93 %."""
    court = Court()
    batch = court.say("MUN", scrap(28), "2026-01-05T06:00:00Z")
    ran = court.say("MUN", smelted(28))
    corrections = [correction(batch, scrap(0)), correction(ran, smelted(0))]
    if not is_run_last:
        corrections.reverse()
    steps = [court.say("MUN", event) for event in corrections]
    lifts = [found(court, by, "origin-lifted") for by in steps]
    assert [len(lift) for lift in lifts] == [0, 1]
    (finding,) = lifts[1]
    assert (finding.severity, finding.case, finding.lots) == ("high", "way", ("MUN-L-1",))
    assert 9_200 < int(dict(finding.figures)["lift_ppm"]) < 9_400


def test_a_lot_has_the_lifts_of_all_batches_whenever_they_were_corrected() -> None:
    """Forty batches of nobody knows what, half of them corrected before the run and half after."""
    court = Court()
    names = [f"MUN-B-{number}" for number in range(1, 41)]
    said = {name: court.batch(name, 1000, origin="unknown") for name in names}
    for name in names[:20]:
        court.say("MUN", correction(said[name], known(name)))
    court.smelt("MUN-R-1", dict.fromkeys(names, 1000), 24_000)
    for name in names[20:]:
        court.say("MUN", correction(said[name], known(name)))
    assert court.refused == []
    assert court.lots["MUN-L-1"].grown.lifted == {"Pb": 24_000 * KG}  # type: ignore[index]
    high = [finding for finding in court.findings if finding.code == "origin-lifted" and finding.severity == "high"]
    assert len(high) == 40


def known(name: str) -> dict[str, Any]:
    """Return a tonne of used batteries as the court says them, each with its own slip."""
    slip = [{**SLIP[0], "number": f"WB-{name.rsplit('-', 1)[1]}"}]
    words = {"material": "lead_acid_battery", "form": "whole", "waste_code": "16 06 01*", "documents": slip}
    return intake(name, TONNE, {"Pb": 600 * KG}, **words)


def test_a_part_that_was_rejected_is_no_metal_that_was_missed() -> None:
    """The hand-over of 400 kg, with 600 rejected, did not occur: all of the lot is one again."""
    court = Court()
    court.say("MUN", batteries(), "2026-01-05T06:00:00Z")
    court.say("MUN", {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": "MUN-B-1"}]})
    part = {"lot": "GLENCORE-X-1", "net_kg": "600"}
    word = {"lot": "MUN-B-1", "decision": "accepted", "net_kg": "400", "rejected": part}
    said = court.say("GLENCORE", {"type": "acceptance", "shipment": "MUN-H-1", "lots": [word]})
    by = court.say("GLENCORE", correction(said))
    assert found(court, by, "content-lifted", "origin-lifted") == []
    assert court.lots["MUN-B-1"].net == TONNE  # type: ignore[index]
