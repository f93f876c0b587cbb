"""Values of the accounting to JSON text and back: postings, agreements, corrections, closed months."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ledger.materials.state.agreement_terms import Terms
from ledger.materials.state.credit_account import Account, Void
from ledger.materials.state.records import Attested, Closed, Posting, Standing
from ledger.store.codec import mix_of, reader_of, write_text


def write_postings(postings: Iterable[Posting]) -> str:
    """Return the row text of the postings of one entry and site, without what the row says."""
    return write_text([_posted(row) for row in postings])


def _posted(row: Posting) -> tuple[Any, ...]:
    values = (row.kind, row.record, row.material, row.net, row.dry, row.mix, row.period)
    return (*values, row.day, row.happened) if row.day or row.happened else values


@reader_of
def _read_postings(body: str) -> list[list[Any]]:
    return [list(row) for row in json.loads(body)]


def read_postings(site: str, index: int, statement: str, body: str) -> list[Posting]:
    """Return the postings of a row."""
    return [
        Posting(
            site,
            kind,
            record,
            material,
            net,
            dry,
            mix_of(mix),
            index,
            statement,
            *((more[0], period, more[1]) if more else ("", period)),
        )
        for kind, record, material, net, dry, mix, period, *more in _read_postings(body)
    ]


def _members(body: str) -> list[Any]:
    members = json.loads(body)
    if not isinstance(members, list) or not members:
        raise TypeError("not a list")
    return members


def write_terms(terms: Terms) -> str:
    """Return the row text of an agreement."""
    return write_text(terms)


@reader_of
def read_terms(body: str) -> Terms:
    """Return the agreement of a row text."""
    name, seller, buyer, statement, confirmed, parks, *rest = _members(body)
    return Terms(name, seller, buyer, statement, confirmed, tuple(parks), *rest)


def write_attested(said: tuple[Attested, ...]) -> str:
    """Return the row text of what certifiers said."""
    return write_text(said)


@reader_of
def read_attested(body: str) -> tuple[Attested, ...]:
    """Return what certifiers said, of a row text."""
    return tuple(
        Attested(statement, issuer, tuple(codes), verdict, tuple((code, figure) for code, figure in figures), index)
        for statement, issuer, codes, verdict, figures, index in _members(body)
    )


def write_standing(standing: Standing) -> str:
    """Return the row text of a correction that stands."""
    return write_text(standing)


@reader_of
def read_standing(body: str) -> Standing:
    """Return the correction of a row text."""
    return Standing(*_members(body))


def write_closed(closed: Closed) -> str:
    """Return the row text of a closed month."""
    return write_text(closed)


@reader_of
def read_closed(body: str) -> Closed:
    """Return the closed month of a row text."""
    return Closed(*_members(body))


def write_account(account: Account) -> str:
    """Return the row text of a mass-balance account."""
    return write_text(account)


@reader_of
def read_account(body: str) -> Account:
    """Return the account of a row text."""
    earned, drawn, made, voided = _members(body)
    return Account(
        {day: mix_of(mix) for day, mix in earned.items()},
        {day: mix_of(mix) for day, mix in drawn.items()},
        made,
        {
            draw: tuple(Void(index, statement, mix_of(mix)) for index, statement, mix in voids)
            for draw, voids in voided.items()
        },
    )
