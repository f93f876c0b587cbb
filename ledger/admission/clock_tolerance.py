"""How far a stated time may be ahead of the ledger's clock (contract, section 7)."""

from __future__ import annotations

from collections.abc import Iterable

from schemas.catalogue.refusals import RefusalCode
from schemas.instants import format_time
from schemas.refusal import RefusedError

AHEAD_S = 600
"""Ten minutes: clocks of weighbridges and offices differ."""


def latest_time(now: int) -> str:
    """Return the last time that is not ahead of a clock that shows ``now``, in Unix seconds."""
    return format_time(now + AHEAD_S)


def check_clock(times: Iterable[str], latest: str | None) -> None:
    """Demand that no time is ahead of the clock.

    Args:
        times: what a statement states, at least one.
        latest: the last time that is not ahead; ``None`` when an entry is judged again,
            where the clock no longer counts.

    Raises:
        RefusedError: ``time-order``.
    """
    if latest is None:
        return
    ahead = max(times)
    if ahead > latest:
        raise RefusedError(RefusalCode.TIME_ORDER, "ahead", latest=latest, time=ahead)
