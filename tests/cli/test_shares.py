"""What the command line says of recycled shares."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.terminal import Terminal, write_lines
from tests.client.station import party
from tests.materials import yard
from tests.world import events

LEAD = {"Pb": "90"}


def test_the_share_that_may_be_claimed_comes_first_and_says_its_basis(
    home: Path, terminal: Terminal, tmp_path: Path
) -> None:
    """Of a lot with an account, as of any other; the physical mix stands beside it under that name."""
    terminal.done("enrol", write_lines(home / "p.jsonl", json.loads(party("MUN"))), "--home", home)
    made = events.run("MUN-R-1", [events.line("MUN-B-1", "90")], [events.output("MUN-L-1", "90", LEAD)])
    said = yard.intake("MUN-B-1", "90", LEAD), {**made, "custody": "mass_balance"}
    feed = [{"issuer": "MUN", "occurred_at": events.AT, "event": event} for event in said]
    terminal.done("submit", write_lines(tmp_path / "f.jsonl", *feed), "--home", home)
    lines = terminal.done("lot", "MUN-L-1", "--home", home).out.splitlines()
    assert [line.strip() for line in lines if " share" in line] == [
        "recycled share (mass balance), eu-2023-1542: Pb 0.000000",
        "recycled share (mass balance), iso-14021: Pb 0.000000 post-consumer and 0.000000 pre-consumer",
        "physical share (not claimable as such), eu-2023-1542: Pb 1.000000",
        "physical share (not claimable as such), iso-14021: Pb 1.000000 post-consumer and 0.000000 pre-consumer",
    ]
    batch = terminal.done("lot", "MUN-B-1", "--home", home).out
    assert "recycled share (physical), eu-2023-1542" in batch
    assert "physical share" not in batch
    judged = terminal.done("rules", "MUN-L-1", "--home", home).out
    assert "recycled share (mass balance), Article 8: Pb 0.000000" in judged
    assert "physical share (not claimable as such), Article 8: Pb 1.000000" in judged
