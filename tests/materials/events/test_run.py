"""Runs: what the pool gives to the outputs, and how much more may come out (contract, sections 5 and 7)."""

from __future__ import annotations

import pytest

from schemas.ids import RunId
from tests.materials.yard import Yard
from tests.world.events import addition, line, output, run


@pytest.fixture
def yard() -> Yard:
    """MUN-B-1: 100 mg with 50 mg lead, 30 of it post-consumer, 20 internal."""
    yard = Yard()
    yard.intake("MUN-B-1", 100, {"Pb": 50}, origin_kg={"Pb": {"battery_post_consumer": 30, "internal": 20}})
    return yard


def test_outputs_drain_the_pool_in_their_order(yard: Yard) -> None:
    """Pool 30 + 20. First 7: 4.2, 2.8 gives 4, 3; left 26 + 17. Then 9: 5.44, 3.56 gives 5, 4. Loss 21 + 13."""
    outputs = [output("MUN-P-1", 20, {"Pb": 7}), output("MUN-P-2", 20, {"Pb": 9})]
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 100)], outputs))
    assert yard.origins("MUN-P-1") == {"battery_post_consumer": 4, "internal": 3}
    assert yard.origins("MUN-P-2") == {"battery_post_consumer": 5, "internal": 4}
    assert yard.runs[RunId("MUN-R-1")].loss["Pb"] == (21, 0, 0, 0, 13, 0, 0)
    assert yard.runs[RunId("MUN-R-1")].gain() == {}


def test_exactly_the_pool_leaves_no_loss(yard: Yard) -> None:
    """``O = P`` is still the draining branch."""
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 100)], [output("MUN-P-1", 60, {"Pb": 50})]))
    assert yard.origins("MUN-P-1") == {"battery_post_consumer": 30, "internal": 20}
    assert yard.runs[RunId("MUN-R-1")].loss == {}


def test_what_appears_from_nowhere_is_unknown(yard: Yard) -> None:
    """51 out of 50, as 17 + 34: the pool gives 16.67 and 33.33, so 17 and 33; the 51st milligram is unknown.

    17 of 30 + 20: 10.2 and 6.8 gives 10 and 7. The rest, 20 + 13, goes to the second.
    """
    outputs = [output("MUN-P-1", 20, {"Pb": 17}), output("MUN-P-2", 40, {"Pb": 34})]
    effects = yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 100)], outputs))
    assert yard.origins("MUN-P-1") == {"battery_post_consumer": 10, "internal": 7}
    assert yard.origins("MUN-P-2") == {"battery_post_consumer": 20, "internal": 13, "unknown": 1}
    assert yard.runs[RunId("MUN-R-1")].gain() == {"Pb": 1}
    found = [one for one in effects.findings if one.code != "no-line"]
    assert [(one.code, one.severity, one.lots) for one in found] == [("gain", "low", ("MUN-P-1", "MUN-P-2"))]


def test_metal_without_a_pool_is_all_unknown(yard: Yard) -> None:
    """Nickel that no input has needs a reason, and none of it is ever recycled."""
    event = run("MUN-R-1", [line("MUN-B-1", 100)], [output("MUN-P-1", 60, {"Pb": 50, "Ni": 3})])
    assert yard.code("MUN", event) == "gain-exceeds-tolerance"
    effects = yard.say("MUN", {**event, "gain_reason": "trace"})
    assert yard.origins("MUN-P-1", "Ni") == {"unknown": 3}
    found = [one for one in effects.findings if one.code != "no-line"]
    assert [(one.code, one.severity, one.figures) for one in found] == [
        ("gain-with-reason", "medium", (("gain_mg", 3), ("metal", "Ni")))
    ]


def test_additions_are_part_of_the_pool(yard: Yard) -> None:
    """50 + 25 primary: an output of 60 gets 24, 16, 20, by 60/75 of each."""
    event = run(
        "MUN-R-1", [line("MUN-B-1", 100)], [output("MUN-P-1", 60, {"Pb": 60})], additions=[addition(30, {"Pb": 25})]
    )
    yard.say("MUN", event)
    assert yard.origins("MUN-P-1") == {"battery_post_consumer": 24, "internal": 16, "primary": 20}


@pytest.mark.parametrize(
    ("name", "started", "codes"),
    [
        ("MUN-1", "2026-01-05T00:00:00Z", []),
        ("MUN-2", "2026-01-05T00:00:00Z", [("unknown-line", "medium")]),
        ("MUN-1", "2026-01-04T23:59:59Z", [("output-before-commissioning", "high")]),
        (None, "2026-01-05T00:00:00Z", [("no-line", "low")]),
    ],
)
def test_lines_that_do_not_fit_are_found(name: str | None, started: str, codes: list[tuple[str, str]]) -> None:
    """No line, an unknown line, or one that ran before its first day (2026-01-05), is taken with a finding."""
    yard = Yard()
    yard.intake("MUN-B-1", 10, at="2026-01-01T00:00:00Z")
    event = run("MUN-R-1", [line("MUN-B-1", 1)], [output("MUN-P-1", 1)], ended_at="2026-01-05T23:59:59Z")
    event["started_at"] = started
    found = yard.say("MUN", event if name is None else {**event, "line": name}).findings
    assert [(one.code, one.severity) for one in found] == codes
    assert all(one.lots == ("MUN-P-1",) for one in found)
