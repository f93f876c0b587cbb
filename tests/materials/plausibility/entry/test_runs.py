"""What a run is accused of, each beside its honest twin that stands exactly at the limit."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.catalogue.findings.texts import say
from schemas.codes import GainReason, Process
from tests.season.court import Court
from tests.world.events import KG, line, output, run

CELLS = {"Ni": 1627, "Co": 545, "Li": 328}
"""Kilograms in ten tonnes of NMC622 cells (EverBatt 2023)."""


@pytest.fixture
def court() -> Court:
    """Ten tonnes of batteries with six of lead, and ten tonnes of cells."""
    court = Court()
    court.batch("MUN-B-1", 10_000)
    court.cells("MUN-B-2", 10_000, CELLS)
    return court


def reported(court: Court, code: str) -> str | None:
    """Return the severity of the finding with this code, ``None`` for none."""
    assert court.refused == []
    severities = {finding.severity for finding in court.verdicts() if finding.code == code}
    assert len(severities) <= 1
    return severities.pop() if severities else None


def shred(court: Court, made: int, lot: str = "MUN-B-2", **more: Any) -> None:
    """Make black mass of ten tonnes."""
    mass = output("MUN-P-1", made * KG, {}, material="black_mass")
    court.say("MUN", run("MUN-R-1", [line(lot, 10_000 * KG)], [mass], **{"process": "shredding", **more}))


@pytest.mark.parametrize(("lead", "expected"), [(5_400, None), (5_399, "medium")])
def test_a_tenth_of_the_lead_may_stay_behind(court: Court, lead: int, expected: str | None) -> None:
    """In slag, dust and dross."""
    court.smelt("MUN-R-1", {"MUN-B-1": 10_000}, lead)
    assert reported(court, "loss-unusual") == expected


@pytest.mark.parametrize(
    ("nickel", "lithium", "expected"), [(1302, 148, None), (1301, 148, "medium"), (1302, 147, "medium")]
)
def test_a_fifth_of_nickel_and_half_of_lithium_may_stay_behind(
    court: Court, nickel: int, lithium: int, expected: str | None
) -> None:
    """20 percent of 1,627 kg are 325.4; 55 percent of 328 kg are 180.4."""
    content = {"Ni": nickel * KG, "Co": 500 * KG, "Li": lithium * KG}
    made = output("MUN-P-1", 7_000 * KG, content, material="black_mass")
    court.say("MUN", run("MUN-R-1", [line("MUN-B-2", 10_000 * KG)], [made], process="shredding"))
    assert reported(court, "loss-unusual") == expected


@pytest.mark.parametrize(("lead", "expected"), [(6_240, None), (6_241, "medium"), (6_600, "medium"), (6_601, "high")])
def test_a_reason_explains_a_gain_up_to_a_point(court: Court, lead: int, expected: str | None) -> None:
    """A table may be wrong by four percent unseen, by ten with a word, by no more."""
    court.batch("MUN-B-7", 10_000, content_basis="table")
    court.smelt("MUN-R-1", {"MUN-B-7": 10_000}, lead, gain_reason="table_understated")
    assert reported(court, "yield-above-contained") == expected


@pytest.mark.parametrize(
    ("made", "expected"),
    [(5_000, None), (4_999, "medium"), (7_800, None), (7_801, "medium"), (8_500, "medium"), (8_501, "high")],
)
def test_black_mass_of_cells(court: Court, made: int, expected: str | None) -> None:
    """Seven tenths of a cell are black mass, give or take."""
    shred(court, made)
    assert reported(court, "black-mass-yield") == expected


@pytest.mark.parametrize(
    ("made", "expected"),
    [(3_000, None), (2_999, "medium"), (5_500, None), (5_501, "medium"), (6_500, "medium"), (6_501, "high")],
)
def test_black_mass_of_packs(court: Court, made: int, expected: str | None) -> None:
    """Steel and aluminium make up the rest of a pack."""
    court.cells("MUN-B-3", 10_000, {"Ni": 1009, "Co": 338, "Li": 204}, form="pack")
    shred(court, made, "MUN-B-3")
    assert reported(court, "black-mass-yield") == expected


@pytest.mark.parametrize(
    ("process", "net", "expected"),
    [
        ("packing", 10_020, None),
        ("packing", 10_021, "medium"),
        ("breaking", 10_100, None),
        ("breaking", 10_101, "medium"),
    ],
)
def test_dry_processes_take_nothing_up(court: Court, process: str, net: int, expected: str | None) -> None:
    """The scale errs by two in a thousand, a breaker's water by one in a hundred."""
    made = output("MUN-P-1", net * KG, {"Pb": 6_000 * KG}, material="lead_scrap")
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 10_000 * KG)], [made], process=process))
    assert reported(court, "net-gain-without-reason") == expected


def test_a_dry_gain_with_a_reason_stays(court: Court) -> None:
    """The operator has said why; it is shown, and weighs less."""
    made = output("MUN-P-1", 10_101 * KG, {"Pb": 6_000 * KG}, material="lead_scrap")
    more = {"process": "breaking", "gain_reason": "assay_uncertainty"}
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 10_000 * KG)], [made], **more))
    assert reported(court, "net-gain-without-reason") is None
    assert reported(court, "net-gain-with-reason") == "low"


