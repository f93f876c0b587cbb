"""The pinned genesis, the log's keys that it names, and checkpoints under them.

Invariants: the keys come from nowhere but the genesis whose id the user pinned; a
checkpoint counts only with both signatures; in a file it has no other lines, since
nothing here could check them (contract, section 3.5: nothing is unchecked).
"""

from __future__ import annotations

from ledger.admission.statements import Statement
from ledger.files.report import Findings
from ledger.log.checkpoint import (
    Checkpoint,
    LogKeys,
    SignedCheckpoint,
    open_checkpoint,
    parse_checkpoint,
    parse_log_keys,
)
from ledger.log.note import parse_note
from schemas.catalogue.faults import FaultCode
from schemas.errors import LedgerError, MalformedError
from schemas.fields import check_genesis
from schemas.instants import format_time
from schemas.parties import Genesis

# 2099-12-31T23:59:59Z, the last time that the ledger can write (contract, section 3.1).
_LAST_TIME_S = 4_102_444_799


def genesis_keys(statement: Statement | None, pinned: str, found: Findings) -> LogKeys | None:
    """Return the log keys of entry 0, or ``None`` where it names none.

    A genesis other than the pinned one is a fault; its keys are still used, so that the
    rest of the file is checked as well.
    """
    if statement is None or not isinstance(statement.event, Genesis):
        found.add(
            FaultCode.NO_GENESIS, "expected a readable genesis as entry 0, got none; the keys of the log are unknown", 0
        )
        return None
    try:
        if statement.id != check_genesis(pinned):
            found.add(FaultCode.WRONG_GENESIS, f"expected the genesis {pinned}, got {statement.id}", 0)
    except MalformedError as error:
        found.add_error(error, 0, code=FaultCode.WRONG_GENESIS)
    try:
        keys = parse_log_keys(statement.event.log_keys)
        if keys.origin != statement.event.origin:
            raise MalformedError(f"expected log keys of {statement.event.origin}, got keys of {keys.origin}")
    except LedgerError as error:
        found.add_error(error, 0, code=FaultCode.NO_GENESIS)
        return None
    return keys


def read_checkpoint(note: bytes) -> Checkpoint:
    """Return what a note claims, before any signature is verified.

    Raises:
        MalformedError: if it is no note of a checkpoint.
    """
    return parse_checkpoint(parse_note(note).text)


def verify_checkpoint(note: bytes, keys: LogKeys, name: str, found: Findings) -> SignedCheckpoint | None:
    """Return a checkpoint that holds under both keys; anything else is a fault.

    Plan: (1) both signatures verify, (2) no further lines and the 0x01 line first,
    (3) the time is one that the ledger can have signed at.

    Args:
        note: the signed note.
        keys: the keys that the genesis names.
        name: what to call it in a fault.
        found: gets the faults.
    """
    # (1) Both signatures.
    try:
        signed = open_checkpoint(note, keys)
    except LedgerError as error:
        found.add(FaultCode.BAD_CHECKPOINT, f"{name}: {error}")
        return None
    # (2) C2SP signed-note skips unknown lines; in a file they would be bytes that nothing checks.
    if tuple(line.keyid for line in signed.note.signatures) != keys.key_ids:
        found.add(FaultCode.BAD_CHECKPOINT, f"{name}: expected the log's two signature lines and no others, got others")
    # (3) A time that a text can say.
    if signed.time_s > _LAST_TIME_S:
        found.add(
            FaultCode.BAD_CHECKPOINT, f"{name}: expected a time before the year 2100, got {signed.time_s} seconds"
        )
        return None
    return signed


def signed_at(signed: SignedCheckpoint) -> str:
    """Return the time in the 0x06 line as a text."""
    return format_time(signed.time_s)
