"""A step fails but the process lives: what was lost is lost whole, what persisted is found again.

Each step of the write path fails once, as its database or its disk would fail it. The
caller gets an error of the ledger, the caches are forgotten, and the next batch works
without reopening; sending again finds out what became of the first.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from ledger.journal import journal
from ledger.journal.answers import Taken
from ledger.store import engines
from ledger.submission import Submission
from schemas.errors import KeyFileError, LedgerStateError
from tests.databases import Database
from tests.journal.steps import PUBLISHING, WRITING, Step
from tests.oracle import check_ledger
from tests.world.events import intake, intakes, smelting
from tests.world.furnished import furnish
from tests.world.opened import NOON, OpenWorld

DATABASE_STEPS = {
    name: step for name, step in WRITING.items() if name not in ("before the transaction", "caches settled")
}
DISK_STEPS = [name for name, step in PUBLISHING.items() if step.target.rpartition(":")[2] in (
    "tempfile.mkstemp", "os.fsync", "Path.replace", "_replace"
)]  # fmt: skip


@pytest.fixture
def filled(yard: OpenWorld) -> OpenWorld:
    """A ledger whose caches are warm."""
    furnish(yard)
    yard.clock.seconds = NOON + 60
    return yard


@pytest.fixture
def batch(filled: OpenWorld) -> list[Submission]:
    """Statements that touch what is cached: lots, chains, parties."""
    return [
        *filled.line_up("TEX", smelting("TEX-R-1", "TEX-B-1", "TEX-L-1", lead="605", line="TEX-X")),
        *filled.line_up("TEX", intake("TEX-B-2")),
    ]


def fail_once(monkeypatch: pytest.MonkeyPatch, step: Step, error: Exception) -> list[None]:
    """Let a step fail the next time it is taken; the list says whether it was."""
    struck: list[None] = []

    def strike() -> None:
        struck.append(None)
        raise error

    step.arm(strike, monkeypatch.setattr)
    return struck


def goes_on(yard: OpenWorld, batch: list[Submission], *, is_there: bool) -> None:
    """Demand that the batch, sent again, is answered, and that more can be taken."""
    answers = yard.submit(batch)
    assert [answer.is_new for answer in answers if isinstance(answer, Taken)] == [not is_there] * len(batch)
    yard.say("MUN", intake("MUN-B-50"))
    yard.say("TEX", smelting("TEX-R-2", "TEX-B-2", "TEX-L-2"))


@pytest.mark.parametrize("name", DATABASE_STEPS)
def test_a_database_that_fails(
    filled: OpenWorld, batch: list[Submission], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Lost or persisted, the ledger is whole and goes on; only a failure behind the commit persisted."""
    step, before = DATABASE_STEPS[name], filled.size
    struck = fail_once(monkeypatch, step, OperationalError("a step", {}, Exception("the disk is gone")))
    with pytest.raises(LedgerStateError, match="expected the database to answer, got: the disk is gone"):
        filled.home.journal.submit(batch)
    assert struck
    book = filled.home.journal._sequencer._book
    assert (book.size, book.facts, [table._known or table.changed for table in book._tables()]) == (
        0,
        None,
        [{}] * len(book._tables()),
    )
    assert check_ledger(filled.home, is_published=False) == before + (len(batch) if step.is_committed else 0)
    goes_on(filled, batch, is_there=step.is_committed)


