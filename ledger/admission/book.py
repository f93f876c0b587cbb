"""The book: all state that a judgement looks up, and how effects enter it.

A book is a projection of the entries. :class:`MemoryBook` keeps it in dictionaries
(verifier, tests); the store keeps it in tables behind the same protocol.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from io import SEEK_END, BytesIO
from typing import BinaryIO, NamedTuple, Self

from ledger.admission.state import Facts, LedgerLogs, LedgerState, stamp_facts
from ledger.materials.state.book import Effects, LoggedEvent, Lookup, MaterialBook
from ledger.materials.state.memory_book import MaterialMemory
from schemas.events import parse_event
from schemas.ids import KeyId, LotId, PartyId, StatementId
from schemas.rules.version import Rules
from schemas.versions import newest


class SignedEntry(NamedTuple):
    """An entry that a key signed, with the lots that it names."""

    index: int  # type: ignore[assignment]
    statement: StatementId
    lots: tuple[LotId, ...]


class Registrations(Effects, LedgerState, LedgerLogs):
    """Effects of the events about parties, beside those on materials."""

    def __init__(self, facts: Facts | None = None) -> None:
        """Begin with no change but that of the ledger's facts, where there is one."""
        super().__init__()
        self.facts = facts

    def entered_at(self, index: int) -> Self:
        """Return these effects as those of the entry ``index``."""
        entered = super().entered_at(index)
        if self.facts is not None:
            entered.facts = stamp_facts(self.facts, index)
        return entered


class Book(MaterialBook, LedgerState):
    """What admission may look up.

    Attributes:
        facts: the ledger's facts, ``None`` before the genesis.
        size: how many entries the book has folded.
        statements: the index of each statement id.
    """

    facts: Facts | None
    size: int
    statements: Lookup[StatementId, int]

    @property
    def rules(self) -> Rules:
        """The version in force at its size."""
        return self.facts.rules.at(self.size) if self.facts is not None else newest()

    @abstractmethod
    def chain_count(self, issuer: PartyId) -> int:
        """Return how many chains a party has begun."""

    @abstractmethod
    def party_under(self, prefix: str) -> PartyId | None:
        """Return a party whose id begins with ``prefix``, if there is one."""

    @abstractmethod
    def signed_since(self, keyid: KeyId, time: str) -> Iterable[SignedEntry]:
        """Return the entries signed by a key and not covered by a checkpoint before ``time``."""


class KeptHistory:
    """The entries about materials, their events as they came in a file, in memory if none is given."""

    def __init__(self, file: BinaryIO | None = None) -> None:
        """Begin empty."""
        self._file: BinaryIO = file or BytesIO()
        self._entries: dict[int, tuple[StatementId, PartyId, str, Rules, int, int]] = {}
        self._indexes: dict[StatementId, int] = {}
        self._naming: dict[LotId, list[int]] = {}

    def note(self, logged: LoggedEvent, event: bytes, lots: Iterable[LotId]) -> None:
        """Remember an entry, and which lots it names."""
        place = self._file.seek(0, SEEK_END)
        self._file.write(event)
        self._entries[logged.index] = (
            logged.statement,
            logged.issuer,
            logged.occurred_at,
            logged.rules,
            place,
            len(event),
        )
        self._indexes[logged.statement] = logged.index
        for lot in lots:
            self._naming.setdefault(lot, []).append(logged.index)

    def indexes(self) -> list[int]:
        """Return the indexes of all entries about materials, ascending."""
        return sorted(self._entries)

    def naming(self, lots: Iterable[LotId]) -> list[int]:
        """Return the indexes of the entries that name one of the lots, ascending."""
        return sorted({index for lot in lots for index in self._naming.get(lot, ())})

    def logged_events(self, indexes: Iterable[int]) -> list[LoggedEvent]:
        """Return the entries of these indexes, ascending."""
        return [self._logged(index) for index in sorted(indexes)]

    def said_by(self, issuer: PartyId) -> list[LoggedEvent]:
        """Return all that a party said of materials, in the order of the ledger."""
        return self.logged_events(index for index, row in self._entries.items() if row[1] == issuer)

    def logged_of(self, statement: StatementId) -> LoggedEvent | None:
        """Return the entry of a statement."""
        index = self._indexes.get(statement)
        return None if index is None else self._logged(index)

    def _logged(self, index: int) -> LoggedEvent:
        statement, issuer, occurred_at, rules, place, length = self._entries[index]
        self._file.seek(place)
        event = parse_event(self._file.read(length), issuer, rules, self._rules_of)
        return LoggedEvent(
            index=index,
            statement=statement,
            issuer=issuer,
            occurred_at=occurred_at,
            event=event,  # type: ignore[arg-type]
            rules=rules,
        )

    def _rules_of(self, statement: StatementId) -> Rules | None:
        index = self._indexes.get(statement)
        return None if index is None else self._entries[index][3]


class MemoryBook(MaterialMemory, Book):
    """A book in dictionaries; ``kept`` are ``(time, size)`` of the kept checkpoints.

    ``file`` takes the events, to which a correction goes back.
    """

    def __init__(self, kept: Sequence[tuple[str, int]] = (), file: BinaryIO | None = None) -> None:
        """Begin empty."""
        self.past = KeptHistory(file)
        super().__init__(self.past)
        self.facts: Facts | None = None
        self.size = 0
        self.statements: dict[StatementId, int] = {}
        self.kept = list(kept)
        self._signed: dict[KeyId, list[SignedEntry]] = {}

    def chain_count(self, issuer: PartyId) -> int:
        """Return how many chains a party has begun."""
        return sum(1 for party, _ in self.heads if party == issuer)

    def party_under(self, prefix: str) -> PartyId | None:
        """Return a party whose id begins with ``prefix``, if there is one."""
        return next((party for party in sorted(self.parties) if party.startswith(prefix)), None)

    def signed_since(self, keyid: KeyId, time: str) -> list[SignedEntry]:
        """Return the entries signed by a key and not covered by a checkpoint before ``time``."""
        covered = covered_before(time, self.kept, self.size)
        return [entry for entry in self._signed.get(keyid, ()) if entry.index >= covered]

    def note_signatures(self, keyids: Iterable[KeyId], entry: SignedEntry) -> None:
        """Remember who signed an entry."""
        for keyid in keyids:
            self._signed.setdefault(keyid, []).append(entry)

    def let_in(self, effects: Effects, index: int) -> None:
        """Let effects in as they are, which know the entry ``index`` that they are of."""
        super().let_in(effects, index)
        if isinstance(effects, Registrations):
            self.facts = effects.facts or self.facts


def covered_before(time: str, kept: Iterable[tuple[str, int]], size: int) -> int:
    """Return how many entries a kept checkpoint from before ``time`` covers.

    Only checkpoints of at most ``size`` count, so that a replay sees what the
    sequencer saw when it judged.
    """
    return max((at for when, at in kept if when < time and at <= size), default=0)
