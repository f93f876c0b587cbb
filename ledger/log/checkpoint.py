"""Checkpoints: what the log says its tree is, and the two signatures under it.

Invariants:

* The text is three lines, origin, size and root, and nothing else (C2SP
  tlog-checkpoint; extension lines are not covered by the 0x06 signature, so ours has
  none and none is accepted).
* Both signatures carry the origin as their name: Ed25519 over the text (type 0x01)
  and ML-DSA-44 over origin, time, size and root (type 0x06, C2SP tlog-cosignature,
  ``subtree/v1`` from 0).
* :func:`open_checkpoint` accepts nothing without both, each exactly once.

It does not know earlier checkpoints: that a log never signs two histories, and that
time does not go back, is for its caller to hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from ledger.log.algorithms import ED25519, ML_DSA_44, PublicKey, parse_raw_public_key
from ledger.log.lines import MAX_NUMBER, parse_decimal, parse_hash
from ledger.log.merkle import EMPTY_ROOT, HASH_BYTES
from ledger.log.note import (
    TYPE_ED25519,
    TYPE_ML_DSA_44,
    Note,
    NoteSignature,
    Vkey,
    check_origin,
    format_note,
    format_vkey,
    make_vkey,
    parse_note,
    parse_vkey,
)
from ledger.log.signers import Signer
from schemas.encoding import encode_base64
from schemas.errors import BadSignatureError, KeyFileError, MalformedError, ProofError

_TIME_BYTES: Final = 8
_LABEL: Final = b"subtree/v1\n\0"


class Checkpoint(NamedTuple):
    """A tree: its origin, its size in entries, its root of 32 bytes."""

    origin: str
    size: int
    root: bytes


class SignedCheckpoint(NamedTuple):
    """A checkpoint that verified under both keys of its log.

    ``time_s`` is Unix time in seconds, from the 0x06 line. ``cosignatures`` are the
    lines of other keys; they were not verified.
    """

    checkpoint: Checkpoint
    time_s: int
    note: Note
    cosignatures: tuple[NoteSignature, ...]


@dataclass(frozen=True, slots=True)
class LogKeys:
    """The two public keys of a log, loaded once: Ed25519 and ML-DSA-44."""

    origin: str
    ed25519: PublicKey
    ml_dsa_44: PublicKey
    vkeys: tuple[str, str]
    """The keys as C2SP vkeys, 0x01 first."""
    key_ids: tuple[bytes, bytes]
    """The 4-byte key ids, 0x01 first."""


class LogSigner:
    """Signs the checkpoints of one log with both of its keys."""

    def __init__(self, origin: str, ed25519: Signer, ml_dsa_44: Signer) -> None:
        """Bind two signers to an origin.

        Raises:
            KeyFileError: if a key is of another algorithm.
            MalformedError: if the origin may not name a ledger.
        """
        self._signers = (ed25519, ml_dsa_44)
        self._keys = _log_keys(origin, ed25519.public_key, ml_dsa_44.public_key)

    @property
    def keys(self) -> LogKeys:
        """The public keys, as :func:`open_checkpoint` takes them."""
        return self._keys

    @property
    def vkeys(self) -> tuple[str, str]:
        """The public keys as C2SP vkeys, 0x01 first."""
        return self._keys.vkeys

    def sign(self, checkpoint: Checkpoint, time_s: int) -> bytes:
        """Return the signed note: text, blank line, 0x01 line, 0x06 line.

        Args:
            checkpoint: of this log's origin.
            time_s: Unix time in seconds, 1 to 2^63-1.

        Raises:
            MalformedError: for another origin, or a size, root or time out of range.
        """
        if checkpoint.origin != self._keys.origin:
            raise MalformedError(f"expected a checkpoint of {self._keys.origin}, got one of {checkpoint.origin[:80]!r}")
        if not 1 <= time_s <= MAX_NUMBER:
            raise MalformedError(f"expected a time in seconds from 1 to 2^63-1, got {time_s}")
        text = format_checkpoint(checkpoint)
        name = checkpoint.origin
        signatures = (
            self._signers[0].sign(text),
            time_s.to_bytes(_TIME_BYTES, "big") + self._signers[1].sign(cosigned_message(name, checkpoint, time_s)),
        )
        return format_note(
            text,
            [
                NoteSignature(name, keyid, signature)
                for keyid, signature in zip(self._keys.key_ids, signatures, strict=True)
            ],
        )


def parse_log_keys(vkeys: Sequence[str]) -> LogKeys:
    """Return the keys of a log from its two vkeys, 0x01 first.

    Raises:
        MalformedError: for another number, order or type, two names, or a bad key.
    """
    parsed = [parse_vkey(text) for text in vkeys]
    if [vkey.type for vkey in parsed] != [TYPE_ED25519, TYPE_ML_DSA_44]:
        raise MalformedError(
            "expected two log keys, type 0x01 and then 0x06, got "
            f"{', '.join(f'0x{vkey.type:02x}' for vkey in parsed[:4]) or 'none'}"
        )
    first, second = parsed
    if first.name != second.name:
        raise MalformedError(f"expected two log keys of one name, got {first.name[:80]!r} and {second.name[:80]!r}")
    return _log_keys(
        first.name, parse_raw_public_key(ED25519, first.public), parse_raw_public_key(ML_DSA_44, second.public)
    )


def format_checkpoint(checkpoint: Checkpoint) -> bytes:
    """Return the text that is signed: origin, size and root, a line each.

    Raises:
        MalformedError: if :func:`parse_checkpoint` would not read it back.
    """
    _check(checkpoint)
    return f"{checkpoint.origin}\n{checkpoint.size}\n{encode_base64(checkpoint.root)}\n".encode("ascii")


def parse_checkpoint(text: bytes) -> Checkpoint:
    """Return the checkpoint of a note's text (C2SP tlog-checkpoint).

    Raises:
        MalformedError: for another number of lines, a size that is not canonical, a
            root that is not 32 bytes, an empty tree with another root than its own.
    """
    try:
        lines = text.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise MalformedError("expected a checkpoint in ASCII, got other bytes") from error
    if len(lines) != 4 or lines[3]:
        raise MalformedError("expected the three lines origin, size and root and no more, got others")
    checkpoint = Checkpoint(lines[0], parse_decimal(lines[1], "size"), parse_hash(lines[2], "root"))
    _check(checkpoint)
    return checkpoint


def open_checkpoint(note: bytes, keys: LogKeys) -> SignedCheckpoint:
    """Verify a signed checkpoint of a log under both of its keys.

    Plan: (1) read note and text, (2) the origin is the log's, (3) each key signed
    exactly once, (4) Ed25519 over the text, (5) ML-DSA-44 over origin, time, size
    and root. Lines of unknown keys are left alone, as C2SP signed-note demands.

    Raises:
        MalformedError: if the bytes are no note, or its text no checkpoint.
        ProofError: if the origin is another, or a signature is missing, repeated or bad.
    """
    # (1) The bytes are read strictly before anything is believed.
    parsed = parse_note(note)
    checkpoint = parse_checkpoint(parsed.text)
    # (2) The text itself says which log it is of, whoever signed it.
    if checkpoint.origin != keys.origin:
        raise ProofError(f"expected a checkpoint of {keys.origin}, got one of {checkpoint.origin}")
    # (3) A repeated line could hide a bad signature behind a good one.
    first, second = (
        _only_signature(parsed, keys.origin, keyid, algorithm)
        for keyid, algorithm in zip(keys.key_ids, (ED25519, ML_DSA_44), strict=True)
    )
    try:
        # (4) What tools of others check.
        keys.ed25519.verify(first, parsed.text)
        # (5) What holds against a quantum computer, and dates the tree.
        time_s = _verify_cosignature(second, checkpoint, keys)
    except BadSignatureError as error:
        raise ProofError(f"expected a checkpoint signed by {keys.origin}, got a bad signature: {error}") from error
    others = (line for line in parsed.signatures if line.name != keys.origin or line.keyid not in keys.key_ids)
    return SignedCheckpoint(checkpoint, time_s, parsed, tuple(others))


def cosigned_message(cosigner: str, checkpoint: Checkpoint, time_s: int) -> bytes:
    """Return what a 0x06 line signs (C2SP tlog-cosignature, "ML-DSA-44 signed message").

    Names are at most 255 bytes; ``time_s`` is Unix time in seconds.
    """
    name = cosigner.encode()
    origin = checkpoint.origin.encode()
    return b"".join(
        (
            _LABEL,
            len(name).to_bytes(1, "big") + name,
            time_s.to_bytes(8, "big"),
            len(origin).to_bytes(1, "big") + origin,
            # The subtree from leaf 0 to the size is the whole tree.
            (0).to_bytes(8, "big"),
            checkpoint.size.to_bytes(8, "big"),
            checkpoint.root,
        )
    )


def _only_signature(note: Note, name: str, keyid: bytes, algorithm: str) -> bytes:
    found = [line.signature for line in note.signatures if line.name == name and line.keyid == keyid]
    if len(found) != 1:
        raise ProofError(f"expected one {algorithm} signature of {name} under the checkpoint, got {len(found)}")
    return found[0]


def _verify_cosignature(signature: bytes, checkpoint: Checkpoint, keys: LogKeys) -> int:
    """Return the time of a timestamped ML-DSA-44 signature that verifies."""
    time_s = int.from_bytes(signature[:_TIME_BYTES], "big")
    # 0 would mean "not the latest tree", which the log never says of its own.
    if not 1 <= time_s <= MAX_NUMBER:
        raise ProofError(f"expected a time from 1 to 2^63-1 seconds in the {ML_DSA_44} line, got {time_s}")
    keys.ml_dsa_44.verify(signature[_TIME_BYTES:], cosigned_message(keys.origin, checkpoint, time_s))
    return time_s


def _log_keys(origin: str, ed25519: PublicKey, ml_dsa_44: PublicKey) -> LogKeys:
    check_origin(origin)
    for key, algorithm in ((ed25519, ED25519), (ml_dsa_44, ML_DSA_44)):
        if key.algorithm != algorithm:
            raise KeyFileError(f"expected an {algorithm} key to sign checkpoints with, got {key.algorithm}")
    vkeys: tuple[Vkey, Vkey] = (
        make_vkey(origin, TYPE_ED25519, ed25519.raw),
        make_vkey(origin, TYPE_ML_DSA_44, ml_dsa_44.raw),
    )
    return LogKeys(
        origin,
        ed25519,
        ml_dsa_44,
        (format_vkey(vkeys[0]), format_vkey(vkeys[1])),
        (vkeys[0].keyid, vkeys[1].keyid),
    )


def _check(checkpoint: Checkpoint) -> None:
    check_origin(checkpoint.origin)
    if not 0 <= checkpoint.size <= MAX_NUMBER:
        raise MalformedError(f"expected a size from 0 to 2^63-1, got {checkpoint.size}")
    if len(checkpoint.root) != HASH_BYTES:
        raise MalformedError(f"expected a root of {HASH_BYTES} bytes, got {len(checkpoint.root)}")
    if checkpoint.size == 0 and checkpoint.root != EMPTY_ROOT:
        raise MalformedError(f"expected the root of the empty tree, {EMPTY_ROOT.hex()}, got {checkpoint.root.hex()}")
