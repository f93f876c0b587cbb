"""Rebuilding: every projection dropped and folded anew from the entries.

It runs in one transaction, so a crash leaves the old projections; what comes out is
what the sequencer wrote, to the byte, because it is the same judgement.
"""

from __future__ import annotations

from collections.abc import Callable

from ledger.admission.judge import Accepted, admit, read_next
from ledger.admission.statements import Statement
from ledger.log.envelopes import parse_entry
from ledger.store.book import StoreBook
from ledger.store.snapshot import Snapshot
from ledger.store.store import Store
from schemas.catalogue.refusals import RefusalCode
from schemas.errors import LedgerError, LedgerStateError, NewerVersionError
from schemas.refusal import RefusedError

_CHUNK = 1000


def rebuild(store: Store, progress: Callable[[int], None] = lambda _: None) -> int:
    """Fold all entries anew; return how many there are.

    Raises:
        LedgerStateError: if an entry is one that the rules refuse; nothing was changed.
        NewerVersionError: if an entry begins a version of the rules that this software does
            not know; nothing was changed.
    """
    with store.writing() as writer:
        snapshot = Snapshot(writer.connection)
        writer.drop_projections()
        book = StoreBook()
        book.begin_anew(writer.connection)
        for start in range(0, snapshot.size, _CHUNK):
            rows = list(snapshot.entries(start, start + _CHUNK))
            read = [_read_ahead(entry, event, book) for _, entry, event in rows]
            # What a chunk looks up is read in whole queries: a query an entry and table cost four times as much.
            book.prefetch(statement for statement in read if statement is not None)
            for (index, entry, event), statement in zip(rows, read, strict=True):
                _fold(index, statement or (entry, event), book)
            book.flush()
            book.settle()
            book.resume(writer.connection)
            progress(len(rows))
        if book.facts is not None:
            writer.set_facts(book.facts)
    return snapshot.size


def _read_ahead(entry: bytes, event: bytes, book: StoreBook) -> Statement | None:
    """Return an entry's statement as the rules before its chunk read it; ``None``: in its turn."""
    try:
        return read_next(parse_entry(entry), event, book)
    except LedgerError:
        # An entry before it may be at fault too, or begin the version that takes it.
        return None


def _fold(index: int, said: Statement | tuple[bytes, bytes], book: StoreBook) -> None:
    try:
        statement = said if isinstance(said, Statement) else read_next(parse_entry(said[0]), said[1], book)
        judged = admit(statement, book)
    except NewerVersionError:
        raise
    except LedgerError as error:
        if isinstance(error, RefusedError) and error.code == RefusalCode.NEWER_VERSION:
            figures = dict(error.figures)
            raise NewerVersionError(int(figures["version"]), int(figures["known"])) from error
        raise LedgerStateError(
            f"expected entry {index} to be one that the rules accept, got: {error}. Run verify on an export"
        ) from error
    if not isinstance(judged, Accepted) or book.size != index:
        raise LedgerStateError(f"expected entry {index} once, got a repetition. Run verify on an export")
    book.enter(judged)
