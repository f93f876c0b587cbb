from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.log.algorithms import parse_raw_public_key
from ledger.log.note import (
    MAX_NOTE_BYTES,
    TYPE_ED25519,
    TYPE_ML_DSA_44,
    Note,
    NoteSignature,
    check_origin,
    format_note,
    format_vkey,
    key_id,
    make_vkey,
    parse_note,
    parse_vkey,
)
from schemas.encoding import encode_base64
from schemas.errors import BadSignatureError, MalformedError

# C2SP signed-note, "Example".
SPEC_VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SPEC_PUBLIC = bytes.fromhex("e932791ae6e7a840a46164c904786426d5e7821dd8b29a00d61cae72afdd4da4")
LINE = NoteSignature("example.com/foo", b"\x53\x0d\x90\x3a", b"s" * 64)
# Go's golang.org/x/mod/sumdb/note, the example of the package.
GO_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
).encode()


def note_of(text: bytes, *lines: str) -> bytes:
    """Return a text, a blank line and lines."""
    return text + b"\n" + "".join(f"{line}\n" for line in lines).encode()


def line_of(signature: NoteSignature = LINE) -> str:
    """Return a signature line."""
    return f"\u2014 {signature.name} {encode_base64(signature.keyid + signature.signature)}"


def test_the_verifier_key_of_the_specification_reads_back() -> None:
    """The vkey of the specification has the id it states and formats to itself."""
    vkey = parse_vkey(SPEC_VKEY)
    assert (vkey.name, vkey.keyid.hex(), vkey.type) == ("example.com/foo", "530d903a", TYPE_ED25519)
    assert vkey.public == SPEC_PUBLIC
    assert vkey.keyid == hashlib.sha256(b"example.com/foo\n\x01" + SPEC_PUBLIC).digest()[:4]
    assert format_vkey(vkey) == SPEC_VKEY


def test_the_note_of_the_go_package_verifies() -> None:
    """The note that Go's package documents verifies under the key it documents, and not with its text changed."""
    vkey = parse_vkey(GO_VKEY)
    note = parse_note(GO_NOTE)
    key = parse_raw_public_key("ed25519", vkey.public)
    (signature,) = note.signatures
    assert (signature.name, signature.keyid) == (vkey.name, vkey.keyid)
    key.verify(signature.signature, note.text)
    with pytest.raises(BadSignatureError):
        key.verify(signature.signature, note.text + b"\n")


def test_a_key_id_depends_on_name_type_and_key() -> None:
    """Another name, type or key has another id."""
    ids = {
        key_id("a", TYPE_ED25519, b"k" * 32),
        key_id("b", TYPE_ED25519, b"k" * 32),
        key_id("a", TYPE_ML_DSA_44, b"k" * 32),
        key_id("a", TYPE_ED25519, b"j" * 32),
    }
    assert len(ids) == 4


@pytest.mark.parametrize(
    "text",
    [
        "", "+", "++", "example.com/foo", SPEC_VKEY[:-1], SPEC_VKEY + "\n", " " + SPEC_VKEY,
        SPEC_VKEY.replace("530d903a", "530D903A"), SPEC_VKEY.replace("530d903a", "530d903b"),
        SPEC_VKEY.replace("530d903a", "0530d903a"), SPEC_VKEY.replace("foo", "fo"), SPEC_VKEY.replace("+A", "+B"),
        SPEC_VKEY[:-1] + "l", SPEC_VKEY.replace("example", "exam ple"), "\ud800" + SPEC_VKEY,
        SPEC_VKEY.replace("example.com/foo", ""), "a+00000000+", "a+00000000+AQ==",
    ],
)  # fmt: skip
def test_other_spellings_of_a_verifier_key_are_refused(text: str) -> None:
    """A vkey with a swapped id, lenient base64, another type or an unfit name is refused."""
    with pytest.raises(MalformedError):
        parse_vkey(text)


@pytest.mark.parametrize(("type_", "length"), [(1, 31), (1, 33), (4, 1312), (6, 32), (2, 32), (0xFF, 32), (0, 0)])
def test_a_key_of_an_unknown_type_or_length_is_refused(type_: int, length: int) -> None:
    """Each type has one length of key; the others are not taken."""
    with pytest.raises(MalformedError, match="expected a key of type"):
        make_vkey("a", type_, b"\0" * length)


