"""The sequencer: one batch at a time becomes entries, projections and a checkpoint.

Invariants: the order of a batch is the order of its statements; the index of an entry
equals the tree size inside the transaction; either the whole batch is durable under
one signed checkpoint, or nothing of it is there; what this process has seen durable
stays a prefix of what it appends to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ledger.admission.clock_tolerance import latest_time
from ledger.admission.judge import Accepted, AlreadyThere, Entered, admit
from ledger.admission.statements import Statement
from ledger.admission.steps import Prechecked
from ledger.journal.clock import Clock
from ledger.log.checkpoint import Checkpoint, LogSigner
from ledger.log.merkle import leaf_hash
from ledger.store.book import StoreBook
from ledger.store.store import Store, Writer
from ledger.store.tree import TileBuilder
from schemas.errors import ClockError, LedgerStateError, MalformedError, RolledBackError
from schemas.instants import format_time
from schemas.refusal import RefusedError

Judged = Entered | AlreadyThere | RefusedError | MalformedError


@dataclass(slots=True)
class Batch:
    """The outcome of a batch; ``note`` is the checkpoint that covers what it answers with a receipt."""

    judged: list[Judged | None] = field(default_factory=list)
    note: bytes | None = None


class Sequencer:
    """Appends batches; one instance is used by one thread at a time."""

    def __init__(self, store: Store, signer: LogSigner, clock: Clock) -> None:
        """Bind the store, the log's keys and the clock."""
        self._store = store
        self._signer = signer
        self._clock = clock
        self._book = StoreBook()
        self._edge = TileBuilder()
        self._seen: tuple[Checkpoint, bytes] | None = None

    def append(
        self, statements: Sequence[Statement], prechecked: Sequence[Prechecked], *, stop_at_refusal: bool = False
    ) -> Batch:
        """Judge and append a batch; return when it is durable.

        Raises:
            ClockError: if the clock went back; nothing was written.
            RolledBackError: if the database was replaced while the ledger was open.
            LedgerStateError: if the database failed; what became of the batch is found
                out by sending it again.
        """
        batch = Batch()
        try:
            with self._store.writing() as writer:
                now = self._begin(writer)
                latest = latest_time(now)
                self._book.prefetch(statements)
                self._judge(statements, prechecked, batch, latest, stop_at_refusal=stop_at_refusal)
                self._write(writer, batch, now)
        except BaseException:
            # Whether the commit arrived is not known; only the database can say.
            self._book.forget()
            self._edge = TileBuilder()
            raise
        self._book.settle()
        if batch.note is not None and self._book.facts is not None:
            self._seen = Checkpoint(self._book.facts.origin, self._edge.size, self._edge.root()), batch.note
        return batch

    def _begin(self, writer: Writer) -> int:
        self._book.begin(writer.connection)
        if self._edge.size != self._book.size:
            self._edge = writer.edge(self._book.size)
        now = self._clock.now()
        state = writer.state()
        self._check_prefix(writer, state[2] if state else b"")
        if state is not None and format_time(now) < state[1]:
            raise ClockError(
                f"expected a time at or after the last checkpoint's {state[1]}, got {format_time(now)}: "
                "set the clock right; the ledger takes nothing until then"
            )
        return now

    def _check_prefix(self, writer: Writer, note: bytes) -> None:
        if self._seen is None or self._seen[1] == note:
            return
        seen = self._seen[0]
        if self._book.size < seen.size or writer.root_at(seen.size) != seen.root:
            raise RolledBackError(
                f"expected a database that goes on from the {seen.size} entries appended before, "
                f"found a different one with {self._book.size}: it was replaced under the open ledger. "
                "Close it and restore the newest backup"
            )

    def _judge(
        self,
        statements: Sequence[Statement],
        prechecked: Sequence[Prechecked],
        batch: Batch,
        latest: str,
        *,
        stop_at_refusal: bool,
    ) -> None:
        book = self._book
        for statement, found in zip(statements, prechecked, strict=True):
            try:
                judged = admit(statement, book, latest=latest, prechecked=found)
            except (RefusedError, MalformedError) as error:
                batch.judged.append(error)
                if stop_at_refusal:
                    break
                continue
            batch.judged.append(book.enter(judged) if isinstance(judged, Accepted) else judged)
        batch.judged.extend([None] * (len(statements) - len(batch.judged)))

    def _write(self, writer: Writer, batch: Batch, now: int) -> None:
        repeated = [judged.statement for judged in batch.judged if isinstance(judged, AlreadyThere)]
        writer.disclose(repeated)
        entered = [judged for judged in batch.judged if isinstance(judged, Entered)]
        facts = self._book.facts
        if not entered:
            state = writer.state()
            # Who committed these may have died before publishing.
            batch.note = state[2] if repeated and state else None
            return
        if facts is None:
            raise LedgerStateError("expected a genesis first, found a different statement")
        tiles = [row for judged in entered for row in self._edge.append(leaf_hash(judged.statement.entry))]
        writer.append(entered[0].index, [judged.statement for judged in entered], tiles)
        self._book.flush()
        checkpoint = Checkpoint(facts.origin, self._edge.size, self._edge.root())
        batch.note = self._signer.sign(checkpoint, now)
        writer.set_checkpoint(checkpoint.size, format_time(now), batch.note, facts)
