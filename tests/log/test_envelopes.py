from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.log.algorithms import ALGORITHMS
from ledger.log.envelopes import (
    PAYLOAD_TYPE,
    Envelope,
    EnvelopeSignature,
    format_entry,
    pae,
    parse_entry,
    parse_envelope,
    sign_payload,
    statement_id,
)
from ledger.log.statements import format_header
from schemas.encoding import encode_base64
from schemas.errors import MalformedError
from schemas.ids import KeyId
from tests.log.keys import HEADER, SIGNERS, flip

PAYLOAD = format_header(HEADER)
ENVELOPE = sign_payload(PAYLOAD, SIGNERS.values())
ENTRY = format_entry(ENVELOPE)
KEYID = KeyId("ab" * 32)


def envelope_object(**changes: Any) -> dict[str, Any]:
    """Return a good envelope with members changed or added."""
    return {**json.loads(ENTRY), **changes}


def signature_object(**changes: Any) -> dict[str, Any]:
    """Return a well-formed signature with members changed or added."""
    return {"keyid": KEYID, "sig": "AAAA", **changes}


def test_the_encoding_is_that_of_the_dsse_specification() -> None:
    """The vector of the DSSE protocol document comes out, and lengths count bytes, not characters."""
    assert pae("http://example.com/HelloWorld", b"hello world") == (
        b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )
    assert pae("\u00e9", b"\xff") == b"DSSEv1 2 \xc3\xa9 1 \xff"


def test_a_statement_id_is_the_hash_of_its_encoding() -> None:
    """The id depends on type and payload alone."""
    assert statement_id(b"{}") == hashlib.sha256(b"DSSEv1 48 " + PAYLOAD_TYPE.encode() + b" 2 {}").hexdigest()


def test_each_signature_verifies_over_the_encoding() -> None:
    """What is signed is the encoding, under the key that the signature names."""
    keys = {signer.public_key.keyid: signer.public_key for signer in SIGNERS.values()}
    assert len(ENVELOPE.signatures) == len(ALGORITHMS)
    for signature in ENVELOPE.signatures:
        keys[signature.keyid].verify(signature.sig, pae(PAYLOAD_TYPE, PAYLOAD))


def test_an_entry_has_the_bytes_of_the_contract() -> None:
    """The entry is compact JSON in a fixed order, whatever the order of its signatures."""
    signatures = (EnvelopeSignature(KeyId("ff" * 32), b"\xff\xfe"), EnvelopeSignature(KeyId("0a" * 32), b"1"))
    expected = (
        f'{{"payloadType":"{PAYLOAD_TYPE}","payload":"e30=","signatures":['
        f'{{"keyid":"{"0a" * 32}","sig":"MQ=="}},{{"keyid":"{"ff" * 32}","sig":"//4="}}]}}'
    ).encode()
    assert format_entry(Envelope(b"{}", signatures)) == expected
    assert format_entry(Envelope(b"{}", signatures[::-1])) == expected
    assert parse_entry(expected) == Envelope(b"{}", signatures[::-1])


def test_an_entry_is_what_a_json_writer_would_write() -> None:
    """The string formatting agrees with a JSON encoder."""
    assert json.dumps(json.loads(ENTRY), separators=(",", ":")).encode() == ENTRY


@given(
    st.binary(min_size=1, max_size=1000),
    st.dictionaries(st.binary(min_size=32, max_size=32).map(bytes.hex), st.binary(min_size=1, max_size=2420),
    min_size=1, max_size=3),
)  # fmt: skip
def test_entries_and_envelopes_read_back(payload: bytes, signatures: dict[str, bytes]) -> None:
    """Every envelope comes back from its entry, and from its JSON in any order of signatures."""
    listed = tuple(EnvelopeSignature(KeyId(keyid), sig) for keyid, sig in sorted(signatures.items()))
    envelope = Envelope(payload, listed)
    assert parse_entry(format_entry(envelope)) == envelope
    value = {
        "signatures": [{"sig": encode_base64(sig), "keyid": keyid} for keyid, sig in reversed(listed)],
        "payload": encode_base64(payload),
        "payloadType": PAYLOAD_TYPE,
    }
    assert parse_envelope(value) == envelope


def test_any_changed_bit_of_an_entry_gives_another_envelope_or_none() -> None:
    """There are no two spellings of one entry: a flipped bit is refused or changes what is read."""
    for bit in range(len(ENTRY) * 8):
        try:
            envelope = parse_entry(flip(ENTRY, bit))
        except MalformedError:
            continue
        assert envelope != ENVELOPE


