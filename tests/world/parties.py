"""The parties of a test world: their keys, their chains, and the statements that they sign.

Every signed world of the tests stands on this one, whatever keeps its entries: a book in
memory, a ledger's folder, or a recording. Events are dictionaries, times texts as in the
contract; nothing here is secret.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from ledger.log.algorithms import PublicKey
from ledger.log.chains import Head, next_link
from ledger.log.checkpoint import LogSigner
from ledger.log.composing import compose
from ledger.log.envelopes import Envelope, statement_id
from ledger.log.sealed import digest_of
from ledger.log.signers import FileSigner, prove_possession
from ledger.log.statements import ZERO_ID, parse_header
from ledger.submission import Submission
from schemas.encoding import encode_base64
from schemas.ids import PartyId, StatementId
from schemas.strict_json import dump_json
from tests.world import events

ORIGIN = "ledger.example.com/ace"
AUTHORITY = "AUTHORITY"
ROLES = {"MUN": ("park",), "TEX": ("park",), "GLENCORE": ("offtaker",)}
"""Who is there unless a world says otherwise, and as what."""

Event = Mapping[str, Any]
Outcome = TypeVar("Outcome")


class Parties(Generic[Outcome]):
    """Keys and chains of all parties of one ledger.

    What is handed in by :meth:`say` a world judges in its own way, and gives back its own
    kind of outcome.
    """

    at = events.AT

    def __init__(self, origin: str = ORIGIN) -> None:
        self.origin = origin
        self.signers: dict[str, list[FileSigner]] = {}
        self.registrations: dict[str, StatementId] = {}
        self.heads: dict[tuple[str, str], Head] = {}
        self._said = 0

    def say(self, party: str, event: Event, **how: Any) -> Outcome:
        """Sign an event and hand it in; it must be taken, and the party's chain moves on."""
        raise NotImplementedError

    def key(self, name: str, algorithm: str = "ed25519") -> FileSigner:
        """Return a new key for a party; a world whose bytes must stay the same makes it from the name."""
        return FileSigner.generate(algorithm)

    def nonce(self) -> str:
        """Return 32 hex digits that no other event has."""
        self._said += 1
        return f"{self._said:032x}"

    def registration_of(self, party: str) -> StatementId:
        """Return the statement that registered a party, zeros for a stranger."""
        return self.registrations.get(party, ZERO_ID)

    def founding(self, log: LogSigner, name: str = "Authority") -> dict[str, Any]:
        """Return the genesis event of a ledger whose checkpoints ``log`` signs, with the authority's keys."""
        keys = [described(signer.public_key) for signer in self.signers[AUTHORITY]]
        authority = {"id": AUTHORITY, "name": name, "country": "CH", "keys": keys}
        return {
            "type": "genesis", "origin": self.origin, "rules": 1, "log_keys": list(log.vkeys), "authority": authority,
        }  # fmt: skip

    def proven(self, signer: FileSigner, party: str) -> dict[str, str]:
        """Return a public key with its proof of possession, as events carry it."""
        proof = encode_base64(prove_possession(signer, self.origin, PartyId(party)))
        return {**described(signer.public_key), "proof": proof}

    def added(self, party: str, signer: FileSigner, **more: Any) -> dict[str, Any]:
        """Return the event that adds a key to a party."""
        return {"type": "key", "participant": party, "action": "add", **self.proven(signer, party), **more}

    def participant(self, party: str, *roles: str, signers: Iterable[FileSigner], **more: Any) -> dict[str, Any]:
        """Return the event that registers a party with these keys, in India by default."""
        keys = [self.proven(signer, party) for signer in signers]
        return {**events.participant(party, *roles), "keys": keys, **more}

    def enrol(
        self, party: str, *roles: str, signers: Sequence[FileSigner] = (), algorithms: Iterable[str] = ("ed25519",),
        **more: Any,
    ) -> Outcome:  # fmt: skip
        """Register a party with the keys that are given, else with a new one of each algorithm; it must be taken."""
        keys = list(signers) or [self.key(party, algorithm) for algorithm in algorithms]
        outcome = self.say(AUTHORITY, self.participant(party, *roles, signers=keys, **more))
        self.signers[party] = keys
        self.registrations[party] = self.heads[AUTHORITY, "main"].id
        return outcome

    def document(self, event: Event, sealed: Iterable[str] = ()) -> bytes:
        """Return the document of an event, with a nonce of its own and the digests of sealed facts."""
        members = {"nonce": self.nonce(), **event}
        if digests := sorted(map(digest_of, sealed)):
            members["sealed"] = digests
        return dump_json(members)

    def sign(
        self, party: str, event: Event | bytes, *, chain: str = "main", at: str | None = None,
        signers: Iterable[FileSigner] | None = None, link: tuple[int, StatementId] | None = None,
        sealed: Sequence[str] = (), show: Sequence[str] | None = None, origin: str | None = None,
    ) -> Submission:  # fmt: skip
        """Return the party's next statement about an event, or about any bytes; the chain does not move on yet."""
        document = event if isinstance(event, bytes) else self.document(event, sealed)
        link = link or next_link(self.heads.get((party, chain)), self.registration_of(party))
        with_keys = self.signers[party] if signers is None else signers
        envelope = compose(origin or self.origin, PartyId(party), chain, link, at or self.at, document, with_keys)
        return Submission(envelope, document, tuple(sealed if show is None else show))

    def follow(self, statement: Submission | Envelope) -> StatementId:
        """Move the party's chain on to a statement that was, or will be, taken; return its id."""
        payload = (statement.envelope if isinstance(statement, Submission) else statement).payload
        header = parse_header(payload)
        self.heads[header.issuer, header.chain] = Head(header.sequence, statement_id(payload))
        return self.heads[header.issuer, header.chain].id

    def line_up(self, party: str, *events: Event, chain: str = "main") -> list[Submission]:
        """Return statements that follow each other; the chain moves on as if all were taken."""
        signed = []
        for event in events:
            signed.append(self.sign(party, event, chain=chain))
            self.follow(signed[-1])
        return signed


def id_of(submission: Submission) -> StatementId:
    """Return the statement id of a submission."""
    return statement_id(submission.envelope.payload)


def described(key: PublicKey) -> dict[str, str]:
    """Return a public key as events carry it."""
    return {"algorithm": key.algorithm, "public_key": encode_base64(key.der)}
