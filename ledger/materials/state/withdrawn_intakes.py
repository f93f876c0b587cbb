"""Batches that did not occur, by who entered them and the month: another may be the same load, entered again."""

from __future__ import annotations

from typing import NamedTuple

from ledger.materials.mass.months import following, preceding
from ledger.materials.state.credit_months import SiteMonth
from ledger.materials.state.row_text import members_of, reader_of
from schemas.ids import PartyId, StatementId


class WithdrawnIntake(NamedTuple):
    """An intake that counts no more: its statement, when that happened on its word, its material and net mass in mg."""

    statement: StatementId
    at: str
    material: str
    net: int


def months_around(site: PartyId, at: str) -> tuple[SiteMonth, ...]:
    """Return the months in which an intake near a time may have been, that time's own first."""
    month, day = at[:7], at[8:10]
    near = (following(month),) if day > "20" else (preceding(month),) if day < "12" else ()
    return tuple(SiteMonth(site, name) for name in (month, *near))


@reader_of
def read_withdrawn(body: str) -> tuple[WithdrawnIntake, ...]:
    """Return the intakes of a row text."""
    return tuple(WithdrawnIntake(*members) for members in members_of(body))
