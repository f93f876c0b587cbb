"""A ledger of throw-away keys under a clock that stands still: the same statements give the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ledger.home.folder import Folder
from ledger.journal.answers import Answer, Taken
from ledger.journal.journal import Journal
from ledger.journal.publishing import Publisher
from ledger.journal.sequencer import Sequencer
from ledger.log.chains import Head, next_link
from ledger.log.checkpoint import LogSigner
from ledger.log.composing import compose
from ledger.log.envelopes import statement_id
from ledger.log.sealed import digest_of
from ledger.log.signers import prove_possession
from ledger.log.statements import ZERO_ID, parse_header
from ledger.store.engines import sqlite_url
from ledger.store.store import Store
from ledger.submission import Submission
from schemas.encoding import encode_base64
from schemas.strict_json import dump_json
from tests.vault.throwaway_keys import KeptSignatures, ThrowawaySigner

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


class VaultLedger:
    """A ledger in a folder, its parties' keys, and statements to hand in."""

    def __init__(self, directory: Path, kept: KeptSignatures, database: str | None = None) -> None:
        """Make the ledger with its genesis."""
        directory.mkdir(parents=True)
        self._kept = kept
        self._nonces = 0
        self.clock = VaultClock()
        self.signers: dict[str, list[ThrowawaySigner]] = {}
        self.heads: dict[tuple[str, str], Head] = {}
        self.registrations: dict[str, str] = {"AUTHORITY": ZERO_ID}
        self.log = LogSigner(ORIGIN, self.key("LOG", "ed25519"), self.key("LOG", "ml-dsa-44"))
        self.signers["AUTHORITY"] = [self.key("AUTHORITY", "ed25519")]
        genesis = self.sign("AUTHORITY", self._genesis())
        self.genesis = statement_id(genesis.envelope.payload)
        folder = Folder(directory, ORIGIN, self.genesis, database or sqlite_url(directory / "ledger.db"))
        self.store = Store.open(folder.database)
        publisher = Publisher(folder.published, self.log.keys)
        self.journal = Journal(self.store, Sequencer(self.store, self.log, self.clock), publisher)
        self.take(genesis)
        self.registrations["AUTHORITY"] = self.genesis
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

    def key(self, name: str, algorithm: str) -> ThrowawaySigner:
        """Return the key of a name and algorithm."""
        return ThrowawaySigner(name, algorithm, self._kept)

    def proven(self, signer: ThrowawaySigner, party: str) -> dict[str, str]:
        """Return a public key with its proof of possession, as events carry it."""
        return {**_public(signer), "proof": encode_base64(prove_possession(signer, ORIGIN, party))}

    def sign(
        self, party: str, event: dict[str, Any], *, chain: str = "main", at: str = "2026-01-05T06:00:00Z",
        signers: Iterable[ThrowawaySigner] | None = None, link: tuple[int, str] | None = None,
        sealed: Sequence[str] = (), origin: str = ORIGIN,
    ) -> Submission:  # fmt: skip
        """Return a party's next statement; the chain does not move on yet."""
        self._nonces += 1
        members = {"nonce": hashlib.sha256(b"vault %d" % self._nonces).hexdigest()[:32], **event}
        if sealed:
            members["sealed"] = sorted(map(digest_of, sealed))
        document = dump_json(members)
        link = link or next_link(self.heads.get((party, chain)), self.registrations.get(party, ZERO_ID))
        with_keys = self.signers[party] if signers is None else signers
        return Submission(compose(origin, party, chain, link, at, document, with_keys), document, tuple(sealed))

    def submit(self, submission: Submission) -> Answer:
        """Hand in a statement."""
        (answer,) = self.journal.submit([submission])
        assert answer is not None
        return answer

    def take(self, submission: Submission) -> Taken:
        """Hand in a statement that is taken; the chain moves on, and a minute passes."""
        answer = self.submit(submission)
        assert isinstance(answer, Taken), answer
        header = parse_header(submission.envelope.payload)
        self.heads[header.issuer, header.chain] = Head(header.sequence, answer.id)
        self.clock.seconds += 60
        return answer

    def say(self, party: str, event: dict[str, Any], **how: Any) -> Taken:
        """Sign and hand in a statement that is taken."""
        return self.take(self.sign(party, event, **how))

    def enrol(self, party: str, *roles: str, algorithms: Sequence[str] = ("ed25519",), **more: Any) -> Taken:
        """Register a party with a key of each algorithm."""
        self.signers[party] = [self.key(party, algorithm) for algorithm in algorithms]
        keys = [self.proven(signer, party) for signer in self.signers[party]]
        event = {
            "type": "participant", "id": party, "name": f"Vault {party}", "roles": list(roles), "country": "IN",
            "identifiers": {}, "keys": keys, **more,
        }  # fmt: skip
        taken = self.say("AUTHORITY", event)
        self.registrations[party] = taken.id
        return taken

    def _genesis(self) -> dict[str, Any]:
        keys = [_public(self.signers["AUTHORITY"][0])]
        authority = {"id": "AUTHORITY", "name": "Vault authority", "country": "CH", "keys": keys}
        return {
            "type": "genesis", "origin": ORIGIN, "rules": 1, "log_keys": list(self.log.vkeys), "authority": authority,
        }  # fmt: skip


def _public(signer: ThrowawaySigner) -> dict[str, str]:
    key = signer.public_key
    return {"algorithm": key.algorithm, "public_key": encode_base64(key.der)}
