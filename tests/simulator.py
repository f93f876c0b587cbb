"""A ledger in memory that an attacker can hold in hand: grown honestly, or forced.

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
from ledger.log.chains import Head, next_link
from ledger.log.checkpoint import Checkpoint, LogSigner
from ledger.log.composing import compose
from ledger.log.envelopes import Envelope, EnvelopeSignature, format_entry, pae, parse_entry, statement_id
from ledger.log.merkle import HASH_BYTES, inclusion_path, leaf_hash, node_hash, root_of
from ledger.log.signers import FileSigner, prove_possession
from ledger.log.statements import ZERO_ID, parse_header
from ledger.log.tiles import ENTRIES, TILE_HEIGHT, TILE_WIDTH, TileId, format_entry_bundle
from ledger.materials.state.book import LoggedEvent
from ledger.materials.state.kind import Kind, Rows
from ledger.materials.state.records import Posting
from ledger.verify.closure import FileHistory
from schemas.encoding import encode_base64
from schemas.errors import LedgerError
from schemas.events import PartyEvent
from schemas.findings import Finding
from schemas.instants import format_time
from schemas.rules.version import Rules
from schemas.strict_json import dump_json
from schemas.versions import VERSION_1

ORIGIN = "ledger.example.com/ace"
START_S = 1_767_225_600  # 2026-01-01T00:00:00Z
OCCURRED_AT = "2026-01-01T00:00:00Z"


class LedgerSimulator:
    """Keys of all parties, the entries so far, and the state that they fold into."""

    def __init__(self, origin: str = ORIGIN) -> None:
        self.origin = origin
        self.log = LogSigner(origin, FileSigner.generate("ed25519"), FileSigner.generate("ml-dsa-44"))
        self.signers: dict[str, list[FileSigner]] = {"AUTHORITY": [FileSigner.generate("ed25519")]}
        self.book = MemoryBook()
        self.entries: list[bytes] = []
        self.events: list[bytes] = []
        self.heads: dict[tuple[str, str], Head] = {}
        self.kept: list[tuple[str, int, bytes]] = []
        self._nonce = 0
        keys = [_public(self.signers["AUTHORITY"][0])]
        authority = {"id": "AUTHORITY", "name": "Authority", "country": "CH", "keys": keys}
        event = {
            "type": "genesis",
            "origin": origin,
            "rules": 1,
            "log_keys": list(self.log.vkeys),
            "authority": authority,
        }
        self.say("AUTHORITY", event)
        self.keep()

    @property
    def genesis(self) -> str:
        """The statement id that users pin."""
        assert self.book.facts is not None
        return self.book.facts.genesis

    @property
    def size(self) -> int:
        """How many entries there are."""
        return len(self.entries)

    def enrol(self, party: str, *roles: str, algorithms: Iterable[str] = ("ed25519",), **more: Any) -> int:
        """Register a party with a new key per algorithm."""
        self.signers[party] = [FileSigner.generate(algorithm) for algorithm in algorithms]
        keys = [self.proven(signer, party) for signer in self.signers[party]]
        names = {"id": party, "name": f"={party}", "roles": list(roles), "country": "IN", "identifiers": {"gln": "1"}}
        return self.say("AUTHORITY", {"type": "participant", **names, "keys": keys, **more})

    def proven(self, signer: FileSigner, party: str) -> dict[str, str]:
        """Return a key with its proof of possession, as events carry it."""
        return {**_public(signer), "proof": encode_base64(prove_possession(signer, self.origin, party))}

    def document(self, event: dict[str, Any]) -> bytes:
        """Return the event document with a nonce of its own."""
        self._nonce += 1
        return dump_json({"nonce": f"{self._nonce:032x}", **event})

    def sign(
        self, issuer: str, document: bytes, *, chain: str = "main", signers: Iterable[FileSigner] | None = None,
        link: tuple[int, str] | None = None, occurred_at: str = OCCURRED_AT,
    ) -> Envelope:  # fmt: skip
        """Sign a statement that continues the issuer's chain, unless another link is given."""
        party = self.book.parties.get(issuer)
        link = link or next_link(self.heads.get((issuer, chain)), party.registration if party else ZERO_ID)
        with_keys = self.signers[issuer] if signers is None else signers
        return compose(self.origin, issuer, chain, link, occurred_at, document, with_keys)

    def say(self, issuer: str, event: dict[str, Any], **how: Any) -> int:
        """Take an honest statement; return its index."""
        document = self.document(event)
        statement = read_ahead_of(self.sign(issuer, document, **how), document, self.versions)
        verdict = admit(statement, self.book)
        assert isinstance(verdict, Accepted)
        enter(verdict, self.book)
        return self.append(statement.envelope, document)

    @property
    def versions(self) -> Iterable[Rules]:
        """The versions of the rules that have held, the newest first."""
        return self.book.facts.rules.versions if self.book.facts is not None else (VERSION_1,)

    def read_entry(self, index: int) -> Statement:
        """Read an entry as the rules of its own index do."""
        assert self.book.facts is not None
        rules, places = self.book.facts.rules, self.book.statements

        def replaced(target: str) -> Rules | None:
            return rules.at(places[target]) if target in places else None

        return read_statement(parse_entry(self.entries[index]), self.events[index], rules.at(index), replaced=replaced)

    def force(self, issuer: str, event: dict[str, Any], **how: Any) -> int:
        """Put a statement into the tree without asking the judge; return its index."""
        document = self.document(event)
        return self.append(self.sign(issuer, document, **how), document)

    def append(self, envelope: Envelope, document: bytes) -> int:
        """Put an envelope into the tree as it is; return its index."""
        header = parse_header(envelope.payload)
        self.heads[header.issuer, header.chain] = Head(header.sequence, statement_id(envelope.payload))
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

    def snapshot(self) -> SimulatedSnapshot:
        """Return the ledger as it stands, for the writers."""
        return SimulatedSnapshot(self)