@pytest.mark.parametrize(
    ("kwh", "expected"),
    [("50", None), ("49.9", "medium"), ("0", "high"), ("100000", None), ("100010", "medium")],
)
def test_electricity(court: Court, kwh: str, expected: str | None) -> None:
    """5 to 10,000 kWh per tonne; nothing at all is a plant that did not run."""
    court.smelt("MUN-R-1", {"MUN-B-1": 10_000}, 5_900, electricity_kwh=kwh)
    assert reported(court, "power-does-not-fit") == expected


def test_electricity_of_work_by_hand(court: Court) -> None:
    """Sorting needs none."""
    made = output("MUN-P-1", 10_000 * KG, {"Pb": 6_000 * KG}, material="lead_acid_battery")
    more = {"process": "sorting", "electricity_kwh": "0"}
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 10_000 * KG)], [made], **more))
    assert reported(court, "power-does-not-fit") is None


@pytest.mark.parametrize(("day", "expected"), [("2026-07-04", None), ("2026-07-05", "low")])
def test_half_a_year_in_the_yard(court: Court, day: str, expected: str | None) -> None:
    """180 days from the fifth of January."""
    court.smelt("MUN-R-1", {"MUN-B-1": 10_000}, 5_900, at=f"{day}T06:00:00Z")
    assert reported(court, "residence-time") == expected


@pytest.mark.parametrize(("lithium", "expected"), [(191_600, None), (191_610, "high")])
def test_a_salt_holds_what_its_formula_does(court: Court, lithium: int, expected: str | None) -> None:
    """18.785 percent lithium, two percent of it for the analysis."""
    made = output("MUN-C-1", 1000 * KG, {"Li": lithium * KG // 1000}, material="lithium_carbonate")
    court.say("MUN", run("MUN-R-1", [line("MUN-B-2", 10_000 * KG)], [made], process="precipitation"))
    assert reported(court, "above-stoichiometric-ceiling") == expected


@pytest.mark.parametrize(("lithium", "expected"), [(150_280, None), (150_270, "medium")])
def test_a_product_is_what_it_is_called(court: Court, lithium: int, expected: str | None) -> None:
    """Four fifths of the formula may be water and salt; less is another material."""
    made = output("MUN-C-1", 1000 * KG, {"Li": lithium * KG // 1000}, material="lithium_carbonate")
    court.say("MUN", run("MUN-R-1", [line("MUN-B-2", 10_000 * KG)], [made], process="precipitation"))
    assert reported(court, "product-below-formula") == expected


def test_a_heel_is_not_taken_for_a_loss(court: Court) -> None:
    """What stays in the furnace is measured badly: the campaign is judged, not the tap."""
    taps = [output("MUN-L-1", 2_000 * KG, {"Pb": 1_998 * KG}, material="refined_lead"),
            output("MUN-W-1", 3_000 * KG, {"Pb": 2_000 * KG}, role="wip")]  # fmt: skip
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 10_000 * KG)], taps))
    assert reported(court, "loss-unusual") is None


@pytest.mark.parametrize(
    ("more", "expected"),
    [({"campaign": "C-1", "gain_reason": "wip_estimate"}, "medium"), ({"gain_reason": "wip_estimate"}, "high"),
     ({"campaign": "C-1", "gain_reason": "table_understated"}, "high")],
)  # fmt: skip
def test_a_heel_that_was_taken_too_low(court: Court, more: dict[str, str], expected: str) -> None:
    """The first tap loses what the last one finds: within a campaign that adds up."""
    taps = [output("MUN-L-1", 3_800 * KG, {"Pb": 3_790 * KG}, material="refined_lead"),
            output("MUN-W-1", 1_500 * KG, {"Pb": 1_200 * KG}, role="wip")]  # fmt: skip
    campaign = {"campaign": more["campaign"]} if "campaign" in more else {}
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 10_000 * KG)], taps, **campaign))
    court.batch("MUN-B-4", 10_001)
    court.smelt("MUN-R-2", {"MUN-B-4": 10_001, "MUN-W-1": 1_500}, 7_990, **more)
    assert reported(court, "yield-above-contained") == expected
    assert reported(court, "campaign-yield-above-contained") is None


@settings(max_examples=60, deadline=None)
@given(
    process=st.sampled_from(Process.__args__),  # type: ignore[attr-defined]
    taken=st.integers(1, 10_000 * KG),
    net=st.integers(1, 20_000 * KG),
    share=st.integers(0, 1_000_000),
    material=st.sampled_from(["black_mass", "nickel_sulfate", "lithium_carbonate", "slag"]),
    more=st.fixed_dictionaries(
        {"description": st.just("as reported")},  # type: ignore[dict-item]
        optional={
            "electricity_kwh": st.sampled_from(["0", "0.000001", "9999999999"]),
            "gain_reason": st.sampled_from(GainReason.__args__),  # type: ignore[attr-defined]
            "campaign": st.just("C-1"),
            "line": st.sampled_from(["MUN-LIB-1", "MUN-X"]),
        },
    ),
)
def test_nothing_that_can_be_said_breaks_the_checks(
    process: str, taken: int, net: int, share: int, material: str, more: dict[str, Any]
) -> None:
    """A run is refused with a code or taken with findings, whatever it says."""
    court = Court()
    court.cells("MUN-B-2", 10_000, CELLS)
    made = output("MUN-P-1", net, {"Ni": net * share // 1_000_000}, material=material)
    court.say("MUN", run("MUN-R-1", [line("MUN-B-2", taken)], [made], process=process, **more))
    court.check()
    assert all(all(say(finding)) for finding in court.verdicts())
