"""A world on disk: a ledger in a folder that is open for writing, on the database that is given.

Whatever is handed in through it, the oracle looks at the whole ledger afterwards, unless
the world is not watched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

from ledger.home.opening import Home
from ledger.journal.answers import Answer, Refused, Taken
from ledger.log.chains import Head
from ledger.log.signers import FileSigner
from ledger.submission import Submission
from tests.databases import Database
from tests.oracle import check_ledger
from tests.world.parties import AUTHORITY, ORIGIN, ROLES, Event, Parties

NOON = 1_769_947_200  # 2026-02-01T12:00:00Z


class Clock:
    """Tells the time that a test sets."""

    def __init__(self, seconds: int = NOON) -> None:
        self.seconds = seconds

    def now(self) -> int:
        """Return Unix time in seconds."""
        return self.seconds


class OpenWorld(Parties[Taken]):
    """A ledger, open for writing, with its parties; an outcome is the journal's answer.

    Args:
        directory: where the ledger's folder is made.
        database: where it keeps its entries; it is empty.
        anchor: a second place for what is published.
        capacity: how many statements may wait.
        parties: the roles of each party that is enrolled.
        watched: whether the oracle looks at the ledger after each submission.
    """

    def __init__(
        self, directory: Path, database: Database, *, anchor: Path | None = None, capacity: int = 64,
        parties: Mapping[str, Sequence[str]] = ROLES, watched: bool = True,
    ) -> None:  # fmt: skip
        super().__init__()
        self.directory = directory
        self.clock = Clock()
        self.capacity = capacity
        self.watched = watched
        self.database = database
        self.genesis, self.log_keys = Home.create(
            directory, ORIGIN, database=database.url, anchor=anchor, clock=self.clock
        )
        self.signers[AUTHORITY] = [FileSigner.load(directory / "keys" / f"{AUTHORITY}.pem")]
        self.registrations[AUTHORITY] = self.genesis
        self.heads[AUTHORITY, "main"] = Head(1, self.genesis)
        self.home = self.another()
        for party, roles in parties.items():
            self.enrol(party, *roles)

    def another(self) -> Home:
        """Open the ledger once more, as another process would."""
        return Home.open(self.directory, clock=self.clock, capacity=self.capacity)

    def reopen(self) -> Home:
        """Close the ledger and open it again."""
        self.home.close()
        self.home = self.another()
        return self.home

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.home.close()

    @property
    def size(self) -> int:
        """How many entries there are."""
        with self.home.store.reading() as snapshot:
            return snapshot.size

    def submit(
        self, submissions: Sequence[Submission], *, home: Home | None = None, stop_at_refusal: bool = False
    ) -> list[Answer | None]:
        """Hand in, then let the oracle look."""
        home = home or self.home
        answers = home.journal.submit(submissions, stop_at_refusal=stop_at_refusal)
        if self.watched:
            check_ledger(home)
        return answers

    def hand_in(self, submission: Submission, *, home: Home | None = None) -> Taken:
        """Hand in one statement and demand that it is taken."""
        (answer,) = self.submit([submission], home=home)
        assert isinstance(answer, Taken), answer
        return answer

    def say(self, party: str, event: Event, *, home: Home | None = None, **how: Any) -> Taken:
        """Sign and hand in, demand that it is taken, and move the chain on."""
        submission = self.sign(party, event, **how)
        answer = self.hand_in(submission, home=home)
        self.follow(submission)
        return answer

    def refuse(self, submission: Submission) -> Refused:
        """Hand in one statement and demand that it is refused and nothing of it kept."""
        before = self.size
        (answer,) = self.submit([submission])
        assert isinstance(answer, Refused), answer
        assert self.size == before
        return answer


@pytest.fixture
def yard(database: Database, tmp_path: Path) -> Iterator[OpenWorld]:
    """A ledger with three parties and no lots, on each kind of database."""
    with OpenWorld(tmp_path / "ledger", database) as opened:
        yield opened
