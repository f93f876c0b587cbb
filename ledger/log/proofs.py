"""Inclusion proofs that travel alone: index, path and checkpoint (C2SP tlog-proof).

Invariants: a proof that is read and formatted again is the same text. The optional
``extra`` line of the specification is refused, since nothing would check it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ledger.log.checkpoint import LogKeys, SignedCheckpoint, open_checkpoint
from ledger.log.lines import parse_decimal, parse_hash
from ledger.log.merkle import leaf_hash, verify_inclusion
from ledger.log.note import MAX_NOTE_BYTES, parse_note
from schemas.encoding import encode_base64
from schemas.errors import MalformedError

# A tree of 2^63 leaves has no longer path.
MAX_PATH: Final = 63
_HEADER: Final = "c2sp.org/tlog-proof@v1"
_INDEX: Final = "index "


@dataclass(frozen=True, slots=True)
class Proof:
    """What a proof text says: the entry's index, its path, the signed note."""

    index: int
    path: tuple[bytes, ...]
    checkpoint_note: bytes


def format_proof(index: int, path: Sequence[bytes], checkpoint_note: bytes) -> str:
    """Return the text of a proof.

    Raises:
        MalformedError: if :func:`parse_proof` would not read it back.
    """
    try:
        note = checkpoint_note.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedError("expected a checkpoint note in UTF-8, got other bytes") from error
    hashes = "".join(f"{encode_base64(entry)}\n" for entry in path)
    text = f"{_HEADER}\n{_INDEX}{index}\n{hashes}\n{note}"
    parse_proof(text)
    return text


def parse_proof(text: str) -> Proof:
    """Return what a proof text says, without verifying it (C2SP tlog-proof, "Format").

    Raises:
        MalformedError: for another form, or a note that cannot be read.
    """
    if len(text) > 2 * MAX_NOTE_BYTES:
        raise MalformedError(f"expected a proof of at most {2 * MAX_NOTE_BYTES:,} characters, got {len(text):,}")
    # Lines of the proof are never empty, so the first blank line ends them.
    head, blank, note = text.partition("\n\n")
    lines = head.split("\n")
    if not blank or lines[0] != _HEADER:
        raise MalformedError(f"expected a proof that begins {_HEADER}, got {lines[0][:40]!r}")
    if len(lines) < 2 or not lines[1].startswith(_INDEX):
        raise MalformedError(f"expected an index line, got {lines[1][:40] if len(lines) > 1 else ''!r}")
    if len(lines) - 2 > MAX_PATH:
        raise MalformedError(f"expected a path of at most {MAX_PATH} hashes, got {len(lines) - 2}")
    index = parse_decimal(lines[1].removeprefix(_INDEX), "index")
    path = tuple(parse_hash(line, "path") for line in lines[2:])
    try:
        raw = note.encode("utf-8")
    except UnicodeEncodeError as error:
        raise MalformedError("expected a checkpoint note of Unicode characters, got a surrogate") from error
    parse_note(raw)
    return Proof(index, path, raw)


def verify_proof(text: str, entry: bytes, keys: LogKeys) -> SignedCheckpoint:
    """Check that an entry is in the log, from the proof and the log's keys alone.

    The caller still has to check that the entry is the statement it expects.

    Raises:
        MalformedError: if the text is no proof.
        ProofError: if the checkpoint or the path does not verify.
    """
    proof = parse_proof(text)
    signed = open_checkpoint(proof.checkpoint_note, keys)
    verify_inclusion(leaf_hash(entry), proof.index, signed.checkpoint.size, proof.path, signed.checkpoint.root)
    return signed
