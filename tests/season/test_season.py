"""The generated season: honest, the same for a seed, conserving, and with all its features."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from itertools import islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.demo.figures import PARKS, TONNE
from api.demo.season import bulk_feed, participants, season
from schemas.ids import LotId
from schemas.quantity import parse_kg
from tests.season.dice import seasons
from tests.world.folding import Fold


def _events(feed: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [line["event"] for line in feed if line["event"]["type"] == kind]


@pytest.fixture(scope="module")
def feed() -> list[dict[str, Any]]:
    """The lines of the season of seed 1."""
    return list(season().feed)


@pytest.fixture(scope="module")
def folded(feed: list[dict[str, Any]]) -> Fold:
    """The book after that season."""
    fold = Fold(participants())
    assert fold.refusals(feed) == []
    return fold


@pytest.mark.parametrize(("seed", "days", "scale"), [(1, 31, 1), (2, 31, 1), (3, 31, 1), (99, 45, 1), (7, 31, 4)])
def test_no_line_of_a_season_is_refused(seed: int, days: int, scale: int) -> None:
    """Every line of a season is taken, and no metal is made or lost unseen."""
    month = season(seed, days=days, scale=scale)
    fold = Fold(month.participants)
    assert fold.refusals(month.feed) == []
    fold.check()


@seasons(15)
@given(st.integers(min_value=0, max_value=2**32))
def test_a_season_conserves_metal_after_every_event(seed: int) -> None:
    """Intakes, additions and gains equal what is in lots, what left and losses, to the milligram."""
    month = season(seed, days=7)
    fold = Fold(month.participants)
    assert fold.refusals(month.feed, after=fold.check) == []


def test_contributions_add_up(folded: Fold) -> None:
    """The contributions to every metal of every lot of a season are exactly 1 in sum."""
    folded.check_contributions()


def test_a_seed_gives_one_season() -> None:
    """The same seed gives the same bytes, another seed others."""
    first, again, other = (json.dumps(list(season(seed, days=9).feed)) for seed in (5, 5, 6))
    assert first == again
    assert first != other


def test_lines_come_in_order_of_time(feed: list[dict[str, Any]]) -> None:
    """Lines are in order of time, within the month, and a run is reported when it ends."""
    times = [line["occurred_at"] for line in feed]
    assert times == sorted(times)
    assert times[0] >= "2026-01-05T00:00:00Z"
    assert times[-1] < "2026-02-05T00:00:00Z"
    for line in feed:
        if line["event"]["type"] == "transformation":
            assert line["event"]["started_at"] < line["event"]["ended_at"] == line["occurred_at"]


def test_everything_that_a_ledger_can_show_occurs(feed: list[dict[str, Any]]) -> None:
    """A month has every event type, origin, decision, process and role that it is meant to show."""
    intakes, runs = _events(feed, "intake"), _events(feed, "transformation")
    outputs = [output for run in runs for output in run["outputs"]]
    decisions = Counter(lot["decision"] for event in _events(feed, "acceptance") for lot in event["lots"])
    assert {line["event"]["type"] for line in feed} == {"intake", "transformation", "dispatch", "acceptance"}
    assert {event.get("origin") for event in intakes} >= {"battery_post_consumer", "battery_manufacturing", None}
    assert decisions["disputed"] == decisions["settled"] == 1 < decisions["accepted"]
    assert {run["process"] for run in runs} >= {
        "breaking", "desulphurising", "smelting", "refining", "packing", "discharging", "dismantling", "shredding",
        "leaching", "solvent_extraction", "crystallisation", "precipitation",
    }  # fmt: skip
    assert {output["role"] for output in outputs} == {"product", "intermediate", "wip", "residue", "waste"}
    assert {output["material"] for output in outputs} >= {
        "refined_lead", "lead_alloy", "slag", "lead_dross", "polypropylene", "black_mass", "copper", "aluminium",
        "steel", "lithium_carbonate", "nickel_sulfate", "cobalt_sulfate",
    }  # fmt: skip
    assert {event.get("disposition") for event in _events(feed, "dispatch")} >= {"sold", "disposal", None}
    assert sum("supplier" in line.get("private", {}) for line in feed) == len(intakes) - 1  # not the opening stock
    assert any(line.get("closes") for run in runs for line in run["inputs"])
    assert any("units" in output for output in outputs)
    assert any("campaign" in run for run in runs)


def test_black_mass_goes_from_park_to_park(folded: Fold) -> None:
    """Ghaziabad's black mass is taken by Mundra and leached there."""
    moved = {lot.id for lot in folded.lots.values() if lot.park == "GZB" and lot.holder == "MUN"}
    assert moved
    assert moved & {taken.lot for run in folded.runs.values() if run.issuer == "MUN" for taken in run.inputs}


def test_the_heel_goes_from_tap_to_tap(feed: list[dict[str, Any]]) -> None:
    """What stays in a furnace is put out as work in progress and taken by the next tap."""
    runs = [run for run in _events(feed, "transformation") if run["process"] == "smelting"]
    heels = [output["lot"] for run in runs for output in run["outputs"] if output["role"] == "wip"]
    taken = {line["lot"] for run in runs for line in run["inputs"]}
    assert len(heels) > 20
    assert len(set(heels) - taken) <= 3  # those in the furnaces as the month ends


