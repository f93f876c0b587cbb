"""Movements around holds: during one that is over by now, or before one that stands."""

from __future__ import annotations

import pytest

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


def test_a_movement_inside_a_released_hold_is_found(yard: Yard) -> None:
    """Entered when nothing bars it any more, dated when something did."""
    yard.say("CERT", HOLD, day(8))
    yard.say("CERT", release(1), day(12))
    assert yard.lot("MUN-B-1").held is False
    yard.say("MUN", SEND, day(10))
    assert codes(yard, 3) == {"moved-while-held": "high"}


@pytest.mark.parametrize("at", [day(7), day(12), day(13)])
def test_a_released_hold_says_nothing_of_other_times(yard: Yard, at: str) -> None:
    """Before it, and from the release on."""
    yard.say("CERT", HOLD, day(8))
    yard.say("CERT", release(1), day(12))
    yard.say("MUN", SEND, at)
    assert codes(yard, 3) == {}


def test_a_hold_entered_after_the_lot_had_gone_on_says_so(yard: Yard) -> None:
    """A dispatch of the 10th is in the ledger when a hold from the 8th comes in; one from the 11th is no surprise."""
    yard.say("MUN", SEND, day(10))
    yard.say("CERT", HOLD, day(8))
    assert codes(yard, 2) == {"held-after-move": "medium"}
    yard.say("CERT", HOLD, day(11))
    assert codes(yard, 3) == {}


def test_a_run_corrected_into_a_hold_is_found(yard: Yard) -> None:
    """No correction is refused for it; the finding says that the lot was held, not that it moved before."""
    yard.say("CERT", HOLD, day(8))
    yard.say("MUN", smelt(day(7), day(7)))
    fix = {"type": "correction", "statement": f"{2:064x}", "kind": "incorrect_data", "reason": "wrong day",
           "replacement": smelt(day(9), day(9))}  # fmt: skip
    yard.say("MUN", fix, day(10))
    about_holds = [finding for finding in yard.findings_of(2) if "held" in finding.code or "hold" in finding.code]
    (found,) = [finding for finding in about_holds if finding.withdrawn_by is None]
    assert (found.code, found.severity, found.figures) == ("moved-while-held", "high", (("moved_at", day(9)),))