class SimulatedSnapshot(LedgerState):
    """What the writers read: the same answers as the store's snapshot gives."""

    def __init__(self, ledger: LedgerSimulator) -> None:
        self.size = ledger.size
        self.facts = ledger.book.facts
        self._ledger = ledger
        self._book = ledger.book
        self._note = ledger.note()
        self._nodes: dict[tuple[int, int], bytes] = {
            (0, index): leaf_hash(entry) for index, entry in enumerate(ledger.entries)
        }

    @property
    def rules(self) -> Rules:
        return self._book.rules

    def checkpoint(self) -> bytes:
        return self._note

    def entries(self, start: int, stop: int) -> Iterator[tuple[int, bytes, bytes]]:
        return self.some_entries(range(start, min(stop, self.size)))

    def some_entries(self, indexes: Iterable[int]) -> Iterator[tuple[int, bytes, bytes]]:
        for index in sorted(set(indexes)):
            yield index, self._ledger.entries[index], self._ledger.events[index]

    def tile(self, tile: TileId) -> bytes:
        span = range(tile.number * TILE_WIDTH, tile.number * TILE_WIDTH + tile.width)
        if tile.level == ENTRIES:
            return format_entry_bundle([self._ledger.entries[index] for index in span])
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
                readable[index] = self._ledger.read_entry(index)
        history = FileHistory(readable)
        return iter(history.logged_events(history.indexes()))

    def all_findings(self) -> Iterator[Finding]:
        return iter(self._book.all_findings())

    @property
    def history(self) -> FileHistory:
        return FileHistory({index: self._ledger.read_entry(index) for index in range(self.size)})

    def party_entries(self) -> list[int]:
        return [index for index in range(self.size) if isinstance(self._ledger.read_entry(index).event, PartyEvent)]

    def kept_checkpoints(self) -> Iterator[tuple[str, int, bytes]]:
        return iter(self._ledger.kept)

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


def _public(signer: FileSigner) -> dict[str, str]:
    key = signer.public_key
    return {"algorithm": key.algorithm, "public_key": encode_base64(key.der)}
