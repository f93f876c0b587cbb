"""Sealed facts: provable later, shown to few (RFC 9901; contract, section 3.4).

Invariants:

* A digest is taken over the disclosure's text as it is, so white space and escapes
  inside its JSON are kept and never re-encoded (RFC 9901 section 4.2.1).
* A salt has at least 128 bits, so that nobody finds a value by guessing.

It does not know to which statement a disclosure belongs or who may see it.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Final, NamedTuple

from schemas.encoding import decode_base64url, encode_base64url
from schemas.errors import MalformedError
from schemas.rules.characters import Characters
from schemas.strict_json import FILE_CHARACTERS, dump_json, parse_json

MAX_DISCLOSURE_BYTES: Final = 8000
SALT_BYTES: Final = 16
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,31}", re.ASCII)


class Disclosure(NamedTuple):
    """A sealed fact: its text as received, its salt in bytes, its name and value."""

    text: str
    salt: bytes
    name: str
    value: str


def make_disclosure(name: str, value: str, salt: bytes | None = None) -> Disclosure:
    """Return a disclosure with a fresh 128-bit salt, unless one is given.

    Raises:
        MalformedError: if :func:`parse_disclosure` would not read it back.
    """
    salt = secrets.token_bytes(SALT_BYTES) if salt is None else salt
    try:
        text = encode_base64url(dump_json([encode_base64url(salt), name, value]))
    except UnicodeEncodeError as error:
        raise MalformedError("expected a value of Unicode characters, got a surrogate", name[:40]) from error
    return parse_disclosure(text)


def parse_disclosure(text: str, characters: Characters = FILE_CHARACTERS) -> Disclosure:
    """Return the fact of a disclosure (RFC 9901 section 4.2.1), made of the characters of its entry's rules.

    Raises:
        MalformedError: unless it is base64url, at most 8,000 bytes, of a strict JSON
            array of three texts: a salt of 16 bytes or more, a name, a value.
    """
    if len(text) > MAX_DISCLOSURE_BYTES:
        raise MalformedError(f"expected at most {MAX_DISCLOSURE_BYTES:,} bytes, got {len(text):,}", "disclosure")
    value = parse_json(decode_base64url(text, "disclosure"), max_bytes=MAX_DISCLOSURE_BYTES, characters=characters)
    if not isinstance(value, list) or [type(part) for part in value] != [str] * 3:
        raise MalformedError(
            "expected an array of three texts: salt, name and value, found a different shape", "disclosure"
        )
    salt_text, name, fact = value
    salt = decode_base64url(salt_text, "disclosure salt")
    if len(salt) < SALT_BYTES:
        raise MalformedError(f"expected a salt of at least {SALT_BYTES} bytes, got {len(salt)}", "disclosure")
    if not _NAME.fullmatch(name):
        raise MalformedError(f"expected a name of the form {_NAME.pattern}, got {name[:40]!r}", "disclosure")
    return Disclosure(text, salt, name, fact)


def digest_of(text: str) -> str:
    """Return the digest of a disclosure's text, 43 characters (RFC 9901 section 4.2.3).

    Raises:
        MalformedError: if the text is not ASCII.
    """
    try:
        return encode_base64url(hashlib.sha256(text.encode("ascii")).digest())
    except UnicodeEncodeError as error:
        raise MalformedError("expected a disclosure in base64url, got other characters", "disclosure") from error
