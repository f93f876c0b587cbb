"""What the parks of :mod:`tests.bench.plant_years` say beside the plain lines of a bulk feed."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator
from copy import deepcopy
from itertools import islice
from random import Random
from typing import Any

from api.demo.bulk import SITES
from api.demo.figures import KG, JsonObject
from schemas.quantity import format_kg, parse_kg

AGREEMENT = "MUN-A-1"
BALANCED = "TEX"
"""Where lead is smelted under mass balance."""

DELIVERING = ("MUN", "TEX")
"""Whose deliveries are under the agreement."""

SUPPLIERS, A_GUEST_IN, BATCHES_OF_A_GUEST = 40, 25, 4
"""Regular suppliers of a site; every so many batches one of a guest, who brings so many in all."""

_RECENT = 300
_STEP = 20 * KG
_DRAWN_PERCENT = 99
_SLAGS, _PLASTICS, _BOUGHT = 20, 10, 60
_TERMS: JsonObject = {
    "type": "agreement", "agreement": AGREEMENT, "seller": "MUN", "buyer": "GLENCORE", "parks": list(DELIVERING),
    "starts_on": "2026-01-01", "ends_on": "2035-12-31", "tolerance": "0.1", "share": "0.95",
    "quantities": [{"metal": "Pb", "quantity_kg": "400000000", "year": 2026}],
}  # fmt: skip

Used = tuple[JsonObject, JsonObject]
"""The line of a batch and that of the run that took it."""


class Of(str):
    """Stands where an event names a statement: that which made this lot or run, or this agreement."""

    __slots__ = ()


def supplier_digest(site: str, name: str) -> str:
    """Return what an intake says of its supplier."""
    return hashlib.sha256(f"{site}/{name}".encode()).hexdigest()


def guest(site: str, batch: int) -> str:
    """Return the name of the guest that brings a site's batch; guests take turns with regular suppliers."""
    return f"guest {batch // (A_GUEST_IN * BATCHES_OF_A_GUEST)}"


