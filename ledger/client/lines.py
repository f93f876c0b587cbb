"""Lines of a feed: what a plant system hands over (contract, section 4, *feed*)."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Any, NamedTuple

from ledger.log.sealed import digest_of, make_disclosure
from schemas.errors import MalformedError
from schemas.events import MAX_EVENT_BYTES, MAX_KEY_TEXT, read_event
from schemas.ids import PartyId
from schemas.instants import parse_time
from schemas.strict_json import dump_json, parse_object
from schemas.versions import newest

_ISSUER = re.compile(r"[A-Z][A-Z0-9-]{1,19}", re.ASCII)
_CHAIN = re.compile(r"[a-z0-9][a-z0-9-]{0,19}", re.ASCII)
_JSON_SPACE = b" \t\r\n"
_MEMBERS = {"issuer", "occurred_at", "event", "chain", "private", "ref"}


def without_blanks(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield lines without the white space around them; blank ones at the end are left out.

    Editors and exports end a file with them. One between others stays, and is no feed line.
    """
    blank = 0
    for raw in lines:
        stripped = raw.strip(_JSON_SPACE)
        if not stripped:
            blank += 1
            continue
        yield from repeat(b"", blank)
        blank = 0
        yield stripped


class FeedLine(NamedTuple):
    """One line, read strictly; ``number`` counts from 1."""

    number: int
    issuer: PartyId
    chain: str
    occurred_at: str
    event: dict[str, Any]
    private: dict[str, str]

    @property
    def latest_time(self) -> str:
        """The last of the times that it states."""
        stated = [self.event.get(name) for name in ("started_at", "ended_at", "since")]
        return max([self.occurred_at, *(time for time in stated if isinstance(time, str))])


class Document(NamedTuple):
    """An event document ready to be signed, with the disclosures that go with it."""

    event: bytes
    disclosures: tuple[str, ...]


def parse_line(raw: bytes, number: int, *, issuer: PartyId | None = None) -> FeedLine:
    """Read a feed line, or an enrolment line where ``issuer`` is given.

    Raises:
        MalformedError: if it is no feed line, or its event none of the ledger.
    """
    members = parse_object(raw, max_bytes=MAX_EVENT_BYTES + 100_000, max_text=MAX_KEY_TEXT)
    allowed = _MEMBERS if issuer is None else {"occurred_at", "event"}
    extra, missing = members.keys() - allowed, {"occurred_at", "event"} - members.keys()
    if extra or missing or (issuer is None and "issuer" not in members):
        raise MalformedError(f"expected the members {', '.join(sorted(allowed))}, got {', '.join(sorted(members))}")
    who, chain = issuer or members["issuer"], members.get("chain", "main")
    if not (isinstance(who, str) and _ISSUER.fullmatch(who)):
        raise MalformedError(f"expected the id of a participant, got {str(who)[:40]!r}", "issuer")
    if not (isinstance(chain, str) and _CHAIN.fullmatch(chain)):
        raise MalformedError(f"expected the name of a chain such as main, got {str(chain)[:40]!r}", "chain")
    event, private = _with_ref(members["event"], members), members.get("private", {})
    if not isinstance(event, dict) or "nonce" in event:
        raise MalformedError(
            "expected an event as an object without nonce (it is added here), found something else", "event"
        )
    if not isinstance(private, dict) or not all(isinstance(value, str) for value in private.values()):
        raise MalformedError("expected private facts as texts by name, found something else", "private")
    return FeedLine(
        number=number,
        issuer=PartyId(who),
        chain=chain,
        occurred_at=parse_time(members["occurred_at"]),
        event=event,
        private=private,
    )


def _with_ref(event: Any, members: dict[str, Any]) -> Any:  # noqa: ANN401
    """Return an event with the ref of its line."""
    if "ref" not in members or not isinstance(event, dict):
        return event
    if event.get("ref", members["ref"]) != members["ref"]:
        raise MalformedError("expected one ref, beside the event or in it, got two that differ", "ref")
    return {**event, "ref": members["ref"]}


def sameness(raw: bytes) -> str:
    """Return a digest that two lines of one JSON value share, however it is spelt; of no JSON, that of the bytes."""
    try:
        members = parse_object(raw, max_bytes=MAX_EVENT_BYTES + 100_000, max_text=MAX_KEY_TEXT)
    except MalformedError:
        return hashlib.sha256(raw).hexdigest()
    return hashlib.sha256(dump_json(_sorted(members))).hexdigest()


def _sorted(value: Any) -> Any:  # noqa: ANN401
    """Return a JSON value with the members of its objects in the order of their names."""
    if isinstance(value, dict):
        return {name: _sorted(value[name]) for name in sorted(value)}
    return [_sorted(member) for member in value] if isinstance(value, list) else value


def make_document(line: FeedLine) -> Document:
    """Return the event document of a line: nonce first, sealed digests last.

    Raises:
        MalformedError: if the event is none that the ledger knows.
    """
    disclosures = sorted((make_disclosure(name, value).text for name, value in line.private.items()), key=digest_of)
    members: dict[str, Any] = {"nonce": secrets.token_hex(16), **line.event}
    digests = [digest_of(text) for text in disclosures]
    if digests:
        stated = members.pop("sealed", [])
        if not isinstance(stated, list):
            raise MalformedError("expected a list of digests", "sealed")
        members["sealed"] = sorted({*digests, *(str(digest) for digest in stated)})
    read_event(members, line.issuer, newest())
    return Document(dump_json(members), tuple(disclosures))
