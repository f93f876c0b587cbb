"""Lines of MUN with a long past: a chain of taps that a furnace's heel ties together."""

from collections.abc import Iterator
from typing import Any

from schemas.instants import format_time
from tests.world.events import intake, line, output, run

_BEGINS, _A_TAP = 1_768_000_000, 3_600
ROOT = "MUN-B-0"
"""The batch that the first heel came from."""


def heel_chain(taps: int) -> Iterator[dict[str, Any]]:
    """Yield a batch and a run for each tap; each run takes what the last one left in the furnace.

    The last tap is ``MUN-L-<taps>``, the last batch ``MUN-B-<taps>``; all of them have something of :data:`ROOT`.
    """
    yield _said(0, intake(ROOT, "100", "60"))
    heel = ROOT
    for number in range(1, taps + 1):
        yield _said(number, intake(f"MUN-B-{number}"))
        at = format_time(_BEGINS + number * _A_TAP)
        made = [
            output(f"MUN-L-{number}", "600", {"Pb": "595"}, material="refined_lead"),
            output(f"MUN-W-{number}", "100", {"Pb": "60"}, role="wip"),
        ]
        taken = [line(f"MUN-B-{number}", "1000"), line(heel, "100")]
        yield _said(number, run(f"MUN-R-{number}", taken, made, started_at=at, ended_at=at))
        heel = f"MUN-W-{number}"


def _said(number: int, event: dict[str, Any]) -> dict[str, Any]:
    return {"issuer": "MUN", "occurred_at": format_time(_BEGINS + number * _A_TAP), "event": event}
