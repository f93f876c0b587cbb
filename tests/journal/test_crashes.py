"""The process dies at every step of the write path; the ledger opens, verifies and goes on.

All that was acknowledged is there; a batch is there whole or not at all; what was sent
without an answer is sent again and gets one. SIGKILL leaves what the system was asked to
write, so that these tests hold the order of steps; that commits reach the disk is what
``synchronous=FULL`` and fsync are asked for.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.home.opening import Home
from ledger.journal.answers import Taken
from schemas.errors import KeyFileError, LedgerStateError
from schemas.ids import StatementId
from tests.databases import Database, make_database
from tests.journal.batches import ROOT, as_lines, batches
from tests.journal.steps import MAKING, STEPS
from tests.oracle import check_ledger
from tests.world.events import intake
from tests.world.opened import NOON, Clock, OpenWorld
from tests.world.parties import ORIGIN, id_of

pytestmark = [pytest.mark.crash, pytest.mark.slow]


@pytest.fixture
def anchored(database: Database, tmp_path: Path) -> OpenWorld:
    """A closed ledger that publishes to two places."""
    with OpenWorld(tmp_path / "ledger", database, anchor=tmp_path / "anchor") as yard:
        yard.say("MUN", intake("MUN-B-1"))
    return yard


def child(*words: str | Path, given: str = "") -> tuple[int, list[str]]:
    """Run the process that is to die; return how it ended and what it acknowledged."""
    command = [sys.executable, "-m", "tests.journal.crashing", *map(str, words)]
    run = subprocess.run(
        command, cwd=ROOT, input=given, capture_output=True, text=True, check=False, env={**os.environ}
    )
    assert run.returncode in (0, -signal.SIGKILL), run.stderr
    return run.returncode, run.stdout.splitlines()


@pytest.mark.parametrize("step", STEPS)
def test_killed_while_writing(anchored: OpenWorld, step: str) -> None:
    """Nothing acknowledged is lost, no batch is there by half, and everything can be sent again."""
    yard, before = anchored, anchored.size
    sent = batches(yard, 256 if step == "tiles written" else 3)
    ended, acknowledged = child("write", yard.directory, step, given=as_lines(sent))
    assert ended == -signal.SIGKILL
    assert [line.split()[0] for line in acknowledged] == [id_of(each) for each in sent[0]]
    yard.clock.seconds = NOON + 600
    yard.reopen()
    there = check_ledger(yard.home)
    assert there == before + 1 + (len(sent[1]) if STEPS[step].is_committed else 0)
    with yard.home.store.reading() as snapshot:
        assert [f"{name} {snapshot.index_of(StatementId(name))}" for name in map(id_of, sent[0])] == acknowledged
    answers = yard.submit([statement for batch in sent for statement in batch])
    assert [answer.index for answer in answers if isinstance(answer, Taken)] == list(
        range(before, before + 2 + len(sent[1]))
    )
    assert [answer.is_new for answer in answers if isinstance(answer, Taken)].count(False) == there - before
    yard.home.close()


def test_without_a_strike_the_process_acknowledges_everything(anchored: OpenWorld) -> None:
    """The process that the other tests kill is one that works."""
    sent = batches(anchored)
    ended, acknowledged = child("write", anchored.directory, "", given=as_lines(sent))
    assert (ended, len(acknowledged)) == (0, sum(map(len, sent)))
    anchored.clock.seconds = NOON + 600
    check_ledger(anchored.reopen())
    anchored.home.close()


@pytest.mark.parametrize("step", MAKING)
def test_killed_while_making_a_ledger(database: Database, tmp_path: Path, step: str) -> None:
    """Until it is made, a ledger does not open and says so; what to remove is said; then it is made anew.

    Nothing is lost by that: no one was ever answered. A database that has the genesis
    already, where it is not in the folder, must be emptied as well, and the anchor removed.
    """
    directory, anchor = tmp_path / "ledger", tmp_path / "anchor"
    ended, reported = child("make", directory, database.url, anchor, step)
    assert (ended, reported) == (-signal.SIGKILL, [])
    with pytest.raises(LedgerStateError, match=r"expected a ledger in .*, got none: make one with init"):
        Home.open(directory)
    if anchor.exists():
        with pytest.raises(LedgerStateError, match="an init that was interrupted; only in that case remove it"):
            Home.create(directory, ORIGIN, database=database.url, anchor=anchor, clock=Clock())
        anchor.unlink()
    if step != "before anything":
        with pytest.raises(KeyFileError, match="if an earlier init was interrupted, remove the folder and begin again"):
            Home.create(directory, ORIGIN, database=database.url, anchor=anchor, clock=Clock())
        shutil.rmtree(directory)
    fresh = database
    if MAKING[step].is_committed:
        with pytest.raises(LedgerStateError, match="begin again with a database that is empty"):
            Home.create(directory, ORIGIN, database=database.url, anchor=anchor, clock=Clock())
        shutil.rmtree(directory)
        anchor.unlink(missing_ok=True)
        fresh = make_database("sqlite" if database.is_sqlite else "postgresql", tmp_path)
    Home.create(directory, ORIGIN, database=fresh.url, anchor=anchor, clock=Clock())
    with Home.open(directory, clock=Clock()) as home:
        assert check_ledger(home) == 1
    fresh.drop()


def test_killed_after_the_settings_a_ledger_is_made(tmp_path: Path, database: Database) -> None:
    """The settings are the last step: with them in place the ledger opens, though nobody was reported."""
    directory, anchor = tmp_path / "ledger", tmp_path / "anchor"
    ended, reported = child("make", directory, database.url, anchor, "")
    assert ended == 0
    with Home.open(directory, clock=Clock()) as home:
        assert ([home.genesis], check_ledger(home)) == (reported, 1)
