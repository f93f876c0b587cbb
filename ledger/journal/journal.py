"""The journal: many callers, one sequencer, group commit, explicit pushback.

Statements are read and their signatures verified ahead of the sequencer (those of a
large batch by processes, those of single callers in their own threads); all that wait
are appended in one transaction under one checkpoint. A caller is answered only when
statement and checkpoint are durable and published.
"""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from itertools import islice

from ledger.admission.book import Registrations
from ledger.admission.crew import Crew
from ledger.admission.judge import Entered
from ledger.admission.signatures import try_signatures
from ledger.admission.state import Facts, KeyRecord
from ledger.admission.statements import Statement, read_ahead_of
from ledger.admission.steps import Prechecked
from ledger.journal.answers import Answer, Refused, Taken
from ledger.journal.publishing import Publisher
from ledger.journal.queue_limits import BATCH, BULKS, CHUNKS_AHEAD, QUEUE, QUEUE_BYTES
from ledger.journal.sequencer import Batch, Judged, Sequencer
from ledger.log.proofs import format_proof
from ledger.store.store import Store
from ledger.submission import Submission
from schemas.errors import LedgerError, LedgerStateError, MalformedError, QueueFullError
from schemas.ids import KeyId
from schemas.refusal import RefusedError
from schemas.versions import rules_of_genesis

Read = Statement | MalformedError
Ahead = tuple[list[Read], Callable[[], list[Prechecked]]]
Waiting = tuple[Read, Prechecked, Future[Answer]]


