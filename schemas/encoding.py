"""Base64, base64url and hex that re-encode to themselves (contract, section 3.1).

Python's decoders accept variants (missing padding, stray trailing bits, upper
case); two spellings of one value would then hash differently, so each decoder here
refuses whatever its encoder would not have written.
"""

from __future__ import annotations

import base64
import binascii
import re

from schemas.errors import MalformedError

_HEX = re.compile(r"(?:[0-9a-f]{2})*", re.ASCII)


def encode_base64(data: bytes) -> str:
    """Return standard padded base64 (RFC 4648 section 4)."""
    return base64.b64encode(data).decode("ascii")


def decode_base64(text: str, what: str = "base64") -> bytes:
    """Return the bytes of standard padded base64.

    Raises:
        MalformedError: if ``text`` is not what :func:`encode_base64` writes.
    """
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise MalformedError(f"expected padded standard base64, got {text[:40]!r}", what) from error
    if encode_base64(data) != text:
        raise MalformedError("expected base64 that re-encodes to itself, got stray trailing bits", what)
    return data


def encode_base64url(data: bytes) -> str:
    """Return base64url without padding (RFC 7515 section 2, as SD-JWT uses it)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode_base64url(text: str, what: str = "base64url") -> bytes:
    """Return the bytes of unpadded base64url.

    Raises:
        MalformedError: if ``text`` is not what :func:`encode_base64url` writes.
    """
    try:
        raw = text.encode("ascii")
        data = base64.b64decode(raw + b"=" * (-len(raw) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise MalformedError(f"expected unpadded base64url, got {text[:40]!r}", what) from error
    if encode_base64url(data) != text:
        raise MalformedError("expected base64url that re-encodes to itself", what)
    return data


def decode_hex(text: str, length: int, what: str = "hex") -> bytes:
    """Return ``length`` bytes from lower-case hex.

    Raises:
        MalformedError: if ``text`` is not exactly ``2 * length`` lower-case hex digits.
    """
    if len(text) != 2 * length or not _HEX.fullmatch(text):
        raise MalformedError(f"expected {2 * length} lower-case hex digits, got {text[:80]!r}", what)
    return bytes.fromhex(text)
