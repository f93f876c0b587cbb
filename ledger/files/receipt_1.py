"""The format ``battery-ledger-receipt/1``: ``{"format","id","index","proof"}``, compact.

The API answers a statement with these members, and with others beside them.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

from ledger.files.members import take_format, take_members, take_number, take_text
from ledger.files.receipt import Receipt, ReceiptFormat
from ledger.log.note import MAX_NOTE_BYTES
from ledger.log.proofs import parse_proof
from schemas.errors import MalformedError
from schemas.ids import StatementId
from schemas.strict_json import dump_json

FORMAT: Final = "battery-ledger-receipt/1"
MAX_RECEIPT_BYTES: Final = 4 * MAX_NOTE_BYTES
_MEMBERS: Final = ("format", "id", "index", "proof")
_ID: Final = re.compile("[0-9a-f]{64}")


def receipt_members(receipt: Receipt) -> dict[str, Any]:
    """Return the members of a receipt, in their order."""
    return {"format": FORMAT, "id": receipt.id, "index": receipt.index, "proof": receipt.proof}


def read_receipt(raw: bytes) -> Receipt:
    """Return what a receipt says, before its proof is verified.

    Raises:
        MalformedError: if it is not the compact text of these members.
    """
    if len(raw) > MAX_RECEIPT_BYTES:
        raise MalformedError(f"expected at most {MAX_RECEIPT_BYTES:,} bytes, got {len(raw):,}")
    try:
        # A proof has line breaks, which strict JSON has none of; that the text is the writer's is asked below.
        value = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise MalformedError("expected a receipt as JSON, found a different text") from error
    members = take_members(value, _MEMBERS, "receipt")
    take_format(members["format"], FORMAT)
    statement = take_text(members["id"], "id")
    if not _ID.fullmatch(statement):
        raise MalformedError(f"expected 64 hex digits, got {statement[:80]!r}", "id")
    index = take_number(members["index"], "index")
    proof = take_text(members["proof"], "proof")
    if parse_proof(proof).index != index:
        raise MalformedError(f"expected a proof of entry {index}, got one of another", "proof")
    receipt = Receipt(StatementId(statement), index, proof)
    if dump_json(receipt_members(receipt)) != raw:
        raise MalformedError("expected the compact text that the writer writes, found a different spelling")
    return receipt


RECEIPT_1: Final = ReceiptFormat(1, receipt_members, read_receipt)
