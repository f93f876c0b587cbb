"""What a route is given: the ledger it answers from, and ids that can exist.

Nothing is kept at module level; two applications in one process share nothing.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Annotated, Any, Final

from fastapi import Depends, Path, Query, Request

from ledger.home.opening import Home
from ledger.store.snapshot import Snapshot
from schemas import ids
from schemas.errors import MalformedError, QueueFullError

_INQUIRIES: Final = 4
OUTCOMES: Final = ("new", "known", "refused", "malformed", "queue_full", "failed")


class Tally:
    """How often each outcome came; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()

    def add(self, outcome: str) -> None:
        """Count one outcome."""
        with self._lock:
            self._counts[outcome] += 1

    def counts(self) -> dict[str, int]:
        """Return every outcome with its count, those that never came included."""
        with self._lock:
            return {outcome: self._counts[outcome] for outcome in OUTCOMES}


@dataclass(frozen=True, slots=True)
class Desk:
    """All that the routes share: the open ledger, its address, the counts, the export's turn."""

    home: Home
    public_url: str
    tally: Tally = field(default_factory=Tally)
    # An export reads the whole ledger; one at a time leaves room for everybody else.
    exporting: threading.Lock = field(default_factory=threading.Lock)
    # Some questions read all that a site ever said; a few at a time do.
    inquiring: threading.Semaphore = field(default_factory=lambda: threading.BoundedSemaphore(_INQUIRIES))

    @contextmanager
    def inquiry(self) -> Iterator[Snapshot]:
        """Read for a question that may take long.

        Raises:
            QueueFullError: if too many ask at the same time.
        """
        if not self.inquiring.acquire(blocking=False):
            raise QueueFullError(f"expected at most {_INQUIRIES} large questions at a time, got more: ask again later")
        try:
            with self.home.store.reading() as snapshot:
                yield snapshot
        finally:
            self.inquiring.release()


async def _desk(request: Request) -> Desk:
    # Not `def`: FastAPI would send it through the thread pool, at each request.
    desk: Desk = request.app.state.desk
    return desk


DeskDep = Annotated[Desk, Depends(_desk)]

At = Annotated[int | None, Query(ge=1, le=2**53 - 1, description="A tree size: answer as it was then")]


def _refuse_at(at: Annotated[str | None, Query(include_in_schema=False)] = None) -> None:
    if at is not None:
        raise MalformedError(
            f"expected no tree size, got at={at[:20]}: this is answered for the newest tree only", "at"
        )


NOW_ONLY: Final = (Depends(_refuse_at),)
"""For questions without a past: an `at` is refused, rather than answered as of now."""

LOT_PATTERN: Final = r"^[A-Z0-9][A-Z0-9-]{0,19}$"


def _path(pattern: str, description: str, example: str) -> Any:  # noqa: ANN401
    return Path(pattern=pattern, description=description, examples=[example])


LotId = Annotated[ids.LotId, _path(LOT_PATTERN, "The id of a lot", "MUN-L-000007")]
# The page of the interface says what it said before the types were apart.
AgreementId = Annotated[ids.AgreementId, _path(LOT_PATTERN, "The id of a lot", "MUN-L-000007")]
PartyId = Annotated[ids.PartyId, _path(r"^[A-Z][A-Z0-9-]{1,19}$", "The id of a participant", "MUN")]
StatementId = Annotated[ids.StatementId, _path(r"^[0-9a-f]{64}$", "The id of a statement", "5e" * 32)]
