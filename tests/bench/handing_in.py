"""What ``make bench`` hands in to a copy of a ledger, and what that costs inside the sequencer."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from api.demo.figures import KG, JsonObject
from ledger.journal.answers import Taken
from ledger.submission import Submission
from tests.bench.feeds import take
from tests.bench.made_plants import Plants
from tests.bench.plant_words import Of, heavier
from tests.world.events import correction, intake

Marks = dict[str, Any]
HandedIn = Callable[[Plants, Marks], float]

_REPEATED, _BATCH = 40, 1_000


def _close(plants: Plants, marks: Marks) -> float:
    return _processor(plants, [plants.sign_close("TEX", marks["month"], marks["closed_at"])])


def _one(plants: Plants, marks: Marks) -> float:
    """Return the median of what one costs that nobody waits beside, its proof included."""
    times = []
    for submission in plants.sign_lines(_intakes(marks, _REPEATED)):
        began = time.process_time()
        answer = plants.home.journal.enqueue(submission).result()
        assert isinstance(answer, Taken)
        plants.home.journal.prove(answer.index)
        times.append(time.process_time() - began)
    return statistics.median(times)


def _batch(plants: Plants, marks: Marks) -> float:
    return _processor(plants, plants.sign_lines(_intakes(marks, _BATCH)))


def _batch_of_one(plants: Plants, marks: Marks) -> float:
    """Return the median of what a batch costs however small: begin, sign, commit, publish."""
    submissions = plants.sign_lines(_intakes(marks, _REPEATED))
    return statistics.median(_processor(plants, [submission]) for submission in submissions)


def _batch_corrected(plants: Plants, marks: Marks) -> float:
    return _processor(plants, plants.sign_lines([_lighter(marks, marks["line"])]))


def _draw_undone(plants: Plants, marks: Marks) -> float:
    line = marks["balanced"]
    said = {"issuer": line["issuer"], "occurred_at": marks["closed_at"], "event": correction(Of(line["event"]["run"]))}
    return _processor(plants, plants.sign_lines([said]))


HANDED_IN: dict[str, HandedIn] = {
    "period_close": _close,
    "one statement, proof included": _one,
    "a batch of one": _batch_of_one,
    f"a batch of {_BATCH:,}": _batch,
    "correction of a batch": _batch_corrected,
    "correction that undoes a draw": _draw_undone,
}


def _root_corrected(plants: Plants, marks: Marks) -> float:
    return _processor(plants, plants.sign_lines([_lighter(marks, marks["line"])]))


def _waits_alone(plants: Plants, marks: Marks) -> float:
    """Return the seconds by the clock that a statement of another park waits."""
    return statistics.median(_waited(plants, submission) for submission in plants.sign_lines(_intakes(marks, 9)))


def _waits_beside(plants: Plants, marks: Marks) -> float:
    """Return the same where the root of the chain is corrected right before."""
    first, fixed, second = plants.sign_lines(
        [*_intakes(marks, 1), _lighter(marks, marks["line"]), *_intakes(marks, 1, of="again")]
    )
    _waited(plants, first)
    corrected = plants.home.journal.enqueue(fixed)
    time.sleep(0.02)  # the sequencer has begun with the correction by then
    waited = _waited(plants, second)
    assert isinstance(corrected.result(), Taken)
    return waited


AT_A_ROOT: dict[str, HandedIn] = {
    "correction at the root": _root_corrected,
    "a statement of another park waits": _waits_alone,
    "the same beside that correction": _waits_beside,
}


def _waited(plants: Plants, submission: Submission) -> float:
    began = time.perf_counter()
    assert isinstance(plants.home.journal.enqueue(submission).result(), Taken)
    return time.perf_counter() - began


def _processor(plants: Plants, submissions: Sequence[Submission]) -> float:
    began = time.process_time()
    take(plants.home, list(submissions))
    return time.process_time() - began


def _intakes(marks: Marks, count: int, of: str = "new") -> list[JsonObject]:
    names = [f"TEX-{of.upper()}-{number}" for number in range(count)]
    return [{"issuer": "TEX", "occurred_at": marks["closed_at"], "event": intake(name, country="US")} for name in names]


def _lighter(marks: Marks, line: JsonObject) -> JsonObject:
    """Return the correction by which a batch weighed 20 kg less, with the lead of as many batteries."""
    event = heavier(line["event"], -20 * KG)
    return {
        "issuer": line["issuer"], "occurred_at": marks["closed_at"], "event": correction(Of(event["lot"]), event),
    }  # fmt: skip
