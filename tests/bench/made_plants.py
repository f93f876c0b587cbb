"""Ledgers that the feed of :mod:`tests.bench.plant_years` fills, month by month, closed as their sites close them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from api.demo.figures import JsonObject
from api.demo.season import participants
from ledger.home.opening import Home
from ledger.questions.balances import balance_answer
from ledger.submission import Submission
from schemas.ids import LotId, PartyId, RunId, StatementId
from tests.bench.feeds import FeedParties, make_home, take
from tests.bench.plant_words import Of
from tests.bench.plant_years import CLOSING, Month
from tests.world.opened import Clock
from tests.world.parties import id_of

__all__ = ["Plants", "all_lines", "balance_answer"]

_IN_ONE_PIECE = 2_000
_REMEMBERED = 10_000
_CAPACITY_T = "400000"
"""Of a line in a year: three parks break about 800,000 t in twelve months of *long*."""


class Plants:
    """A ledger that takes months, with the clock of the feed."""

    def __init__(self, home: Home, clock: Clock) -> None:
        self.home = home
        self.clock = clock
        self._parties = FeedParties(home)
        self._made: dict[str, StatementId] = {}
        self._number = 0

    @classmethod
    def made(cls, directory: Path) -> Plants:
        """Make a ledger with the parks of the demo, whose lines and scales last for years, in a new folder."""
        clock = Clock(_seconds("2026-01-01T11:00:00Z"))
        return cls(make_home(directory, clock=clock, participants=map(_lasting, participants())), clock)

    @classmethod
    def opened(cls, directory: Path) -> Plants:
        """Open a ledger that was made so, at the time of its newest checkpoint."""
        clock = Clock(0)
        home = Home.open(directory, clock=clock)
        with home.store.reading() as snapshot:
            clock.seconds = _seconds(snapshot.time or "")
        return cls(home, clock)

    def take_months(self, months: Iterable[Month], *, last_is_closed: bool = False) -> None:
        """Take every line, and close every month but the last, or that too; nothing may be refused."""
        before: Month | None = None
        for month in months:
            if before is not None:
                self.close(before)
            lines = iter(month.lines)
            while piece := list(islice(lines, _IN_ONE_PIECE)):
                self.take_lines(piece)
            before = month
        if before is not None and last_is_closed:
            self.close(before)

    def take_lines(self, lines: Iterable[JsonObject]) -> None:
        """Sign lines and hand them in at the time of the last."""
        take(self.home, self.sign_lines(lines))

    def sign_lines(self, lines: Iterable[JsonObject]) -> list[Submission]:
        """Return the statements of lines, with the ids of those that they name; the clock goes on to the last."""
        return [self._sign(line) for line in lines]

    def close(self, month: Month) -> None:
        """Let each site close a month, by the figures that the ledger gives right before."""
        for site in CLOSING:
            take(self.home, [self.sign_close(site, month.period, month.closed_at)])

    def sign_close(self, site: str, period: str, at: str) -> Submission:
        """Return a site's close of a month as its books stand now."""
        with self.home.store.reading() as snapshot:
            answer = balance_answer(snapshot, PartyId(site), period)
        event = {"type": "period_close", "period": period, "totals": answer["totals"], "lots_root": answer["lots_root"]}
        (close,) = self.sign_lines([{"issuer": site, "occurred_at": at, "event": event}])
        return close

    def _sign(self, line: JsonObject) -> Submission:
        self._number += 1
        self.clock.seconds = max(self.clock.seconds, _seconds(line["occurred_at"]))
        event = line["event"]
        submission = self._parties.sign_line({**line, "event": self._named(event)}, self._number)
        name = event.get("lot") or event.get("run") or (event.get("agreement") if "confirms" not in event else None)
        if name is not None and event["type"] != "dispatch":
            self._made[name] = id_of(submission)
            if len(self._made) > _REMEMBERED:
                del self._made[next(iter(self._made))]
        return submission

    def _named(self, value: Any) -> Any:
        """Return a value of JSON with the id of the statement wherever one stands for it."""
        if isinstance(value, Of):
            return self._made.get(value) or self._looked_up(value)
        if isinstance(value, dict):
            return {name: self._named(member) for name, member in value.items()}
        return [self._named(member) for member in value] if isinstance(value, list) else value

    def _looked_up(self, name: str) -> StatementId:
        """Return what made a lot or a run long ago, or before the ledger was opened."""
        with self.home.store.reading() as snapshot:
            run, lot = snapshot.runs.get(RunId(name)), snapshot.lots.get(LotId(name))
            assert run is not None or lot is not None, name
            return run.statement if run is not None else snapshot.statement_id(lot.created)  # type: ignore[union-attr]


def all_lines(months: Iterable[Month]) -> Iterator[JsonObject]:
    """Yield the lines of all months, without the closes."""
    for month in months:
        yield from month.lines


def _seconds(time: str) -> int:
    return int(datetime.fromisoformat(time).timestamp())


def _lasting(row: JsonObject) -> JsonObject:
    event = row["event"]
    for line in event.get("lines", ()):
        line["capacity_t_per_year"] = _CAPACITY_T
    for scale in event.get("scales", ()):
        scale["calibrated_until"] = "2040-12-31"
    return row
