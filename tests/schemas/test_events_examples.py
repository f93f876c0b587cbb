"""The examples in ``docs/events.md`` are events, and every event about material has one."""

from __future__ import annotations

from typing import get_args

from schemas.events import MaterialEvent, read_event
from schemas.ids import PartyId
from schemas.versions import VERSION_1
from tests.schemas.examples import EVENTS


def test_every_example_is_read() -> None:
    """As it stands there, with a nonce in front."""
    for event in EVENTS:
        assert read_event({"nonce": "0" * 32, **event}, PartyId("MUN"), VERSION_1).type == event["type"]


def test_every_event_about_material_has_an_example() -> None:
    """Each type that a park, receiver, laboratory or certifier may say stands there as JSON."""
    about_material = {event.model_fields["type"].annotation for event in get_args(MaterialEvent)}
    assert {event["type"] for event in EVENTS} == {name for literal in about_material for name in get_args(literal)}
