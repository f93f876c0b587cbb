"""Random seasons with every event: assays, counts, holds, claims, corrections, closes among the moves.

A correction takes up any earlier statement of materials and says it otherwise: half the
weight, another content, other lots in or out, or that it never happened.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from ledger.admission.closing import lots_root
from ledger.materials.claims.marks import claimable
from ledger.materials.mass.months import day_of, month_of
from ledger.materials.moves.balance import balance_of, totals_hash
from ledger.materials.state.credit_account import left
from ledger.materials.state.records import Lot
from schemas.codes import ORIGINS
from schemas.ids import PartyId
from schemas.instants import format_time
from schemas.quantity import format_kg, parse_kg
from schemas.versions import VERSION_1
from tests.season.random_seasons import PARKS, START, RandomSeason
from tests.world.events import participant
from tests.world.folding import Fold

OTHERS = [participant("LAB", "laboratory", country="CH"), participant("CERT", "certifier", country="CH")]
CORRECTABLE = ("intake", "transformation", "dispatch", "acceptance", "assay", "stock_count", "claim")
Move = Callable[[], tuple[str, dict[str, Any]]]
MOST = 9_999_999_999_999_999
STEP = 6 * 3600


class EverySeason(RandomSeason):
    """Lines of every kind against a fold; the same seed gives the same season."""

    often_late: tuple[str, ...] = ("stock_count", "hold")

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        for party in OTHERS:
            self.fold.register(party)
        self.said: list[tuple[int, str, dict[str, Any]]] = []

    def play(self, count: int, *, corrections: bool = True) -> Fold:
        """Take ``count`` lines, and return the fold."""
        for _ in self.steps(count, corrections=corrections):
            pass
        return self.fold

    def _run(self) -> tuple[str, dict[str, Any]]:
        issuer, event = super()._run()
        if event["type"] != "transformation":
            return issuer, event
        event |= {"started_at": self._now(), "ended_at": self._now()}
        if self.dice.randrange(4) == 0:
            event["custody"] = "mass_balance"
        return issuer, event

    def _dispatch(self) -> tuple[str, dict[str, Any]]:
        issuer, event = super()._dispatch()
        day = day_of(self.fold.parties[PartyId(issuer)], self._now(), VERSION_1)
        for line in event["lots"] if event["type"] == "dispatch" else ():
            lot = self.fold.lots.get(line["lot"])
            account = self.fold.account_of(PartyId(issuer))
            if lot is None or lot.credit is None or not account.earned:
                continue
            free = left(account, day)[0]
            line["credit_kg"] = {
                metal: {origin: format_kg(min(mass, room)) for origin, mass in zip(ORIGINS, split, strict=True) if mass}
                for metal, split in free.items()
                if (room := sum(lot.mix.get(metal, ())) // self.dice.choice((1, 3)))
            }
        return issuer, event

    def _documents(self, party: str) -> list[dict[str, str]]:
        return super()._documents(party) if self.number else []

    def steps(self, count: int, *, corrections: bool = True) -> Any:
        """Take lines one by one; yield each that was taken."""
        moves, others = self._moves()
        if corrections:
            others += [self._correction] * 4
        for self.number in range(1, count + 1):
            issuer, event = self.dice.choice(moves if self.dice.randrange(5) < 3 else others)()
            line = {"issuer": issuer, "occurred_at": self._time_of(event), "event": event}
            if self.fold.refusals([line]):
                continue
            self.said.append((self.fold.index - 1, issuer, event))
            yield line

    def _moves(self) -> tuple[list[Move], list[Move]]:
        """Return what is said often, and what is said now and then."""
        moves = [self._intake, self._run, self._run, self._dispatch, self._acceptance]
        others = [self._assay, self._assay, self._count_stock, self._hold, self._release, self._claim, self._close]
        return moves, others

    def _now(self) -> str:
        # Months pass, so that periods can be closed; runs keep their own time.
        return format_time(START + self.number * STEP)

    def _time_of(self, event: dict[str, Any]) -> str:
        # Words on what was there, on what left and on what shall stop come late every now and then.
        is_late = event["type"] in self.often_late and self.dice.randrange(3) == 0
        return format_time(START + max(self.number - self.dice.randrange(30), 0) * STEP) if is_late else self._now()

    def _lot(self) -> Lot | None:
        lots = list(self.fold.lots.values())
        alive = [lot for lot in lots if lot.net]
        return self.dice.choice(alive or lots) if lots else None

    def _assay(self) -> tuple[str, dict[str, Any]]:
        lot = self._lot()
        if lot is None:
            return self._intake()
        lots = [lot, *(other for other in self.fold.lots.values() if other.park == lot.park and other.net)][
            : self.dice.randrange(1, 4)
        ]
        results: dict[str, Any] = {}
        for metal in self.dice.sample(["Pb", "Li", "Ni", "Co"], self.dice.randrange(1, 3)):
            most = max(lot.net, 1)
            near = sum(lot.mix.get(metal, ())) * self.dice.choice((90, 100, 110)) // 100  # type: ignore[call-overload]
            fraction = min(near * 10**9 // most, 400_000_000)
            results[metal] = {"fraction": _fraction(fraction), "uncertainty": _fraction(fraction // 50)}
        event = {
            "type": "assay", "lots": list(dict.fromkeys(other.id for other in lots)), "results": results,
            "basis": "wet", "stage": self.dice.choice(("control", "provisional", "final")), "method": "ICP-OES",
            "sample": "S-1",
        }  # fmt: skip
        if self.dice.randrange(3) == 0:
            event["moisture"] = "0.05"
        assays = [index for index, _, said in self.said if said["type"] == "assay" and "results" in said]
        if assays and self.dice.randrange(4) == 0:
            index = self.dice.choice(assays)
            named = next(said["lots"] for at, _, said in self.said if at == index)
            return self.fold.lots[named[0]].park, {"type": "assay", "lots": named[:1], "confirms": f"{index:064x}"}
        return self.dice.choice((lot.park, lot.park, lot.holder, "LAB")), event

    def _count_stock(self) -> tuple[str, dict[str, Any]]:
        party = self.dice.choice(PARKS)
        lots = [lot for lot in self._held_by(party) if lot.net][: self.dice.randrange(1, 4)]
        if not lots:
            return self._intake()
        total = sum(lot.net for lot in lots)
        counted = self.dice.choice((total, total // 2, total * 98 // 100, total * 101 // 100, 0))
        return party, {
            "type": "stock_count", "lots": [lot.id for lot in lots], "counted_kg": format_kg(min(counted, MOST)),
            "method": "weighed", "reason": "month end", "adjust": bool(self.dice.randrange(4)),
        }  # fmt: skip

    def _hold(self) -> tuple[str, dict[str, Any]]:
        lot = self._lot()
        if lot is None or self.dice.randrange(3):
            return self._intake()
        return self.dice.choice((lot.holder, "CERT")), {"type": "hold", "lots": [lot.id], "reason": "to be looked at"}

    def _release(self) -> tuple[str, dict[str, Any]]:
        held = [(lot, hold) for lot in self.fold.lots.values() for hold in lot.holds if not hold.until]
        if not held:
            return self._intake()
        lot, hold = self.dice.choice(held)
        return hold.issuer, {"type": "release", "hold": hold.statement, "lots": [lot.id], "reason": "looked at"}

    def _claim(self) -> tuple[str, dict[str, Any]]:
        lot = self._lot()
        if lot is None:
            return self._intake()
        kind = self.dice.choice(("recycling_service", "recycled_content"))
        free = claimable(lot, kind)  # type: ignore[arg-type]
        wanted = {
            metal: {
                origin: format_kg(self.dice.choice((mass, mass // 2 or 1)))
                for origin, mass in zip(ORIGINS, split, strict=True)
                if mass
            }
            for metal, split in free.items()
        }
        if not wanted:
            return self._intake()
        issuer = (lot.recovered_by or lot.park) if kind == "recycling_service" else lot.holder
        if issuer not in self.fold.parties:
            return self._intake()
        return issuer, {
            "type": "claim", "kind": kind, "scheme": "ISCC PLUS", "number": f"C-{self.number}",
            "lots": [{"lot": lot.id, "origin_kg": wanted}],
        }  # fmt: skip

    def _close(self) -> tuple[str, dict[str, Any]]:
        site = PartyId(self.dice.choice(PARKS))
        now = month_of(self.fold.parties[site], self._now(), VERSION_1)
        year, month = int(now[:4]), int(now[5:])
        period = f"{year - (month == 1):04d}-{month - 1 or 12:02d}"
        lots = self.fold.open_lots(site)
        totals = totals_hash(balance_of(site, period, self.fold.sums_of(site), lots))
        return site, {"type": "period_close", "period": period, "totals": totals, "lots_root": lots_root(lots)}

    def _correction(self) -> tuple[str, dict[str, Any]]:
        made = [said for said in self.said if said[2]["type"] in CORRECTABLE]
        if not made:
            return self._intake()
        index, issuer, event = self.dice.choice(made)
        correction: dict[str, Any] = {"type": "correction", "statement": f"{index:064x}", "reason": "a slip of the pen"}
        if self.dice.randrange(3) == 0:
            return issuer, {**correction, "kind": "did_not_occur"}
        replacement = self._otherwise(json.loads(json.dumps(event)))
        return issuer, {**correction, "kind": "incorrect_data", "replacement": replacement}

    def _otherwise(self, event: dict[str, Any]) -> dict[str, Any]:
        """Return the event said otherwise."""
        event = deepcopy(event)
        for part in (event, *event.get("outputs", ()), *event.get("inputs", ())):
            if "net_kg" in part and self.dice.randrange(2):
                self._scale(part)
        self._parts_otherwise(event)
        for name in ("outputs", "inputs") if event["type"] == "transformation" else ("lots",):
            if len(event.get(name, ())) > 1 and event["type"] != "assay" and self.dice.randrange(3) == 0:
                event[name].pop()
        if "counted_kg" in event:
            event["counted_kg"] = format_kg(parse_kg(event["counted_kg"]) * 9 // 10)
        for result in event.get("results", {}).values():
            result["fraction"], result["uncertainty"] = "0.1", "0.01"
        if "number" in event:
            event["number"] += "-1"
        return event

    def _parts_otherwise(self, event: dict[str, Any]) -> None:
        """Let other parts have been rejected, or none."""
        lines = event["lots"] if event["type"] == "acceptance" else ()
        for line in (line for line in lines if "rejected" in line and self.parts.randrange(2)):
            if self.parts.randrange(3) == 0:
                del line["rejected"]
            else:
                mass = parse_kg(line["rejected"]["net_kg"]) * self.parts.choice((50, 90, 110, 300)) // 100
                line["rejected"]["net_kg"] = format_kg(min(mass or 1, MOST))

    def _scale(self, part: dict[str, Any]) -> None:
        percent = self.dice.choice((50, 90, 100, 110))
        part["net_kg"] = format_kg(min(parse_kg(part["net_kg"]) * percent // 100 or 1, MOST))
        if "content_kg" in part and "origin_kg" not in part:
            part["content_kg"] = {
                metal: format_kg(parse_kg(mass) * min(percent, 90) // 100) for metal, mass in part["content_kg"].items()
            }


def _fraction(parts: int) -> str:
    return f"0.{parts:09d}"
