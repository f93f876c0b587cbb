"""Envelopes (DSSE v1), statement ids, and the entries that the tree holds.

Invariants:

* A statement's id is the SHA-256 of its pre-authentication encoding, so it depends
  on payload and type alone, not on who signed or how base64 was written.
* An entry has one spelling (contract, section 3.2): no white space, key ids
  ascending, each once; ``format_entry(parse_entry(raw)) == raw``.
* The payload is kept as received and read only as bytes here.

It verifies no signature: which keys are active is not known here.
"""

from __future__ import annotations

import binascii
import hashlib
import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from ledger.log.algorithms import MAX_SIGNATURE_BYTES
from ledger.log.signers import Signer
from schemas.encoding import decode_base64, decode_hex
from schemas.errors import MalformedError
from schemas.ids import KeyId, StatementId

PAYLOAD_TYPE: Final = "application/vnd.battery-ledger.statement.v1+json"
MAX_PAYLOAD_BYTES: Final = 1000
# One for each algorithm.
MAX_SIGNATURES: Final = 3
_KEYID_BYTES: Final = 32

# Upper bound of a well-formed entry, so that nothing larger is looked at.
_MAX_ENTRY_CHARACTERS: Final = 12_000
_ENTRY: Final = re.compile(
    rb'\{"payloadType":"' + re.escape(PAYLOAD_TYPE.encode()) + rb'","payload":"([A-Za-z0-9+/]+={0,2})","signatures":\['
    rb'(\{"keyid":"[0-9a-f]{64}","sig":"[A-Za-z0-9+/]+={0,2}"\}'
    rb'(?:,\{"keyid":"[0-9a-f]{64}","sig":"[A-Za-z0-9+/]+={0,2}"\}){0,2})\]\}'
)
_SIGNATURE: Final = re.compile(rb'"keyid":"([0-9a-f]{64})","sig":"([^"]+)"')
_HEAD: Final = b'{"payloadType":"%b","payload":"' % PAYLOAD_TYPE.encode()


class EnvelopeSignature(NamedTuple):
    """A signature and the id of its key, 64 hex digits."""

    keyid: KeyId
    sig: bytes


class Envelope(NamedTuple):
    """A payload of at most 1,000 bytes and its signatures, key ids ascending."""

    payload: bytes
    signatures: tuple[EnvelopeSignature, ...]


def pae(payload_type: str, payload: bytes) -> bytes:
    """Return the bytes that are signed: DSSE v1 pre-authentication encoding."""
    type_ = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(type_), type_, len(payload), payload)


def statement_id(payload: bytes) -> StatementId:
    """Return the id of a statement: hex SHA-256 of its encoding (contract, section 3.2)."""
    return StatementId(hashlib.sha256(pae(PAYLOAD_TYPE, payload)).hexdigest())


def sign_payload(payload: bytes, signers: Iterable[Signer]) -> Envelope:
    """Return a payload signed by each signer.

    Raises:
        MalformedError: for a payload above 1,000 bytes, no signer, more than three,
            or one key twice.
    """
    message = pae(PAYLOAD_TYPE, payload)
    return _envelope(payload, [EnvelopeSignature(signer.public_key.keyid, signer.sign(message)) for signer in signers])


def parse_envelope(value: object) -> Envelope:
    """Return the envelope of an already parsed JSON object.

    Signatures may come in any order and leave in that of their key ids.

    Raises:
        MalformedError: unless it has exactly the members of DSSE v1, this ledger's
            payload type, strict standard base64, a payload of at most 1,000 bytes
            and one to three signatures of different keys.
    """
    members = _members(value, ("payloadType", "payload", "signatures"), "envelope")
    if members["payloadType"] != PAYLOAD_TYPE:
        raise MalformedError(
            f"expected {PAYLOAD_TYPE}, got {str(members['payloadType'])[:80]!r}", "envelope.payloadType"
        )
    listed = members["signatures"]
    if not isinstance(listed, list):
        raise MalformedError(f"expected an array, got {type(listed).__name__}", "envelope.signatures")
    payload = decode_base64(_text(members["payload"], "envelope.payload"), "envelope.payload")
    # The count is checked before the decoding, which is where work could be made.
    _check_count(len(listed))
    return _envelope(payload, [_parse_signature(one, f"envelope.signatures[{at}]") for at, one in enumerate(listed)])