def test_only_mild_findings_show(folded: Fold) -> None:
    """A season shows weighing differences, small gains and one gain with its reason, nothing worse."""
    codes = Counter[str](finding.code for finding in folded.findings)
    assert set(codes) == {
        "weighing-difference", "gain", "gain-with-reason", "handover-difference", "opening-stock",
        "no-line",
    }  # fmt: skip
    assert codes["gain-with-reason"] == 1
    assert codes["gain"] > 5
    assert "high" not in {finding.severity for finding in folded.findings}


@pytest.mark.parametrize("seed", range(1, 6))
def test_the_featured_lot_is_good_to_show(seed: int) -> None:
    """The featured lot was accepted, is whole, and came through several batches and runs."""
    month = season(seed)
    fold = Fold(month.participants)
    fold.refusals(month.feed)
    lot = fold.lots[LotId(month.featured)]
    assert (lot.holder, lot.status) == ("GLENCORE", "open")
    assert lot.material in {"refined_lead", "nickel_sulfate"}
    assert lot.run is not None


@pytest.mark.parametrize("scale", [1, 3, 9])
def test_no_line_takes_more_than_it_can(scale: int) -> None:
    """The batteries of a month stay below a month's share of what each line may take a year."""
    taken: Counter[tuple[str, str]] = Counter()
    for line in season(3, scale=scale).feed:
        if line["event"]["type"] == "intake":
            feed = "LAB" if line["event"]["chemistry"] == "lead_acid" else "LIB"
            taken[line["issuer"], feed] += parse_kg(line["event"]["net_kg"])
    for park in PARKS:
        for feed, capacity in (("LAB", park.lead_capacity), ("LIB", park.lithium_capacity)):
            assert taken[park.id, feed] <= capacity * TONNE * 31 // 365


def test_private_facts_can_be_sealed(feed: list[dict[str, Any]]) -> None:
    """Members under ``private`` have the names and texts that a sealed fact may have."""
    facts = [fact for line in feed for fact in line.get("private", {}).items()]
    assert {name for name, _ in facts} == {"supplier", "vehicle", "receiver"}
    assert all(isinstance(value, str) and value for _, value in facts)


def test_yields_are_plausible(feed: list[dict[str, Any]]) -> None:
    """Refined lots weigh about 25 t, black mass 0.60 to 0.72 of what is shredded, trucks 5 to 25 t."""
    runs = _events(feed, "transformation")
    for output in (output for run in runs if run["process"] == "refining" for output in run["outputs"]):
        assert output["role"] != "product" or 24_500 <= int(output["net_kg"]) <= 28_000
    for run in (run for run in runs if run["process"] == "shredding"):
        taken, made = sum(parse_kg(line["net_kg"]) for line in run["inputs"]), parse_kg(run["outputs"][0]["net_kg"])
        assert 60 * taken < 100 * made < 72 * taken
    for event in _events(feed, "intake"):
        assert 5_000 <= int(event["net_kg"]) <= 25_000


def test_units_weigh_what_their_lot_weighs(feed: list[dict[str, Any]]) -> None:
    """Bundles and bags add up to the lot that they are."""
    for run in _events(feed, "transformation"):
        for output in run["outputs"]:
            if "units" in output:
                assert sum(parse_kg(unit["net_kg"]) for unit in output["units"]) == parse_kg(output["net_kg"])


def test_no_number_of_a_line_is_a_float(feed: list[dict[str, Any]]) -> None:
    """No line holds a fraction as a JSON number."""
    assert not re.search(r"[^\"0-9.][0-9]+\.[0-9]+[,}\]]", json.dumps(feed))


def test_a_bulk_feed_is_honest() -> None:
    """2,000 lines are taken without refusal, in the mix of a real ledger, and conserve metal."""
    fold = Fold(participants())
    lines = list(bulk_feed(2_000, 1))
    kinds = Counter(line["event"]["type"] for line in lines)
    assert len(lines) == 2_000
    assert fold.refusals(lines) == []
    fold.check()
    for kind, per_cent in (("intake", 52), ("transformation", 32), ("dispatch", 9), ("acceptance", 7)):
        assert abs(kinds[kind] / 20 - per_cent) < 1.5


def test_a_bulk_feed_has_any_length() -> None:
    """A bulk feed has exactly the lines asked for, the same for a seed, in order of time."""
    assert list(bulk_feed(0)) == []
    assert len(list(bulk_feed(7))) == 7
    lines = list(bulk_feed(500, 3))
    assert lines == list(bulk_feed(500, 3)) != list(bulk_feed(500, 4))
    assert [line["occurred_at"] for line in lines] == sorted(line["occurred_at"] for line in lines)
    assert next(islice(bulk_feed(3_000_000), 1_000, None))["occurred_at"] < "2026-01-06"


@pytest.mark.slow
def test_a_bulk_feed_does_not_slow_a_benchmark() -> None:
    """A bulk feed comes many times faster than a ledger can take it, also when it is long."""
    began = time.perf_counter()
    assert sum(1 for _ in bulk_feed(50_000)) == 50_000
    assert 50_000 / (time.perf_counter() - began) > 10_000
