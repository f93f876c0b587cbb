"""A ledger of throw-away keys under a clock that stands still: the same statements give the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ledger.home.folder import Folder
from ledger.journal.answers import Answer, Taken
from ledger.journal.journal import Journal
from ledger.journal.publishing import Publisher
from ledger.journal.sequencer import Sequencer
from ledger.log.checkpoint import LogSigner
from ledger.log.signers import FileSigner
from ledger.store.engines import sqlite_url
from ledger.store.store import Store
from ledger.submission import Submission
from tests.vault.throwaway_keys import KeptSignatures, ThrowawaySigner
from tests.world.parties import AUTHORITY, Event, Parties, id_of

ORIGIN = "ledger.example.com/vault"
START = 1_770_681_600  # 2026-02-10T00:00:00Z


class VaultClock:
    """Goes on by a minute when it is asked to."""

    def __init__(self) -> None:
        """Begin at :data:`START`."""
        self.seconds = START

    def now(self) -> int:
        """Return Unix time in whole seconds."""
        return self.seconds


class VaultLedger(Parties[Taken]):
    """A ledger in a folder, whose parties have throw-away keys."""

    def __init__(self, directory: Path, kept: KeptSignatures, database: str | None = None) -> None:
        """Make the ledger with its genesis."""
        super().__init__(ORIGIN)
        directory.mkdir(parents=True)
        self._kept = kept
        self.clock = VaultClock()
        self.log = LogSigner(ORIGIN, self.key("LOG", "ed25519"), self.key("LOG", "ml-dsa-44"))
        self.signers[AUTHORITY] = [self.key(AUTHORITY, "ed25519")]
        genesis = self.sign(AUTHORITY, self.founding(self.log, "Vault authority"))
        self.genesis = id_of(genesis)
        folder = Folder(directory, ORIGIN, self.genesis, database or sqlite_url(directory / "ledger.db"))
        self.store = Store.open(folder.database)
        publisher = Publisher(folder.published, self.log.keys)
        self.journal = Journal(self.store, Sequencer(self.store, self.log, self.clock), publisher)
        self.hand_in(genesis)
        self.registrations[AUTHORITY] = self.genesis
        folder.save()

    def __enter__(self) -> Self:
        """Keep the ledger open."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the ledger."""
        self.journal.close()
        self.store.close()

    def key(self, name: str, algorithm: str = "ed25519") -> ThrowawaySigner:
        """Return the key of a name and algorithm."""
        return ThrowawaySigner(name, algorithm, self._kept)

    def nonce(self) -> str:
        """Return the nonce of the vault's next event."""
        super().nonce()
        return hashlib.sha256(b"vault %d" % self._said).hexdigest()[:32]

    def participant(self, party: str, *roles: str, signers: Iterable[FileSigner], **more: Any) -> dict[str, Any]:
        """Return the event that registers a party, under a name that says where it is from."""
        return super().participant(party, *roles, signers=signers, **{"name": f"Vault {party}", **more})

    def submit(self, submission: Submission) -> Answer:
        """Hand in a statement."""
        (answer,) = self.journal.submit([submission])
        assert answer is not None
        return answer

    def hand_in(self, submission: Submission) -> Taken:
        """Hand in a statement that is taken; the chain moves on, and a minute passes."""
        answer = self.submit(submission)
        assert isinstance(answer, Taken), answer
        self.follow(submission)
        self.clock.seconds += 60
        return answer

    def say(self, party: str, event: Event, **how: Any) -> Taken:
        """Sign and hand in a statement that is taken."""
        return self.hand_in(self.sign(party, event, **how))
