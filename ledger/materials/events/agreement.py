"""The judge of agreements: a seller offers terms, the buyer makes them effective.

Invariant: the terms are the seller's bytes; the buyer's statement holds the same terms
and names the seller's, so neither can say later that it was something else.
"""

from __future__ import annotations

from ledger.materials.history.as_corrected import standing_deed
from ledger.materials.moves.preconditions import check_own_id, cite
from ledger.materials.state.agreement_terms import Terms
from ledger.materials.state.book import Effects, MaterialBook, Speaker
from schemas.agreements import Agreement
from schemas.catalogue.refusals import RefusalCode
from schemas.refusal import RefusedError

_OWN = {"nonce", "sealed", "confirms", "documents", "note"}
"""Members that each side has of its own; all others must be the same."""


def judge_agreement(event: Agreement, speaker: Speaker, book: MaterialBook) -> Effects:
    """Offer an agreement, or confirm one.

    Raises:
        RefusedError: ``not-entitled``, ``agreement-exists``, ``unknown-participant``,
            ``unknown-agreement``, ``terms-differ``, ``duplicate-document``.
    """
    effects = _confirm(event, speaker, book) if event.confirms else _offer(event, speaker, book)
    cite(event.documents, speaker, book, (), effects)
    return effects


def _offer(event: Agreement, speaker: Speaker, book: MaterialBook) -> Effects:
    if speaker.party.id != event.seller:
        raise RefusedError(RefusalCode.NOT_ENTITLED, "offer", seller=event.seller, party=speaker.party.id)
    check_own_id(event.agreement, "agreement", speaker.party)
    if book.agreements.get(event.agreement) is not None:
        raise RefusedError(RefusalCode.AGREEMENT_EXISTS, agreement=event.agreement, collides_with=event.agreement)
    for party in (event.buyer, *event.parks):
        if book.parties.get(party) is None:
            raise RefusedError(RefusalCode.UNKNOWN_PARTICIPANT, party=party)
    terms = Terms(
        event.agreement, event.seller, event.buyer, speaker.statement, None, event.parks, event.starts_on,
        event.ends_on, speaker.index,
    )  # fmt: skip
    effects = Effects()
    effects.agreements[event.agreement] = terms
    return effects


def _confirm(event: Agreement, speaker: Speaker, book: MaterialBook) -> Effects:
    terms = book.agreements.get(event.agreement)
    if terms is None or terms.statement != event.confirms:
        raise RefusedError(RefusalCode.UNKNOWN_AGREEMENT, agreement=event.agreement, statement=event.confirms or "")
    if speaker.party.id != terms.buyer:
        raise RefusedError(RefusalCode.NOT_ENTITLED, "confirm_agreement", buyer=terms.buyer, party=speaker.party.id)
    if terms.confirmed is not None:
        raise RefusedError(
            RefusalCode.AGREEMENT_EXISTS, "effective", agreement=event.agreement, collides_with=terms.confirmed
        )
    deed = standing_deed(terms.statement, book)
    offered = deed.event.model_dump(exclude=_OWN) if deed is not None else {}
    said = event.model_dump(exclude=_OWN)
    differing = sorted(name for name in said if said[name] != offered.get(name))
    if differing:
        raise RefusedError(
            RefusalCode.TERMS_DIFFER, agreement=event.agreement, members=", ".join(differing),
            collides_with=terms.statement,
        )  # fmt: skip
    effects = Effects()
    effects.agreements[event.agreement] = terms._replace(confirmed=speaker.statement, effective=speaker.index)
    return effects
