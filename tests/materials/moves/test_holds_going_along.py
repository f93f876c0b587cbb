"""The marks of holds that go along with metal, and how a lot takes them."""

from __future__ import annotations

from ledger.materials.moves.holds_going_along import holds_going_along, with_holds
from ledger.materials.state.lot_words import HoldMark
from ledger.materials.state.records import Lot
from schemas.ids import LotId, PartyId, StatementId

ONE = HoldMark(statement=StatementId("a" * 64), issuer=PartyId("CERT"), since="2026-01-08T06:00:00Z", by_certifier=True)
OVER = ONE._replace(statement=StatementId("b" * 64), until="2026-01-09T06:00:00Z")
VIA = StatementId("c" * 64)


def lot(*holds: HoldMark) -> Lot:
    """Return a lot under holds."""
    park = PartyId("MUN")
    return Lot(
        id=LotId("MUN-L-1"), material="refined_lead", park=park, holder=park, status="open", net=1, mix={},
        since="2026-01-05T06:00:00Z", created=0, holds=holds,
    )  # fmt: skip


def test_what_stands_goes_along_and_says_by_what() -> None:
    """A hold that was released does not; the rest is as it was set."""
    assert holds_going_along(lot(OVER, ONE), VIA) == (ONE._replace(via=VIA),)


def test_a_lot_takes_each_hold_once() -> None:
    """Not where it stands under it already, nor again by the same statement after it was released."""
    mark = ONE._replace(via=VIA)
    assert with_holds(lot(), (mark,)).holds == (mark,)
    assert with_holds(lot(ONE), (mark,)).holds == (ONE,)
    released = mark._replace(until="2026-01-10T06:00:00Z")
    assert with_holds(lot(released), (mark,)).holds == (released,)
    assert with_holds(lot(OVER), (OVER._replace(via=VIA, until=""),)).holds == (OVER, OVER._replace(via=VIA, until=""))
