"""How much is committed at once, and how much may wait before callers are pushed back."""

from __future__ import annotations

BATCH = 1024
"""Statements a transaction: beyond a thousand the gain per statement is small."""

QUEUE = 4096
"""Statements that may wait; the next one is pushed back (503)."""

QUEUE_BYTES = 64_000_000
"""Bytes of events that may wait: a read event takes some fifteen times its bytes."""

BULKS = 8
"""Callers that may submit many statements at the same time; the next one is pushed back."""

CHUNKS_AHEAD = 3
"""Batches of one caller that are read and verified ahead of the one that is appended."""
