"""What belongs to a lot's story: its ancestors, and the entries that name one of them.

Invariants: the ancestors are closed, every input of a run that made one is one; the
walk visits each lot once, so a circle made by hand ends as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from schemas.events import Event, PartyEvent, named_lots
from schemas.intake import Intake
from schemas.transformation import Transformation


class Part(Enum):
    """What an entry is to the story of a lot."""

    PARTY = "party"
    """It says who may sign, or by which rules."""
    MAKES = "makes"
    """It creates a lot of the closure: replayed in full."""
    DRAWS = "draws"
    """A run that only draws on the closure: replayed for that draw."""
    MOVES = "moves"
    """It moves lots of the closure, and maybe others: replayed for those."""
    NONE = "none"
    """It names no lot of the closure."""


class Closure(NamedTuple):
    """The lot and its ancestors; ``makers`` are the indexes of the entries that create them."""

    lots: frozenset[str]
    missing: tuple[tuple[str, int | None], ...]
    """Lots without an entry that creates them, each with the entry of a run that takes it."""


def created_lots(event: Event) -> tuple[str, ...]:
    """Return the lots that an event creates."""
    match event:
        case Intake():
            return (event.lot,)
        case Transformation():
            return tuple(output.lot for output in event.outputs)
        case _:
            return ()


def close(lot: str, events: Mapping[int, Event]) -> Closure:
    """Return the closure of a lot within the events given by entry index."""
    makers: dict[str, int] = {}
    for index in sorted(events):
        for created in created_lots(events[index]):
            makers.setdefault(created, index)
    lots: dict[str, int | None] = {lot: None}
    missing: list[tuple[str, int | None]] = []
    waiting = [lot]
    while waiting:
        name = waiting.pop()
        maker = makers.get(name)
        if maker is None:
            missing.append((name, lots[name]))
            continue
        event = events[maker]
        for line in event.inputs if isinstance(event, Transformation) else ():
            if line.lot not in lots:
                lots[line.lot] = maker
                waiting.append(line.lot)
    return Closure(frozenset(lots), tuple(missing))


def part_of(event: Event, lots: frozenset[str]) -> Part:
    """Return what an event is to a closure."""
    if isinstance(event, PartyEvent):
        return Part.PARTY
    if lots.isdisjoint(named_lots(event)):
        return Part.NONE
    if not lots.isdisjoint(created_lots(event)):
        return Part.MAKES
    return Part.DRAWS if isinstance(event, Transformation) else Part.MOVES
