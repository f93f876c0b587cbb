"""A bulk feed: any number of cheap, honest lines with the mix of a real ledger.

Of a hundred lines about 52 are intakes, 32 runs, 9 dispatches and 7 acceptances. Each
park breaks what came in, smelts what was broken, sends what was smelted; texts are
formatted directly, as a benchmark should not wait for its data.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from random import Random

from api.demo.figures import DAY, KG, MONTH_START, JsonObject
from schemas.instants import format_time
from schemas.quantity import format_kg

MIX = {"intake": 52, "breaking": 16, "smelting": 16, "to_offtaker": 7, "sold": 2, "acceptance": 7}
SITES = ("MUN", "TEX", "THA")
TRUCKS_A_RUN = 4
LOTS_A_SHIPMENT = 3

Stock = deque[tuple[str, int, int]]
"""Lots as ``(id, net, lead)`` in mg."""


def bulk_feed(count: int, seed: int = 1) -> Iterator[JsonObject]:
    """Yield exactly ``count`` feed lines in order of time, within one month where that is possible.

    Args:
        count: how many lines.
        seed: the same seed and count give the same lines.
    """
    yards = [_BulkYard(site, Random(f"{seed}/{site}")) for site in SITES]  # noqa: S311 - invented figures, no secrets
    step = max(1, min(60, 31 * DAY // max(count, 1)))
    debts = dict.fromkeys(MIX, 0)
    for number in range(count):
        for kind, weight in MIX.items():
            debts[kind] += weight
        yard, kind = _choose(debts, yards, number)
        debts[kind] -= 100
        issuer, event = yard.write(kind)
        line: JsonObject = {"issuer": issuer, "occurred_at": format_time(MONTH_START + number * step), "event": event}
        if event["type"] == "transformation":
            event["started_at"] = event["ended_at"] = line["occurred_at"]
        yield line


def _choose(debts: dict[str, int], yards: list[_BulkYard], number: int) -> tuple[_BulkYard, str]:
    """Return what is most overdue and can be done somewhere; an intake always can."""
    for kind in sorted(debts, key=lambda kind: -debts[kind]):
        for turn in range(len(yards)):
            yard = yards[(number + turn) % len(yards)]
            if yard.can(kind):
                return yard, kind
    raise AssertionError("an intake is always possible")


class _BulkYard:
    """A park that only counts what it needs for its next line."""

    def __init__(self, site: str, dice: Random) -> None:
        self.site = site
        self.country = {"MUN": "IN", "TEX": "US", "THA": "TH"}[site]
        self.dice = dice
        self.count = 0
        self.trucks: Stock = deque()
        self.broken: deque[tuple[tuple[str, int, int], tuple[str, int, int]]] = deque()
        self.ingots: Stock = deque()
        self.plastics: Stock = deque()
        self.travelling: deque[tuple[str, list[tuple[str, int, int]]]] = deque()

    def can(self, kind: str) -> bool:
        """Return whether such a line can be written now."""
        match kind:
            case "breaking":
                return len(self.trucks) >= TRUCKS_A_RUN
            case "smelting":
                return bool(self.broken)
            case "to_offtaker":
                return bool(self.ingots)
            case "sold":
                return bool(self.plastics)
            case "acceptance":
                return bool(self.travelling)
            case _:
                return True

    def write(self, kind: str) -> tuple[str, JsonObject]:
        """Return the issuer and the event of a line that can be written."""
        self.count += 1
        match kind:
            case "breaking":
                return self.site, self._breaking()
            case "smelting":
                return self.site, self._smelting()
            case "to_offtaker":
                return self.site, self._dispatch(self.ingots, LOTS_A_SHIPMENT, {"to": "GLENCORE"})
            case "sold":
                return self.site, self._dispatch(self.plastics, 10, {"disposition": "sold"})
            case "acceptance":
                return "GLENCORE", self._acceptance()
            case _:
                return self.site, self._intake()

    def _id(self, kind: str) -> str:
        return f"{self.site}-{kind}-{self.count:08d}"

    def _intake(self) -> JsonObject:
        net = self.dice.randrange(900, 1_250) * 20 * KG
        lead = net // 1_000 * 595
        lot = self._id("B")
        self.trucks.append((lot, net, lead))
        slip = {
            "kind": "weighbridge_slip", "issuer": self.site, "number": self._id("WB"),
            "sha256": f"{self.dice.getrandbits(256):064x}",
        }  # fmt: skip
        return {
            "type": "intake", "lot": lot, "material": "lead_acid_battery", "chemistry": "lead_acid", "form": "whole",
            "origin": "battery_post_consumer", "net_kg": format_kg(net), "content_kg": {"Pb": format_kg(lead)},
            "content_basis": "table", "country": self.country, "waste_code": "16 06 01*", "documents": [slip],
        }  # fmt: skip

    def _breaking(self) -> JsonObject:
        # Every fourth run takes four trucks, the others three, so that the yard neither fills nor starves.
        trucks = [self.trucks.popleft() for _ in range(4 if self.count % 4 == 0 else 3)]
        lead = sum(truck[2] for truck in trucks)
        net = sum(truck[1] for truck in trucks)
        paste, metallics = lead // 1_000 * 540, lead // 1_000 * 452
        made = (self._id("P"), paste * 143 // 100, paste), (self._id("M"), metallics * 106 // 100, metallics)
        self.broken.append(made)
        plastic = (self._id("X"), net // 20, 0)
        self.plastics.append(plastic)
        materials = ("lead_paste", "intermediate"), ("lead_scrap", "intermediate"), ("polypropylene", "product")
        return self._run("breaking", trucks, [*made, plastic], materials)

    def _smelting(self) -> JsonObject:
        taken = self.broken.popleft()
        lead = sum(lot[2] for lot in taken)
        ingots, slag = lead // 1_000 * 975, lead // 1_000 * 10
        made = (self._id("L"), ingots + ingots // 5_000, ingots), (self._id("S"), slag * 33, slag)
        self.ingots.append(made[0])
        event = self._run("smelting", taken, made, (("refined_lead", "product"), ("slag", "residue")))
        event["additions"] = [{"material": "soda ash", "net_kg": "1250", "content_kg": {}, "origin": "primary"}]
        return event

    def _run(
        self,
        process: str,
        taken: list[tuple[str, int, int]] | tuple[tuple[str, int, int], ...],
        made: list[tuple[str, int, int]] | tuple[tuple[str, int, int], ...],
        materials: tuple[tuple[str, str], ...],
    ) -> JsonObject:
        return {
            "type": "transformation",
            "run": self._id("R"),
            "process": process,
            "line": f"{self.site}-LAB-1",
            "inputs": [{"lot": lot, "net_kg": format_kg(net)} for lot, net, _ in taken],
            "outputs": [
                {
                    "lot": lot, "material": material, "role": role, "net_kg": format_kg(net),
                    "content_kg": {"Pb": format_kg(lead)} if lead else {},
                }
                for (lot, net, lead), (material, role) in zip(made, materials, strict=True)
            ],
        }  # fmt: skip

    def _dispatch(self, stock: Stock, most: int, goal: JsonObject) -> JsonObject:
        lots = [stock.popleft() for _ in range(min(most, len(stock)))]
        shipment = self._id("H")
        if "to" in goal:
            self.travelling.append((shipment, lots))
        return {
            "type": "dispatch",
            "shipment": shipment,
            **goal,
            "lots": [{"lot": lot[0]} for lot in lots],
            "documents": [],
        }

    def _acceptance(self) -> JsonObject:
        shipment, lots = self.travelling.popleft()
        return {
            "type": "acceptance",
            "shipment": shipment,
            "lots": [{"lot": lot, "decision": "accepted", "net_kg": format_kg(net)} for lot, net, _ in lots],
        }
