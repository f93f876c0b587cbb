"""All that a site said, as its own corrections left it."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.materials.plausibility.site.record import Site, Ware, as_it_stands
from schemas.ids import LotId, PartyId
from schemas.versions import VERSION_1
from tests.materials.yard import Yard, intake
from tests.world.events import line, output, run


@pytest.fixture
def yard() -> Yard:
    """A batch, a run on it, and a batch that never came."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000, {"Pb": 600})
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000, closes=True)], [output("MUN-L-1", 500, {"Pb": 500})]))
    yard.intake("MUN-B-2", 1000, {"Pb": 600})
    return yard


def site_of(yard: Yard) -> Site:
    """Return MUN with all that it said."""
    said = as_it_stands(logged for logged in yard.past.logged_events(yard.past.indexes()) if logged.issuer == "MUN")
    return Site(yard.parties[PartyId("MUN")], said, yard.runs.get, yard.lots.__contains__, VERSION_1)


def correction(index: int, replacement: dict[str, Any] | None) -> dict[str, Any]:
    """Return a correction of an entry."""
    kind = "did_not_occur" if replacement is None else "incorrect_data"
    event = {"type": "correction", "statement": f"{index:064x}", "kind": kind, "reason": "a slip"}
    return event if replacement is None else {**event, "replacement": replacement}


def test_what_was_corrected_stands_in_its_own_place(yard: Yard) -> None:
    """The replacement under the entry of what it replaces; what never occurred is left out."""
    yard.say("MUN", correction(0, intake("MUN-B-1", 1100, {"Pb": 600})))
    yard.say("MUN", correction(2, None))
    site = site_of(yard)
    assert [said.logged.index for said in site.said] == [0, 1]
    assert [batch.net_kg for _, batch in site.intakes()] == [1100]
    assert [event.run for _, event in site.transformations()] == ["MUN-R-1"]


def test_a_run_took_what_was_booked(yard: Yard) -> None:
    """All that was left of a lot that it closed, whatever the scale said; as stated where the run is not known."""
    yard.say("MUN", correction(0, intake("MUN-B-1", 1100, {"Pb": 600})))
    site = site_of(yard)
    ((_, event),) = site.transformations()
    assert list(site.taken(event)) == [("MUN-B-1", 1100)]
    assert list(site._replace(run=lambda _: None).taken(event)) == [("MUN-B-1", 1000)]


def test_a_ware_is_called_as_it_came_or_was_made(yard: Yard) -> None:
    """An output has the chemistry of its inputs, and the role in which it was made."""
    wares = site_of(yard).wares()
    assert wares[LotId("MUN-B-1")] == Ware("lead_scrap", "scrap", "lead_acid")
    assert wares[LotId("MUN-L-1")] == Ware("lead_bullion", None, "lead_acid", "product")
