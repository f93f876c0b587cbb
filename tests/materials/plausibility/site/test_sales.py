"""Where products are looked up: as they stand, and when they were sent."""

from __future__ import annotations

import pytest

from ledger.materials.plausibility.site.sales import sales_within, sendings_of
from ledger.materials.state.products import Span
from schemas.ids import LotId
from tests.season.court import Court
from tests.season.schemes.circles import send_lead
from tests.world.events import KG, acceptance, correction, dispatch

LOT = LotId("MUN-L-1")
SENT, AGAIN = "2026-01-08T06:00:00Z", "2026-01-20T06:00:00Z"


def within(court: Court, least: int, most: int) -> list[str]:
    """Return the lots between two masses, in kg, with any lead in them."""
    return [sale.lot.id for sale in sales_within([Span("Pb", (least * KG, most * KG), (0, most * KG))], court)]


@pytest.mark.parametrize(
    ("least", "most", "expected"),
    [(11_902, 11_902, [LOT]), (11_903, 12_000, []), (11_000, 11_901, []), (1, 20_000, [LOT])],
)
def test_products_by_their_mass(least: int, most: int, expected: list[str]) -> None:
    """Both ends are included; batches are no products."""
    court = Court()
    send_lead(court)
    assert within(court, least, most) == expected


def test_every_sending_that_stands() -> None:
    """Of a lot that was sent, sent back and sent again; one that did not occur is none; a part of the entries."""
    court = Court()
    send_lead(court, sent=False)
    assert sendings_of(LOT, court.history, None) == ()
    court.say("MUN", dispatch("MUN-H-1", LOT, to="TEX"), SENT)
    court.say("TEX", acceptance("MUN-H-1", LOT, decision="rejected", net=11_902 * KG), "2026-01-10T06:00:00Z")
    size = court.index
    court.say("MUN", dispatch("MUN-H-2", LOT), AGAIN)
    assert court.refused == []
    assert [row.at for row in sendings_of(LOT, court.history, None)] == [SENT, AGAIN]
    assert [row.at for row in sendings_of(LOT, court.history, size)] == [SENT]
    court.say("MUN", correction(size), "2026-01-21T06:00:00Z")
    assert [row.at for row in sendings_of(LOT, court.history, None)] == [SENT]


def test_a_lot_that_left_the_ledger() -> None:
    """Where nobody took it over."""
    court = Court()
    send_lead(court, sent=False)
    left = {**dispatch("MUN-H-1", LOT), "disposition": "sold"}
    del left["to"]
    court.say("MUN", left, SENT)
    assert court.refused == []
    assert [row.at for row in sendings_of(LOT, court.history, None)] == [SENT]
