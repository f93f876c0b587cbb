"""The two kinds of line that C2SP texts are made of: a decimal number and a hash.

Invariants: a number has no sign, no leading zero and no other digits than ASCII's,
and is below 2^63; a hash is 32 bytes in padded standard base64 that re-encodes to
itself (C2SP tlog-checkpoint, tlog-proof).
"""

from __future__ import annotations

import re
from typing import Final

from ledger.log.merkle import HASH_BYTES
from schemas.encoding import decode_base64
from schemas.errors import MalformedError

MAX_NUMBER: Final = 2**63 - 1
_DECIMAL: Final = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


def parse_decimal(text: str, what: str) -> int:
    """Return a number from 0 to 2^63-1; ``what`` names it in the message.

    Raises:
        MalformedError: for any other spelling.
    """
    # int() alone would take "+1", "0_1", " 1" and Arabic digits.
    if not _DECIMAL.fullmatch(text) or (number := int(text)) > MAX_NUMBER:
        raise MalformedError(
            f"expected a decimal number from 0 to 2^63-1 without leading zeros, got {text[:40]!r}", what
        )
    return number


def parse_hash(text: str, what: str) -> bytes:
    """Return the 32 bytes of a hash line; ``what`` names it in the message.

    Raises:
        MalformedError: for another length or spelling.
    """
    digest = decode_base64(text, what)
    if len(digest) != HASH_BYTES:
        raise MalformedError(f"expected a hash of {HASH_BYTES} bytes, got {len(digest)}", what)
    return digest
