"""What is odd about a dispatch that names an agreement: what of it does not fit the terms."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.materials.mass.months import day_of
from ledger.materials.plausibility.reference.bounds import Bound, find
from ledger.materials.state.agreement_terms import Terms
from ledger.materials.state.book import MaterialBook, Speaker
from schemas.findings import Finding
from schemas.handover import Dispatch


def find_in_agreement(
    event: Dispatch, name: str, lots: tuple[str, ...], speaker: Speaker, book: MaterialBook
) -> Iterator[Finding]:
    """Yield a finding on each lot where a dispatch does not fit the agreement that it names.

    The agreement is taken as it stood before the dispatch, so that the dispatch finds the
    same when it is folded again.

    Args:
        event: the dispatch.
        name: the agreement that it names.
        lots: the lots that are looked at.
        speaker: who dispatches.
        book: where agreements are.
    """
    terms = book.agreements.get(name)
    if terms is None or terms.offered >= speaker.index:
        figure, limit = f"an agreement {name[:40]}, which nobody has offered", "an agreement of this ledger"
    else:
        figure = ", ".join(_misfits(event, terms, speaker))
        limit = (
            f"{terms.id}: confirmed, to {terms.buyer}, from {', '.join(terms.parks)}, "
            f"from {terms.starts_on} to {terms.ends_on}"
        )
    for lot in lots if figure else ():
        yield find(
            "agreement-mismatch", "medium", figure, Bound(limit),
            f"{speaker.party.id} dispatched {lot} in {event.shipment} under an agreement that does not fit: {figure}",
            speaker, (lot,),
        )  # fmt: skip


def _misfits(event: Dispatch, terms: Terms, speaker: Speaker) -> Iterator[str]:
    if terms.effective is None or terms.effective >= speaker.index:
        yield "not confirmed by its buyer then"
    if event.to != terms.buyer:
        yield f"to {event.to or 'nobody in this ledger'}"
    if speaker.party.id not in terms.parks:
        yield f"from {speaker.party.id}"
    # No zone is a day away from UTC, so well inside the term nobody need ask the calendar.
    if not terms.starts_on < speaker.occurred_at[:10] < terms.ends_on:
        day = day_of(speaker.party, speaker.occurred_at)
        if not terms.starts_on <= day <= terms.ends_on:
            yield f"on {day}"
