"""Closing a month: with the figures of the moment, and again where another entry came between."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ledger.client.feed import FeedSender
from ledger.client.feed_result import FeedResult
from ledger.client.month_close import close_month
from ledger.client.outbox import Outbox
from ledger.client.transports import LocalTransport
from ledger.questions.balances import balance_answer
from schemas.ids import PartyId
from tests.client.station import Station, intake
from tests.world.parties import ORIGIN

NOON = "2026-02-01T12:00:00Z"


def close(station: Station, period: str = "2026-01", between: Callable[[], Any] = lambda: None) -> FeedResult:
    """Close a month of MUN; ``between`` happens after the figures were read."""

    def figures() -> dict[str, str]:
        with station.home.store.reading() as snapshot:
            report = balance_answer(snapshot, PartyId("MUN"), period)
        between()
        return {"totals": report["totals"], "lots_root": report["lots_root"]}

    outbox = Outbox(station.directory / "office.db")
    signer_of = station.home.folder.party_signer
    transport = LocalTransport(station.home)
    sender = FeedSender(transport, outbox, ORIGIN, lambda party: signer_of(party, None), clock=station.clock)
    try:
        return close_month(sender, PartyId("MUN"), period, NOON, figures)
    finally:
        outbox.close()


def test_a_month_is_closed_with_the_ledgers_own_figures(station: Station) -> None:
    """Once; the same close again is there already, another is refused."""
    station.send(intake("MUN-B-1"))
    assert close(station).report() == {"accepted": 1, "duplicates": 0, "refused": []}
    assert station.events()[-1]["type"] == "period_close"
    assert close(station).report() == {"accepted": 0, "duplicates": 1, "refused": []}
    station.send(intake("MUN-B-2"))
    assert [row["code"] for row in close(station).refused] == ["period-closed"]
    assert [row["code"] for row in close(station, "2026-02").refused] == ["period-open"]


def test_an_entry_that_came_between_makes_another_close(station: Station) -> None:
    """The batch changes totals and lots; the figures are read again, and no sequence number is lost."""
    lots = iter(["MUN-B-2", "MUN-B-3"])

    def between() -> None:
        if (lot := next(lots, None)) is not None:
            station.send(intake(lot))

    station.send(intake("MUN-B-1"))
    assert close(station, between=between).report() == {"accepted": 1, "duplicates": 0, "refused": []}
    assert [header.sequence for header in station.headers()] == [1, 2, 3, 4]


def test_it_gives_up_where_entries_never_cease(station: Station) -> None:
    """And says why."""
    number = iter(range(1, 99))
    result = close(station, between=lambda: station.send(intake(f"MUN-B-{next(number)}")))
    assert [row["code"] for row in result.refused] == ["totals-differ"]