class Journal:
    """Takes statements; safe to use from many threads."""

    def __init__(
        self,
        store: Store,
        sequencer: Sequencer,
        publisher: Publisher,
        *,
        keys: Iterable[KeyRecord] = (),
        facts: Facts | None = None,
        capacity: int = QUEUE,
    ) -> None:
        """Start the threads; nothing is written yet.

        Args:
            store: where answers are proved from.
            sequencer: the one that appends.
            publisher: makes checkpoints visible.
            keys: the keys registered so far, for the threads that verify ahead.
            facts: what the ledger goes by, for the threads that read ahead; ``None`` before the genesis.
            capacity: how many statements may wait.
        """
        self._store = store
        self._sequencer = sequencer
        self._publisher = publisher
        self._turn = threading.Lock()
        self._gate = threading.Lock()
        self._is_closed = False
        self._bytes = 0
        self._bulks = threading.BoundedSemaphore(BULKS)
        self._crew = Crew()
        self._waiting: queue.Queue[Waiting | None] = queue.Queue(capacity)
        self._keys: dict[KeyId, KeyRecord] = {key.keyid: key for key in keys}
        self._facts = facts
        self._worker = threading.Thread(target=self._work, name="sequencer", daemon=True)
        self._worker.start()

    def submit(self, submissions: Sequence[Submission], *, stop_at_refusal: bool = False) -> list[Answer | None]:
        """Judge and append statements in this order; return when all is durable.

        With ``stop_at_refusal`` nothing behind the first refused one is judged
        (``None`` in its place).

        Raises:
            QueueFullError: if too many callers do the same; nothing was taken.
            LedgerStateError: if the ledger cannot go on; send again to find out what
                of the batch is there.
        """
        self._demand_open()
        if not self._bulks.acquire(blocking=False):
            raise QueueFullError(
                f"expected at most {BULKS} callers with many statements, got more: send them again later"
            )
        try:
            return self._submit(submissions, stop_at_refusal=stop_at_refusal)
        finally:
            self._bulks.release()

    def _submit(self, submissions: Sequence[Submission], *, stop_at_refusal: bool) -> list[Answer | None]:
        answers: list[Answer | None] = []
        chunks = [submissions[at : at + BATCH] for at in range(0, len(submissions), BATCH)]
        ahead: deque[Ahead] = deque()
        for number in range(len(chunks) + CHUNKS_AHEAD):
            if number < len(chunks):
                ahead.append(self._read_ahead(chunks[number]))
            if number >= CHUNKS_AHEAD:
                read, prechecked = ahead.popleft()
                if stop_at_refusal and any(isinstance(answer, Refused) for answer in answers):
                    answers.extend([None] * len(read))
                else:
                    answers.extend(self._append(read, prechecked(), stop_at_refusal=stop_at_refusal))
        return answers

    def enqueue(self, submission: Submission) -> Future[Answer]:
        """Let a statement wait for the next batch; the future holds its answer.

        Raises:
            QueueFullError: if too many wait already; nothing was taken.
            LedgerStateError: if the ledger is closed.
        """
        future: Future[Answer] = Future()
        # Reading and verifying happen in the caller's thread, ahead of the sequencer.
        read = self._read(submission)
        if isinstance(read, MalformedError):
            future.set_result(Refused(None, read))
            return future
        found = self._precheck(read)
        with self._gate:
            self._demand_open()
            try:
                if self._bytes + len(submission.event) > QUEUE_BYTES:
                    raise queue.Full
                self._waiting.put_nowait((read, found, future))
            except queue.Full as error:
                raise QueueFullError(
                    f"expected room in the queue of {self._waiting.maxsize} statements, got none: send it again later"
                ) from error
            self._bytes += len(submission.event)
        return future

    @property
    def waiting(self) -> int:
        """How many statements wait in the queue."""
        return self._waiting.qsize()

    def prove(self, index: int) -> str:
        """Return the tlog-proof of an entry under the newest checkpoint.

        Raises:
            NotFoundError: if there is no such entry.
        """
        with self._store.reading() as snapshot:
            return format_proof(index, snapshot.path(index), snapshot.checkpoint())

    def close(self) -> None:
        """Finish what waits, then stop the threads."""
        with self._gate:
            if self._is_closed:
                return
            self._is_closed = True
        # Nothing is put behind the end, so that no caller waits for ever.
        self._waiting.put(None)
        self._worker.join()
        self._crew.close()

    def _demand_open(self) -> None:
        if self._is_closed:
            raise LedgerStateError("expected an open ledger, got one that was closed: open it again")

    def _work(self) -> None:
        """Take all that waits, up to a batch, and append it in one transaction."""
        while (first := self._waiting.get()) is not None:
            self._answer([first, *islice(iter(self._next, None), BATCH - 1)])

    def _next(self) -> Waiting | None:
        try:
            item = self._waiting.get_nowait()
        except queue.Empty:
            return None
        if item is None:
            # The end was announced: leave it for the loop above.
            self._waiting.put(None)
        return item

    def _answer(self, batch: list[Waiting]) -> None:
        with self._gate:
            self._bytes -= sum(len(read.event_bytes) for read, _, _ in batch if isinstance(read, Statement))
        # Who gave up before its turn is not taken; from here on nobody can.
        wanted = [item for item in batch if item[2].set_running_or_notify_cancel()]
        try:
            answers = self._append([read for read, _, _ in wanted], [found for _, found, _ in wanted])
        except Exception as error:
            # Whatever it was: a thread that dies here would leave every later caller without an answer.
            failure = error if isinstance(error, LedgerError) else _unforeseen(error)
            for _, _, future in wanted:
                future.set_exception(failure)
            return
        for (_, _, future), answer in zip(wanted, answers, strict=True):
            if answer is None:
                future.set_exception(LedgerStateError("expected an answer to every statement, got none"))
            else:
                future.set_result(answer)

    def _read_ahead(self, submissions: Sequence[Submission]) -> Ahead:
        """Read a chunk and let the crew verify its signatures while others are appended."""
        read = [self._read(submission) for submission in submissions]
        return read, self._crew.check([submission.envelope for submission in submissions], self._keys.get)

    def _read(self, submission: Submission) -> Read:
        """Read under the rules known here; the sequencer reads again where a change of rules came between."""
        facts = self._facts
        try:
            versions = facts.rules.readings if facts is not None else (rules_of_genesis(submission.event),)
            return read_ahead_of(submission.envelope, submission.event, versions, submission.disclosures)
        except MalformedError as error:
            return error

    def _precheck(self, read: Read) -> Prechecked:
        if isinstance(read, MalformedError):
            return Prechecked()
        return Prechecked(*try_signatures(read.envelope, self._keys.get))

    def _append(
        self, read: Sequence[Read], prechecked: Sequence[Prechecked], *, stop_at_refusal: bool = False
    ) -> list[Answer | None]:
        end = len(read)
        if stop_at_refusal:
            end = next((at for at, what in enumerate(read) if isinstance(what, MalformedError)), end)
        judged = [at for at in range(end) if isinstance(read[at], Statement)]
        with self._turn:
            batch = self._sequencer.append(
                [what for at in judged if isinstance(what := read[at], Statement)],
                [prechecked[at] for at in judged],
                stop_at_refusal=stop_at_refusal,
            )
            if batch.note is not None:
                self._publisher.publish(batch.note)
        self._remember(batch)
        outcomes = iter(batch.judged)
        answers: list[Answer | None] = []
        for what in read[: end + 1]:
            if isinstance(what, Statement):
                answers.append(self._answer_to(what, next(outcomes)))
            else:
                is_behind = stop_at_refusal and any(isinstance(answer, Refused) for answer in answers)
                answers.append(None if is_behind else Refused(None, what))
        return answers + [None] * (len(read) - len(answers))

    def _remember(self, batch: Batch) -> None:
        """Keep new keys and rules for the threads that read and verify ahead; whether they count is judged later."""
        for judged in batch.judged:
            if isinstance(judged, Entered) and isinstance(judged.effects, Registrations):
                self._keys.update(judged.effects.keys)
                self._facts = judged.effects.facts or self._facts

    def _answer_to(self, statement: Statement, judged: Judged | None) -> Answer | None:
        if judged is None:
            return None
        if isinstance(judged, RefusedError | MalformedError):
            return Refused(statement.id, judged)
        return Taken(statement.id, judged.index, isinstance(judged, Entered), self.prove)


def _unforeseen(error: Exception) -> LedgerStateError:
    failure = LedgerStateError(f"expected an answer, got a fault of the software: {error!r}. Send the statement again")
    failure.__cause__ = error
    return failure
