"""Rule sets: exact limits, dates, and what is said of a rule that is not law."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.materials.mass.mix import Mix, Split
from ledger.materials.rulesets import recycled_shares
from ledger.materials.rulesets.verdicts import Recovery, Verdict, duties_of, judge_domestic, judge_lot, judge_recovery
from schemas.codes import METALS, Metal
from schemas.versions import VERSION_1
from tests.materials.rulesets.limits_again import LIMITS

MASS = st.integers(0, 10**15)
MIX = st.dictionaries(st.sampled_from(METALS), st.tuples(*[MASS] * 7).filter(any), max_size=4)
TOTALS = st.integers(1, 10**16)


CASES = [(name, kind, of, day) for (name, kind), days in LIMITS.items() for day, row in days.items() for of in row]


def _judged(kind: str, of: str, part: int, whole: int, day: str) -> list[Verdict]:
    """Judge a part of a whole by the function that the kind belongs to."""
    if kind == "minimum_share":
        found = judge_lot(
            {metal: (part, 0, 0, 0, 0, whole - part, 0) for metal in METALS if metal == of}, day, VERSION_1
        )
    elif kind == "domestic_use":
        found = judge_domestic(part, whole, of, day, VERSION_1)
    elif kind == "recovery":
        masses: dict[Metal, int] = {metal: 1 for metal in METALS if metal == of}
        figures = Recovery(0, 0, dict.fromkeys(masses, whole), dict.fromkeys(masses, part))
        found = judge_recovery("lithium", figures, day, VERSION_1)
    else:
        found = judge_recovery(of, Recovery(whole, part, {}, {}), day, VERSION_1)
    return [verdict for verdict in found if verdict.kind == kind]


def _former_shares(mix: Mix) -> dict[str, Any]:
    """Return what the module before this package answered, by origins counted one by one."""

    def share(split: Split, *counted: int) -> str:
        part = sum(split[place] for place in counted) * 10**6 // sum(split)
        return f"{part // 10**6}.{part % 10**6:06d}"

    held = [metal for metal in METALS if metal in mix]
    eu = {"Pb": (0, 1, 2, 3), "Li": (0, 1), "Ni": (0, 1), "Co": (0, 1)}
    return {
        "eu-2023-1542": {metal: share(mix[metal], *eu[metal]) for metal in held if metal in eu},
        "iso-14021": {
            metal: {"post_consumer": share(mix[metal], 0, 2), "pre_consumer": share(mix[metal], 1, 3)} for metal in held
        },
    }


def _nickel(recycled: int, primary: int) -> Mix:
    return {"Ni": (recycled, 0, 0, 0, 0, primary, 0)}


def _only(verdicts: list[Verdict], since: str) -> Verdict:
    (found,) = [verdict for verdict in verdicts if verdict.since == since]
    return found


@pytest.mark.parametrize(("recycled", "passes"), [(59_999, False), (60_000, True), (60_001, True)])
def test_a_share_passes_at_its_minimum_and_not_a_millionth_below(recycled: int, passes: bool) -> None:
    """6 % nickel from 2031 on, to the milligram."""
    verdict = _only(judge_lot(_nickel(recycled, 1_000_000 - recycled), "2026-01-01", VERSION_1), "2031-08-18")
    assert (verdict.margin >= 0) is passes
    assert verdict.as_json()["passes"] is passes
    assert verdict.margin == recycled - 60_000


def test_what_counts_differs_by_metal() -> None:
    """Other scrap counts for lead and not for nickel; unknown and primary count for neither."""
    split = (0, 0, 600, 0, 0, 300, 100)
    shares = {
        verdict.of: verdict.share
        for verdict in judge_lot({"Pb": split, "Ni": split, "Cu": split}, "2032-01-01", VERSION_1)
    }
    assert shares == {"Pb": 600_000, "Ni": 0}


def test_reagents_and_water_are_not_recycled_mass() -> None:
    """Efficiency is of what went in; a salt that doubled its weight by water is counted without it."""
    figures = Recovery(1000, 649, {"Li": 100, "Cu": 0}, {"Li": 80})
    found = {
        (verdict.kind, verdict.of, verdict.since): verdict.margin
        for verdict in judge_recovery("lithium", figures, "2026-06-01", VERSION_1)
    }
    assert found["efficiency", "lithium", "2025-12-31"] == -1_000
    assert found["efficiency", "lithium", "2030-12-31"] == -51_000
    assert found["recovery", "Li", "2027-12-31"] == 300_000
    assert found["recovery", "Li", "2031-12-31"] == 0
    assert not any(of == "Cu" for _, of, _ in found)


def test_only_domestic_mass_counts_in_india() -> None:
    """5 % in the fiscal year 2027-28; the steps between are stated as defaults."""
    found = judge_domestic(50_000, 1_000_000, "lithium", "2027-04-01", VERSION_1)
    assert [(verdict.since, verdict.margin, verdict.status) for verdict in found] == [
        ("2027-04-01", 0, "law"),
        ("2028-04-01", -50_000, "default, unsourced"),
        ("2029-04-01", -100_000, "default, unsourced"),
        ("2030-04-01", -150_000, "law"),
    ]


@pytest.mark.parametrize(("name", "kind", "of", "day"), CASES)
def test_every_limit_holds_to_the_milligram(name: str, kind: str, of: str, day: str) -> None:
    """Of a thousand tonnes, one milligram too few fails by a millionth; never with a margin of nothing."""
    limit, whole = LIMITS[name, kind][day][of], 10**12
    least = limit * whole // 10**6
    margins = []
    for part in (least - 1, least, least + 1):
        (found,) = [
            verdict
            for verdict in _judged(kind, of, part, whole, day)
            if (verdict.since, verdict.rule_set) == (day, name)
        ]
        margins.append(found.margin)
    assert margins == [-1, 0, 0]


@pytest.mark.parametrize(("name", "kind", "of", "day"), CASES)
def test_every_limit_begins_on_its_day(name: str, kind: str, of: str, day: str) -> None:
    """The day before it is stated as one to come, and the one before it is still in force."""
    before = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    days = sorted(since for since, row in LIMITS[name, kind].items() if of in row)
    earlier = [since for since in days if since < day][-1:]
    for asked, held in ((before, earlier), (day, [day])):
        found = _judged(kind, of, 1, 2, asked)
        assert [verdict.since for verdict in found if verdict.in_force] == held
        assert [verdict.since for verdict in found if not verdict.in_force] == [
            since for since in days if since > asked
        ]


@given(st.sampled_from(CASES), TOTALS, st.data())
def test_a_verdict_is_the_exact_comparison(case: tuple[str, str, str, str], whole: int, data: st.DataObject) -> None:
    """It passes where the fraction is at least the limit, and at no other time."""
    name, kind, of, day = case
    limit = LIMITS[name, kind][day][of]
    least = -(-limit * whole // 10**6)
    part = data.draw(st.integers(max(0, least - 2), min(whole, least + 2)) | st.integers(0, whole))
    found = _only(_judged(kind, of, part, whole, day), day)
    assert (found.margin >= 0) is (part * 10**6 >= limit * whole)


def test_what_replaces_a_rule_replaces_it_only_for_what_it_names() -> None:
    """Nickel-cadmium batteries keep the level of 2025 after 2030."""
    for kind, since in (("lithium", "2030-12-31"), ("nickel_cadmium", "2025-12-31")):
        found = judge_recovery(kind, Recovery(10, 8, {}, {}), "2031-12-31", VERSION_1)
        assert [verdict.since for verdict in found if verdict.kind == "efficiency"] == [since]


@pytest.mark.parametrize(("kind", "of"), [("efficiency", "lithium"), ("recovery", "Li"), ("domestic_use", "lithium")])
def test_a_share_above_one_never_passes(kind: str, of: str) -> None:
    """Not even by a milligram in 1,000 tonnes, and with the reason; exactly one passes."""
    for part, passes in ((10**12, True), (10**12 + 1, False), (3 * 10**12, False)):
        reported = [verdict.as_json() for verdict in _judged(kind, of, part, 10**12, "2031-12-31")]
        assert {row["passes"] for row in reported} == {passes}
        assert all(("reason" in row) is not passes for row in reported)


def test_nothing_is_no_verdict() -> None:
    """No lot, no metal, no rule for the metal, no input, a class that a rule set does not know."""
    assert judge_lot({}, "2031-08-18", VERSION_1) == []
    assert judge_lot({"Ni": (0,) * 7}, "2031-08-18", VERSION_1) == []
    assert (
        judge_lot(
            {metal: (1,) * 7 for metal in METALS if metal not in ("Pb", "Li", "Ni", "Co")}, "2040-01-01", VERSION_1
        )
        == []
    )
    assert (
        judge_recovery("lithium", Recovery(0, 5, {"Li": 0, "Mn": 9}, {"Ni": 3, "Mn": 9}), "2040-01-01", VERSION_1) == []
    )
    assert (
        judge_domestic(0, 0, "lithium", "2027-04-01", VERSION_1)
        == judge_domestic(1, 1, "other", "2040-01-01", VERSION_1)
        == []
    )


def test_a_metal_of_which_nothing_came_out_was_not_recovered() -> None:
    """Put in and absent from what came out is a share of nothing, and fails."""
    (found,) = judge_recovery("lithium", Recovery(0, 0, {"Co": 7}, {}), "2031-12-31", VERSION_1)
    assert (found.share, found.as_json()["margin"]) == (0, "-0.950000")


@given(MIX)
def test_shares_are_what_they_were_before_there_were_files(mix: dict[Metal, Split]) -> None:
    """To the byte, the order of the metals included."""
    assert json.dumps(recycled_shares(mix, VERSION_1)) == json.dumps(_former_shares(mix))


@given(MIX, st.dates().map(str))
def test_a_verdict_agrees_with_the_share_that_is_answered(mix: dict[Metal, Split], day: str) -> None:
    """The printed share and the judged one are the same figure, and no margin is beyond one."""
    shares = recycled_shares(mix, VERSION_1)["eu-2023-1542"]
    for verdict in judge_lot(mix, day, VERSION_1):
        assert verdict.as_json()["share"] == shares[verdict.of]
        assert -1_000_000 <= verdict.margin <= 1_000_000


def test_by_a_rule_set_that_the_version_does_not_name_there_is_no_verdict() -> None:
    """What an answer judges by is what it lists."""
    none = replace(VERSION_1, rule_sets=("iso-14021",))
    figures = Recovery(100, 50, {"Li": 10}, {"Li": 5})
    assert judge_lot(_nickel(1, 1), "2031-08-18", none) == []
    assert judge_recovery("lithium", figures, "2031-12-31", none) == []
    assert judge_domestic(1, 2, "lithium", "2027-04-01", none) == []
    assert {row.rule_set for row in duties_of(_nickel(1, 1), "2031-08-18", none)} == {"iso-14021"}
