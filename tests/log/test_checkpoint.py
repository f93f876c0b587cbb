from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.log.checkpoint import (
    Checkpoint,
    LogSigner,
    cosigned_message,
    format_checkpoint,
    open_checkpoint,
    parse_checkpoint,
    parse_log_keys,
)
from ledger.log.merkle import EMPTY_ROOT, leaf_hash
from ledger.log.note import TYPE_ED25519, Note, NoteSignature, format_note, format_vkey, make_vkey, parse_note
from ledger.log.signers import FileSigner
from schemas.errors import KeyFileError, LedgerError, MalformedError, ProofError
from tests.log.keys import LOG, ORIGIN, SIGNERS, flip

CHECKPOINT = Checkpoint(ORIGIN, 42, leaf_hash(b"root"))
TEXT = format_checkpoint(CHECKPOINT)
TIME_S = 1_767_593_520
SIGNED = LOG.sign(CHECKPOINT, TIME_S)
NOTE = parse_note(SIGNED)
FIRST, SECOND = NOTE.signatures
WITNESS = NoteSignature("witness.example.com", b"wit1", b"w" * 72)


def test_a_checkpoint_is_three_lines() -> None:
    """The text is origin, size and root in base64, and the empty tree has the root of RFC 6962."""
    empty = Checkpoint(ORIGIN, 0, EMPTY_ROOT)
    text = f"{ORIGIN}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n".encode()
    assert format_checkpoint(empty) == text
    assert parse_checkpoint(text) == empty


ROOT_LINE = TEXT.split(b"\n")[2]


@pytest.mark.parametrize(
    "text",
    [
        b"", TEXT[:-1], TEXT + b"\n", TEXT + b"extension\n", b"\n" + TEXT, TEXT.replace(b"\n42\n", b"\n042\n"),
        TEXT.replace(b"\n42\n", b"\n+42\n"), TEXT.replace(b"\n42\n", b"\n4_2\n"), TEXT.replace(b"\n42\n", b"\n 42\n"),
        TEXT.replace(b"\n42\n", b"\n-42\n"), TEXT.replace(b"\n42\n", b"\n\n"), TEXT.replace(b"\n42\n", b"\n0\n"),
        TEXT.replace(b"\n42\n", "\n\u0664\u0662\n".encode()), TEXT.replace(b"\n42\n", b"\n9223372036854775808\n"),
        TEXT.replace(b"\n42\n", b"\n" + b"9" * 5000 + b"\n"), TEXT.replace(b"=\n", b"\n"),
        TEXT.replace(ROOT_LINE, b"AAAA"), TEXT.replace(ROOT_LINE, ROOT_LINE[:-2] + b"9="), TEXT.replace(b"/", b" "),
        TEXT.replace(b"ledger", b"led+ger"), TEXT.replace(b"ledger", "l\u00e9dger".encode()),
        TEXT.replace(b"\n", b"\r\n"),
    ],
)  # fmt: skip
def test_other_spellings_of_a_checkpoint_are_refused(text: bytes) -> None:
    """Sizes that are not canonical, lenient base64, extension lines and missing lines are refused."""
    with pytest.raises(MalformedError):
        parse_checkpoint(text)


@given(st.binary(max_size=200) | st.builds(lambda size: TEXT.replace(b"42", size), st.binary(max_size=20)))
def test_no_bytes_break_the_reader_of_checkpoints(text: bytes) -> None:
    """Any bytes are a checkpoint that formats to itself, or a MalformedError."""
    try:
        checkpoint = parse_checkpoint(text)
    except MalformedError:
        return
    assert format_checkpoint(checkpoint) == text


def test_the_cosigned_message_has_the_layout_of_the_specification() -> None:
    """Label, name, time, origin, start, end and root stand where tlog-cosignature puts them."""
    assert cosigned_message("w", Checkpoint("log", 258, b"r" * 32), 3) == (
        b"subtree/v1\n\0" + b"\x01w" + b"\0\0\0\0\0\0\0\x03" + b"\x03log" + b"\0" * 8 + b"\0\0\0\0\0\0\1\2" + b"r" * 32
    )


