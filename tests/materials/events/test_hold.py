"""Holds and their times: what is barred, and what is found though it came late."""

from __future__ import annotations

import pytest

from ledger.materials.answers.as_of import lot_at
from ledger.materials.answers.lot_report import lot_report
from schemas.ids import LotId
from schemas.versions import VERSION_1
from tests.materials.held import HOLD, SEND, day, release, smelt
from tests.materials.yard import Yard, codes
from tests.world.events import KG, participant


@pytest.fixture
def yard() -> Yard:
    """100 kg at MUN since 5 January, and a certifier."""
    yard = Yard()
    yard.register(participant("CERT", "certifier", country="DE"))
    yard.intake("MUN-B-1", 100 * KG, {"Pb": 60 * KG})
    return yard


def test_a_hold_is_released_once(yard: Yard) -> None:
    """And not by an earlier one's release."""
    yard.say("CERT", HOLD, day(8))
    yard.say("CERT", release(1), day(12))
    assert yard.code("CERT", release(1), day(13)) == "unknown-hold"
    yard.say("CERT", HOLD, day(14))
    assert yard.code("MUN", SEND, day(15)) == "lot-held"
    yard.say("MUN", SEND, day(13))
    assert codes(yard, yard.index - 1) == {"moved-before-hold": "medium"}


@pytest.mark.parametrize(("start", "said"), [(day(7), "taken"), (day(8), "lot-held"), (day(8, 7), "lot-held")])
def test_what_went_in_before_the_hold_is_not_barred(yard: Yard, start: str, said: str) -> None:
    """A run takes its inputs when it starts; that it ended later is not the hold's matter."""
    yard.say("CERT", HOLD, day(8))
    assert yard.code("MUN", smelt(start, day(9))) == said
    assert said != "taken" or codes(yard, 2)["moved-before-hold"] == "medium"
    # The hold stays on what is left; who buys the lead must see it as well.
    found = next((one for one in yard.findings if one.code == "moved-before-hold"), None)
    assert said != "taken" or (found is not None and "MUN-L-1" in found.lots)


def test_the_answer_names_who_holds_a_lot(yard: Yard) -> None:
    """By which statement and since when, while the hold stands; the past answers as it did."""
    yard.say("CERT", HOLD, day(8))
    report = lot_report(yard.lot("MUN-B-1"), VERSION_1, 2)
    assert report["held"] is True
    assert report["holds"] == [{"statement": f"{1:064x}", "issuer": "CERT", "since": day(8)}]
    yard.say("CERT", release(1), day(12))
    after = lot_report(yard.lot("MUN-B-1"), VERSION_1, 3)
    assert (after["held"], "holds" in after) == (False, False)
    past = lot_at(LotId("MUN-B-1"), 2, yard)
    assert past is not None
    assert lot_report(past.lot, VERSION_1, 2) == report
