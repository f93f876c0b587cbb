"""Closing a month at once: the ledger's own figures, signed and handed in before they change.

The totals are those of the month; the lots are those of the close's own entry, so any
entry that comes between reading and handing in makes another close necessary.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ledger.client.feed import FeedSender
from ledger.client.feed_result import FeedResult
from schemas.catalogue.refusals import RefusalCode
from schemas.ids import PartyId
from schemas.strict_json import dump_json

_TRIES = 5
_OVERTAKEN = frozenset({RefusalCode.TOTALS_DIFFER, RefusalCode.LOTS_DIFFER})


def close_month(
    sender: FeedSender, site: PartyId, period: str, occurred_at: str, figures: Callable[[], Mapping[str, str]]
) -> FeedResult:
    """Sign and hand in a ``period_close``; again, with figures read anew, where another entry came between.

    Args:
        sender: the way to the ledger, with the site's key.
        site: whose month it is.
        period: the month, ``YYYY-MM``.
        occurred_at: when it is closed.
        figures: reads ``totals`` and ``lots_root`` from the ledger as it is now.
    """
    result = FeedResult()
    for _ in range(_TRIES):
        event = {"type": "period_close", "period": period, **figures()}
        result = sender.send([dump_json({"issuer": site, "occurred_at": occurred_at, "event": event})])
        if _OVERTAKEN.isdisjoint(row["code"] for row in result.refused):
            break
    return result
