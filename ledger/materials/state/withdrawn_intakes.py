"""Batches that did not occur, by who entered them and the month: another may be the same load, entered again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from ledger.materials.mass.months import following
from ledger.materials.state.credit_months import SiteMonth
from ledger.materials.state.row_text import members_of, reader_of
from schemas.ids import PartyId, StatementId
from schemas.limits import DEFAULTS


class WithdrawnIntake(NamedTuple):
    """An intake that counts no more: its statement, when that happened on its word, its material and net mass in mg."""

    statement: StatementId
    at: str
    material: str
    net: int


def months_around(site: PartyId, at: str, days: int = DEFAULTS.entered_anew_warn_days) -> list[SiteMonth]:
    """Return the months in which an intake within so many days of a time may have been, the first first."""
    day = date.fromisoformat(at[:10])
    first, last = ((day + timedelta(days=off)).isoformat()[:7] for off in (-days, days))
    months = [first]
    while months[-1] < last:
        months.append(following(months[-1]))
    return [SiteMonth(site, month) for month in months]


@reader_of
def read_withdrawn(body: str) -> tuple[WithdrawnIntake, ...]:
    """Return the intakes of a row text."""
    return tuple(WithdrawnIntake(*members) for members in members_of(body))
