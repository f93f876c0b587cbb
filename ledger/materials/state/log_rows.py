"""The tables of the logs of materials, and the rows that an entry adds to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from ledger.materials.state.codec import write_postings
from ledger.materials.state.layout import Column, Layout, key
from ledger.materials.state.posting_sums import write_sums
from ledger.materials.state.records import Posting
from ledger.materials.state.sum_tiles import SumTile
from schemas.events import Event
from schemas.ids import LotId, PartyId

POSTING: Final = Layout("posting", (key("site"), key("index", "number"), Column("body", "text")))
"""What an entry moved into or out of a site's stock."""

POSTING_SUM: Final = Layout(
    "posting_sum",
    (
        key("site"),
        key("level", "number"),
        key("number", "number"),
        Column("stop", "number"),
        Column("body", "text"),
    ),
)
"""The tiles of sums of a site's postings (:mod:`ledger.materials.state.sum_tiles`)."""

FINDING: Final = Layout(
    "finding",
    (
        key("index", "number"),
        key("judged", "number"),
        key("number", "number"),
        Column("ended", "number", may_lack=True),
        Column("body", "text"),
    ),
)
"""A finding on an entry: ``judged`` with that entry, or anew with a later correction, which ``ended`` the first."""

FINDING_LOT: Final = Layout(
    "finding_lot", (key("lot"), key("index", "number"), key("judged", "number"), key("number", "number"))
)
"""On which lots a finding shows."""

MENTION: Final = Layout("mention", (key("lot"), key("index", "number")))
"""Which entries name which lots."""


def rows_of_postings(index: int, postings: Sequence[Posting]) -> Iterator[dict[str, Any]]:
    """Yield the rows of an entry's postings, those of one site as one row."""
    for site, rows in by_site(postings).items():
        yield {"site": site, "index": index, "body": write_postings(rows)}


def by_site(postings: Sequence[Posting]) -> dict[PartyId, list[Posting]]:
    """Return an entry's postings by their sites, each a row."""
    rows: dict[PartyId, list[Posting]] = {}
    for posting in postings:
        rows.setdefault(posting.site, []).append(posting)
    return rows


def row_of_sums(site: PartyId, tile: SumTile) -> dict[str, Any]:
    """Return the row of a tile of sums."""
    level, number, stop, sums = tile
    return {"site": site, "level": level, "number": number, "stop": stop, "body": write_sums(sums)}


def lots_mentioned(event: Event, concerned: Sequence[LotId]) -> Sequence[LotId]:
    """Return the lots that an event names, and those that it concerns without naming them."""
    named = event.named_lots()
    return tuple(dict.fromkeys((*named, *concerned))) if concerned else named


def rows_of_mentions(index: int, lots: Sequence[LotId]) -> Iterator[dict[str, Any]]:
    """Yield a row for each lot that an entry names."""
    return ({"lot": lot, "index": index} for lot in lots)
