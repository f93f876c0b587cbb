"""More mass out than in, each kind of process beside its honest twin at the limit."""

from __future__ import annotations

from typing import Any

import pytest

from tests.season.court import Court
from tests.world.events import KG, addition, line, output, run

GAINS = ("net-gain-without-reason", "net-gain-with-reason", "output-mass")


def gains(outputs: list[dict[str, Any]], process: str, **more: Any) -> list[tuple[str, str]]:
    """Return what is said of the mass of a run that takes a tonne of black mass, 800 kg of it dry."""
    court = Court()
    court.cells("MUN-B-1", 1000, {}, material="black_mass", form="powder", **more.pop("batch", {}))
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], outputs, process=process, **more))
    assert court.refused == []
    return [(finding.code, finding.severity) for finding in court.verdicts() if finding.code in GAINS]


def made(kg: int, **more: Any) -> list[dict[str, Any]]:
    """Return one output of so many kilograms."""
    return [output("MUN-P-1", kg * KG, {}, **{"material": "leach_residue", **more})]


@pytest.mark.parametrize(
    ("process", "honest", "fraud", "unit"),
    [("separation", 1_010, 1_011, 11_001), ("smelting", 1_300, 1_301, 11_001), ("leaching", 6_000, 6_001, 101_001)],
)
def test_what_each_kind_of_process_takes_up(process: str, honest: int, fraud: int, unit: int) -> None:
    """Nothing; fluxes and air; water, acid and soda. Far beyond it a unit is mixed up."""
    assert gains(made(honest), process) == []
    assert gains(made(fraud), process) == [("net-gain-without-reason", "medium")]
    assert gains(made(unit), process) == [("output-mass", "high")]


def test_additions_count() -> None:
    """What was put in may come out."""
    assert gains(made(1_510), "smelting", additions=[addition(200 * KG)]) == []
    assert gains(made(1_561), "smelting", additions=[addition(200 * KG)]) == [("net-gain-without-reason", "medium")]


def test_solutions_are_mostly_water() -> None:
    """Nine tonnes of leach solution of a tonne are honest, a hundred and one are not."""
    assert gains(made(9_000, material="leach_solution", form="solution"), "leaching") == []
    assert gains(made(101_001, material="leach_solution", form="solution"), "leaching") == [("output-mass", "high")]


@pytest.mark.parametrize(("dry", "expected"), [("1600", []), ("1601", [("net-gain-without-reason", "medium")])])
def test_wet_processes_are_judged_dry_where_that_is_known(dry: str, expected: list[tuple[str, str]]) -> None:
    """800 kg dry may take up as much again."""
    assert gains(made(5_000, dry_kg=dry), "leaching", batch={"dry_kg": "800"}) == expected


@pytest.mark.parametrize(("kg", "severity"), [(1_011, "low"), (1_100, "low"), (1_101, "medium"), (3_000, "medium")])
def test_a_word_makes_a_gain_milder_up_to_a_point(kg: int, severity: str) -> None:
    """It stays as a finding."""
    assert gains(made(kg), "separation", gain_reason="trace") == [("net-gain-with-reason", severity)]


@pytest.mark.parametrize(
    ("units", "expected"),
    [((500, 500), set()), ((500, 504), set()), ((500, 506), {"medium"}), ((500, 400), {"low"})],
)
def test_units_against_their_lot(units: tuple[int, int], expected: set[str]) -> None:
    """Two bundles of a tonne; a list that is not complete weighs less."""
    court = Court()
    court.batch("MUN-B-1", 2_000)
    rows = [{"id": f"B-{number}", "net_kg": str(kg)} for number, kg in enumerate(units)]
    lead = output("MUN-L-1", 1_000 * KG, {"Pb": 999 * KG}, material="refined_lead", units=rows)
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 2_000 * KG)], [lead]))
    assert {finding.severity for finding in court.verdicts() if finding.code == "units-do-not-add-up"} == expected


@pytest.mark.parametrize(
    ("grade", "lead", "expected"),
    [
        ("EN 12659 PB985R", 9_989, False),
        ("EN 12659 PB985R", 9_988, True),
        ("pb 985 r", 9_000, True),
        ("soft", 9_000, False),
        ("Pb 99.97 %", 9_987, False),
        ("Pb 99.97 %", 9_986, True),
        ("99,97", 8_100, True),
        ("199.97", 8_100, False),
        ("lot 26.99.97", 8_100, False),
    ],
)
def test_a_grade_against_its_lead(grade: str, lead: int, expected: bool) -> None:
    """99.985 percent, and a tenth of a percent for an analysis by difference."""
    court = Court()
    court.batch("MUN-B-1", 20_000)
    made_of = output("MUN-L-1", 10_000 * KG, {"Pb": lead * KG}, material="refined_lead", grade=grade)
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 20_000 * KG)], [made_of]))
    assert ("grade-does-not-fit" in court.codes()) is expected
