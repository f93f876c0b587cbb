"""The kernel kills the process at its n-th write, sync or rename, whoever in it makes the call.

Where the steps of ``test_crashes`` are ours, these are the system's: SQLite's own writes to
its log and the Python interpreter's are among them.
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from ledger.journal.answers import Taken
from schemas.ids import StatementId
from tests.databases import make_database
from tests.journal.batches import ROOT, as_lines, batches
from tests.oracle import check_ledger
from tests.world.events import intake
from tests.world.opened import NOON, OpenWorld
from tests.world.parties import id_of

pytestmark = [pytest.mark.crash, pytest.mark.slow]
STRACE = shutil.which("strace")
CALLS = {"fsync": "fsync,fdatasync", "pwrite64": "pwrite64", "rename": "rename,renameat,renameat2"}
MOST = 8
"""Places struck for each kind of call, spread evenly over all that there are."""


def traced(yard: OpenWorld, given: str, *how: str) -> subprocess.CompletedProcess[str]:
    """Run the process that hands in, under strace."""
    child = [sys.executable, "-m", "tests.journal.crashing", "write", str(yard.directory), ""]
    command = [str(STRACE), "-f", "-o", str(yard.directory.parent / "trace"), *how, *child]
    return subprocess.run(command, cwd=ROOT, input=given, capture_output=True, text=True, check=False)


def made(folder: Path) -> OpenWorld:
    """Return a closed ledger in a folder of its own."""
    folder.mkdir()
    with OpenWorld(folder / "ledger", make_database("sqlite", folder), anchor=folder / "anchor") as yard:
        yard.say("MUN", intake("MUN-B-1"))
    return yard


def count(folder: Path, calls: str) -> int:
    """Return how many calls of a kind one thread of an undisturbed run makes: strace counts so."""
    yard = made(folder)
    run = traced(yard, as_lines(batches(yard)), "-e", f"trace={calls}")
    if run.returncode != 0 or not (folder / "trace").exists():
        pytest.skip(f"SYSTEM CALLS ARE NOT STRUCK: strace may not trace here: {run.stderr[-200:]}")
    found = re.findall(r"^(\d+) +(\w+)\(", (folder / "trace").read_text(), re.MULTILINE)
    return max(Counter(found).values(), default=0)


@pytest.mark.parametrize("kind", CALLS)
def test_killed_at_a_system_call(tmp_path: Path, kind: str) -> None:
    """At each of them: the ledger opens, the oracle holds, what was acknowledged is there, all can be sent again."""
    if STRACE is None:
        pytest.skip("SYSTEM CALLS ARE NOT STRUCK: strace is missing (Debian: strace)")
    total = count(tmp_path / "undisturbed", CALLS[kind])
    assert total > 0
    for number in sorted({1 + place * total // MOST for place in range(MOST) if place * total // MOST < total}):
        yard = made(tmp_path / f"struck-{number}")
        sent = batches(yard)
        strike = f"inject={CALLS[kind]}:signal=SIGKILL:when={number}"
        run = traced(yard, as_lines(sent), "-e", f"trace={CALLS[kind]}", "-e", strike)
        assert run.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL), (number, run.stderr)
        yard.clock.seconds = NOON + 600
        yard.reopen()
        before = check_ledger(yard.home)
        known = {id_of(each) for batch in sent for each in batch}
        with yard.home.store.reading() as snapshot:
            for line in run.stdout.splitlines():
                name, index = line.split()
                assert name in known
                at = snapshot.index_of(StatementId(name))
                assert at == int(index), f"acknowledged before call {number}, and lost"
        answers = yard.submit([each for batch in sent for each in batch])
        assert all(isinstance(answer, Taken) for answer in answers)
        assert before + sum(isinstance(answer, Taken) and answer.is_new for answer in answers) == yard.size
        yard.home.close()
