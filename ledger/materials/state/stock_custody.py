"""Under which models of custody a site has lots, now and at every size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from json import loads
from typing import Any, Final, NamedTuple

from ledger.materials.state.layout import Column, Layout, key
from ledger.materials.state.row_text import reader_of
from schemas.codes import CUSTODY_MODELS, CustodyModel
from schemas.ids import PartyId

LotCounts = Mapping[CustodyModel, int]
"""How many lots with mass a site has under each model; a model without any is absent."""

SITE_CUSTODY: Final = Layout("site_custody", (key("site"), key("index", "number"), Column("model")))
"""The weakest model of all that a site has from an entry on."""


class SiteCustody(NamedTuple):
    """What the weakest model of all that a site has becomes."""

    site: PartyId
    model: CustodyModel


@reader_of
def read_counts(body: str) -> LotCounts:
    """Return the counts of a row text."""
    counts: LotCounts = loads(body)
    if not all(model in CUSTODY_MODELS and type(count) is int for model, count in counts.items()):
        raise ValueError("not counts of lots by model")
    return counts


def rows_of_custodies(index: int, changes: Sequence[SiteCustody]) -> Iterator[dict[str, Any]]:
    """Yield the rows of what an entry changes."""
    return ({"site": site, "index": index, "model": model} for site, model in changes)
