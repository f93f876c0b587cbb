"""The terms of an agreement, as far as a dispatch under it is judged by them."""

from __future__ import annotations

from typing import NamedTuple

from ledger.materials.state.row_text import members_of, reader_of
from schemas.ids import AgreementId, PartyId, StatementId


class Terms(NamedTuple):
    """An agreement: the seller's statement, and the buyer's that made it effective.

    ``offered`` and ``effective`` are the entries of these, so that a dispatch is judged by
    what stood before it, however often it is judged again.
    """

    id: AgreementId
    seller: PartyId
    buyer: PartyId
    statement: StatementId
    confirmed: StatementId | None = None
    parks: tuple[PartyId, ...] = ()
    starts_on: str = ""
    ends_on: str = ""
    offered: int = -1
    effective: int | None = None


@reader_of
def read_terms(body: str) -> Terms:
    """Return the agreement of a row text."""
    terms = Terms(*members_of(body))
    return terms._replace(parks=tuple(terms.parks))
