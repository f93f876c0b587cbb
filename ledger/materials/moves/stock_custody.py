"""Counting under which models of custody a site has lots, so that its weakest model is known at every size."""

from __future__ import annotations

from ledger.materials.moves.inheritance import DEFAULT, weakest
from ledger.materials.state.layer import Layer
from ledger.materials.state.records import Lot
from ledger.materials.state.stock_custody import LotCounts, SiteCustody
from schemas.codes import CUSTODY_MODELS, CustodyModel
from schemas.ids import PartyId


def count_custody(layer: Layer) -> None:
    """Let the counts of sites follow the lots that an event changes."""
    book, effects = layer.book, layer.effects
    changes: dict[PartyId, dict[CustodyModel, int]] = {}
    for name, lot in effects.lots.items():
        was, now = _kept(book.lots.get(name)), _kept(lot)
        if was != now:
            for kept, change in ((was, -1), (now, 1)):
                if kept is not None:
                    site, model = kept
                    models = changes.setdefault(site, {})
                    models[model] = models.get(model, 0) + change
    for site, models in changes.items():
        before = book.stock.get(site) or {}
        after = _counted(before, models)
        if after != before:
            effects.stock[site] = after
            if _weakest(after) != _weakest(before):
                effects.custodies.append(SiteCustody(site, _weakest(after)))


def _kept(lot: Lot | None) -> tuple[PartyId, CustodyModel] | None:
    return (lot.holder, lot.custody) if lot is not None and lot.in_stock and lot.net else None


def _counted(before: LotCounts, change: LotCounts) -> LotCounts:
    counts = {model: before.get(model, 0) + change.get(model, 0) for model in CUSTODY_MODELS}
    return {model: count for model, count in counts.items() if count}


def _weakest(counts: LotCounts) -> CustodyModel:
    return weakest(*counts) if counts else DEFAULT
