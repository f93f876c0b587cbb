"""The sending side of a recording: keys that anybody can make, chains, and every submission kept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from ledger.log.sealed import digest_of, make_disclosure
from ledger.log.signers import FileSigner
from ledger.submission import write_submission
from schemas.ids import StatementId
from schemas.instants import format_time
from tests.golden.door import Door, log_signer, throwaway_signer
from tests.world.parties import AUTHORITY, Parties

ALGORITHMS = {"GLENCORE": ("ecdsa-p256",), "CERT": ("ed25519", "ml-dsa-44")}
"""Parties with other keys than one of Ed25519."""


class Sender(Parties[StatementId | None]):
    """Signs for all parties of one ledger and hands in statement by statement; an outcome is the statement's id."""

    def __init__(self, door: Door, name: str, origin: str, seconds: int) -> None:
        super().__init__(origin)
        self._door = door
        self._name = name
        self.at = format_time(seconds)
        self.wires: list[bytes] = []
        self.outcomes: list[Any] = []
        self.signers[AUTHORITY] = [self.key(AUTHORITY)]
        made = self.hand_in(AUTHORITY, self.founding(log_signer(origin), AUTHORITY))
        assert made is not None
        self.genesis = self.registrations[AUTHORITY] = made

    def key(self, name: str, algorithm: str = "ed25519") -> FileSigner:
        """Return the key that anybody can make of a name."""
        return throwaway_signer(algorithm, name)

    def nonce(self) -> str:
        """Return a nonce that is the same in each run."""
        return self._bytes("nonce").hex()

    def register(self, line: dict[str, Any]) -> None:
        """Register a party with keys of its own, as a line says; it must be taken."""
        party = line["event"]["id"]
        self.signers[party] = [self.key(party, algorithm) for algorithm in ALGORITHMS.get(party, ("ed25519",))]
        event = {**line["event"], "keys": [self.proven(signer, party) for signer in self.signers[party]]}
        made = self.hand_in(AUTHORITY, event, line.get("occurred_at"))
        assert made is not None, self.outcomes[-1]
        self.registrations[party] = made

    def hand_in(
        self, party: str, event: dict[str, Any], at: str | None = None, *, private: dict[str, str] | None = None,
        signers: Sequence[FileSigner] | None = None, **how: Any,
    ) -> StatementId | None:  # fmt: skip
        """Sign and hand in; return the statement id where it was taken, and let the chain move on."""
        made = (make_disclosure(name, value, self._bytes(name)).text for name, value in (private or {}).items())
        keys = signers or self.signers.get(party) or [self.key("nobody")]
        submission = self.sign(party, event, at=at, signers=keys, sealed=sorted(made, key=digest_of), **how)
        outcome = self.send(write_submission(submission))
        return self.follow(submission) if outcome.get("new") else None

    def send(self, wire: bytes) -> Any:
        """Hand in what is signed already, and keep it with its outcome."""
        (outcome,) = self._door.submit([wire])
        self.wires.append(wire)
        self.outcomes.append(outcome)
        return outcome

    def _bytes(self, what: str) -> bytes:
        """Return 16 bytes that are new for each statement and the same in each run."""
        return hashlib.sha256(f"{self._name} {len(self.wires)} {what}".encode()).digest()[:16]
