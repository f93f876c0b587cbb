"""Several processes that write to one database, each with an opened ledger of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from ledger.home.opening import Home
from ledger.journal.answers import Answer, Refused, Taken
from ledger.journal.publishing import Publisher
from ledger.store.store import Writer
from ledger.submission import Submission
from schemas.errors import LedgerStateError, RolledBackError
from tests.journal.steps import Step
from tests.oracle import check_ledger
from tests.world.events import intake, intakes, revocation, smelting
from tests.world.opened import OpenWorld


def test_two_writers_that_take_turns_keep_one_tree(yard: OpenWorld) -> None:
    """Each sees what the other wrote: lots, chains, indexes and right edge of the tree."""
    with yard.another() as other:
        for number in range(6):
            home = (yard.home, other)[number % 2]
            lot, made = f"MUN-B-{number}", f"MUN-L-{number}"
            yard.say("MUN", intake(lot), home=home)
            rest = (other, yard.home)[number % 2]
            yard.say("MUN", smelting(f"MUN-R-{number}", lot, made), home=rest)
            assert check_ledger(home) == check_ledger(rest)


def test_a_statement_given_to_both_writers_stands_once(yard: OpenWorld) -> None:
    """The second writer answers with the first one's entry."""
    statement = yard.sign("MUN", intake("MUN-B-1"))
    with yard.another() as other:
        first, second = yard.hand_in(statement), yard.hand_in(statement, home=other)
    assert (first.index, first.is_new, second.index, second.is_new) == (second.index, True, first.index, False)


def test_a_key_that_the_other_writer_revoked_is_refused(yard: OpenWorld) -> None:
    """Keys verified ahead decide nothing: their status is taken from the database at the entry's own index."""
    yard.say("TEX", intake("TEX-B-1"))
    keyid = yard.signers["TEX"][0].public_key.keyid
    with yard.another() as other:
        yard.say("AUTHORITY", revocation("TEX", keyid), home=other)
    assert yard.refuse(yard.sign("TEX", intake("TEX-B-2"))).code == "revoked-key"


def handed_in(home: Home, batches: list[list[Submission]]) -> list[Answer | None]:
    """Hand in batch after batch; return all answers."""
    return [answer for batch in batches for answer in home.journal.submit(batch)]


def test_two_writers_at_once_lose_nothing(yard: OpenWorld) -> None:
    """Interleaved batches of two open ledgers give one gapless tree, and a lot that both want goes to one."""
    before = yard.size
    with yard.another() as other, ThreadPoolExecutor(4) as callers:
        work = []
        for at in range(4):
            batches = [
                yard.line_up("MUN", *intakes("MUN", 100 * at + 5 * part, 5), chain=f"gate-{at}") for part in range(5)
            ]
            home = (yard.home, other)[at % 2]
            work.append(callers.submit(handed_in, home, batches))
        answers = [answer for future in work for answer in future.result(120)]
        indexes = sorted(answer.index for answer in answers if isinstance(answer, Taken))
        assert indexes == list(range(before, before + 100))
        rivals = [yard.sign("MUN", intake("MUN-B-9999"), chain=f"gate-{at}") for at in range(2)]
        (one,), (two,) = callers.map(
            lambda pair: pair[0].journal.submit([pair[1]]), zip((yard.home, other), rivals, strict=True)
        )
        assert {type(one), type(two)} == {Taken, Refused}
        assert check_ledger(other) == check_ledger(yard.home) == before + 101


