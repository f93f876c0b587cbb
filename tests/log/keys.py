"""Key pairs and texts that the tests of the log share; made once, never real."""

from __future__ import annotations

from ledger.log.algorithms import ALGORITHMS
from ledger.log.checkpoint import LogSigner
from ledger.log.signers import FileSigner
from ledger.log.statements import Header
from schemas.ids import PartyId, StatementId

ORIGIN = "ledger.example.com/ace"
SIGNERS = {algorithm: FileSigner.generate(algorithm) for algorithm in ALGORITHMS}
LOG = LogSigner(ORIGIN, SIGNERS["ed25519"], SIGNERS["ml-dsa-44"])
HEADER = Header(ORIGIN, PartyId("MUN"), "main", 12, StatementId("ab" * 32), "2026-01-05T06:12:00Z", "cd" * 32)


def flip(data: bytes, bit: int) -> bytes:
    """Return the bytes with one bit changed."""
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)
