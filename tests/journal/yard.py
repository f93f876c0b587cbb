"""A yard: an open ledger, the keys of its parties, and statements to hand in.

Whatever is handed in through it, the oracle looks at the whole ledger afterwards.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

from ledger.home.opening import Home
from ledger.journal.answers import Answer, Refused, Taken
from ledger.log.chains import Head, next_link
from ledger.log.composing import compose
from ledger.log.envelopes import statement_id
from ledger.log.sealed import digest_of
from ledger.log.signers import FileSigner, prove_possession
from ledger.log.statements import parse_header
from ledger.submission import Submission
from schemas.encoding import encode_base64
from schemas.strict_json import dump_json
from tests.databases import Database
from tests.oracle import check_ledger

ORIGIN = "ledger.example.com/ace"
NOON = 1_769_947_200  # 2026-02-01T12:00:00Z
OCCURRED_AT = "2026-01-05T06:00:00Z"
ROLES = {"MUN": ("park",), "TEX": ("park",), "GLENCORE": ("offtaker",)}


class Clock:
    """Tells the time that a test sets."""

    def __init__(self, seconds: int = NOON) -> None:
        self.seconds = seconds

    def now(self) -> int:
        return self.seconds


class Yard:
    """A ledger, open for writing, with three parties."""

    def __init__(self, directory: Path, database: Database, *, anchor: Path | None = None, capacity: int = 64) -> None:
        self.directory = directory
        self.database = database
        self.clock = Clock()
        self.capacity = capacity
        self._nonces = 0
        self.genesis, self.log_keys = Home.create(
            directory, ORIGIN, database=database.url, anchor=anchor, clock=self.clock
        )
        self.signers = {"AUTHORITY": FileSigner.load(directory / "keys" / "AUTHORITY.pem")}
        self.registrations = {"AUTHORITY": self.genesis}
        self.heads: dict[tuple[str, str], Head] = {("AUTHORITY", "main"): Head(1, self.genesis)}
        self.home = self.another()
        for party, roles in ROLES.items():
            self.enrol(party, *roles)

    def another(self) -> Home:
        """Open the ledger once more, as another process would."""
        return Home.open(self.directory, clock=self.clock, capacity=self.capacity)

    def reopen(self) -> Home:
        """Close the ledger and open it again."""
        self.home.close()
        self.home = self.another()
        return self.home

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.home.close()

    @property
    def size(self) -> int:
        """How many entries there are."""
        with self.home.store.reading() as snapshot:
            return snapshot.size

    def sign(
        self, party: str, event: dict[str, Any], *, chain: str = "main", occurred_at: str = OCCURRED_AT,
        signers: Iterable[FileSigner] | None = None, link: tuple[int, str] | None = None,
        sealed: Sequence[str] = (), show: Sequence[str] | None = None, origin: str = ORIGIN,
    ) -> Submission:  # fmt: skip
        """Return the party's next statement; the chain does not move on yet."""
        self._nonces += 1
        members = {"nonce": hashlib.sha256(b"%d" % self._nonces).hexdigest()[:32], **event}
        if sealed:
            members["sealed"] = sorted(map(digest_of, sealed))
        document = dump_json(members)
        link = link or next_link(self.heads.get((party, chain)), self.registrations[party])
        with_keys = [self.signers[party]] if signers is None else signers
        envelope = compose(origin, party, chain, link, occurred_at, document, with_keys)
        return Submission(envelope, document, tuple(sealed if show is None else show))

    def line_up(self, party: str, *events: dict[str, Any], chain: str = "main") -> list[Submission]:
        """Return statements that follow each other; the chain moves on as if all were taken."""
        signed = []
        for event in events:
            signed.append(self.sign(party, event, chain=chain))
            self.follow(signed[-1])
        return signed

    def follow(self, submission: Submission) -> None:
        """Move the party's chain on to a statement."""
        header = parse_header(submission.envelope.payload)
        self.heads[header.issuer, header.chain] = Head(header.sequence, id_of(submission))

    def submit(
        self, submissions: Sequence[Submission], *, home: Home | None = None, stop_at_refusal: bool = False
    ) -> list[Answer | None]:
        """Hand in, then let the oracle look."""
        home = home or self.home
        answers = home.journal.submit(submissions, stop_at_refusal=stop_at_refusal)
        check_ledger(home)
        return answers

    def hand_in(self, submission: Submission, *, home: Home | None = None) -> Taken:
        """Hand in one statement and demand that it is taken."""
        (answer,) = self.submit([submission], home=home)
        assert isinstance(answer, Taken), answer
        return answer

    def take(self, party: str, event: dict[str, Any], *, home: Home | None = None, **how: Any) -> Taken:
        """Sign and hand in, demand that it is taken, and move the chain on."""
        submission = self.sign(party, event, **how)
        answer = self.hand_in(submission, home=home)
        self.follow(submission)
        return answer

    def refuse(self, submission: Submission) -> Refused:
        """Hand in one statement and demand that it is refused and nothing of it kept."""
        before = self.size
        (answer,) = self.submit([submission])
        assert isinstance(answer, Refused), answer
        assert self.size == before
        return answer

    def enrol(self, party: str, *roles: str, signers: Sequence[FileSigner] = (), **more: Any) -> Taken:
        """Register a party with one new key, or those given."""
        signers = signers or [FileSigner.generate("ed25519")]
        keys = [self.proven(signer, party) for signer in signers]
        event = {
            "type": "participant", "id": party, "name": party, "roles": list(roles), "country": "IN",
            "identifiers": {}, "keys": keys, **more,
        }  # fmt: skip
        answer = self.take("AUTHORITY", event)
        self.signers[party] = signers[0]
        self.registrations[party] = answer.id
        return answer

    def proven(self, signer: FileSigner, party: str) -> dict[str, str]:
        """Return a public key with its proof of possession, as events carry it."""
        key = signer.public_key
        proof = encode_base64(prove_possession(signer, ORIGIN, party))
        return {"algorithm": key.algorithm, "public_key": encode_base64(key.der), "proof": proof}


