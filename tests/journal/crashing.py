"""The process that is killed: it hands in batches, prints what was acknowledged, and dies at a step.

``write DIRECTORY STEP`` reads batches from standard input, one JSON list a line, and is
struck in the second; ``make DIRECTORY DATABASE ANCHOR STEP`` is struck while it makes a ledger.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from ledger.home.opening import Home
from ledger.journal.answers import Taken
from ledger.submission import read_submission
from tests.journal.steps import MAKING, STEPS, kill
from tests.world.opened import NOON, Clock
from tests.world.parties import ORIGIN


def write(directory: Path, step: str) -> None:
    """Hand in batch by batch; a minute passes before each, so that each keeps a checkpoint."""
    clock = Clock()
    with Home.open(directory, clock=clock) as home:
        for number, line in enumerate(sys.stdin):
            clock.seconds = NOON + 60 * (number + 1)
            batch = [read_submission(text.encode()) for text in json.loads(line)]
            if number == 1 and step:
                STEPS[step].arm(kill)
            for answer in home.journal.submit(batch):
                assert isinstance(answer, Taken), answer
                print(answer.id, answer.index, flush=True)


def make(directory: Path, database: str, anchor: Path, step: str) -> None:
    """Make a ledger and print its genesis."""
    if step:
        MAKING[step].arm(kill)
    print(Home.create(directory, ORIGIN, database=database, anchor=anchor, clock=Clock())[0], flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(Path(sys.argv[2]), sys.argv[3])
    else:
        make(Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4]), sys.argv[5])
