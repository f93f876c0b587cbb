"""A world in memory that an attacker can hold in hand: grown honestly, or forced.

``say`` signs a statement and takes it only if the ledger's own judge admits it;
``force`` puts it into the tree whatever the judge thinks, as an operator could who
holds the log's keys. ``snapshot`` offers what the writers of bundle and export need.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from ledger.admission.book import MemoryBook
from ledger.admission.judge import Accepted, admit, enter
from ledger.admission.state import LedgerState
from ledger.admission.statements import Statement, read_ahead_of, read_statement
from ledger.log.checkpoint import Checkpoint, LogSigner
from ledger.log.envelopes import Envelope, EnvelopeSignature, format_entry, pae, parse_entry
from ledger.log.merkle import HASH_BYTES, inclusion_path, leaf_hash, node_hash, root_of
from ledger.log.signers import FileSigner
from ledger.log.statements import ZERO_ID
from ledger.log.tiles import ENTRIES, TILE_HEIGHT, TILE_WIDTH, TileId, format_entry_bundle
from ledger.materials.state.book import LoggedEvent
from ledger.materials.state.kind import Kind, Rows
from ledger.materials.state.records import Posting
from ledger.verify.closure import FileHistory
from schemas.errors import LedgerError
from schemas.events import PartyEvent
from schemas.findings import Finding
from schemas.ids import LotId, PartyId, StatementId
from schemas.instants import format_time
from schemas.rules.version import Rules
from schemas.versions import VERSION_1
from tests.world.parties import AUTHORITY, ORIGIN, Event, Parties

START_S = 1_767_225_600  # 2026-01-01T00:00:00Z


class MemoryWorld(Parties[int]):
    """The parties, the entries so far, and the book that they fold into; an outcome is an index."""

    at = "2026-01-01T00:00:00Z"

    def __init__(self, origin: str = ORIGIN) -> None:
        super().__init__(origin)
        self.log = LogSigner(origin, FileSigner.generate("ed25519"), FileSigner.generate("ml-dsa-44"))
        self.book = MemoryBook()
        self.entries: list[bytes] = []
        self.events: list[bytes] = []
        self.kept: list[tuple[str, int, bytes]] = []
        self.signers[AUTHORITY] = [self.key(AUTHORITY)]
        self.say(AUTHORITY, self.founding(self.log))
        self.keep()

    @property
    def genesis(self) -> StatementId:
        """The statement id that users pin."""
        assert self.book.facts is not None
        return self.book.facts.genesis

    @property
    def size(self) -> int:
        """How many entries there are."""
        return len(self.entries)

    def registration_of(self, party: str) -> StatementId:
        """Return the statement that registered a party, as the book has it."""
        known = self.book.parties.get(PartyId(party))
        return known.registration if known else ZERO_ID

    def participant(self, party: str, *roles: str, signers: Iterable[FileSigner], **more: Any) -> dict[str, Any]:
        """Return the event that registers a party, under a name that a spreadsheet would take for a formula."""
        return super().participant(
            party, *roles, signers=signers, **{"name": f"={party}", "identifiers": {"gln": "1"}, **more}
        )

    def say(self, party: str, event: Event, **how: Any) -> int:
        """Take an honest statement; return its index."""
        submission = self.sign(party, event, **how)
        statement = read_ahead_of(submission.envelope, submission.event, self.versions)
        verdict = admit(statement, self.book)
        assert isinstance(verdict, Accepted)
        enter(verdict, self.book)
        return self.append(statement.envelope, submission.event)

    @property
    def versions(self) -> Iterable[Rules]:
        """The versions of the rules that have held, the newest first."""
        return self.book.facts.rules.versions if self.book.facts is not None else (VERSION_1,)

    def read_entry(self, index: int) -> Statement:
        """Read an entry as the rules of its own index do."""
        assert self.book.facts is not None
        rules, places = self.book.facts.rules, self.book.statements

        def replaced(target: StatementId) -> Rules | None:
            return rules.at(places[target]) if target in places else None

        return read_statement(parse_entry(self.entries[index]), self.events[index], rules.at(index), replaced=replaced)

    def force(self, party: str, event: Event, **how: Any) -> int:
        """Put a statement into the tree without asking the judge; return its index."""
        submission = self.sign(party, event, **how)
        return self.append(submission.envelope, submission.event)

    def append(self, envelope: Envelope, document: bytes) -> int:
        """Put an envelope into the tree as it is; return its index."""
        self.follow(envelope)
        self.entries.append(format_entry(envelope))
        self.events.append(document)
        self.book.size = self.size
        return self.size - 1

    def keep(self, time_s: int | None = None, *, root: bytes | None = None) -> None:
        """Keep a checkpoint of this size."""
        when = START_S + 60 * self.size if time_s is None else time_s
        self.kept.append((format_time(when), self.size, self.note(when, root)))
        self.book.kept = [(time, size) for time, size, _ in self.kept]

    def note(self, time_s: int | None = None, root: bytes | None = None) -> bytes:
        """Return a signed checkpoint of this size."""
        root = root_of(map(leaf_hash, self.entries)) if root is None else root
        when = START_S + 60 * self.size + 30 if time_s is None else time_s
        return self.log.sign(Checkpoint(self.origin, self.size, root), when)

    def snapshot(self) -> MemorySnapshot:
        """Return the ledger as it stands, for the writers."""
        return MemorySnapshot(self)


class MemorySnapshot(LedgerState):
    """What the writers read: the same answers as the store's snapshot gives."""

    def __init__(self, world: MemoryWorld) -> None:
        self.size = world.size
        self.facts = world.book.facts
        self._world = world
        self._book = world.book
        self._note = world.note()
        self._nodes: dict[tuple[int, int], bytes] = {
            (0, index): leaf_hash(entry) for index, entry in enumerate(world.entries)
        }

    @property
    def rules(self) -> Rules:
        return self._book.rules

    def checkpoint(self) -> bytes:
        return self._note

    def weighty_findings_on(self, lots: Iterable[LotId]) -> list[Finding]:
        return self._book.weighty_findings_on(lots)

    def entries(self, start: int, stop: int) -> Iterator[tuple[int, bytes, bytes]]:
        return self.some_entries(range(start, min(stop, self.size)))

    def some_entries(self, indexes: Iterable[int]) -> Iterator[tuple[int, bytes, bytes]]:
        for index in sorted(set(indexes)):
            yield index, self._world.entries[index], self._world.events[index]

    def tile(self, tile: TileId) -> bytes:
        span = range(tile.number * TILE_WIDTH, tile.number * TILE_WIDTH + tile.width)
        if tile.level == ENTRIES:
            return format_entry_bundle([self._world.entries[index] for index in span])
        content = b"".join(self._node(TILE_HEIGHT * tile.level, index) for index in span)
        assert len(content) == tile.width * HASH_BYTES
        return content

    def path(self, index: int) -> list[bytes]:
        return inclusion_path(index, self.size, self._node)

    def open_kind(self, kind: Kind[Any, Any], /) -> Rows[Any, Any]:
        return getattr(self._book, kind.name)  # type: ignore[no-any-return]

    def all_postings(self) -> list[Posting]:
        return self._book.all_postings()

    def readable_events(self) -> Iterator[LoggedEvent]:
        readable = {}
        for index in range(self.size):
            with suppress(LedgerError):
                readable[index] = self._world.read_entry(index)
        history = FileHistory(readable)
        return iter(history.logged_events(history.indexes()))

    def all_findings(self) -> Iterator[Finding]:
        return iter(self._book.all_findings())

    @property
    def history(self) -> FileHistory:
        return FileHistory({index: self._world.read_entry(index) for index in range(self.size)})

    def party_entries(self) -> list[int]:
        return [index for index in range(self.size) if isinstance(self._world.read_entry(index).event, PartyEvent)]

    def kept_checkpoints(self) -> Iterator[tuple[str, int, bytes]]:
        return iter(self._world.kept)

    def _node(self, level: int, index: int) -> bytes:
        if (level, index) not in self._nodes:
            below = self._node(level - 1, 2 * index), self._node(level - 1, 2 * index + 1)
            self._nodes[level, index] = node_hash(*below)
        return self._nodes[level, index]


def resigned(envelope: Envelope, *signers: FileSigner) -> Envelope:
    """Return the same payload under other signatures."""
    message = pae("application/vnd.battery-ledger.statement.v1+json", envelope.payload)
    signatures = [EnvelopeSignature(signer.public_key.keyid, signer.sign(message)) for signer in signers]
    return Envelope(envelope.payload, tuple(sorted(signatures)))
