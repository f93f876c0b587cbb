"""What stays of a lot that did not occur: its id, with nothing in it."""

from __future__ import annotations

from ledger.materials.state.book import Speaker
from ledger.materials.state.records import Lot
from schemas.events import MaterialEvent
from schemas.ids import LotId


def empty_lot(name: LotId, event: MaterialEvent | None, speaker: Speaker) -> Lot:
    """Return a lot that did not occur: its id is used, there is nothing in it."""
    stated = event.stated_lots() if event is not None else ()
    material = next((lot.material for lot in stated if lot.lot == name), "other")
    party = speaker.party.id
    return Lot(
        id=name,
        material=material,
        park=party,
        holder=party,
        status="withdrawn",
        net=0,
        mix={},
        since=speaker.occurred_at,
        created=speaker.index,
    )