@pytest.mark.parametrize("moment", ["before", "after"])
def test_opening_while_another_writes_is_no_false_alarm(
    yard: OpenWorld, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """A statement that is taken just before or after the published checkpoint is read is no rollback."""
    published = Publisher.published
    turns = iter([intake("MUN-B-1")])

    def interrupted(publisher: Publisher) -> object:
        found = published(publisher) if moment == "after" else None
        for event in turns:
            yard.say("MUN", event)
        return published(publisher) if found is None else found

    monkeypatch.setattr(Publisher, "published", interrupted)
    with yard.another() as other:
        assert check_ledger(other) == yard.size
        yard.say("MUN", intake("MUN-B-2"), home=other)


def test_an_answer_of_one_writer_waits_until_the_others_entry_is_published(
    yard: OpenWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A repetition of what another process committed but never published is published before it is answered."""
    statement = yard.sign("MUN", intake("MUN-B-1"))
    with yard.another() as other:
        monkeypatch.setattr(other.journal._publisher, "publish", lambda note: None)
        other.journal.submit([statement])
        check_ledger(other, is_published=False)
        published = (yard.directory / "checkpoint").read_bytes()
        assert yard.hand_in(statement).is_new is False
        assert (yard.directory / "checkpoint").read_bytes() != published


def test_a_lost_batch_and_another_writers_of_the_same_size_are_not_confused(
    yard: OpenWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a failure the right edge of the tree and the counts of chains are read again, though all sizes agree."""
    lost = yard.sign("MUN", intake("MUN-B-1"), chain="gate-1")
    step = Step("ledger.store.store:Writer.append", "after")

    def fail() -> None:
        raise OperationalError("a step", {}, Exception("the disk is gone"))

    step.arm(fail, monkeypatch.setattr)
    with pytest.raises(LedgerStateError):
        yard.home.journal.submit([lost])
    with yard.another() as other:
        yard.say("TEX", intake("TEX-B-1"), home=other)
    yard.hand_in(lost)
    yard.say("MUN", intake("MUN-B-2"))


def test_chains_that_another_writer_began_are_counted(yard: OpenWorld) -> None:
    """The limit of 64 devices holds over both writers together."""
    for at in range(2):
        yard.say("MUN", intake(f"MUN-B-{at}"), chain=f"gate-{at}")
    with yard.another() as other:
        more = [yard.line_up("MUN", intake(f"MUN-B-{at}"), chain=f"gate-{at}")[0] for at in range(2, 64)]
        assert all(isinstance(answer, Taken) for answer in yard.submit(more, home=other))
    assert yard.refuse(yard.sign("MUN", intake("MUN-B-64"), chain="gate-64")).code == "chain-conflict"


class TestReplacedUnderAnOpenLedger:
    """The database is rolled back while a process has the ledger open; opening's check cannot see it."""

    def _roll_back(self, yard: OpenWorld) -> Home:
        """Return a ledger over the restored database whose sequencer remembers the lost entries."""
        yard.home.close()
        yard.database.save()
        yard.reopen()
        yard.say("MUN", intake("MUN-B-1"))
        remembered = yard.home.journal._sequencer._seen
        yard.home.close()
        yard.database.restore()
        (yard.directory / "checkpoint").unlink()
        yard.home = yard.another()
        yard.home.journal._sequencer._seen = remembered
        return yard.home

    def test_a_shorter_database_is_refused(self, yard: OpenWorld) -> None:
        """The next batch fails, with what to do, and nothing is written."""
        home, size = self._roll_back(yard), yard.size
        with pytest.raises(RolledBackError, match="replaced under the open ledger"):
            home.journal.submit([yard.sign("TEX", intake("TEX-B-1"))])
        assert check_ledger(home) == size

    def test_a_database_that_grew_again_to_another_history_is_refused(self, yard: OpenWorld) -> None:
        """The same size, or more, with another root is no continuation."""
        home = self._roll_back(yard)
        with yard.another() as other:
            for number in range(3):
                other.journal.submit(yard.line_up("TEX", intake(f"TEX-B-{number}")))
                with pytest.raises(RolledBackError, match="replaced under the open ledger"):
                    home.journal.submit([yard.sign("GLENCORE", intake("GLENCORE-B"))])
        check_ledger(home)


def test_the_sequencer_reads_the_edge_of_the_tree_once(yard: OpenWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lone writer never checks again what it wrote itself."""
    yard.say("MUN", intake("MUN-B-1"))
    reads: list[str] = []

    def counted(name: str) -> Callable[..., Any]:
        whole = getattr(Writer, name)

        def reading(*args: Any, **more: Any) -> Any:
            reads.append(name)
            return whole(*args, **more)

        return reading

    for name in ("root_at", "edge"):
        monkeypatch.setattr(Writer, name, counted(name))
    yard.say("MUN", intake("MUN-B-2"))
    assert reads == []
    yard.reopen()
    yard.say("MUN", intake("MUN-B-3"))
    assert "edge" in reads
