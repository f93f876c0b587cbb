"""What was known by the end of a day: the tree size of its last kept checkpoint."""

from __future__ import annotations

from ledger.store.snapshot import Snapshot
from schemas.errors import MalformedError
from schemas.instants import parse_date

_END = "T23:59:59Z"


def size_of(snapshot: Snapshot, at: int | None, as_of: str | None, now: str) -> int | None:
    """Return the tree size that a question is about, ``None`` where it is about the newest.

    Args:
        snapshot: the ledger.
        at: the size, where it is named itself.
        as_of: a day in UTC, where that is named instead; then the size is always given.
        now: the time at which it is asked.

    Raises:
        MalformedError: if both are named, or the day is none, has not begun, or came before all checkpoints.
    """
    if as_of is None:
        return at
    if at is not None:
        raise MalformedError("expected a tree size or a day, got both: the day is a size already", "as_of")
    day = parse_date(as_of)
    if day > now[:10]:
        raise MalformedError(f"expected a day that has begun, got {day}, and today is {now[:10]} in UTC", "as_of")
    size = snapshot.size_by(day + _END)
    if size is None:
        first = snapshot.first_time()
        said = "which has none yet" if first is None else f"whose first checkpoint is of {first}"
        raise MalformedError(f"expected a day on which something was known, got {day} in a ledger {said}", "as_of")
    return size
