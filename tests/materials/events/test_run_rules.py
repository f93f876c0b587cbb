"""What is impossible of a run in itself: additions, gains, net masses and times (contract, section 7)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.materials.yard import Yard
from tests.world.events import addition, line, output, run

KG = 1_000_000


@pytest.fixture
def yard() -> Yard:
    """MUN-B-1: 100 mg with 50 mg lead, 30 of it post-consumer, 20 internal."""
    yard = Yard()
    yard.intake("MUN-B-1", 100, {"Pb": 50}, origin_kg={"Pb": {"battery_post_consumer": 30, "internal": 20}})
    return yard


def test_an_addition_may_be_unknown_but_never_recycled(yard: Yard) -> None:
    """Primary or unknown enters as an addition; anything else by intake."""
    event = run("MUN-R-1", [line("MUN-B-1", 100)], [output("MUN-P-1", 60)], additions=[addition(1, origin="unknown")])
    yard.say("MUN", event)
    with pytest.raises(Exception, match=r"additions\[0\]\.origin"):
        yard.say("MUN", {**event, "additions": [addition(1, origin="battery_post_consumer")]})


@pytest.mark.parametrize(
    ("pool", "out", "reason", "code"),
    [
        (50 * KG, 51 * KG, None, "taken"),  # exactly 2 %
        (50 * KG, 51 * KG + 1, None, "gain-exceeds-tolerance"),
        (50 * KG, 51 * KG + 1, "assay_uncertainty", "taken"),
        (49, 49, None, "taken"),
        (49, 50, None, "gain-exceeds-tolerance"),  # 5000 > 4998
        (50, 51, None, "taken"),  # 5100 = 5100
        (50, 100 * KG, "table_understated", "taken"),  # as much as all inputs weigh
        (50, 100 * KG + 1, "table_understated", "gain-exceeds-tolerance"),
        (0, 1, None, "gain-exceeds-tolerance"),
        (0, 1, "trace", "taken"),
    ],
)
def test_the_gain_tolerance_to_the_milligram(pool: int, out: int, reason: str | None, code: str) -> None:
    """Two per cent more is taken, a milligram above needs a reason, and no reason goes above all inputs' net."""
    yard = Yard()
    yard.intake("MUN-B-1", 100 * KG, {"Pb": pool})
    event = run("MUN-R-1", [line("MUN-B-1", 100 * KG)], [output("MUN-P-1", 200 * KG, {"Pb": out})])
    assert yard.code("MUN", event if reason is None else {**event, "gain_reason": reason}) == code


def test_additions_count_for_both_limits_of_a_gain() -> None:
    """Their metal is in ``P``, their weight in the net that no reason goes above."""
    yard = Yard()
    yard.intake("MUN-B-1", 100, {"Pb": 25})
    event = run("MUN-R-1", [line("MUN-B-1", 100)], [], additions=[addition(100, {"Pb": 25})])
    assert yard.code("MUN", {**event, "outputs": [output("MUN-P-1", 60, {"Pb": 52})]}) == "gain-exceeds-tolerance"
    too_much = {**event, "gain_reason": "trace", "outputs": [output("MUN-P-1", 300, {"Pb": 201})]}
    assert yard.code("MUN", too_much) == "gain-exceeds-tolerance"
    assert yard.code("MUN", {**too_much, "outputs": [output("MUN-P-1", 300, {"Pb": 200})]}) == "taken"


@pytest.mark.parametrize("closes", [True, False])
def test_the_net_of_an_input_is_as_stated_even_where_it_closes(closes: bool) -> None:
    """What the scale said counts for the limits, not what the book had left."""
    yard = Yard()
    yard.intake("MUN-B-1", 200)
    event = run("MUN-R-1", [line("MUN-B-1", 100, closes=closes)], [output("MUN-P-1", 102)], process="packing")
    assert yard.code("MUN", event) == "net-gain"
    metal = run(
        "MUN-R-1", [line("MUN-B-1", 100, closes=closes)], [output("MUN-P-1", 150, {"Pb": 101})], gain_reason="trace"
    )
    assert yard.code("MUN", metal) == "gain-exceeds-tolerance"


@pytest.mark.parametrize("process", ["packing", "sorting"])
@pytest.mark.parametrize(("out", "code"), [(101 * KG, "taken"), (101 * KG + 1, "net-gain"), (50, "taken")])
def test_packing_and_sorting_put_out_at_most_one_per_cent_more(process: str, out: int, code: str) -> None:
    """Exactly one per cent is taken; additions are part of what went in."""
    yard = Yard()
    yard.intake("MUN-B-1", 60 * KG)
    event = run("MUN-R-1", [line("MUN-B-1", 60 * KG)], [output("MUN-P-1", out)], process, additions=[addition(40 * KG)])
    assert yard.code("MUN", event) == code


@pytest.mark.parametrize("process", ["blending", "reweighing", "smelting", "leaching", "draining"])
def test_other_processes_may_gain_weight(yard: Yard, process: str) -> None:
    """Oxygen, water and acid weigh something: only packing and sorting are held to their net."""
    assert yard.code("MUN", run("MUN-R-1", [line("MUN-B-1", 1)], [output("MUN-P-1", 999)], process)) == "taken"


@pytest.mark.parametrize(
    ("started", "ended", "code"),
    [
        ("2026-01-05T06:00:00Z", "2026-01-05T06:00:00Z", "taken"),  # ends when its input came in
        ("2026-01-05T05:00:00Z", "2026-01-05T06:00:00Z", "taken"),  # began before it
        ("2026-01-05T05:00:00Z", "2026-01-05T05:59:59Z", "time-order"),
        ("2026-01-05T06:00:01Z", "2026-01-05T06:00:00Z", "time-order"),
    ],
)
def test_a_run_ends_after_its_start_and_its_input(yard: Yard, started: str, ended: str, code: str) -> None:
    """The very second is enough; what came in at 06:00 cannot have been used up before."""
    event = run("MUN-R-1", [line("MUN-B-1", 1)], [output("MUN-P-1", 1)], started_at=started, ended_at=ended)
    assert yard.code("MUN", event) == code


def test_an_input_that_a_run_made_counts_from_that_runs_start(yard: Yard) -> None:
    """A tap may be used before its run ends, not before it began; the time of the statement is of no matter."""
    times = {"started_at": "2026-01-06T00:00:00Z", "ended_at": "2026-01-09T00:00:00Z"}
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 100)], [output("MUN-P-1", 9)], **times), "2026-01-31T00:00:00Z")
    early: dict[str, Any] = {"started_at": "2026-01-05T23:00:00Z", "ended_at": "2026-01-05T23:59:59Z"}
    event = run("MUN-R-2", [line("MUN-P-1", 1)], [output("MUN-Q-1", 1)], **early)
    assert yard.code("MUN", event) == "time-order"
    assert yard.code("MUN", {**event, "ended_at": "2026-01-06T00:00:00Z"}) == "taken"
