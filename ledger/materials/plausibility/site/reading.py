"""A site as it is read from where its statements are kept: a store's snapshot, or a book in memory."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from ledger.materials.plausibility.reference.bounds import limits_of
from ledger.materials.plausibility.site.findings import (
    Site,
    as_it_stands,
    counts,
    departures,
    ids_in_papers,
    rejections,
    spans_of,
)
from ledger.materials.plausibility.site.sales import Sales, sales_within, sendings_of
from ledger.materials.state.book import LoggedEvent
from ledger.materials.state.products import Span
from schemas.ids import LotId
from schemas.party import Party
from schemas.rules.version import Rules


def read_site(
    party: Party, said_by: Iterable[LoggedEvent], record: Sales, rules: Rules, *, before: int | None = None
) -> Site:
    """Return a site with all that it said, as it stands.

    Args:
        party: the site.
        said_by: all that it said of materials, in the order of the ledger.
        record: where its runs, and lots and products of others, are looked up.
        rules: the version in force.
        before: the tree size at which it is read; ``None`` where the record has no more.
    """
    own = list(said_by)
    said = as_it_stands(own)
    runs = record.runs.many({name for row in said for name in row.event.named_runs()})
    named = record.lots.many(ids_in_papers(said))
    return Site(
        party=party,
        said=said,
        run=runs.get,
        is_lot=named.__contains__,
        rules=rules,
        lots=record.lots.many,
        rejected=rejections(own),
        departed=departures(own),
        counted=counts(own, party, rules),
        own=tuple(own),
        sold=partial(sales_within, record=record),
        sendings=partial(sendings_of, history=record.history, before=before),
    )


def looked_up_elsewhere(
    party: Party, said_by: Iterable[LoggedEvent], rules: Rules
) -> tuple[frozenset[LotId], list[Span]]:
    """Return what the checks of a site look up beside its own lots: ids in papers, and products by mass."""
    said = as_it_stands(said_by)
    site = Site(party, said, lambda _: None, lambda _: False, rules)
    return frozenset(ids_in_papers(said)), spans_of(site, limits_of(site))