ONE = format_entry(Envelope(b"{}", (EnvelopeSignature(KEYID, b"\0"),)))
TWO = format_entry(Envelope(b"{}", (EnvelopeSignature(KEYID, b"\0"), EnvelopeSignature(KeyId("cd" * 32), b"\0"))))


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"{}", ONE[:-1], ONE + b"\n", b" " + ONE, ONE.replace(b",", b", "), ONE.replace(b"AA==", b"AA"),
        ONE.replace(b"AA==", b"AB=="), ONE.replace(b"AA==", b"AA="), ONE.replace(b"AA==", b"_w=="),
        ONE.replace(b"AA==", b"A A="), ONE.replace(b"e30=", b"e31="), ONE.replace(b"e30=", b""),
        ONE.replace(b"e30=", b"e"),
        ONE.replace(b"e30=", b"e3\\u0030="), ONE.replace(KEYID.encode(), KEYID.upper().encode()),
        ONE.replace(b"v1+json", b"v2+json"), ONE.replace(b"]}", b'],"x":1}'), ONE.replace(b'"payload"', b'"Payload"'),
        TWO.replace(KEYID.encode(), b"ef" * 32), TWO.replace(KEYID.encode(), b"cd" * 32),
        ONE.replace(b"e30=", encode_base64(b"x" * 1001).encode()),
        ONE.replace(b"AA==", encode_base64(b"x" * 2421).encode()),
        ONE.replace(b"AA==", b"A" * 100_000),
    ],
)  # fmt: skip
def test_other_spellings_of_an_entry_are_refused(raw: bytes) -> None:
    """White space, lenient base64, escapes, other members, order, repetition and size are refused."""
    with pytest.raises(MalformedError):
        parse_entry(raw)


def test_a_fourth_signature_is_refused() -> None:
    """There are three algorithms, so at most three signatures."""
    signatures = [EnvelopeSignature(KeyId(f"{number:064x}"), b"s") for number in range(4)]
    with pytest.raises(MalformedError):
        parse_entry(format_entry(Envelope(b"{}", tuple(signatures))))
    with pytest.raises(MalformedError, match="1 to 3 signatures"):
        parse_envelope(
            envelope_object(signatures=[signature_object(keyid=signature.keyid) for signature in signatures])
        )


@pytest.mark.parametrize(
    "value",
    [
        None, [], "x", 1, {}, envelope_object(extra=1), {"payload": "e30=", "signatures": []},
        envelope_object(payloadType="application/json"), envelope_object(payloadType=[]), envelope_object(payload=1),
        envelope_object(payload=""), envelope_object(payload="e30"), envelope_object(payload="e31="),
        envelope_object(payload="_w=="), envelope_object(payload=" e30="), envelope_object(payload="e30=\n"),
        envelope_object(payload="\u00e9"), envelope_object(payload=encode_base64(b"x" * 1001)),
        envelope_object(signatures={}), envelope_object(signatures=[]), envelope_object(signatures=[1]),
        envelope_object(signatures=[{"sig": "AAAA"}]), envelope_object(signatures=[signature_object(x=1)]),
        envelope_object(signatures=[signature_object(keyid=KEYID.upper())]),
        envelope_object(signatures=[signature_object(keyid=KEYID[1:])]),
        envelope_object(signatures=[signature_object(keyid=1)]), envelope_object(signatures=[signature_object(sig="")]),
        envelope_object(signatures=[signature_object(sig="AA")]),
        envelope_object(signatures=[signature_object(sig=None)]),
        envelope_object(signatures=[signature_object(sig=encode_base64(b"x" * 2421))]),
        envelope_object(signatures=[signature_object(), signature_object(sig="BBBB")]),
    ],
)  # fmt: skip
def test_what_is_no_envelope_is_refused(value: object) -> None:
    """Other members, types, lenient base64, a repeated or unfit key id and sizes are refused."""
    with pytest.raises(MalformedError):
        parse_envelope(value)


def test_signing_twice_with_one_key_or_not_at_all_is_refused() -> None:
    """An envelope has each key once and at least one, and its payload has a limit."""
    signer = SIGNERS["ed25519"]
    for payload, signers in ((b"{}", [signer, signer]), (b"{}", []), (b"x" * 1001, [signer]), (b"", [signer])):
        with pytest.raises(MalformedError):
            sign_payload(payload, signers)


@given(st.binary(max_size=400) | st.binary(max_size=60).map(lambda part: ONE.replace(b"AA==", part)))
def test_no_bytes_break_the_reader_of_entries(raw: bytes) -> None:
    """Any bytes are an entry that formats to itself, or a MalformedError."""
    try:
        envelope = parse_entry(raw)
    except MalformedError:
        return
    assert format_entry(envelope) == raw


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["payloadType", "payload", "signatures", "keyid", "sig", "x"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(JSON | st.builds(lambda part: envelope_object(signatures=part), JSON))
def test_no_json_breaks_the_reader_of_envelopes(value: object) -> None:
    """Any JSON value is an envelope or a MalformedError."""
    try:
        envelope = parse_envelope(value)
    except MalformedError:
        return
    assert parse_entry(format_entry(envelope)) == envelope
