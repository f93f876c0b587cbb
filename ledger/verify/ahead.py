"""The parallel stage ahead of the fold: statements read, signatures tried on all cores.

Invariants: items leave in the order in which they came; a bounded number of entries
and bytes is in memory; what this stage finds decides nothing, the fold judges whose
key it is and whether it was active at the entry's own index.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from ledger.admission.crew import Crew
from ledger.admission.state import KeyRecord
from ledger.admission.statements import Statement, read_ahead_of
from ledger.admission.steps import Prechecked
from ledger.files.report import Fault, fault_of
from ledger.files.stream import Raw
from ledger.log.envelopes import parse_entry
from schemas.errors import LedgerError, NewerVersionError
from schemas.ids import KeyId, PartyId
from schemas.parties import Genesis, RulesChange
from schemas.rules.version import Rules
from schemas.versions import RulesHistory, rules_of_genesis

_CHUNK_ENTRIES: Final = 256
_CHUNK_BYTES: Final = 4_000_000
_CHUNKS_AHEAD: Final = 4


class Read(NamedTuple):
    """An entry with the statement that was read from it, or the fault that prevents it."""

    raw: Raw
    statement: Statement | None
    fault: Fault | None
    prechecked: Prechecked


_Pending = tuple[list[Read], Callable[[], list[Prechecked]]]


def read_ahead(source: Iterable[Raw]) -> Iterator[Read]:
    """Yield each item of ``source`` with its statement and what its signatures showed.

    Raises:
        NewerVersionError: at the first entry that names a version of the rules which this
            software does not know; nothing behind it can be read.
    """
    reader = _Reader()
    waiting: deque[_Pending] = deque()
    with Crew() as crew:
        for chunk in _chunks(source):
            reads = [reader.read(raw) for raw in chunk]
            readable = [read.statement.envelope for read in reads if read.statement is not None]
            waiting.append((reads, crew.check(readable, reader.keys.get)))
            if len(waiting) > _CHUNKS_AHEAD:
                yield from _finish(waiting.popleft())
        while waiting:
            yield from _finish(waiting.popleft())


def _chunks(source: Iterable[Raw]) -> Iterator[list[Raw]]:
    chunk: list[Raw] = []
    size = 0
    for raw in source:
        chunk.append(raw)
        size += len(raw.event or b"")
        if len(chunk) == _CHUNK_ENTRIES or size > _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


class _Reader:
    """Reads entries in their order; keeps the keys and the versions of the rules that they announce."""

    def __init__(self) -> None:
        self.keys: dict[KeyId, KeyRecord] = {}
        self._rules: RulesHistory | None = None

    def read(self, raw: Raw) -> Read:
        """Return an entry with its statement.

        Raises:
            NewerVersionError: at the first entry that names a version which this software does not know.
        """
        if raw.entry is None or raw.event is None:
            return Read(raw, None, None, Prechecked())
        try:
            statement = read_ahead_of(parse_entry(raw.entry), raw.event, self._versions(raw.event))
        except NewerVersionError:
            raise
        except LedgerError as error:
            return Read(raw, None, fault_of(error, raw.index), Prechecked())
        self._note(statement, raw.index)
        return Read(raw, statement, None, Prechecked())

    def _versions(self, event: bytes) -> Iterable[Rules]:
        return (rules_of_genesis(event),) if self._rules is None else self._rules.versions

    def _note(self, statement: Statement, index: int) -> None:
        # A keyid is the hash of its key, so whoever announces it cannot give it another key.
        for key in statement.keys.values():
            self.keys.setdefault(key.keyid, KeyRecord(key.keyid, PartyId(""), key.algorithm, key.der, index))
        match statement.event:
            case Genesis() if self._rules is None:
                self._rules = RulesHistory.of(statement.event.rules)
            case RulesChange() if self._rules is not None:
                self._rules = self._rules.followed_by(statement.event.rules, index + 1)
            case _:
                pass


def _finish(pending: _Pending) -> Iterator[Read]:
    reads, verdicts = pending
    found = iter(verdicts())
    for read in reads:
        yield read if read.statement is None else read._replace(prechecked=next(found))
