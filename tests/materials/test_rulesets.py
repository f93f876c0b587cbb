"""Rule sets: exact limits, dates, and what is said of a rule that is not law."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.materials.apportioning import Mix
from ledger.materials.rulesets import recycled_shares
from ledger.materials.rulesets.data import NAMES, rule_set, rule_sets
from ledger.materials.rulesets.verdicts import (
    CLASSES,
    Recovery,
    Verdict,
    class_of,
    judge_domestic,
    judge_lot,
    judge_recovery,
)
from schemas.codes import METALS

STATUSES = {"law", "not yet law", "default, unsourced"}
MASS = st.integers(0, 10**15)
MIX = st.dictionaries(st.sampled_from(METALS), st.tuples(*[MASS] * 7).filter(any), max_size=4)


def _nickel(recycled: int, primary: int) -> Mix:
    return {"Ni": (recycled, 0, 0, 0, 0, primary, 0)}


def _only(verdicts: list[Verdict], since: str) -> Verdict:
    (found,) = [verdict for verdict in verdicts if verdict.since == since]
    return found


@pytest.mark.parametrize(("recycled", "passes"), [(59_999, False), (60_000, True), (60_001, True)])
def test_a_share_passes_at_its_minimum_and_not_a_millionth_below(recycled: int, passes: bool) -> None:
    """6 % nickel from 2031 on, to the milligram."""
    verdict = _only(judge_lot(_nickel(recycled, 1_000_000 - recycled), "2026-01-01"), "2031-08-18")
    assert (verdict.margin >= 0) is passes
    assert verdict.as_json()["passes"] is passes
    assert verdict.margin == recycled - 60_000


@pytest.mark.parametrize(
    ("day", "dates", "in_force"),
    [
        ("2031-08-17", ["2031-08-18", "2036-08-18"], [False, False]),
        ("2031-08-18", ["2031-08-18", "2036-08-18"], [True, False]),
        ("2036-08-17", ["2031-08-18", "2036-08-18"], [True, False]),
        ("2036-08-18", ["2036-08-18"], [True]),
    ],
)
def test_a_rule_begins_on_its_day_and_ends_where_the_next_begins(
    day: str, dates: list[str], in_force: list[bool]
) -> None:
    """What is replaced is no longer told; what comes later is."""
    found = judge_lot(_nickel(1, 1), day)
    assert [verdict.since for verdict in found] == dates
    assert [verdict.in_force for verdict in found] == in_force


def test_what_counts_differs_by_metal() -> None:
    """Other scrap counts for lead and not for nickel; unknown and primary count for neither."""
    split = (0, 0, 600, 0, 0, 300, 100)
    shares = {verdict.of: verdict.share for verdict in judge_lot({"Pb": split, "Ni": split, "Cu": split}, "2032-01-01")}
    assert shares == {"Pb": 600_000, "Ni": 0}


def test_reagents_and_water_are_not_recycled_mass() -> None:
    """Efficiency is of what went in; a salt that doubled its weight by water is counted without it."""
    figures = Recovery(1000, 649, {"Li": 100, "Cu": 0}, {"Li": 80})
    found = {
        (verdict.kind, verdict.of, verdict.since): verdict.margin
        for verdict in judge_recovery("lithium", figures, "2026-06-01")
    }
    assert found["efficiency", "lithium", "2025-12-31"] == -1_000
    assert found["efficiency", "lithium", "2030-12-31"] == -51_000
    assert found["recovery", "Li", "2027-12-31"] == 300_000
    assert found["recovery", "Li", "2031-12-31"] == 0
    assert not any(of == "Cu" for _, of, _ in found)


def test_only_domestic_mass_counts_in_india() -> None:
    """5 % in the fiscal year 2027-28; the steps between are told as defaults."""
    found = judge_domestic(50_000, 1_000_000, "lithium", "2027-04-01")
    assert [(verdict.since, verdict.margin, verdict.status) for verdict in found] == [
        ("2027-04-01", 0, "law"),
        ("2028-04-01", -50_000, "default, unsourced"),
        ("2029-04-01", -100_000, "default, unsourced"),
        ("2030-04-01", -150_000, "law"),
    ]
    assert judge_domestic(0, 0, "lithium", "2027-04-01") == []


def test_every_rule_set_says_its_source_dates_and_status() -> None:
    """Nothing is told without where it comes from; what is no law says so."""
    assert [known["id"] for known in rule_sets()] == list(NAMES)
    for name in NAMES:
        known = rule_set(name)
        assert known.source
        assert known.text
        assert known.version
        for rule in known.rules:
            assert rule.status in STATUSES
            assert re.fullmatch(r"20\d\d-\d\d-\d\d", rule.since)
            assert all(0 < ppm <= 1_000_000 and of in (*METALS, *CLASSES) for of, ppm in rule.shares)
    with pytest.raises(KeyError):
        rule_set("eu-1999")


@given(MIX, st.dates().map(str))
def test_a_verdict_agrees_with_the_share_that_is_answered(mix: dict[str, tuple[int, ...]], day: str) -> None:
    """The printed share and the judged one are the same figure, and no margin is beyond one."""
    shares = recycled_shares(mix)["eu-2023-1542"]  # type: ignore[arg-type]
    for verdict in judge_lot(mix, day):  # type: ignore[arg-type]
        assert verdict.as_json()["share"] == shares[verdict.of]
        assert -1_000_000 <= verdict.margin <= 1_000_000


@pytest.mark.parametrize(
    ("chemistry", "material", "expected"),
    [
        ("lead_acid", "", "lead_acid"),
        ("unknown", "lead_scrap", "lead_acid"),
        ("NMC622", "black_mass", "lithium"),
        ("mixed", "lithium_ion_battery", "lithium"),
        ("NiCd", "", "nickel_cadmium"),
        ("NiMH", "", "other"),
    ],
)
def test_chemistries_belong_to_the_classes_of_the_law(chemistry: str, material: str, expected: str) -> None:
    """Lead-acid, lithium-based, nickel-cadmium, other."""
    assert class_of(chemistry, material) == expected
