"""What is shown of a hand-over is what its statements say now."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ledger.journal.answers import Taken
from ledger.questions.handovers import Handover, last_handover
from schemas.ids import LotId, PartyId
from tests.api.plant import Plant, intake

SENT = {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": "MUN-B-1"}], "documents": []}
LINE = {"lot": "MUN-B-1", "decision": "accepted", "net_kg": "21440"}
GOT = {"type": "acceptance", "shipment": "MUN-H-1", "lots": [LINE]}


class Sale(NamedTuple):
    """A lot that was sent and accepted, and the two statements."""

    plant: Plant
    sent: Taken
    got: Taken

    def correct(self, party: str, wrong: Taken, **more: Any) -> None:
        """Correct one of them."""
        event = {"type": "correction", "statement": wrong.id, "reason": "a slip", **more}
        self.plant.say(party, event, at="2026-01-08T06:00:00Z")

    def handover(self) -> Handover:
        """Return what is shown."""
        with self.plant.home.store.reading() as snapshot:
            return last_handover(snapshot, LotId("MUN-B-1"))


@pytest.fixture
def sale(tmp_path: Path) -> Sale:
    """Two entries behind an intake."""
    plant = Plant(tmp_path / "ledger")
    plant.say("MUN", intake("MUN-B-1"))
    sent = plant.say("MUN", SENT, at="2026-01-06T06:00:00Z")
    return Sale(plant, sent, plant.say("GLENCORE", GOT, at="2026-01-07T06:00:00Z"))


def test_a_hand_over_is_read_from_its_acceptance(sale: Sale) -> None:
    """Receiver, weight and entry are those of the acceptance."""
    found = sale.handover()
    assert (found.receiver, found.index) == ("GLENCORE", sale.plant.size - 1)
    assert found.line is not None
    assert found.line.net_kg == 21_440_000_000


def test_an_acceptance_that_was_taken_back_is_not_shown(sale: Sale) -> None:
    """The lot is on its way again; nobody has accepted it."""
    sale.correct("GLENCORE", sale.got, kind="did_not_occur")
    assert sale.handover() == Handover(PartyId("GLENCORE"))


def test_a_dispatch_that_was_taken_back_is_not_shown(sale: Sale) -> None:
    """Neither side of the hand-over is left."""
    sale.correct("GLENCORE", sale.got, kind="did_not_occur")
    sale.correct("MUN", sale.sent, kind="did_not_occur")
    assert sale.handover() == Handover()


def test_a_replaced_acceptance_says_what_its_replacement_says(sale: Sale) -> None:
    """The weight is that of the replacement, the entry that of the acceptance."""
    replacement = {**GOT, "lots": [{**LINE, "net_kg": "21400"}]}
    sale.correct("GLENCORE", sale.got, kind="incorrect_data", replacement=replacement)
    found = sale.handover()
    assert found.index == sale.got.index
    assert found.line is not None
    assert found.line.net_kg == 21_400_000_000
