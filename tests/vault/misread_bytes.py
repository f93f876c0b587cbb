"""Bytes at the edge of what can be read, each with the reader that takes or refuses it.

The answer of each stands here by hand: ``taken``, ``malformed`` or ``bad-signature``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from ledger.log.algorithms import parse_public_key
from ledger.log.envelopes import parse_entry
from ledger.log.note import parse_note
from ledger.log.proofs import parse_proof
from ledger.log.sealed import parse_disclosure
from ledger.log.statements import parse_header
from schemas.encoding import decode_base64
from schemas.errors import BadSignatureError, MalformedError
from schemas.events import parse_event
from schemas.ids import PartyId
from schemas.instants import parse_time
from schemas.strict_json import dump_json
from schemas.versions import VERSION_1
from tests.vault.throwaway_keys import KeptSignatures, ThrowawaySigner
from tests.world.events import intake

_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_L: Final = 2**252 + 27742317777372353535851937790883648493
_P: Final = 2**255 - 19
MESSAGE: Final = b"battery-ledger vault"


class Misread(NamedTuple):
    """Bytes, who reads them (of a signature: under which key), and the answer."""

    name: str
    reader: str
    content: bytes
    answer: str
    key: bytes = b""


def answer_of(reader: str, content: bytes, key: bytes = b"") -> str:
    """Return what a reader makes of bytes."""
    try:
        _READERS[reader](content, key)
    except MalformedError:
        return "malformed"
    except BadSignatureError:
        return "bad-signature"
    return "taken"


_READERS: Final[dict[str, Callable[[bytes, bytes], Any]]] = {
    "event": lambda raw, _: parse_event(raw, PartyId("MUN"), VERSION_1),
    "header": lambda raw, _: parse_header(raw),
    "entry": lambda raw, _: parse_entry(raw),
    "note": lambda raw, _: parse_note(raw),
    "proof": lambda raw, _: parse_proof(raw.decode("utf-8")),
    "disclosure": lambda raw, _: parse_disclosure(raw.decode("utf-8")),
    "base64": lambda raw, _: decode_base64(raw.decode("utf-8")),
    "time": lambda raw, _: parse_time(raw.decode("utf-8")),
    "key ed25519": lambda raw, _: parse_public_key("ed25519", raw),
    "key ecdsa-p256": lambda raw, _: parse_public_key("ecdsa-p256", raw),
    "key ml-dsa-44": lambda raw, _: parse_public_key("ml-dsa-44", raw),
    "signature ed25519": lambda raw, key: parse_public_key("ed25519", key).verify(raw, MESSAGE),
    "signature ecdsa-p256": lambda raw, key: parse_public_key("ecdsa-p256", key).verify(raw, MESSAGE),
    "signature ml-dsa-44": lambda raw, key: parse_public_key("ml-dsa-44", key).verify(raw, MESSAGE),
}


def misread_bytes(kept: KeptSignatures) -> Iterator[Misread]:
    """Yield every case."""
    yield from _events()
    yield from _encodings()
    yield from _ed25519(ThrowawaySigner("edge", "ed25519", kept))
    yield from _p256(ThrowawaySigner("edge", "ecdsa-p256", kept))
    yield from _ml_dsa(ThrowawaySigner("edge", "ml-dsa-44", kept))


def _event(**more: Any) -> bytes:
    return dump_json({"nonce": "0" * 32, **intake("MUN-B-9"), **more})


_TEXTS: Final = [
    ("an assigned letter", "\u0915", "taken"),
    ("a letter of Unicode 14.0", "\U00010570", "taken"),
    ("a letter of Unicode 15.0", "\U00013439", "malformed"),
    ("a letter of Unicode 16.0 with a dot", "\U000105d2\u0307", "malformed"),
    ("a letter in two code points", "e\u0301", "malformed"),
    ("the same letter in one", "\u00e9", "taken"),
    ("a zero-width space", "a\u200bb", "malformed"),
    ("a direction mark", "a\u202eb", "malformed"),
    ("a noncharacter", "\ufffe", "malformed"),
    ("a line break", "a\nb", "malformed"),
    ("1,000 characters", "x" * 1000, "taken"),
    ("1,001 characters", "x" * 1001, "malformed"),
]


def _events() -> Iterator[Misread]:
    whole = _event()
    yield Misread("a plain intake", "event", whole, "taken")
    for name, text, answer in _TEXTS:
        yield Misread(f"text of {name}", "event", _event(category=text), answer)
    for name, old, new in (
        ("byte order mark", b"{", b"\xef\xbb\xbf{"),
        ("a member twice", b'"lot":', b'"lot":"MUN-B-8","lot":'),
        ("an unknown member", b'"lot":', b'"lots":1,"lot":'),
        ("no nonce", b'{"nonce":"%b",' % (b"0" * 32), b"{"),
        ("nonce in capitals", b'"nonce":"00', b'"nonce":"AA'),
        ("a mass as a number", b'"net_kg":"1000"', b'"net_kg":1000'),
        ("a mass with a sign", b'"net_kg":"1000"', b'"net_kg":"+1000"'),
        ("a mass with an exponent", b'"net_kg":"1000"', b'"net_kg":"1e3"'),
        ("seven decimals", b'"net_kg":"1000"', b'"net_kg":"1000.0000001"'),
        ("other digits", b'"net_kg":"1000"', '"net_kg":"\u0661"'.encode()),
        ("a lone surrogate", b'"country":"IN"', b'"country":"IN","category":"\\ud800"'),
        ("a bad byte", b'"country":"IN"', b'"country":"IN","category":"\xff"'),
        ("an overlong byte", b'"country":"IN"', b'"country":"IN","category":"\xc0\xaf"'),
        ("a lot in small letters", b'"MUN-B-9"', b'"mun-b-9"'),
        ("no such metal", b'"Pb":"600"', b'"Xx":"600"'),
        ("null", b'"country":"IN"', b'"country":null'),
        ("no JSON behind", b"}", b"}}"),
    ):  # fmt: skip
        assert old in whole, name
        cut = whole.rindex(old) if name == "no JSON behind" else whole.index(old)
        yield Misread(name, "event", whole[:cut] + new + whole[cut + len(old) :], "malformed")
    yield Misread("a mass with a trailing zero", "event", whole.replace(b'"1000"', b'"1000.0"'), "taken")
    yield Misread("nesting", "event", b"[" * 5_000, "malformed")
    party = {"nonce": "0" * 32, "type": "participant", "id": "MUN", "name": "MUN", "roles": ["park"], "country": "IN"}
    for zone, answer in (
        ("Asia/Kolkata", "taken"), ("UTC", "taken"), ("asia/kolkata", "malformed"), ("Mars/Olympus", "malformed"),
        ("../UTC", "malformed"), ("", "malformed"),
    ):  # fmt: skip
        event = dump_json({**party, "identifiers": {}, "timezone": zone})
        yield Misread(f"zone {zone or 'without a name'}", "event", event, answer)


def _encodings() -> Iterator[Misread]:
    for text, answer in (
        ("AA==", "taken"), ("AAA=", "taken"), ("AAAA", "taken"), ("", "taken"), ("AB==", "malformed"),
        ("AAB=", "malformed"), ("AA", "malformed"), ("AA=", "malformed"), ("AA==\n", "malformed"),
        ("A A=", "malformed"), ("_-==", "malformed"), ("AA==AA==", "malformed"),
    ):  # fmt: skip
        yield Misread(f"base64 {text!r}", "base64", text.encode(), answer)
    for text, answer in (
        ("2026-01-05T06:12:00Z", "taken"), ("2000-01-01T00:00:00Z", "taken"), ("2099-12-31T23:59:59Z", "taken"),
        ("1999-12-31T23:59:59Z", "malformed"), ("2100-01-01T00:00:00Z", "malformed"),
        ("2026-02-29T00:00:00Z", "malformed"), ("2024-02-29T00:00:00Z", "taken"),
        ("2026-01-05T24:00:00Z", "malformed"), ("2026-06-30T23:59:60Z", "malformed"),
        ("2026-01-05T06:12:00+00:00", "malformed"), ("2026-01-05t06:12:00z", "malformed"),
        ("2026-01-05T06:12:00.0Z", "malformed"), ("2026-01-05T06:12:00Z\n", "malformed"),
    ):  # fmt: skip
        yield Misread(f"time {text!r}", "time", text.encode(), answer)


def _ed25519(signer: ThrowawaySigner) -> Iterator[Misread]:
    der, signature = signer.public_key.der, signer.sign(MESSAGE)
    head = der[:-32]
    for name, raw, answer in (
        ("a key", der, "taken"),
        ("a byte more", der + b"\0", "malformed"),
        ("a byte less", der[:-1], "malformed"),
        ("a long length", b"\x30\x81\x2a" + der[2:], "malformed"),
        ("the neutral point", head + (1).to_bytes(32, "little"), "malformed"),
        ("a point of order 2", head + (_P - 1).to_bytes(32, "little"), "malformed"),
        ("a point of order 4", head + bytes(32), "malformed"),
        ("a y of p", head + _P.to_bytes(32, "little"), "malformed"),
        ("a y of p + 3", head + (_P + 3).to_bytes(32, "little"), "malformed"),
        ("no point of the curve", head + (2).to_bytes(32, "little"), "malformed"),
    ):
        yield Misread(f"Ed25519: {name}", "key ed25519", raw, answer)
    larger = (int.from_bytes(signature[32:], "little") + _L).to_bytes(32, "little")
    flipped = bytes([signature[0] ^ 1]) + signature[1:]
    for name, raw, answer in (
        ("a signature", signature, "taken"),
        ("S above the order", signature[:32] + larger, "bad-signature"),
        ("a bit of R", flipped, "bad-signature"),
        ("a byte behind it", signature + b"\0", "bad-signature"),
        ("nothing", b"", "bad-signature"),
    ):
        yield Misread(f"Ed25519: {name}", "signature ed25519", raw, answer, der)


def _p256(signer: ThrowawaySigner) -> Iterator[Misread]:
    der, signature = signer.public_key.der, signer.sign(MESSAGE)
    raw = signer.public_key.raw
    head = der[: -len(raw)]
    for name, content, answer in (
        ("a key", der, "taken"),
        ("a compressed point", head + bytes([2 | raw[-1] & 1]) + raw[1:33], "malformed"),
        ("a hybrid point", head + bytes([6 | raw[-1] & 1]) + raw[1:], "malformed"),
        ("no point of the curve", head + raw[:-1] + bytes([raw[-1] ^ 1]), "malformed"),
        ("infinity", head + b"\0", "malformed"),
        ("a byte more", der + b"\0", "malformed"),
    ):
        yield Misread(f"P-256: {name}", "key ecdsa-p256", content, answer)
    r, s = decode_dss_signature(signature)
    good = encode_dss_signature(r, s)
    for name, content, answer in (
        ("a signature", good, "taken"),
        ("the other s", encode_dss_signature(r, _ORDER - s), "taken"),
        ("r of zero", encode_dss_signature(0, s), "bad-signature"),
        ("s of zero", encode_dss_signature(r, 0), "bad-signature"),
        ("s above the order", encode_dss_signature(r, s + _ORDER), "bad-signature"),
        ("r and s without DER", r.to_bytes(32) + s.to_bytes(32), "bad-signature"),
        ("a needless zero", bytes([0x30, good[1] + 1, 2, good[3] + 1, 0]) + good[4:], "bad-signature"),
        ("a long length", b"\x30\x81" + good[1:], "bad-signature"),
        ("a byte behind it", good + b"\0", "bad-signature"),
    ):
        yield Misread(f"P-256: {name}", "signature ecdsa-p256", content, answer, der)


def _ml_dsa(signer: ThrowawaySigner) -> Iterator[Misread]:
    der, signature = signer.public_key.der, signer.sign(MESSAGE)
    yield Misread("ML-DSA-44: a key", "key ml-dsa-44", der, "taken")
    yield Misread("ML-DSA-44: a byte more of a key", "key ml-dsa-44", der + b"\0", "malformed")
    flipped = signature[:-1] + bytes([signature[-1] ^ 1])
    for name, content, answer in (
        ("a signature", signature, "taken"),
        ("a bit", flipped, "bad-signature"),
        ("a byte less", signature[:-1], "bad-signature"),
    ):
        yield Misread(f"ML-DSA-44: {name}", "signature ml-dsa-44", content, answer, der)
