"""The balance of a site and month, and the movements that its figures are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from ledger.admission.closing import lots_root
from ledger.materials.moves.balance import NAMES, balance_of, balance_report, movement
from ledger.materials.moves.inheritance import DEFAULT
from ledger.materials.state.records import Posting
from ledger.questions.lots import check_size
from ledger.store.snapshot import Snapshot
from schemas.errors import NotFoundError
from schemas.ids import PartyId
from schemas.months import Months, parse_months


class Page(NamedTuple):
    """Which movements are wanted: those said behind an entry, about so many, of all kinds or of one."""

    after: int = -1
    limit: int = 1000
    kind: str | None = None


class Movements(NamedTuple):
    """An answer, and the entry behind which the next page begins, ``None`` where it is the last."""

    report: dict[str, Any]
    next: int | None


def balance_answer(snapshot: Snapshot, site: PartyId, period: str, at: int | None = None) -> dict[str, Any]:
    """Return the balance of a site and month, with what a ``period_close`` of it signs.

    ``custody`` is the weakest model of all lots that the site has (ISO 22095). With ``at``,
    the balance as it was at that tree size, without the ``lots_root``. A quarter, a year or a
    range of months (:func:`~schemas.months.parse_months`) has the opening of its first and the
    closing of its last; nobody signs it, so that it has ``months`` and neither hash.

    Raises:
        NotFoundError: if there is no such participant.
        MalformedError: for a size that the tree never had, or no months.
    """
    months = _months_of(snapshot, site, period, at)
    lots = snapshot.open_lots(site)
    past = None if at is None else snapshot.sums_of(site, at)
    balance = balance_of(site, months.first, snapshot.sums_of(site), lots, past=past, until=months.last)
    size = snapshot.size if at is None else at
    report = balance_report(balance, size)
    report["custody"] = snapshot.custody_of(site, size) or DEFAULT
    if months.first != months.last:
        del report["totals"]
        return {**report, "period": period, "months": list(months)}
    return report if at is not None else {**report, "lots_root": lots_root(lots)}


def movements_answer(snapshot: Snapshot, site: PartyId, period: str, page: Page, at: int | None = None) -> Movements:
    """Return what the figures of a balance are made of, by entry; all that an entry moved is on one page.

    Raises:
        NotFoundError: if there is no such participant.
        MalformedError: for a size that the tree never had, or no months.
    """
    months = _months_of(snapshot, site, period, at)
    known = snapshot.postings_in(site, months, since=page.after + 1, until=at)
    found, following = _first(known, page)
    rows = [movement(row) for row in found]
    size = snapshot.size if at is None else at
    return Movements({"site": site, "period": period, "unit": "kg", "movements": rows, "tree_size": size}, following)


def _months_of(snapshot: Snapshot, site: PartyId, period: str, at: int | None) -> Months:
    months = parse_months(period)
    if snapshot.parties.get(site) is None:
        raise NotFoundError("participant", site)
    if at is not None:
        check_size(snapshot, at)
    return months


def _first(rows: Iterable[Posting], page: Page) -> tuple[list[Posting], int | None]:
    found: list[Posting] = []
    for row in rows:
        if row.kind not in NAMES or page.kind not in (None, NAMES[row.kind]):
            continue
        if len(found) >= page.limit and row.index != found[-1].index:
            return found, found[-1].index
        found.append(row)
    return found, None
