"""The examples in ``docs/events.md`` are events, and every event of the accounting has one."""

from __future__ import annotations

import json
import re
from pathlib import Path

from schemas.events import read_event
from schemas.versions import VERSION_1

PAGE = (Path(__file__).parents[2] / "docs" / "events.md").read_text("utf-8")
EVENTS = [
    json.loads(line) for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()
]


def test_every_example_is_read() -> None:
    """As it stands there, with a nonce in front."""
    for event in EVENTS:
        read_event({"nonce": "0" * 32, **event}, "MUN", VERSION_1)


def test_every_event_of_the_accounting_has_an_example() -> None:
    """Each type stands there as a heading's subject and as JSON."""
    assert {event["type"] for event in EVENTS} == {
        "assay", "correction", "hold", "release", "stock_count", "claim", "period_close", "agreement", "attestation",
        "dispatch",
    }  # fmt: skip