@pytest.mark.parametrize("name", DISK_STEPS)
def test_a_disk_that_fails_while_publishing(
    filled: OpenWorld, batch: list[Submission], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Nobody is answered before the checkpoint is out; sent again, it is published first and then answered."""
    before = filled.size
    struck = fail_once(monkeypatch, PUBLISHING[name], OSError(errno.ENOSPC, "No space left on device"))
    with pytest.raises(LedgerStateError, match=r"expected to write the checkpoint .*, got: No space left on device"):
        filled.home.journal.submit(batch)
    assert struck
    assert check_ledger(filled.home, is_published=False) == before + len(batch)
    goes_on(filled, batch, is_there=True)
    leftovers = {path.name for path in filled.directory.iterdir() if path.name.startswith("checkpoint")}
    made = {"temporary file made"} & {name}
    assert (leftovers == {"checkpoint", "checkpoint.lock"}) or made


def test_a_key_that_cannot_sign_loses_the_batch(
    filled: OpenWorld, batch: list[Submission], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The checkpoint is signed inside the transaction, so nothing is ever there without one."""
    before = filled.size
    step = Step("ledger.log.checkpoint:LogSigner.sign")
    fail_once(monkeypatch, step, KeyFileError("the key store is gone"))
    with pytest.raises(KeyFileError, match="the key store is gone"):
        filled.home.journal.submit(batch)
    assert check_ledger(filled.home) == before
    goes_on(filled, batch, is_there=False)


def test_a_failure_in_a_later_batch_leaves_the_earlier_ones(filled: OpenWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of five statements the first three are one transaction; the second fails alone, and all can be sent again."""
    monkeypatch.setattr(journal, "BATCH", 3)
    before = filled.size
    statements = filled.line_up("TEX", *intakes("TEX", 100, 5))
    step = Step("ledger.store.store:Writer.append", "after", 2)
    fail_once(monkeypatch, step, OperationalError("a step", {}, Exception("the disk is gone")))
    with pytest.raises(LedgerStateError):
        filled.home.journal.submit(statements)
    assert check_ledger(filled.home) == before + 3
    answers = filled.submit(statements)
    assert [answer.is_new for answer in answers if isinstance(answer, Taken)] == [False] * 3 + [True] * 2


class TestRealFailures:
    @pytest.fixture
    def impatient(self, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenWorld]:
        """A ledger that does not wait half a minute for a lock."""
        monkeypatch.setattr(engines, "_BUSY_MS", 50)
        with OpenWorld(tmp_path / "ledger", database) as yard:
            yield yard

    def test_a_database_that_another_program_holds(self, impatient: OpenWorld) -> None:
        """SQLite locked by somebody else: refused in time, and taken when it is free again."""
        if not impatient.database.is_sqlite:
            pytest.skip("PostgreSQL's writers wait for each other as long as it takes")
        statement = impatient.sign("MUN", intake("MUN-B-1"))
        with impatient.database.connect() as intruder:
            intruder.exec_driver_sql("BEGIN EXCLUSIVE")
            with pytest.raises(LedgerStateError, match="database is locked"):
                impatient.home.journal.submit([statement])
            intruder.exec_driver_sql("ROLLBACK")
        assert impatient.hand_in(statement).is_new

    @pytest.mark.parametrize("moment", ["between two batches", "inside a transaction"])
    def test_a_server_that_drops_its_connections(
        self, yard: OpenWorld, monkeypatch: pytest.MonkeyPatch, moment: str
    ) -> None:
        """PostgreSQL ends every session: idle ones are replaced unseen, an open transaction is lost and said to be."""
        if yard.database.is_sqlite:
            pytest.skip("SQLite has no server")
        statement = yard.sign("MUN", intake("MUN-B-1"))

        def drop() -> None:
            yard.database.rows(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

        if moment == "between two batches":
            drop()
        else:
            WRITING["heads written"].arm(drop, monkeypatch.setattr)
            with pytest.raises(LedgerStateError, match="expected the database to answer"):
                yard.home.journal.submit([statement])
        assert yard.hand_in(statement).is_new

    def test_a_folder_that_cannot_be_written(self, tmp_path: Path, database: Database) -> None:
        """An anchor whose folder is gone: not answered, said which place, and published once it is back."""
        (tmp_path / "elsewhere").mkdir()
        anchor = tmp_path / "elsewhere" / "anchor"
        with OpenWorld(tmp_path / "ledger", database, anchor=anchor) as yard:
            anchor.parent.rename(tmp_path / "gone")
            statement = yard.sign("MUN", intake("MUN-B-1"))
            for _ in range(2):
                with pytest.raises(
                    LedgerStateError, match=f"expected to write the checkpoint {anchor}, got: No such file"
                ):
                    yard.home.journal.submit([statement])
            (tmp_path / "gone").rename(anchor.parent)
            assert yard.hand_in(statement).is_new is False
            assert anchor.read_bytes() == (yard.directory / "checkpoint").read_bytes()


def test_the_steps_are_taken_in_the_order_of_the_table(filled: OpenWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step is one that a batch really takes, and they come one after the other as they are listed."""
    seen: list[str] = []
    for name, step in (WRITING | PUBLISHING).items():
        step.arm(lambda name=name: seen.append(name), monkeypatch.setattr)  # type: ignore[misc]
    filled.submit(filled.line_up("MUN", intake("MUN-B-50")))
    assert seen == list(WRITING | PUBLISHING)