@pytest.fixture
def yard(database: Database, tmp_path: Path) -> Iterator[Yard]:
    """A ledger with three parties and no lots, on each kind of database."""
    with Yard(tmp_path / "ledger", database) as opened:
        yield opened


def id_of(submission: Submission) -> str:
    """Return the statement id of a submission."""
    return statement_id(submission.envelope.payload)


def intake(lot: str, **more: Any) -> dict[str, Any]:
    """Return an intake of used batteries."""
    return {
        "type": "intake", "lot": lot, "material": "lead_acid_battery", "chemistry": "lead_acid", "form": "whole",
        "origin": "battery_post_consumer", "net_kg": "1000", "content_kg": {"Pb": "600"}, "content_basis": "table",
        "country": "IN", "documents": [], **more,
    }  # fmt: skip


def intakes(party: str, first: int, count: int) -> list[dict[str, Any]]:
    """Return intakes of numbered lots."""
    return [intake(f"{party}-B-{number}") for number in range(first, first + count)]


def smelting(run: str, lot: str, made: str, lead: str = "590", **more: Any) -> dict[str, Any]:
    """Return a run that makes one lot of lead from one lot of batteries."""
    output = {"lot": made, "material": "refined_lead", "role": "product", "net_kg": "700", "content_kg": {"Pb": lead}}
    return {
        "type": "transformation", "run": run, "process": "smelting", "started_at": "2026-01-06T02:00:00Z",
        "ended_at": "2026-01-06T20:00:00Z", "inputs": [{"lot": lot, "net_kg": "1000"}], "outputs": [output], **more,
    }  # fmt: skip


def revocation(party: str, keyid: str, since: str | None = None) -> dict[str, Any]:
    """Return the revocation of a key: rotated, or compromised since a time."""
    event = {"type": "key", "participant": party, "action": "revoke", "keyid": keyid}
    return event | ({"reason": "compromised", "since": since} if since else {"reason": "rotated"})


def furnish(yard: Yard) -> None:
    """Fill every projection: runs, shipments, findings, documents, files, chains, sealed facts."""
    slip = {"kind": "weighbridge_slip", "issuer": "MUN", "number": "WB-1", "sha256": "ab" * 32}
    photo = {"kind": "photo", "issuer": "MUN", "number": "P-1", "sha256": "ab" * 32}
    yard.take("MUN", intake("MUN-B-1", documents=[slip]))
    yard.take("MUN", intake("MUN-B-2", documents=[photo]), chain="gate-2")
    yard.take("TEX", intake("TEX-B-1"))
    addition = {"material": "lead", "net_kg": "10", "content_kg": {"Pb": "9"}, "origin": "primary"}
    yard.take("MUN", smelting("MUN-R-1", "MUN-B-1", "MUN-L-1", additions=[addition]))
    yard.take("MUN", smelting("MUN-R-2", "MUN-B-2", "MUN-L-2", lead="605", line="MUN-X"))
    lots = [{"lot": "MUN-L-1"}, {"lot": "MUN-L-2"}]
    yard.take("MUN", {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": lots})
    words = [{"lot": "MUN-L-1", "decision": "disputed", "net_kg": "650"}]
    yard.take("GLENCORE", {"type": "acceptance", "shipment": "MUN-H-1", "lots": words})
