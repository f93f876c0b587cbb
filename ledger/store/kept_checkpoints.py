"""The checkpoints that stay beside the newest one: the first of each minute.

They say what was covered before a time, as a revoked key's signatures are judged by, and
what the ledger showed then.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from ledger.store import tables as t
from ledger.store.writes import write_rows

_MINUTE = len("2026-01-05T06:12")


def keep_first_of_minute(connection: Connection, size: int, time: str, note: bytes) -> None:
    """Keep a checkpoint where no other of its minute is kept yet."""
    kept = t.KeptCheckpointRow.__table__  # type: ignore[attr-defined]
    # Time never goes back, so the last one kept is the one to look at.
    last = connection.execute(select(kept.c.time).order_by(kept.c.size.desc()).limit(1)).scalar()
    if last is None or last[:_MINUTE] != time[:_MINUTE]:
        write_rows(connection, t.KeptCheckpointRow, [{"size": size, "time": time, "note": note}])