class PlantWords:
    """Keeps no more of what was said than it needs for what comes next."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.batches = dict.fromkeys(SITES, 0)
        self.waiting: dict[str, JsonObject] = {}
        self.weighed_anew: dict[str, str] = {}
        self.used: deque[Used] = deque(maxlen=_RECENT)
        self.runs: deque[JsonObject] = deque(maxlen=_RECENT)
        self.corrected_already: set[str] = set()
        self.lead: dict[str, int] = {}
        self.slags: dict[str, deque[str]] = {site: deque() for site in SITES}
        self.plastics: dict[str, deque[str]] = {site: deque() for site in SITES}
        self.bought: deque[str] = deque()
        self.unclaimed: deque[str] = deque(maxlen=_BOUGHT // 2)
        self.number = 0

    def agreed(self) -> Iterator[JsonObject]:
        """Yield the agreement of seller and buyer."""
        yield _line("MUN", {**_TERMS})
        yield _line("GLENCORE", {**_TERMS, "confirms": Of(AGREEMENT)})

    def furnished(self, line: JsonObject) -> JsonObject:
        """Return a line of the bulk feed with all that a plant says with it."""
        event, site = line["event"], line["issuer"]
        match event["type"]:
            case "intake":
                self._intake(line, event, site)
            case "transformation":
                self._run(line, event, site)
            case "dispatch" if "to" in event:
                self._delivery(event, site)
            case "dispatch":
                return self._plastics_sold()
            case "acceptance":
                names = [word["lot"] for word in event["lots"]]
                self.bought.extend(names)
                self.unclaimed.extend(names)
            case _:
                pass
        return line

    def _intake(self, line: JsonObject, event: JsonObject, site: str) -> None:
        self.batches[site] += 1
        batch = self.batches[site]
        is_guest = batch % A_GUEST_IN == 0
        name = guest(site, batch) if is_guest else f"supplier {self.dice.randrange(SUPPLIERS)}"
        event["supplier"] = supplier_digest(site, name)
        event["ref"] = f"GATE {event['lot']}"
        event["documents"].append({"kind": "permit", "issuer": name, "number": f"P-{name}"})
        line["private"] = {"supplier": name}
        self.waiting[event["lot"]] = line

    def _run(self, line: JsonObject, event: JsonObject, site: str) -> None:
        event["ref"] = f"MES {event['run']}"
        for taken in event["inputs"]:
            batch = self.waiting.pop(taken["lot"], None)
            if batch is not None:
                taken["net_kg"] = self.weighed_anew.pop(taken["lot"], taken["net_kg"])
                self.used.append((batch, line))
        if event["process"] == "smelting":
            ingots, slag = event["outputs"]
            self.slags[site].append(slag["lot"])
            self.lead[ingots["lot"]] = parse_kg(ingots["content_kg"]["Pb"])
            if site == BALANCED:
                event["custody"] = "mass_balance"
        else:
            self.plastics[site].append(event["outputs"][-1]["lot"])
        self.runs.append(line)

    def _delivery(self, event: JsonObject, site: str) -> None:
        if site in DELIVERING:
            event["agreement"] = AGREEMENT
        event["documents"] = [{"kind": "packing_list", "issuer": site, "number": f"PL-{event['shipment']}"}]
        for sent in event["lots"] if site == BALANCED else ():
            sent["credit_kg"] = {
                "Pb": {"battery_post_consumer": format_kg(self.lead[sent["lot"]] * _DRAWN_PERCENT // 100)}
            }

    def _plastics_sold(self) -> JsonObject:
        """Return the sale in place of the bulk feed's, by the site where most stands, so that none fills up."""
        site = max(self.plastics, key=lambda name: len(self.plastics[name]))
        stock = self.plastics[site]
        return self._away(site, "sold", [stock.popleft() for _ in range(min(_PLASTICS, -(-len(stock) // 2)))])

    def sent_on(self) -> Iterator[JsonObject]:
        """Yield what a site sends away for good once much of it stands there: slag, and what the offtaker bought."""
        for site, slags in self.slags.items():
            if len(slags) >= _SLAGS:
                yield self._away(site, "disposal", [slags.popleft() for _ in range(_SLAGS // 2)])
        if len(self.bought) >= _BOUGHT:
            sold = [self.bought.popleft() for _ in range(_BOUGHT // 2)]
            for lot in sold:
                del self.lead[lot]  # no claim comes any more
            yield self._away("GLENCORE", "sold", sold)

    def _away(self, site: str, disposition: str, lots: list[str]) -> JsonObject:
        self.number += 1
        shipment, sent = f"{site}-V-{self.number:08d}", [{"lot": lot} for lot in lots]
        return _line(site, {"type": "dispatch", "shipment": shipment, "disposition": disposition, "lots": sent})

    def claimed(self) -> Iterator[JsonObject]:
        """Yield the offtaker's claim on half of the lead of a lot that it bought lately, if there is one."""
        if not self.unclaimed:
            return
        lot = self.unclaimed.pop()
        self.number += 1
        half = {"Pb": {"battery_post_consumer": format_kg(self.lead[lot] // 2)}}
        yield _line(
            "GLENCORE",
            {
                "type": "claim", "kind": "recycled_content", "scheme": "ISCC PLUS", "number": f"C-{self.number}",
                "lots": [{"lot": lot, "origin_kg": half}],
            },
        )  # fmt: skip

    def corrected(self, number: int) -> Iterator[JsonObject]:
        """Yield a correction of the recent past, if anything there was not corrected yet; the kinds take turns."""
        match number % 6:
            case 0 | 3:
                repairs = self._waiting_weighed_anew()
            case 1:
                repairs = self._batch_and_run()
            case 2:
                repairs = self._batch_in_other_words()
            case 4:
                repairs = self._less_than_was_used()
            case _:
                repairs = self._run_made_more()
        if not repairs:
            return
        issuer = repairs[0][0]["issuer"]
        objects = [_repair(line, replacement) for line, replacement in repairs]
        self.corrected_already.update(_made_by(line) for line, _ in repairs)
        several: JsonObject = objects[0] if len(objects) == 1 else {"corrections": objects}
        yield _line(issuer, {"type": "correction", **several, "reason": "a slip of the pen"})

    def _waiting_weighed_anew(self) -> list[Used]:
        names = [name for name in islice(reversed(self.waiting), _RECENT) if name not in self.corrected_already]
        if not names:
            return []
        line = self.waiting[self.dice.choice(names)]
        event = heavier(line["event"], self.dice.choice((-2, -1, 1, 2, 3)) * _STEP)
        self.weighed_anew[event["lot"]] = event["net_kg"]
        return [(line, event)]

    def _batch_and_run(self) -> list[Used]:
        pair = self._pair(with_run=True)
        if pair is None:
            return []
        batch, run = pair
        mended, again = heavier(batch["event"], _STEP), deepcopy(run["event"])
        for taken in again["inputs"]:
            if taken["lot"] == mended["lot"]:
                taken["net_kg"] = mended["net_kg"]
        return [(batch, mended), (run, again)]

    def _batch_in_other_words(self) -> list[Used]:
        pair = self._pair()
        return [(pair[0], {**deepcopy(pair[0]["event"]), "pieces": self.dice.randrange(1_000, 2_000)})] if pair else []

    def _less_than_was_used(self) -> list[Used]:
        pair = self._pair()
        return [(pair[0], heavier(pair[0]["event"], -_STEP))] if pair else []

    def _run_made_more(self) -> list[Used]:
        lines = [line for line in self.runs if _made_by(line) not in self.corrected_already]
        if not lines:
            return []
        line = self.dice.choice(lines)
        event = deepcopy(line["event"])
        last = event["outputs"][-1]
        last["net_kg"] = format_kg(parse_kg(last["net_kg"]) + _STEP)
        return [(line, event)]

    def _pair(self, *, with_run: bool = False) -> Used | None:
        """Return a batch that was not corrected yet and the run that took it; with ``with_run`` neither was."""
        done = self.corrected_already
        pairs = [
            (batch, run)
            for batch, run in self.used
            if _made_by(batch) not in done and not (with_run and _made_by(run) in done)
        ]
        return self.dice.choice(pairs) if pairs else None


def _line(issuer: str, event: JsonObject) -> JsonObject:
    return {"issuer": issuer, "event": event}


def _made_by(line: JsonObject) -> str:
    """Return the lot or the run by which a statement is named."""
    event: dict[str, Any] = line["event"]
    return str(event["lot"] if event["type"] == "intake" else event["run"])


def _repair(line: JsonObject, replacement: JsonObject) -> JsonObject:
    return {"statement": Of(_made_by(line)), "kind": "incorrect_data", "replacement": replacement}


def heavier(intake: JsonObject, mass: int) -> JsonObject:
    """Return an intake of so much more, with the lead of as many batteries."""
    net = parse_kg(intake["net_kg"]) + mass
    return {**deepcopy(intake), "net_kg": format_kg(net), "content_kg": {"Pb": format_kg(net // 1_000 * 595)}}
