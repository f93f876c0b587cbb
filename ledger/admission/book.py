"""The book: all state that a judgement looks up, and how effects enter it.

A book is a projection of the entries. :class:`MemoryBook` keeps it in dictionaries
(verifier, tests); the store keeps it in tables behind the same protocol.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from ledger.log.chains import Head
from ledger.materials.records import CitationUse, Effects, FileUse, Lookup, Lot, MaterialBook, Run, Shipment
from schemas.documents import Citation
from schemas.findings import Finding
from schemas.party import Party


class KeyRecord(NamedTuple):
    """A key that was registered once; its status is taken at an entry's own index."""

    keyid: str
    participant: str
    algorithm: str
    der: bytes
    added: int
    revoked: int | None = None

    @property
    def is_active(self) -> bool:
        """Whether no entry has revoked it yet."""
        return self.revoked is None


class Facts(NamedTuple):
    """What the genesis says of the ledger as a whole, and what rules hold now."""

    genesis: str
    origin: str
    log_keys: tuple[str, str]
    rules: int
    authorities: tuple[str, ...]


class SignedEntry(NamedTuple):
    """An entry that a key signed, with the lots that it names."""

    index: int  # type: ignore[assignment]
    statement: str
    lots: tuple[str, ...]


@dataclass(slots=True)
class Registrations(Effects):
    """Effects of the events about parties, beside those on materials."""

    parties: dict[str, Party] = field(default_factory=dict)
    keys: dict[str, KeyRecord] = field(default_factory=dict)
    facts: Facts | None = None


class Book(MaterialBook, Protocol):
    """What admission may look up."""

    @property
    def facts(self) -> Facts | None:
        """The ledger's facts, ``None`` before the genesis."""
        ...

    @property
    def size(self) -> int:
        """How many entries the book has folded."""
        ...

    @property
    def keys(self) -> Lookup[str, KeyRecord]:
        """Keys by keyid."""
        ...

    @property
    def heads(self) -> Lookup[tuple[str, str], Head]:
        """The last statement per issuer and chain."""
        ...

    @property
    def statements(self) -> Lookup[str, int]:
        """The index of each statement id."""
        ...

    def chain_count(self, issuer: str) -> int:
        """Return how many chains a party has begun."""
        ...

    def party_under(self, prefix: str) -> str | None:
        """Return a party whose id begins with ``prefix``, if there is one."""
        ...

    def signed_since(self, keyid: str, time: str) -> Iterable[SignedEntry]:
        """Return the entries signed by a key and not covered by a checkpoint before ``time``."""
        ...


class MemoryBook:
    """A book in dictionaries; ``kept`` are ``(time, size)`` of the kept checkpoints."""

    def __init__(self, kept: Sequence[tuple[str, int]] = ()) -> None:
        """Begin empty."""
        self.facts: Facts | None = None
        self.size = 0
        self.parties: dict[str, Party] = {}
        self.keys: dict[str, KeyRecord] = {}
        self.heads: dict[tuple[str, str], Head] = {}
        self.statements: dict[str, int] = {}
        self.lots: dict[str, Lot] = {}
        self.runs: dict[str, Run] = {}
        self.shipments: dict[str, Shipment] = {}
        self.citations: dict[Citation, CitationUse] = {}
        self.files: dict[str, FileUse] = {}
        self.findings: list[Finding] = []
        self.kept = list(kept)
        self._signed: dict[str, list[SignedEntry]] = {}

    def chain_count(self, issuer: str) -> int:
        """Return how many chains a party has begun."""
        return sum(1 for party, _ in self.heads if party == issuer)

    def party_under(self, prefix: str) -> str | None:
        """Return a party whose id begins with ``prefix``, if there is one."""
        return next((party for party in sorted(self.parties) if party.startswith(prefix)), None)

    def signed_since(self, keyid: str, time: str) -> list[SignedEntry]:
        """Return the entries signed by a key and not covered by a checkpoint before ``time``."""
        covered = covered_before(time, self.kept, self.size)
        return [entry for entry in self._signed.get(keyid, ()) if entry.index >= covered]

    def note_signatures(self, keyids: Iterable[str], entry: SignedEntry) -> None:
        """Remember who signed an entry."""
        for keyid in keyids:
            self._signed.setdefault(keyid, []).append(entry)

    def apply(self, effects: Effects) -> None:
        """Let the effects of one accepted event enter."""
        self.lots.update(effects.lots)
        self.runs.update(effects.runs)
        self.shipments.update(effects.shipments)
        self.citations.update(effects.citations)
        self.files.update(effects.files)
        self.findings.extend(effects.findings)
        if isinstance(effects, Registrations):
            self.parties.update(effects.parties)
            self.keys.update(effects.keys)
            self.facts = effects.facts or self.facts


def covered_before(time: str, kept: Iterable[tuple[str, int]], size: int) -> int:
    """Return how many entries a kept checkpoint from before ``time`` covers.

    Only checkpoints of at most ``size`` count, so that a replay sees what the
    sequencer saw when it judged.
    """
    return max((at for when, at in kept if when < time and at <= size), default=0)
