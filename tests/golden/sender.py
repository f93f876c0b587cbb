"""The sending side of a recording: keys that anybody can make, chains, and every submission kept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from ledger.log.chains import Head, next_link
from ledger.log.composing import compose
from ledger.log.envelopes import statement_id
from ledger.log.sealed import digest_of, make_disclosure
from ledger.log.signers import FileSigner, prove_possession
from ledger.submission import Submission, write_submission
from schemas.encoding import encode_base64
from schemas.instants import format_time
from schemas.strict_json import dump_json
from tests.golden.door import Door, log_signer, throwaway_signer

AUTHORITY = "AUTHORITY"
ALGORITHMS = {"GLENCORE": ("ecdsa-p256",), "CERT": ("ed25519", "ml-dsa-44")}
"""Parties with other keys than one of Ed25519."""


class Sender:
    """Signs for all parties of one ledger and hands in statement by statement."""

    def __init__(self, door: Door, name: str, origin: str, seconds: int) -> None:
        self._door = door
        self._name = name
        self.origin = origin
        self.time = format_time(seconds)
        self.wires: list[bytes] = []
        self.outcomes: list[Any] = []
        self.signers: dict[str, list[FileSigner]] = {AUTHORITY: [throwaway_signer("ed25519", AUTHORITY)]}
        self.registrations: dict[str, str] = {}
        self.heads: dict[tuple[str, str], Head] = {}
        self.genesis = self._found()

    def _found(self) -> str:
        key = self.signers[AUTHORITY][0].public_key
        authority = {"id": AUTHORITY, "name": AUTHORITY, "country": "CH", "keys": [_described(key)]}
        event = {
            "type": "genesis", "origin": self.origin, "rules": 1, "log_keys": list(log_signer(self.origin).vkeys),
            "authority": authority,
        }  # fmt: skip
        made = self.hand_in(AUTHORITY, event, link=(1, "0" * 64))
        assert made is not None
        self.registrations[AUTHORITY] = made
        return made

    def enrol(self, line: dict[str, Any]) -> None:
        """Register a party with keys of its own; it must be taken."""
        party = line["event"]["id"]
        algorithms = ALGORITHMS.get(party, ("ed25519",))
        self.signers[party] = [throwaway_signer(algorithm, party) for algorithm in algorithms]
        event = {**line["event"], "keys": [self.proven(signer, party) for signer in self.signers[party]]}
        made = self.hand_in(AUTHORITY, event, line.get("occurred_at"))
        assert made is not None, self.outcomes[-1]
        self.registrations[party] = made

    def proven(self, signer: FileSigner, party: str) -> dict[str, str]:
        """Return a public key with its proof of possession."""
        return {
            **_described(signer.public_key),
            "proof": encode_base64(prove_possession(signer, self.origin, party)),
        }

    def hand_in(
        self, party: str, event: dict[str, Any], occurred_at: str | None = None, *, chain: str = "main",
        private: dict[str, str] | None = None, link: tuple[int, str] | None = None,
        signers: Sequence[FileSigner] | None = None, origin: str | None = None,
    ) -> str | None:  # fmt: skip
        """Sign and hand in; return the statement id where it was taken, and let the chain move on."""
        document, disclosures = self._document(event, private or {})
        known = self.registrations.get(party, "0" * 64)
        link = link or next_link(self.heads.get((party, chain)), known)
        keys = signers or self.signers.get(party) or [throwaway_signer("ed25519", "nobody")]
        envelope = compose(origin or self.origin, party, chain, link, occurred_at or self.time, document, keys)
        outcome = self.send(write_submission(Submission(envelope, document, disclosures)))
        if not outcome.get("new"):
            return None
        made = statement_id(envelope.payload)
        self.heads[party, chain] = Head(link[0], made)
        return made

    def send(self, wire: bytes) -> Any:
        """Hand in what is signed already, and keep it with its outcome."""
        (outcome,) = self._door.submit([wire])
        self.wires.append(wire)
        self.outcomes.append(outcome)
        return outcome

    def _document(self, event: dict[str, Any], private: dict[str, str]) -> tuple[bytes, tuple[str, ...]]:
        disclosures = sorted(
            (make_disclosure(name, value, self._bytes(name)).text for name, value in private.items()), key=digest_of
        )
        members = {"nonce": self._bytes("nonce").hex(), **event}
        if disclosures:
            members["sealed"] = [digest_of(text) for text in disclosures]
        return dump_json(members), tuple(disclosures)

    def _bytes(self, what: str) -> bytes:
        """Return 16 bytes that are new for each statement and the same in each run."""
        return hashlib.sha256(f"{self._name} {len(self.wires)} {what}".encode()).digest()[:16]


def _described(key: Any) -> dict[str, str]:
    return {"algorithm": key.algorithm, "public_key": encode_base64(key.der)}
