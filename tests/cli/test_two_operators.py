"""Two operators who submit from one folder at the same time, each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from tests.cli.terminal import Terminal, write_lines
from tests.client.station import intake, line, party

COUNT = 60


def _assay(lot: str, number: int) -> bytes:
    """Return an analysis: nothing in it is used once only, so that a second entry would be taken."""
    results = {"Pb": {"fraction": "0.6", "uncertainty": "0.01"}}
    event = {"type": "assay", "lots": [lot], "stage": "provisional", "basis": "wet", "method": "XRF",
             "sample": f"S-{number}", "results": results}  # fmt: skip
    return line("MUN", event)


def _at_once(home: Path, *feeds: Path) -> list[dict[str, Any]]:
    """Submit feeds, each by a process of its own, and return what they report."""
    arguments = [[sys.executable, "-m", "api.cli", "submit", feed, "--home", home, "--json"] for feed in feeds]
    running = [
        subprocess.Popen(list(map(str, one)), stdout=subprocess.PIPE, stderr=subprocess.PIPE) for one in arguments
    ]
    reports = []
    for process in running:
        out, error = process.communicate(timeout=300)
        assert error == b"", error
        reports.append(json.loads(out))
    return reports


def test_two_operators_submit_different_feeds_at_once(terminal: Terminal, home: Path, tmp_path: Path) -> None:
    """On one chain and on chains of their own: each line is taken once, and no chain has a gap."""
    terminal.done("enrol", write_lines(tmp_path / "p", json.loads(party("MUN"))), "--home", home)
    chains = ("main", "main", "gate-2")
    feeds = [
        write_lines(
            tmp_path / f"f{place}",
            *(intake(f"MUN-B-{place}-{number}", chain=chain) + b"\n" for number in range(COUNT)),
        )
        for place, chain in enumerate(chains)
    ]
    reports = _at_once(home, *feeds)
    assert reports == [{"accepted": COUNT, "duplicates": 0, "refused": []}] * len(feeds)
    again = _at_once(home, *feeds)
    assert again == [{"accepted": 0, "duplicates": COUNT, "refused": []}] * len(feeds)


def test_two_operators_submit_the_same_feed_at_once(terminal: Terminal, home: Path, tmp_path: Path) -> None:
    """Each line is signed and taken once: what the one signed, the other finds in the notebook and sends again."""
    terminal.done("enrol", write_lines(tmp_path / "p", json.loads(party("MUN"))), "--home", home)
    terminal.done("submit", write_lines(tmp_path / "b", intake("MUN-B-1") + b"\n"), "--home", home)
    feed = write_lines(tmp_path / "f", *(_assay("MUN-B-1", number) + b"\n" for number in range(COUNT)))
    reports = _at_once(home, feed, feed)
    assert sum(report["accepted"] for report in reports) == COUNT
    assert sum(report["duplicates"] for report in reports) == COUNT
    history = terminal.done("history", "MUN-B-1", "--home", home, "--json").document["entries"]
    assert Counter(row["type"] for row in history) == {"intake": 1, "assay": COUNT}
