"""What stays of a statement that did not occur: its ids, with nothing in them."""

from __future__ import annotations

from ledger.materials.state.book import Effects, Speaker
from ledger.materials.state.records import Lot, Run, Shipment
from schemas.events import MaterialEvent
from schemas.handover import Dispatch
from schemas.intake import Intake
from schemas.transformation import Transformation


def empty_lot(name: str, event: MaterialEvent | None, speaker: Speaker) -> Lot:
    """Return a lot that did not occur: its id is used, there is nothing in it."""
    material = "other"
    if isinstance(event, Intake) and event.lot == name:
        material = event.material
    elif isinstance(event, Transformation):
        material = next((output.material for output in event.outputs if output.lot == name), material)
    party = speaker.party.id
    return Lot(name, material, party, party, "consumed", 0, {}, speaker.occurred_at, speaker.index)


def keep_ids(event: MaterialEvent, speaker: Speaker, effects: Effects) -> None:
    """Keep the ids of what did not occur."""
    if isinstance(event, Transformation):
        effects.runs[event.run] = Run(
            event.run, event.process, speaker.party.id, speaker.index, speaker.statement, (), (), (), {}, {}
        )
    elif isinstance(event, Dispatch):
        effects.shipments[event.shipment] = Shipment(
            event.shipment, speaker.party.id, event.to, speaker.index, (), {}, event.agreement
        )
