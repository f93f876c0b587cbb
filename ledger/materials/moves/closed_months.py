"""What falls into a month that its site has closed: it counts in the first open one, and is found."""

from __future__ import annotations

from ledger.materials.mass.months import following, month_of
from ledger.materials.state.book import Effects, MaterialBook, Speaker
from ledger.materials.state.findings import NO_BOUND, Bound, find
from ledger.materials.state.records import Closed, Posting
from schemas.catalogue.findings.codes import FindingCode
from schemas.events import MaterialEvent


def post_to_open(rows: list[Posting], book: MaterialBook) -> tuple[list[Posting], list[Posting]]:
    """Move what falls into a closed month to the first open one of its site.

    Returns:
        All postings, and those of them that had to move, as they were.
    """
    posted: list[Posting] = []
    late: list[Posting] = []
    sites = {row.site for row in rows}
    if not any(book.periods.get(site) for site in sites):
        return rows, late
    for row in rows:
        closed = book.periods.get(row.site)
        if closed is None or row.period > closed.period:
            posted.append(row)
            continue
        late.append(row)
        posted.append(row._replace(period=following(closed.period), happened=row.period))
    return posted, late


def note_late(
    event: MaterialEvent, late: list[Posting], speaker: Speaker, closed: Closed | None, effects: Effects
) -> None:
    """Say of a statement that it speaks of a month after its close (a correction: that it changes one)."""
    was = min((row.period for row in late), default="")
    if not was:
        was = month_of(speaker.party, event.moved_at(speaker.occurred_at), speaker.rules)
        if closed is None or was > closed.period:
            return
    now = max((row.period for row in effects.postings if row.happened), default="")
    effects.findings.append(
        find(
            FindingCode.PRIOR_PERIOD_ADJUSTMENT, "low", (("month", was),),
            Bound((("posted_month", now),)) if now else NO_BOUND, speaker,
            lots=dict.fromkeys((*event.named_lots(), *effects.mentions, *effects.lots)),
            case="correction" if event.corrects() else "",
        )
    )  # fmt: skip