def format_entry(envelope: Envelope) -> bytes:
    """Return the entry of an envelope, the exact bytes that the tree holds."""
    encode = binascii.b2a_base64
    signatures = b",".join(
        [
            b'{"keyid":"%b","sig":"%b"}' % (keyid.encode(), encode(sig, newline=False))
            for keyid, sig in sorted(envelope.signatures)
        ]
    )
    return b'%b%b","signatures":[%b]}' % (_HEAD, encode(envelope.payload, newline=False), signatures)


def parse_entry(raw: bytes) -> Envelope:
    """Return the envelope of an entry.

    Raises:
        MalformedError: if :func:`format_entry` would not write exactly these bytes.
    """
    match = _ENTRY.fullmatch(raw) if len(raw) <= _MAX_ENTRY_CHARACTERS else None
    if match is None:
        raise MalformedError(f"expected an entry of payloadType, payload and signatures, got {raw[:60]!r}", "entry")
    decode = binascii.a2b_base64
    try:
        signatures = [
            EnvelopeSignature(KeyId(keyid.decode()), decode(sig)) for keyid, sig in _SIGNATURE.findall(match.group(2))
        ]
        envelope = _envelope(decode(match.group(1)), signatures)
    except binascii.Error as error:
        raise MalformedError("expected padded standard base64, got other text", "entry") from error
    # The decoder above is lenient; the comparison is what refuses stray bits and order.
    if format_entry(envelope) != raw:
        raise MalformedError("expected key ids ascending and base64 that re-encodes to itself, got others", "entry")
    return envelope


def _envelope(payload: bytes, signatures: list[EnvelopeSignature]) -> Envelope:
    if not 1 <= len(payload) <= MAX_PAYLOAD_BYTES:
        raise MalformedError(f"expected a payload of 1 to {MAX_PAYLOAD_BYTES:,} bytes, got {len(payload):,}", "payload")
    _check_count(len(signatures))
    for signature in signatures:
        if not 1 <= len(signature.sig) <= MAX_SIGNATURE_BYTES:
            raise MalformedError(
                f"expected a signature of 1 to {MAX_SIGNATURE_BYTES:,} bytes, got {len(signature.sig):,}", "signatures"
            )
    if len({signature.keyid for signature in signatures}) != len(signatures):
        raise MalformedError("expected each keyid once, got one twice", "signatures")
    return Envelope(payload, tuple(sorted(signatures)))


def _check_count(count: int) -> None:
    if not 1 <= count <= MAX_SIGNATURES:
        raise MalformedError(f"expected 1 to {MAX_SIGNATURES} signatures, got {count}", "signatures")


def _parse_signature(value: object, where: str) -> EnvelopeSignature:
    members = _members(value, ("keyid", "sig"), where)
    keyid = KeyId(_text(members["keyid"], f"{where}.keyid"))
    decode_hex(keyid, _KEYID_BYTES, f"{where}.keyid")
    return EnvelopeSignature(keyid, decode_base64(_text(members["sig"], f"{where}.sig"), f"{where}.sig"))


def _members(value: object, names: tuple[str, ...], where: str) -> dict[str, object]:
    if not isinstance(value, dict) or set(value) != set(names):
        got = f"members {', '.join(map(str, value))[:80]}" if isinstance(value, dict) else type(value).__name__
        raise MalformedError(f"expected an object of exactly {', '.join(names)}, got {got}", where)
    return value


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise MalformedError(f"expected a text, got {type(value).__name__}", where)
    return value
