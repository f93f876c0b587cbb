"""A season as a script: who says what and when, so that it can be played with a move in it and without."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from tests.season.court import Court

Event = dict[str, Any]
Ids = Mapping[str, str]
"""The id of each statement that was taken, by its label."""


class Step(NamedTuple):
    """Something that is said at a time; ``label`` names it for those who speak of it later.

    Where it needs the ids of earlier statements, ``event`` is made from them when it is said. What a move
    takes back was said in the season without it too: it is no ``trick``.
    """

    at: str
    label: str
    issuer: str
    event: Event | Callable[[Ids], Event]
    trick: bool = True


class Played(NamedTuple):
    """A season that was played: its court, the index of each statement by its label, and what was refused."""

    court: Court
    ids: dict[str, str]
    refused: dict[str, str]


def play(steps: Iterable[Step]) -> Played:
    """Say everything in the order of its time; of what is said at one time, in the order of the script."""
    played = Played(Court(), {}, {})
    for step in sorted(steps, key=lambda step: step.at):
        court = played.court
        try:
            event = step.event(played.ids) if callable(step.event) else step.event
        except KeyError as missing:
            # What it speaks of was refused itself.
            played.refused[step.label] = f"unsaid {missing}"
            continue
        before, size = len(court.refused), court.index
        said = court.say(step.issuer, event, step.at)
        if court.index > size:
            played.ids[step.label] = said
        else:
            played.refused[step.label] = court.refused[before]
    return played
