"""Statements: the header that a party signs (contract, section 3.1).

Invariants:

* A header has at most 1,000 bytes and exactly seven members, in any order and with
  any JSON white space; what was signed is kept by the caller as it came.
* Every pattern is ASCII and matches the whole text.

It does not know the event, whose hash the header carries, nor whether the issuer
exists or the link fits; :mod:`ledger.log.chains` checks links.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from ledger.log.note import check_origin
from schemas.errors import MalformedError
from schemas.ids import PartyId, StatementId
from schemas.instants import parse_time
from schemas.strict_json import MAX_INTEGER, dump_json, parse_object

MAX_HEADER_BYTES: Final = 1000
ZERO_ID: Final = StatementId("0" * 64)
"""The ``previous`` of the genesis, which has no statement before it."""

_MEMBERS: Final = ("ledger", "issuer", "chain", "sequence", "previous", "occurred_at", "event")
_MEMBER_SET: Final = frozenset(_MEMBERS)
_ISSUER: Final = re.compile(r"[A-Z][A-Z0-9-]{1,19}", re.ASCII)
_CHAIN: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,19}", re.ASCII)
_SHA256: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Header(NamedTuple):
    """What a party signs; hashes as 64 hex digits, the time in UTC."""

    ledger: str
    issuer: PartyId
    chain: str
    sequence: int
    previous: StatementId
    occurred_at: str
    event: str


def parse_header(payload: bytes) -> Header:
    """Return the header of a statement's payload.

    Raises:
        MalformedError: if it is not strict JSON of at most 1,000 bytes with exactly
            the seven members, each of its pattern.
    """
    members = parse_object(payload, max_bytes=MAX_HEADER_BYTES)
    if members.keys() != _MEMBER_SET:
        raise MalformedError(
            f"expected exactly the members {', '.join(_MEMBERS)}, got {', '.join(members)[:120] or 'none'}"
        )
    return _checked(members)


def format_header(header: Header) -> bytes:
    """Return the compact JSON of a header, members in the order of the contract.

    Raises:
        MalformedError: if :func:`parse_header` would not read it back.
    """
    members = header._asdict()
    _checked(members)
    # The longest members, a quote escaped in each place, stay below 1,000 bytes.
    return dump_json(members)


def _checked(members: dict[str, Any]) -> Header:
    ledger, sequence = members["ledger"], members["sequence"]
    if not isinstance(ledger, str):
        raise MalformedError(f"expected a text, got {type(ledger).__name__}", "ledger")
    # A bool is an int to Python; JSON's true is no number.
    if type(sequence) is not int or not 1 <= sequence <= MAX_INTEGER:
        raise MalformedError(f"expected an integer from 1 to 2^53-1, got {str(sequence)[:40]}", "sequence")
    return Header(
        ledger=_named("ledger", check_origin, ledger),
        issuer=PartyId(_matched(_ISSUER, members["issuer"], "issuer")),
        chain=_matched(_CHAIN, members["chain"], "chain"),
        sequence=sequence,
        previous=StatementId(_matched(_SHA256, members["previous"], "previous")),
        occurred_at=_named("occurred_at", parse_time, members["occurred_at"]),
        event=_matched(_SHA256, members["event"], "event"),
    )


def _named(where: str, read: Callable[[Any], str], value: object) -> str:
    try:
        return read(value)
    except MalformedError as error:
        raise MalformedError(str(error), where) from error


def _matched(pattern: re.Pattern[str], value: object, where: str) -> str:
    if isinstance(value, str) and pattern.fullmatch(value):
        return value
    raise MalformedError(f"expected a text of the form {pattern.pattern}, got {str(value)[:80]!r}", where)
