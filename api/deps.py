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
from ledger.journal.clock import SystemClock
from ledger.questions.as_of import size_of
from ledger.store.snapshot import Snapshot
from schemas import ids
from schemas.errors import MalformedError, QueueFullError
from schemas.instants import format_time

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


def _size(
    desk: DeskDep,
    at: Annotated[int | None, Query(ge=1, le=2**53 - 1, description="A tree size: answer as it was then")] = None,
    as_of: Annotated[
        str | None,
        Query(
            description="A day in UTC: answer what was known by its end, at the last checkpoint kept",
            examples=["2026-03-31"],
        ),
    ] = None,
) -> int | None:
    """Return the tree size that is asked about."""
    if as_of is None:
        return at
    # What is known by then does not change while more comes in, so that it may be read apart.
    with desk.home.store.reading() as snapshot:
        return size_of(snapshot, at, as_of, format_time(SystemClock().now()))


At = Annotated[int | None, Depends(_size)]
"""The tree size of a question that has a past, by itself or by a day."""


def _refuse_past(
    at: Annotated[str | None, Query(include_in_schema=False)] = None,
    as_of: Annotated[str | None, Query(include_in_schema=False)] = None,
) -> None:
    for name, kind, value in (("at", "tree size", at), ("as_of", "day", as_of)):
        if value is not None:
            raise MalformedError(
                f"expected no {kind}, got {name}={value[:20]}: this is answered for the newest tree only", name
            )


NOW_ONLY: Final = (Depends(_refuse_past),)
"""For questions without a past: `at` and `as_of` are refused, rather than answered as of now."""

LOT_PATTERN: Final = r"^[A-Z0-9][A-Z0-9-]{0,19}$"


def _path(pattern: str, description: str, example: str) -> Any:  # noqa: ANN401
    return Path(pattern=pattern, description=description, examples=[example])


LotId = Annotated[ids.LotId, _path(LOT_PATTERN, "The id of a lot", "MUN-L-000007")]
# The page of the interface says what it said before the types were apart.
AgreementId = Annotated[ids.AgreementId, _path(LOT_PATTERN, "The id of a lot", "MUN-L-000007")]
PartyId = Annotated[ids.PartyId, _path(r"^[A-Z][A-Z0-9-]{1,19}$", "The id of a participant", "MUN")]
StatementId = Annotated[ids.StatementId, _path(r"^[0-9a-f]{64}$", "The id of a statement", "5e" * 32)]