def test_a_note_splits_at_its_last_blank_line() -> None:
    """Blank lines and what looks like signatures inside the text belong to the text."""
    text = note_of(b"first\n", line_of()) + b"more\n"
    raw = note_of(text, line_of(), line_of(LINE._replace(name="witn\u00e9ss")))
    note = parse_note(raw)
    assert note == Note(text, (LINE, LINE._replace(name="witn\u00e9ss")))
    assert format_note(*note) == raw


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\n", b"\n\n", b"text\n", b"text\n\n", b"text\n\n\n", note_of(b"text", line_of()),
        note_of(b"text\n", line_of())[:-1], note_of(b"text\n", line_of()) + b"\n", note_of(b"te\0xt\n", line_of()),
        note_of(b"te\rxt\n", line_of()), note_of(b"te\txt\n", line_of()), note_of(b"\xff\n", line_of()),
        note_of(b"text\n", line_of().replace("\u2014", "-")), note_of(b"text\n", line_of().replace("\u2014", "\u2013")),
        note_of(b"text\n", line_of() + " "), note_of(b"text\n", " " + line_of()),
        note_of(b"text\n", line_of().replace(" ", "  ", 1)), note_of(b"text\n", line_of().replace("foo", "f+o")),
        note_of(b"text\n", line_of().replace("foo", "f\u00a0o")), note_of(b"text\n", line_of()[:-1]),
        note_of(b"text\n", line_of(LINE._replace(signature=b""))), note_of(b"text\n", "\u2014 a UwA"),
        note_of(b"text\n", "\u2014 a "), note_of(b"text\n", "\u2014  U5Y6AAA="),
        note_of(b"text\n", "\u2014 a U5Y6AAB="), note_of(b"text\n", *[line_of()] * 101),
        note_of(b"x" * MAX_NOTE_BYTES + b"\n", line_of()),
    ],
)  # fmt: skip
def test_what_the_specification_forbids_is_no_note(raw: bytes) -> None:
    """Each rule of signed-note, and lenient base64 in a signature line, makes the bytes no note."""
    with pytest.raises(MalformedError):
        parse_note(raw)


def test_a_hundred_signatures_are_accepted() -> None:
    """The cap leaves room for far more than the sixteen that the specification demands."""
    assert len(parse_note(note_of(b"text\n", *[line_of()] * 100)).signatures) == 100


@pytest.mark.parametrize(
    ("text", "signatures"),
    [
        (b"text", [LINE]), (b"text\n", []), (b"\xff\n", [LINE]), (b"text\n", [LINE._replace(name="a b")]),
        (b"text\n", [LINE._replace(name="\ud800")]), (b"text\n", [LINE._replace(keyid=b"\0" * 3)]),
        (b"text\n", [LINE._replace(signature=b"")]), (b"text\n", [LINE._replace(name="a\n\nb")]),
    ],
)  # fmt: skip
def test_a_note_that_would_not_read_back_is_not_written(text: bytes, signatures: list[NoteSignature]) -> None:
    """The writer refuses whatever the reader would refuse or read otherwise."""
    with pytest.raises(MalformedError):
        format_note(text, signatures)


@given(st.binary(max_size=300) | st.binary(max_size=100).map(lambda text: note_of(text + b"\n", line_of())))
def test_no_bytes_break_the_reader_of_notes(raw: bytes) -> None:
    """Any bytes are a note that formats to itself, or a MalformedError."""
    try:
        note = parse_note(raw)
    except MalformedError:
        return
    assert format_note(*note) == raw


@given(st.text(max_size=100) | st.text(max_size=20).map(lambda name: name + SPEC_VKEY[15:]))
def test_no_text_breaks_the_reader_of_verifier_keys(text: str) -> None:
    """Any text is a vkey that formats to itself, or a MalformedError."""
    try:
        vkey = parse_vkey(text)
    except MalformedError:
        return
    assert format_vkey(vkey) == text


def test_an_origin_is_printable_ascii_of_at_most_255_bytes() -> None:
    """Every printable character but space and plus may name a ledger, 255 times and no more."""
    allowed = "".join(chr(code) for code in range(33, 127) if chr(code) != "+")
    assert check_origin(allowed) == allowed
    assert check_origin("a" * 255) == "a" * 255
    for bad in ("", "a" * 256, "a b", "a+b", "a\n", "a\x7f", "\u00e9", "a\t"):
        with pytest.raises(MalformedError):
            check_origin(bad)