def test_a_signed_checkpoint_opens_with_its_time() -> None:
    """The note holds the Ed25519 line first, then the ML-DSA-44 line, and opens under the keys' texts."""
    opened = open_checkpoint(SIGNED, parse_log_keys(LOG.vkeys))
    assert (opened.checkpoint, opened.time_s, opened.note, opened.cosignatures) == (CHECKPOINT, TIME_S, NOTE, ())
    assert [(line.name, line.keyid) for line in NOTE.signatures] == [(ORIGIN, keyid) for keyid in LOG.keys.key_ids]
    assert (len(FIRST.signature), len(SECOND.signature)) == (64, 8 + 2420)


def test_the_longest_origin_and_the_largest_numbers_can_be_signed() -> None:
    """255 characters of origin, a size and a time of 2^63-1 still open."""
    signer = LogSigner("o" * 255, SIGNERS["ed25519"], SIGNERS["ml-dsa-44"])
    checkpoint = Checkpoint("o" * 255, 2**63 - 1, b"r" * 32)
    opened = open_checkpoint(signer.sign(checkpoint, 2**63 - 1), signer.keys)
    assert (opened.checkpoint, opened.time_s) == (checkpoint, 2**63 - 1)


def test_every_flipped_bit_of_a_signed_checkpoint_is_noticed() -> None:
    """No bit of text, key ids, names, time or signatures can change unnoticed."""
    step = 7
    for bit in range(0, len(SIGNED) * 8, step):
        with pytest.raises(LedgerError):
            open_checkpoint(flip(SIGNED, bit), LOG.keys)
    for bit in range(8 * (len(TEXT) + 260)):
        with pytest.raises(LedgerError):
            open_checkpoint(flip(SIGNED, bit), LOG.keys)


@pytest.mark.parametrize(
    "signatures",
    [
        [FIRST], [SECOND], [WITNESS], [FIRST, WITNESS], [FIRST, FIRST], [FIRST, SECOND, SECOND], [FIRST, FIRST, SECOND],
        [FIRST._replace(keyid=SECOND.keyid), SECOND], [FIRST._replace(keyid=SECOND.keyid),
        SECOND._replace(keyid=FIRST.keyid)],
        [FIRST, SECOND._replace(name="ledger.example.com/other")], [FIRST, SECOND, SECOND._replace(signature=b"bad")],
        [FIRST, SECOND._replace(signature=SECOND.signature[8:])],
        [FIRST, SECOND._replace(signature=SECOND.signature + b"\0")],
        [FIRST._replace(signature=FIRST.signature[:63]), SECOND],
        [FIRST, SECOND._replace(signature=b"\0" * 8 + SECOND.signature[8:])],
        [FIRST, SECOND._replace(signature=b"\xff" * 8 + SECOND.signature[8:])],
    ],
)  # fmt: skip
def test_a_checkpoint_needs_each_signature_exactly_once(signatures: list[NoteSignature]) -> None:
    """A missing, repeated, renamed, swapped or cut signature is refused, the ML-DSA one included."""
    with pytest.raises(ProofError):
        open_checkpoint(format_note(TEXT, signatures), LOG.keys)


def test_a_time_that_the_key_did_not_sign_is_refused() -> None:
    """The time of the 0x06 line is covered by its signature."""
    later = (TIME_S + 1).to_bytes(8, "big") + SECOND.signature[8:]
    with pytest.raises(ProofError, match="bad signature"):
        open_checkpoint(format_note(TEXT, [FIRST, SECOND._replace(signature=later)]), LOG.keys)


def test_a_signed_time_of_zero_is_refused() -> None:
    """A log that signs "not the latest" about its own tree is refused, though the signature is good."""
    message = cosigned_message(ORIGIN, CHECKPOINT, 0)
    zero = SECOND._replace(signature=b"\0" * 8 + SIGNERS["ml-dsa-44"].sign(message))
    with pytest.raises(ProofError, match="time from 1"):
        open_checkpoint(format_note(TEXT, [FIRST, zero]), LOG.keys)


def test_signatures_of_another_tree_do_not_carry_over() -> None:
    """Each of the two lines, taken from another checkpoint of the same log, is refused."""
    other = parse_note(LOG.sign(Checkpoint(ORIGIN, 43, CHECKPOINT.root), TIME_S)).signatures
    for signatures in ([other[0], SECOND], [FIRST, other[1]]):
        with pytest.raises(ProofError, match="bad signature"):
            open_checkpoint(format_note(TEXT, signatures), LOG.keys)


