"""Findings that a correction took away, in words."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.terminal import Terminal, write_lines
from tests.client.station import intake, party
from tests.world import events


def test_a_finding_that_a_correction_took_away_says_so(home: Path, terminal: Terminal) -> None:
    """On the lot and in the list, with the statement that did it."""
    terminal.done("enrol", write_lines(home / "p.jsonl", json.loads(party("MUN"))), "--home", home)
    stock = json.loads(intake("MUN-B-1"))
    stock["event"]["reason"] = "opening_stock"
    terminal.done("submit", write_lines(home / "f.jsonl", stock), "--home", home)
    about = terminal.done("findings", "--home", home, "--json").document[0]["statement"]
    line = {"issuer": "MUN", "occurred_at": stock["occurred_at"], "event": events.correction(about)}
    terminal.done("submit", write_lines(home / "g.jsonl", line), "--home", home)
    rows = terminal.done("findings", "--home", home, "--json").document
    by = next(row["withdrawn_by"] for row in rows if row["code"] == "opening-stock")
    for command in (("findings",), ("lot", "MUN-B-1")):
        assert f"[withdrawn by statement {by}]" in terminal.done(*command, "--home", home).out
