"""Signed notes and the keys that verify them, as texts (C2SP signed-note).

Invariants:

* ``format_note(parse_note(raw)) == raw`` for every note that is accepted.
* The text is everything before the last blank line, kept as bytes: signatures are
  over these bytes and nothing re-encoded.
* A key id belongs to a name, a type and a key; it identifies, it does not protect.

It verifies nothing; :mod:`ledger.log.checkpoint` does.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from schemas.encoding import decode_base64, decode_hex, encode_base64
from schemas.errors import MalformedError

TYPE_ED25519: Final = 0x01
TYPE_ED25519_COSIGNATURE: Final = 0x04
TYPE_ML_DSA_44: Final = 0x06
MAX_NOTE_BYTES: Final = 1_000_000
# The specification asks for a cap of at least 16; Go's reader has this one too.
MAX_SIGNATURES: Final = 100
KEY_ID_BYTES: Final = 4

_PUBLIC_BYTES: Final = {TYPE_ED25519: 32, TYPE_ED25519_COSIGNATURE: 32, TYPE_ML_DSA_44: 1312}
_ORIGIN: Final = re.compile(r"[!-*,-~]{1,255}", re.ASCII)
_CONTROLS: Final = bytes(set(range(0x20)) - {0x0A})
_DASH: Final = "\u2014"


class Vkey(NamedTuple):
    """A verifier key: ``keyid`` is 4 bytes, ``public`` the bare key (32 or 1,312 bytes)."""

    name: str
    keyid: bytes
    type: int
    public: bytes


class NoteSignature(NamedTuple):
    """One signature line: the signer's name, the 4-byte key id, what was signed with it."""

    name: str
    keyid: bytes
    signature: bytes


class Note(NamedTuple):
    """A note as it was read; ``text`` ends with a newline and is UTF-8."""

    text: bytes
    signatures: tuple[NoteSignature, ...]


def check_origin(name: str) -> str:
    """Return ``name`` if it may name a ledger (contract, section 3.1).

    Raises:
        MalformedError: unless it is 1 to 255 printable ASCII characters without
            space and ``+``.
    """
    if not _ORIGIN.fullmatch(name):
        raise MalformedError(f"expected 1 to 255 printable ASCII characters without space and +, got {name[:80]!r}")
    return name


def key_id(name: str, type_: int, public: bytes) -> bytes:
    """Return the 4-byte id of a key under a name (C2SP signed-note, "Signatures")."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([type_]) + public).digest()[:KEY_ID_BYTES]


def make_vkey(name: str, type_: int, public: bytes) -> Vkey:
    """Return the verifier key of a bare public key.

    Raises:
        MalformedError: for a name that no note may carry, or a key whose length is
            not that of its type.
    """
    _check_name(name)
    if type_ not in _PUBLIC_BYTES or len(public) != _PUBLIC_BYTES[type_]:
        raise MalformedError(
            f"expected a key of type 0x01 or 0x04 (32 bytes) or 0x06 (1,312 bytes), "
            f"got type 0x{type_:02x} with {len(public):,} bytes"
        )
    return Vkey(name, key_id(name, type_, public), type_, public)


def parse_vkey(text: str) -> Vkey:
    """Return the verifier key of ``<name>+<key id>+<base64 of type and key>``.

    Raises:
        MalformedError: for another form, an unknown type, or a key id that is not
            that of the key (C2SP signed-note, "Verifier keys").
    """
    # Base64 may hold a plus, a name may not, so the first two split.
    parts = text.split("+", 2)
    if len(parts) != 3:
        raise MalformedError(f"expected a verifier key <name>+<key id>+<base64>, got {text[:80]!r}")
    name, keyid, encoded = parts
    data = decode_base64(encoded, "verifier key")
    vkey = make_vkey(name, data[0] if data else 0, data[1:])
    if decode_hex(keyid, KEY_ID_BYTES, "key id") != vkey.keyid:
        raise MalformedError(f"expected key id {vkey.keyid.hex()} for this name and key, got {keyid}")
    return vkey


def format_vkey(vkey: Vkey) -> str:
    """Return a verifier key as text; the inverse of :func:`parse_vkey`."""
    return f"{vkey.name}+{vkey.keyid.hex()}+{encode_base64(bytes([vkey.type]) + vkey.public)}"


def parse_note(raw: bytes) -> Note:
    """Return the text and the signature lines of a note (C2SP signed-note, "Format").

    Raises:
        MalformedError: if it is above 1,000,000 bytes, no UTF-8, holds a control
            character, no signature or more than 100, or a line of another form.
    """
    if len(raw) > MAX_NOTE_BYTES:
        raise MalformedError(f"expected a note of at most {MAX_NOTE_BYTES:,} bytes, got {len(raw):,}")
    if len(raw.translate(None, _CONTROLS)) != len(raw):
        raise MalformedError("expected a note without control characters, got one")
    at = raw.rfind(b"\n\n")
    if at < 0 or not raw.endswith(b"\n") or at + 2 == len(raw):
        raise MalformedError("expected a text, a blank line and signature lines, each ending in a newline")
    try:
        raw[:at].decode("utf-8")
        lines = raw[at + 2 : -1].decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise MalformedError("expected a note in UTF-8, got other bytes") from error
    if len(lines) > MAX_SIGNATURES:
        raise MalformedError(f"expected at most {MAX_SIGNATURES} signatures, got {len(lines)}")
    return Note(raw[: at + 1], tuple(map(_parse_signature, lines)))


def format_note(text: bytes, signatures: Sequence[NoteSignature]) -> bytes:
    """Return the bytes of a note.

    Raises:
        MalformedError: if :func:`parse_note` would not read them back as given.
    """
    lines = [
        f"{_DASH} {_check_name(name)} {encode_base64(keyid + signature)}\n" for name, keyid, signature in signatures
    ]
    raw = text + b"\n" + "".join(lines).encode()
    if parse_note(raw) != Note(text, tuple(signatures)):
        raise MalformedError("expected a text and signatures that read back as given, got others")
    return raw


def _parse_signature(line: str) -> NoteSignature:
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != _DASH:
        raise MalformedError(f"expected a signature line '{_DASH} <name> <base64>', got {line[:80]!r}")
    data = decode_base64(parts[2], "signature line")
    if len(data) <= KEY_ID_BYTES:
        raise MalformedError(f"expected a {KEY_ID_BYTES}-byte key id and a signature, got {len(data)} bytes")
    return NoteSignature(_check_name(parts[1]), data[:KEY_ID_BYTES], data[KEY_ID_BYTES:])


def _check_name(name: str) -> str:
    """Take the names of others too: any UTF-8 without white space and plus."""
    if name and not any(char == "+" or char.isspace() or char < " " or "\ud800" <= char <= "\udfff" for char in name):
        return name
    raise MalformedError(f"expected a key name without white space, control characters and +, got {name[:80]!r}")
