"""What is odd about a dispatch that names an agreement: what of it does not fit the terms."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.materials.mass.months import day_of
from ledger.materials.state.agreement_terms import Terms
from ledger.materials.state.book import MaterialBook, Speaker
from ledger.materials.state.findings import NO_BOUND, Bound, find
from schemas.catalogue.figures import Figures
from schemas.catalogue.findings.codes import FindingCode
from schemas.findings import Finding
from schemas.handover import Dispatch
from schemas.ids import AgreementId, LotId


def find_in_agreement(
    event: Dispatch, name: AgreementId, lots: tuple[LotId, ...], speaker: Speaker, book: MaterialBook
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
    about = (("site", speaker.party.id), ("shipment", event.shipment))
    if terms is None or terms.offered >= speaker.index:
        for lot in lots:
            yield find(
                FindingCode.AGREEMENT_MISMATCH, "medium", (("agreement", name[:40]),), NO_BOUND, speaker, lots=(lot,),
                case="unknown", about=about,
            )  # fmt: skip
        return
    misfits = tuple(_misfits(event, terms, speaker))
    for lot in lots if misfits else ():
        yield find(FindingCode.AGREEMENT_MISMATCH, "medium", misfits, _terms(terms), speaker, lots=(lot,), about=about)


def _terms(terms: Terms) -> Bound:
    figures: Figures = (
        ("agreement", terms.id), ("buyer", terms.buyer), ("parks", ", ".join(terms.parks)),
        ("starts_on", terms.starts_on), ("ends_on", terms.ends_on),
    )  # fmt: skip
    return Bound(figures)


def _misfits(event: Dispatch, terms: Terms, speaker: Speaker) -> Iterator[tuple[str, str]]:
    if terms.effective is None or terms.effective >= speaker.index:
        yield ("confirmed", "no")
    if event.to != terms.buyer:
        yield ("to", event.to or "nobody")
    if speaker.party.id not in terms.parks:
        yield ("park", speaker.party.id)
    # No zone is a day away from UTC, so well inside the term nobody need ask the calendar.
    if not terms.starts_on < speaker.occurred_at[:10] < terms.ends_on:
        day = day_of(speaker.party, speaker.occurred_at, speaker.rules)
        if not terms.starts_on <= day <= terms.ends_on:
            yield ("day", day)
