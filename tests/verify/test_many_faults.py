"""A file with more faults than anybody reads gets a report that somebody can read."""

from __future__ import annotations

from pathlib import Path

from ledger.files.report import MAX_FAULTS
from schemas.strict_json import dump_json
from tests.cli.terminal import run_apart
from tests.verify.plant import edited, verified
from tests.world.memory import MemoryWorld

SPOILT = 200_000


def _spoilt(bundle: bytes, count: int) -> bytes:
    return edited(bundle, lambda members: members.update(entries=[*members["entries"], *[{}] * count]))


def test_all_faults_are_counted_and_the_first_are_listed(bundle: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """Of 200,000 faults in half a megabyte the report lists a thousand, in the order in which they were found."""
    raw = _spoilt(bundle, SPOILT)
    report = verified(raw, honest.genesis, tmp_path)
    assert not report.ok
    assert report.faults_total == SPOILT
    assert report.faults == verified(_spoilt(bundle, MAX_FAULTS), honest.genesis, tmp_path).faults
    assert len(report.faults) == MAX_FAULTS
    assert len(dump_json(report.as_dict())) < len(raw)
    assert report.as_dict()["faults_total"] == SPOILT


def test_as_many_as_are_listed_need_no_count(bundle: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """At the limit nothing is left out."""
    report = verified(_spoilt(bundle, MAX_FAULTS), honest.genesis, tmp_path)
    assert (len(report.faults), report.faults_total) == (MAX_FAULTS, MAX_FAULTS)


def test_the_command_says_how_many_it_does_not_list(bundle: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """Its last lines are the count and the verdict; the exit code is that of one fault."""
    path = tmp_path / "lot.json"
    path.write_bytes(_spoilt(bundle, SPOILT))
    said = run_apart("verify", path, "--genesis", honest.genesis)
    assert said.code == 1
    *listed, more, verdict = said.out.splitlines()
    assert len([line for line in listed if line.startswith("FAULT")]) == MAX_FAULTS
    assert more == "and 199,000 more faults, which are counted and not listed"
    assert verdict == "200,000 fault(s) found: do not rely on this file"
