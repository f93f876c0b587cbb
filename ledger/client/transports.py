"""Ways to a ledger: the one in this folder, or one behind a URL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import httpx

from ledger.home.opening import Home
from ledger.journal.answers import Answer, Refused, Taken
from ledger.log.chains import Head
from ledger.log.checkpoint import parse_checkpoint
from ledger.log.note import check_origin, parse_note
from ledger.submission import Submission, write_submission
from schemas.catalogue.refusals import RefusalCode
from schemas.errors import MalformedError, TransportError
from schemas.fields import check_genesis
from schemas.ids import PartyId, StatementId
from schemas.refusal import RefusedError

_TIMEOUT_S = 120.0
_OK, _CREATED, _NOT_FOUND, _SERVER_ERROR = 200, 201, 404, 500


class ChainState(NamedTuple):
    """A party's registration and the head of one of its chains."""

    registration: StatementId
    head: Head | None


class Transport(Protocol):
    """What a sender needs of a ledger."""

    def chain(self, issuer: PartyId, chain: str) -> ChainState | None:
        """Return the state of a chain, ``None`` where the issuer is not registered."""
        ...

    def size(self) -> int:
        """Return how many entries the ledger has."""
        ...

    def send(self, submissions: Sequence[Submission]) -> list[Answer | None]:
        """Send in order; nothing behind the first refused one is judged (``None``)."""
        ...


class LocalTransport:
    """The ledger in this folder, in this process."""

    def __init__(self, home: Home) -> None:
        """Use an opened ledger."""
        self._home = home

    def chain(self, issuer: PartyId, chain: str) -> ChainState | None:
        """Return the state of a chain, ``None`` where the issuer is not registered."""
        with self._home.store.reading() as snapshot:
            party = snapshot.parties.get(issuer)
            return ChainState(party.registration, snapshot.heads_of(issuer).get(chain)) if party else None

    def size(self) -> int:
        """Return how many entries the ledger has."""
        with self._home.store.reading() as snapshot:
            return snapshot.size

    def send(self, submissions: Sequence[Submission]) -> list[Answer | None]:
        """Send in order; nothing behind the first refused one is judged."""
        return self._home.journal.submit(submissions, stop_at_refusal=True)


class HttpTransport:
    """A ledger behind ``POST /v1/statements``."""

    def __init__(self, url: str) -> None:
        """Use the ledger at ``url``."""
        self._client = httpx.Client(base_url=url, timeout=_TIMEOUT_S)

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def ledger(self) -> tuple[str, StatementId]:
        """Return the origin and the genesis id that the ledger says it has."""
        members = self._json(self._request("GET", "/v1/ledger"))
        origin, genesis = members.get("origin"), members.get("genesis")
        if not (isinstance(origin, str) and isinstance(genesis, str)):
            raise TransportError("expected the ledger to name its origin and genesis, found a different answer")
        try:
            return check_origin(origin), check_genesis(genesis)
        except MalformedError as error:
            raise TransportError(f"expected the ledger to name its origin and genesis, got: {error}") from error

    def chain(self, issuer: PartyId, chain: str) -> ChainState | None:
        """Return the state of a chain, ``None`` where the issuer is not registered."""
        response = self._request("GET", f"/v1/participants/{issuer}")
        if response.status_code == _NOT_FOUND:
            return None
        members = self._json(response)
        try:
            head = members["heads"].get(chain)
            return ChainState(members["registration"], Head(head["sequence"], head["id"]) if head else None)
        except (KeyError, TypeError, AttributeError) as error:
            raise TransportError(
                f"expected a participant from the ledger, found a different answer: {error}"
            ) from error

    def size(self) -> int:
        """Return how many entries the ledger has, as its newest checkpoint says."""
        response = self._request("GET", "/checkpoint")
        try:
            return parse_checkpoint(parse_note(response.content).text).size
        except MalformedError as error:
            raise TransportError(f"expected a checkpoint from the ledger, got: {error}") from error

    def send(self, submissions: Sequence[Submission]) -> list[Answer | None]:
        """Send in order as JSON Lines; nothing behind the first refused one is judged."""
        body = b"\n".join(write_submission(submission) for submission in submissions)
        response = self._request(
            "POST", "/v1/statements?on_refusal=stop", content=body, headers={"content-type": "application/jsonl"}
        )
        lines = response.content.removesuffix(b"\n").split(b"\n")
        if not response.is_success or len(lines) != len(submissions):
            raise TransportError(
                f"expected {len(submissions)} answers from the ledger, got status {response.status_code}: "
                f"{response.text[:300]}"
            )
        answers = [_answer(line) for line in lines]
        if answers and all(answer is None for answer in answers):
            raise TransportError("expected the ledger to judge at least one statement, got none judged")
        return answers

    def _request(self, method: str, path: str, **options: Any) -> httpx.Response:  # noqa: ANN401
        try:
            return self._client.request(method, path, **options)
        except httpx.HTTPError as error:
            raise TransportError(f"expected an answer from {self._client.base_url}, got: {error}") from error

    def _json(self, response: httpx.Response) -> dict[str, Any]:
        try:
            members = response.json()
        except ValueError as error:
            raise TransportError(f"expected JSON from the ledger, got status {response.status_code}") from error
        if not response.is_success or not isinstance(members, dict):
            raise TransportError(f"expected an answer from the ledger, got status {response.status_code}")
        return members


def _answer(line: bytes) -> Answer | None:
    try:
        members = httpx.Response(200, content=line).json()
        status = members["status"]
        if status == "not-judged":
            return None
        if status in (_CREATED, _OK):
            proof = str(members["proof"])
            return Taken(members["id"], members["index"], status == _CREATED, lambda _: proof)
        if status >= _SERVER_ERROR:
            raise TransportError(f"expected the ledger to go on, got: {members['detail']}")
        code, head = str(members["findings"][0]["code"]), members.get("head")
        detail = str(members["detail"])
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise TransportError(f"expected an answer to a statement, got {line[:200]!r}") from error
    if code == RefusalCode.MALFORMED:
        return Refused(None, MalformedError(detail))
    return Refused(None, RefusedError.as_received(code, detail, head=(head["sequence"], head["id"]) if head else None))