def test_lines_of_unknown_keys_are_left_alone() -> None:
    """A witness, a key of the same name, and one of the same id are ignored in any place, and handed out."""
    others = [WITNESS, FIRST._replace(keyid=b"\0\0\0\0"), SECOND._replace(name="other.example.com")]
    opened = open_checkpoint(format_note(TEXT, [others[0], SECOND, others[1], FIRST, others[2]]), LOG.keys)
    assert opened.cosignatures == tuple(others)
    assert opened.note == Note(TEXT, (others[0], SECOND, others[1], FIRST, others[2]))


def test_a_checkpoint_of_another_log_is_refused() -> None:
    """The same keys under another origin do not open it, nor do other keys under the same origin."""
    elsewhere = LogSigner(ORIGIN + "2", SIGNERS["ed25519"], SIGNERS["ml-dsa-44"])
    with pytest.raises(ProofError, match="expected a checkpoint of"):
        open_checkpoint(SIGNED, elsewhere.keys)
    renamed = dataclasses.replace(elsewhere.keys, origin=ORIGIN)
    with pytest.raises(ProofError, match="expected one ed25519"):
        open_checkpoint(SIGNED, renamed)
    other = LogSigner(ORIGIN, FileSigner.generate("ed25519"), SIGNERS["ml-dsa-44"])
    with pytest.raises(ProofError, match="expected one ed25519"):
        open_checkpoint(SIGNED, other.keys)


def test_a_colliding_key_id_does_not_help() -> None:
    """An attacker's key whose id was ground to be the log's is refused by its signature."""
    attacker = FileSigner.generate("ed25519")
    forged = FIRST._replace(signature=attacker.sign(TEXT))
    with pytest.raises(ProofError, match="bad signature"):
        open_checkpoint(format_note(TEXT, [forged, SECOND]), LOG.keys)


@pytest.mark.parametrize(
    "checkpoint",
    [
        Checkpoint(ORIGIN + "2", 1, b"r" * 32), Checkpoint(ORIGIN, 0, b"r" * 32), Checkpoint(ORIGIN, -1, b"r" * 32),
        Checkpoint(ORIGIN, 2**63, b"r" * 32), Checkpoint(ORIGIN, 1, b"r" * 31),
    ],
)  # fmt: skip
def test_what_would_not_open_is_not_signed(checkpoint: Checkpoint) -> None:
    """A checkpoint of another log, or out of range, gets no signature."""
    with pytest.raises(MalformedError):
        LOG.sign(checkpoint, TIME_S)


@pytest.mark.parametrize("time_s", [0, -1, 2**63])
def test_a_time_out_of_range_is_not_signed(time_s: int) -> None:
    """The log signs times from 1 second to 2^63-1 only."""
    with pytest.raises(MalformedError, match="time"):
        LOG.sign(CHECKPOINT, time_s)


def test_log_keys_are_two_of_one_name_in_order() -> None:
    """Fewer, more, swapped or differently named vkeys are refused, and so is a low-order key."""
    first, second = LOG.vkeys
    other = LogSigner("other", SIGNERS["ed25519"], SIGNERS["ml-dsa-44"]).vkeys
    for vkeys in ([], [first], [second], [second, first], [first, second, second], [first, other[1]]):
        with pytest.raises(MalformedError, match="two log keys"):
            parse_log_keys(vkeys)
    low = format_vkey(make_vkey(ORIGIN, TYPE_ED25519, b"\0" * 32))
    with pytest.raises(MalformedError, match="low order"):
        parse_log_keys([low, second])
    assert parse_log_keys([first, second]) == LOG.keys


def test_a_log_signer_takes_one_key_of_each_algorithm() -> None:
    """Keys in the wrong place, or an origin that no note can carry, are refused."""
    with pytest.raises(KeyFileError, match="ed25519"):
        LogSigner(ORIGIN, SIGNERS["ml-dsa-44"], SIGNERS["ed25519"])
    with pytest.raises(KeyFileError, match="ml-dsa-44"):
        LogSigner(ORIGIN, SIGNERS["ed25519"], SIGNERS["ecdsa-p256"])
    with pytest.raises(MalformedError):
        LogSigner("a b", SIGNERS["ed25519"], SIGNERS["ml-dsa-44"])
