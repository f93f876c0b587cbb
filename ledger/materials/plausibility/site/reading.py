"""A site as it is read from where its statements are kept: a store's snapshot, or a book in memory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from ledger.materials.plausibility.site.findings import (
    Site,
    as_it_stands,
    counts,
    departures,
    ids_in_papers,
    rejections,
)
from ledger.materials.state.book import LoggedEvent
from ledger.materials.state.kind import Reading
from ledger.materials.state.records import Lot, Run
from schemas.ids import LotId, RunId
from schemas.party import Party
from schemas.rules.version import Rules


class SiteRecord(Protocol):
    """Where the lots and runs of a site are looked up."""

    @property
    def lots(self) -> Reading[LotId, Lot]:
        """Lots by id."""
        ...

    @property
    def runs(self) -> Reading[RunId, Run]:
        """Runs by id."""
        ...


def read_site(party: Party, said_by: Iterable[LoggedEvent], record: SiteRecord, rules: Rules) -> Site:
    """Return a site with all that it said, as it stands.

    Args:
        party: the site.
        said_by: all that it said of materials, in the order of the ledger.
        record: where its runs and other lots are looked up.
        rules: the version in force.
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
    )
