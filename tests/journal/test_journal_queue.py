"""Many callers at once: all are answered, or reported at once that they are not."""

from __future__ import annotations

import threading
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import Any

import pytest

from ledger.admission.judge import admit
from ledger.journal import sequencer
from ledger.journal.answers import Answer, Refused, Taken
from ledger.journal.journal import Journal
from ledger.submission import Submission
from schemas.errors import ClockError, LedgerError, LedgerStateError, QueueFullError
from schemas.ids import LotId
from tests.oracle import check_ledger
from tests.world.events import intake, intakes
from tests.world.opened import OpenWorld

PATIENCE_S = 60


class Held:
    """Holds the sequencer before its next batch until it is let go."""

    def __init__(self, yard: OpenWorld, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_waiting = threading.Event()
        self._go_on = threading.Event()
        append = Journal._append

        def held(journal: Journal, *args: Any, **more: Any) -> list[Answer | None]:
            self.is_waiting.set()
            assert self._go_on.wait(PATIENCE_S)
            return append(journal, *args, **more)

        monkeypatch.setattr(Journal, "_append", held)
        self.first = yard.home.journal.enqueue(yard.line_up("TEX", intake("TEX-B-1"))[0])
        assert self.is_waiting.wait(PATIENCE_S)

    def let_go(self) -> None:
        self._go_on.set()


def answered(future: Future[Answer]) -> Answer:
    """Wait for an answer, but not for ever."""
    return future.result(PATIENCE_S)


def test_statements_that_wait_share_one_transaction(yard: OpenWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes while the sequencer is busy is appended together, under one checkpoint."""
    held = Held(yard, monkeypatch)
    sizes: list[int] = []
    publish = yard.home.journal._publisher.publish

    def noted(note: bytes) -> None:
        sizes.append(int(note.split(b"\n")[1]))
        publish(note)

    monkeypatch.setattr(yard.home.journal._publisher, "publish", noted)
    before = yard.size
    waiting = [yard.home.journal.enqueue(each) for each in yard.line_up("MUN", *intakes("MUN", 1, 20))]
    assert yard.home.journal.waiting == 20
    held.let_go()
    taken = [answered(future) for future in (held.first, *waiting)]
    assert [each.index for each in taken if isinstance(each, Taken)] == list(range(before, before + 21))
    assert sizes == [before + 1, before + 21]
    check_ledger(yard.home)


def test_a_full_queue_pushes_back_and_takes_nothing(yard: OpenWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    """The statement above the capacity is refused at once; those that wait are taken; later there is room again."""
    held = Held(yard, monkeypatch)
    statements = yard.line_up("MUN", *intakes("MUN", 1, yard.capacity + 1))
    waiting = [yard.home.journal.enqueue(each) for each in statements[:-1]]
    with pytest.raises(QueueFullError, match=f"queue of {yard.capacity} statements, got none: send it again later"):
        yard.home.journal.enqueue(statements[-1])
    held.let_go()
    assert all(isinstance(answered(future), Taken) for future in waiting)
    check_ledger(yard.home)
    assert isinstance(answered(yard.home.journal.enqueue(statements[-1])), Taken)
    check_ledger(yard.home)


def test_many_threads_are_all_answered_and_each_chain_stays_in_order(yard: OpenWorld) -> None:
    """Eight devices send at once, one by one and in batches; every statement is there, once, in its chain's order."""

    def one_by_one(statements: list[Submission]) -> list[Answer | None]:
        return [answered(yard.home.journal.enqueue(statement)) for statement in statements]

    def in_two_batches(statements: list[Submission]) -> list[Answer | None]:
        return yard.home.journal.submit(statements[:5]) + yard.home.journal.submit(statements[5:])

    before = yard.size
    chains = [yard.line_up("MUN", *intakes("MUN", 100 * at, 10), chain=f"gate-{at}") for at in range(8)]
    with ThreadPoolExecutor(8) as callers:
        work = [callers.submit(in_two_batches if at % 2 else one_by_one, chain) for at, chain in enumerate(chains)]
        answers = [future.result(PATIENCE_S) for future in work]
    indexes = [[each.index for each in chain if isinstance(each, Taken)] for chain in answers]
    assert all(chain == sorted(chain) for chain in indexes)
    assert sorted(index for chain in indexes for index in chain) == list(range(before, before + 80))
    assert check_ledger(yard.home) == before + 80


def test_a_race_for_one_lot_has_one_winner(yard: OpenWorld) -> None:
    """Of six devices that register the same lot at once, one is taken and five learn that it exists."""
    rivals = [yard.sign("MUN", intake("MUN-B-1"), chain=f"gate-{at}") for at in range(6)]
    with ThreadPoolExecutor(6) as callers:
        answers = list(callers.map(lambda each: answered(yard.home.journal.enqueue(each)), rivals))
    assert sum(isinstance(answer, Taken) for answer in answers) == 1
    refusals = [answer for answer in answers if isinstance(answer, Refused)]
    assert [answer.code for answer in refusals] == ["lot-exists"] * 5
    check_ledger(yard.home)


def test_a_caller_that_gives_up_before_its_turn_is_left_out(yard: OpenWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cancelled statement is not taken, and the sequencer goes on for everybody else."""
    held = Held(yard, monkeypatch)
    first, second = (yard.sign("MUN", intake(f"MUN-B-{at}"), chain=f"gate-{at}") for at in range(2))
    given_up, kept = yard.home.journal.enqueue(first), yard.home.journal.enqueue(second)
    assert given_up.cancel()
    held.let_go()
    assert isinstance(answered(kept), Taken)
    with pytest.raises(CancelledError):
        answered(given_up)
    with yard.home.store.reading() as snapshot:
        assert (snapshot.lots.get(LotId("MUN-B-0")), snapshot.lots.get(LotId("MUN-B-1")) is None) == (None, False)
    assert isinstance(answered(yard.home.journal.enqueue(first)), Taken)
    check_ledger(yard.home)


def test_a_failure_reaches_every_caller_of_the_batch_and_the_next_batch_works(yard: OpenWorld) -> None:
    """A clock that went back is reported to those who wait; the thread lives on."""
    statement = yard.sign("MUN", intake("MUN-B-1"))
    yard.clock.seconds -= 60
    with pytest.raises(ClockError):
        answered(yard.home.journal.enqueue(statement))
    yard.clock.seconds += 60
    assert isinstance(answered(yard.home.journal.enqueue(statement)), Taken)
    check_ledger(yard.home)


def test_a_fault_of_the_software_does_not_leave_callers_waiting(
    yard: OpenWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error that nobody foresaw is answered as one of the ledger's own, and later callers are served."""

    def faulty(statement: Any, book: Any, **more: Any) -> Any:
        raise ZeroDivisionError("nobody foresaw this")

    statement = yard.sign("MUN", intake("MUN-B-1"))
    monkeypatch.setattr(sequencer, "admit", faulty)
    with pytest.raises(LedgerStateError, match="nobody foresaw this") as caught:
        answered(yard.home.journal.enqueue(statement))
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    monkeypatch.setattr(sequencer, "admit", admit)
    assert isinstance(answered(yard.home.journal.enqueue(statement)), Taken)
    check_ledger(yard.home)


class TestClosing:
    def test_closing_finishes_what_waits(self, yard: OpenWorld, monkeypatch: pytest.MonkeyPatch) -> None:
        """Even with a full queue everybody is answered before the threads end; closing twice does no harm."""
        held = Held(yard, monkeypatch)
        statements = yard.line_up("MUN", *intakes("MUN", 1, yard.capacity))
        waiting = [yard.home.journal.enqueue(each) for each in statements]
        closing = threading.Thread(target=yard.home.journal.close)
        closing.start()
        held.let_go()
        closing.join(PATIENCE_S)
        assert not closing.is_alive()
        assert all(isinstance(answered(future), Taken) for future in waiting)
        yard.home.journal.close()
        check_ledger(yard.reopen())

    def test_a_closed_ledger_takes_nothing_and_says_so(self, yard: OpenWorld) -> None:
        """Handing in after the end fails at once instead of waiting for ever."""
        statement = yard.sign("MUN", intake("MUN-B-1"))
        yard.home.journal.close()
        for hand_in in (yard.home.journal.enqueue, lambda each: yard.home.journal.submit([each])):
            with pytest.raises(LedgerStateError, match="got one that was closed"):
                hand_in(statement)
        assert yard.reopen().store is not None
        assert yard.hand_in(statement).is_new

    def test_callers_that_race_with_the_end_are_answered_or_reported(self, yard: OpenWorld) -> None:
        """Nobody who comes while the ledger closes waits for ever, and whoever was answered is in it."""
        statements = [yard.sign("MUN", intake(f"MUN-B-{at}"), chain=f"gate-{at}") for at in range(40)]
        taken: list[Taken] = []
        reported: list[LedgerError] = []

        def call(statement: Submission) -> None:
            try:
                answer = answered(yard.home.journal.enqueue(statement))
            except LedgerStateError as error:
                reported.append(error)
            else:
                assert isinstance(answer, Taken)
                taken.append(answer)

        callers = [threading.Thread(target=call, args=(statement,)) for statement in statements]
        for number, caller in enumerate(callers):
            caller.start()
            if number == 20:
                closing = threading.Thread(target=yard.home.journal.close)
                closing.start()
        for thread in (*callers, closing):
            thread.join(PATIENCE_S)
        assert len(taken) + len(reported) == 40
        with yard.reopen().store.reading() as snapshot:
            assert [snapshot.index_of(answer.id) for answer in taken] == [answer.index for answer in taken]
        check_ledger(yard.home)
