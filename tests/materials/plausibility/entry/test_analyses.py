"""What an analysis may change, worked out by hand: rises that are found, bounds, origins that stay what they were."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.findings import Finding
from tests.materials.analysed import smelt
from tests.materials.yard import Yard
from tests.world.events import KG, assay, line, output, run


@pytest.fixture
def yard() -> Yard:
    """1,000 kg with 600 kg of lead, 400 of it post-consumer, 200 from manufacturing."""
    yard = Yard()
    split = {"Pb": {"battery_post_consumer": 400 * KG, "battery_manufacturing": 200 * KG}}
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG}, origin_kg=split)
    return yard


def said(yard: Yard, event: dict[str, Any], *codes: str) -> list[tuple[str, str]]:
    """Let MUN say an event; return its findings of some codes, with their severity."""
    effects = yard.say("MUN", event)
    found: list[Finding] = effects.findings
    return [(finding.code, finding.severity) for finding in found if finding.code in codes]


@pytest.mark.parametrize(
    ("fraction", "uncertainty", "expected"),
    [
        ("0.63", "0", []),  # 5 % more than was said
        ("0.631", "0", [("assay-raises-content", "medium")]),
        ("0.65", "0.06", []),  # within the uncertainty
        ("0.65", "0.049", [("assay-raises-content", "medium")]),
        ("0.78", "0.7", [("assay-raises-content", "medium")]),  # 0.078 is all that an uncertainty excuses
        ("0.79", "0", [("assay-raises-content", "high")]),  # 30 % and more
        ("0.95", "0.9", [("assay-raises-content", "high")]),
        ("0.57", "0", []),
        ("0.56", "0", [("assay-lowers-content", "medium")]),
        ("0.006", "0", [("assay-lowers-content", "medium")]),
    ],
)
def test_an_analysis_far_from_what_came_in(
    yard: Yard, fraction: str, uncertainty: str, expected: list[tuple[str, str]]
) -> None:
    """600 kg were said: beyond 5 % and the uncertainty it is found, a rise beyond 30 % weighs most."""
    event = assay(fraction, uncertainty=uncertainty)
    assert said(yard, event, "assay-raises-content", "assay-lowers-content") == expected


def test_small_steps_up_add_up(yard: Yard) -> None:
    """Each is within 5 % of the one before, and held against what came in."""
    steps = [said(yard, assay(fraction), "assay-raises-content") for fraction in ("0.62", "0.64", "0.66", "0.68")]
    assert steps == [[], *[[("assay-raises-content", "medium")]] * 3]


def test_a_control_sample_and_its_final_are_not_both_odd(yard: Yard) -> None:
    """Down by a control sample, and back to what was said: only the first is found."""
    codes = ("assay-raises-content", "assay-lowers-content")
    assert said(yard, assay("0.3", stage="control"), *codes) == [("assay-lowers-content", "medium")]
    assert said(yard, assay("0.6"), *codes) == []


def test_a_trace_and_what_was_not_said_before_are_not_held_against_anything(yard: Yard) -> None:
    """Antimony was 0.3 % and is 0.5 %; tin was not looked for."""
    yard.intake("MUN-B-2", 1000 * KG, {"Pb": 600 * KG, "Sb": 3 * KG})
    for metal, fraction in (("Sb", "0.005"), ("Sn", "0.02")):
        assert said(yard, assay(fraction, "MUN-B-2", metal=metal), "assay-raises-content") == []


def test_lots_analysed_as_one_are_not_each_held_against_their_own_figure(yard: Yard) -> None:
    """30 and 60 % were said, a composite finds 45 %: half more in one is no matter of weight."""
    yard.intake("MUN-B-2", 1000 * KG, {"Pb": 300 * KG})
    found = said(yard, assay("0.45", "MUN-B-1", "MUN-B-2"), "assay-raises-content", "assay-lowers-content")
    assert found == [("assay-lowers-content", "medium"), ("assay-raises-content", "medium")]


@pytest.mark.parametrize(
    ("fraction", "uncertainty", "expected"),
    [
        ("0.6", "0", []),  # all from the run's loss
        ("0.612", "0", [("gain-by-assay", "low")]),
        ("0.613", "0", [("gain-by-assay", "medium")]),
        ("0.613", "0.0129", [("gain-by-assay", "medium")]),
        ("0.613", "0.013", [("gain-by-assay", "low")]),
        ("0.66", "0", [("gain-by-assay", "medium")]),  # a table may say that much too little
        ("0.661", "0", [("gain-by-assay", "high")]),
        ("0.99", "0.99", [("gain-by-assay", "high")]),  # a tenth is all that an uncertainty excuses
    ],
)
def test_an_analysis_above_all_that_the_run_took(
    yard: Yard, fraction: str, uncertainty: str, expected: list[tuple[str, str]]
) -> None:
    """590 of 600 kg were put out; beyond 2 % of the 600 and what analyses leave open it is found as such."""
    smelt(yard, 590)
    assert said(yard, assay(fraction, "MUN-L-1", uncertainty=uncertainty), "gain-by-assay") == expected


def test_the_uncertainty_of_the_inputs_excuses_an_output_too(yard: Yard) -> None:
    """600 kg known to 30 kg: 625 kg in the product are within it."""
    yard.say("MUN", assay("0.6", uncertainty="0.03"))
    smelt(yard, 590)
    assert said(yard, assay("0.625", "MUN-L-1"), "gain-by-assay") == [("gain-by-assay", "low")]


def test_gains_of_all_outputs_of_a_run_add_up(yard: Yard) -> None:
    """Each of two rises by 1.5 % of what the run took; together they are beyond 2 %."""
    smelt(yard, 300, 300)
    found = [said(yard, assay("0.618", f"MUN-L-{number}"), "gain-by-assay") for number in (1, 2)]
    assert found == [[("gain-by-assay", "low")], [("gain-by-assay", "medium")]]


def test_a_metal_that_nobody_looked_for_before_is_no_grave_gain(yard: Yard) -> None:
    """0.4 % of antimony in the product: the batch was analysed for lead only."""
    smelt(yard, 590)
    assert said(yard, assay("0.004", "MUN-L-1", metal="Sb"), "gain-by-assay") == [("gain-by-assay", "medium")]


def test_metals_that_intakes_say_roughly_are_no_grave_gain(yard: Yard) -> None:
    """Ten kilograms of copper were said, thirty are found in the product, and again in the next batch."""
    yard.intake("MUN-B-2", 1000 * KG, {"Cu": 10 * KG, "Pb": 500 * KG})
    made = output("MUN-P-1", 1000 * KG, {"Cu": 10 * KG, "Pb": 500 * KG})
    yard.say("MUN", run("MUN-R-2", [line("MUN-B-2", 1000 * KG)], [made]))
    assert said(yard, assay("0.03", "MUN-P-1", metal="Cu"), "gain-by-assay") == [("gain-by-assay", "medium")]
    yard.intake("MUN-B-3", 1000 * KG, {"Cu": 10 * KG})
    found = said(yard, assay("0.03", "MUN-B-3", metal="Cu"), "assay-raises-content")
    assert found == [("assay-raises-content", "medium")]


def test_an_output_that_is_said_to_hold_far_less(yard: Yard) -> None:
    """590 kg were put out, an analysis finds 500."""
    smelt(yard, 590)
    assert said(yard, assay("0.5", "MUN-L-1"), "assay-lowers-content") == [("assay-lowers-content", "medium")]


@pytest.mark.parametrize(
    ("fraction", "uncertainty", "expected"),
    [("0.6", "0.06", []), ("0.6", "0.0601", [("uncertainty-unusual", "medium")]), ("0.005", "0.004", [])],
)
def test_an_uncertainty_that_no_analysis_has(
    yard: Yard, fraction: str, uncertainty: str, expected: list[tuple[str, str]]
) -> None:
    """Beyond a tenth of what was found; traces are known less well."""
    assert said(yard, assay(fraction, uncertainty=uncertainty), "uncertainty-unusual") == expected


def test_an_uncertainty_is_no_licence(yard: Yard) -> None:
    """0.6 +- 0.6: a tenth of the metal is excused, and nothing excuses more than all that went in weighs."""
    yard.say("MUN", assay("0.6", uncertainty="0.6"))
    inputs = [line("MUN-B-1", 1000 * KG)]
    for lead, code in ((1200, "gain-exceeds-tolerance"), (661, "gain-exceeds-tolerance"), (660, "taken")):
        made = [output("MUN-L-1", 1200 * KG, {"Pb": lead * KG})]
        assert yard.code("MUN", run("MUN-R-1", inputs, made)) == code


@pytest.mark.parametrize("process", ["packing", "reweighing", "blending"])
def test_what_is_only_packed_stays_as_well_known(yard: Yard, process: str) -> None:
    """600 kg known to 30 kg go into two packs: each is known to 15 kg, and a run of both may put out 21 kg more."""
    yard.say("MUN", assay("0.6", uncertainty="0.03"))
    smelt(yard, 300, 300, process=process)
    assert [yard.lot(f"MUN-L-{number}").uncertainty for number in (1, 2)] == [{"Pb": 15 * KG}] * 2
    inputs = [line(f"MUN-L-{number}", 500 * KG) for number in (1, 2)]
    for lead, code in ((622, "gain-exceeds-tolerance"), (621, "taken")):
        assert yard.code("MUN", run("MUN-R-2", inputs, [output("MUN-Q-1", 800 * KG, {"Pb": lead * KG})])) == code


def test_what_is_made_anew_is_not_known_by_the_analysis_before(yard: Yard) -> None:
    """The content of bullion is stated for itself."""
    yard.say("MUN", assay("0.6", uncertainty="0.03"))
    smelt(yard, 590)
    assert yard.lot("MUN-L-1").uncertainty == {}
