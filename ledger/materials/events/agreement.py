"""Agreements: a seller offers terms, the buyer makes them effective.

Invariant: the terms are the seller's bytes; the buyer's statement holds the same terms
and names the seller's, so neither can say later that it was something else.
"""

from __future__ import annotations

from ledger.materials.events.documents import check_documents
from ledger.materials.events.kind import Kind
from ledger.materials.history.as_corrected import standing_event
from ledger.materials.moves.preconditions import check_own_id
from ledger.materials.state.agreement_terms import Terms
from ledger.materials.state.book import MaterialBook, Speaker
from ledger.materials.state.ground import Ground
from ledger.materials.state.layer import Layer
from schemas.agreements import Agreement
from schemas.catalogue.refusals import RefusalCode
from schemas.refusal import RefusedError

_OWN = {"nonce", "sealed", "confirms", "documents", "note"}
"""Members that each side has of its own; all others must be the same."""


class AgreementKind(Kind[Agreement]):
    """Terms that a seller offers, and that the buyer makes effective by saying the same."""

    schema = Agreement

    def check(self, event: Agreement, speaker: Speaker, ground: Ground) -> None:
        """Demand an offer under a new id, or terms as they were offered.

        Raises:
            RefusedError: ``not-entitled``, ``agreement-exists``, ``unknown-participant``,
                ``unknown-agreement``, ``terms-differ``, ``duplicate-document``.
        """
        if event.confirms:
            _check_confirmation(event, speaker, ground.book)
        else:
            _check_offer(event, speaker, ground.book)
        check_documents(event.documents, speaker, ground.layer)

    def record(self, event: Agreement, speaker: Speaker, layer: Layer) -> None:
        """Let the terms stand as offered, or be effective; use the documents up."""
        offered = layer.book.agreements.get(event.agreement) if event.confirms else None
        terms = Terms(
            id=event.agreement, seller=event.seller, buyer=event.buyer, statement=speaker.statement, confirmed=None,
            parks=event.parks, starts_on=event.starts_on, ends_on=event.ends_on, offered=speaker.index,
        )  # fmt: skip
        if offered is not None:
            terms = offered._replace(confirmed=speaker.statement, effective=speaker.index)
        layer.effects.agreements[event.agreement] = terms
        super().record(event, speaker, layer)


def _check_offer(event: Agreement, speaker: Speaker, book: MaterialBook) -> None:
    if speaker.party.id != event.seller:
        raise RefusedError(RefusalCode.NOT_ENTITLED, "offer", seller=event.seller, party=speaker.party.id)
    check_own_id(event.agreement, "agreement", speaker.party)
    if book.agreements.get(event.agreement) is not None:
        raise RefusedError(RefusalCode.AGREEMENT_EXISTS, agreement=event.agreement, collides_with=event.agreement)
    for party in (event.buyer, *event.parks):
        if book.parties.get(party) is None:
            raise RefusedError(RefusalCode.UNKNOWN_PARTICIPANT, party=party)


def _check_confirmation(event: Agreement, speaker: Speaker, book: MaterialBook) -> None:
    terms = book.agreements.get(event.agreement)
    if terms is None or terms.statement != event.confirms:
        raise RefusedError(RefusalCode.UNKNOWN_AGREEMENT, agreement=event.agreement, statement=event.confirms or "")
    if speaker.party.id != terms.buyer:
        raise RefusedError(RefusalCode.NOT_ENTITLED, "confirm_agreement", buyer=terms.buyer, party=speaker.party.id)
    if terms.confirmed is not None:
        raise RefusedError(
            RefusalCode.AGREEMENT_EXISTS, "effective", agreement=event.agreement, collides_with=terms.confirmed
        )
    logged = standing_event(terms.statement, book)
    offered = logged.event.model_dump(exclude=_OWN) if logged is not None else {}
    said = event.model_dump(exclude=_OWN)
    differing = sorted(name for name in said if said[name] != offered.get(name))
    if differing:
        raise RefusedError(
            RefusalCode.TERMS_DIFFER, agreement=event.agreement, members=", ".join(differing),
            collides_with=terms.statement,
        )  # fmt: skip


AGREEMENT = AgreementKind()
