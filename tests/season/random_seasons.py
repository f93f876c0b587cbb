"""Adversarial seasons: odd, tiny, tangled and partly impossible lines, made by dice.

A line is made against the book as it stands, so that most are taken; the others are
refused and must change nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from api.demo.figures import participants
from ledger.materials.mass.mix import content_of
from ledger.materials.state.records import Lot
from schemas.codes import METALS, ORIGINS
from schemas.instants import format_time
from schemas.quantity import format_kg
from tests.world.folding import Fold

PARKS = ("GZB", "MUN", "TEX", "THA")
METALS_USED = METALS[:5]
PROCESSES = ("smelting", "blending", "packing", "sorting", "leaching", "reweighing", "shredding")
START = 1_767_571_200
MASSES = (1, 2, 3, 7, 100, 999_999, 1_000_000, 12_345_678, 25_000_000_000, 9_999_999_999_999_999)


class RandomSeason:
    """Lines against a fold; the same seed gives the same season."""

    in_part: bool = True
    """Whether now and then a part of a lot is rejected."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        self.parts = Random(seed + 1)
        self.fold = Fold(participants())
        self.number = 0

    def lines(self, count: int) -> Iterator[dict[str, Any]]:
        """Yield lines; each must be given to the fold before the next is asked for."""
        for self.number in range(1, count + 1):
            makers = [self._intake, self._intake, self._run, self._run, self._run, self._dispatch, self._acceptance]
            issuer, event = self.dice.choice(makers)()
            yield {"issuer": issuer, "occurred_at": format_time(START + self.number), "event": event}

    def _mass(self) -> int:
        if self.dice.randrange(2):
            return self.dice.choice(MASSES)
        return self.dice.randrange(1, 10 ** self.dice.randrange(1, 13))

    def _split(self, total: int, parts: int) -> list[int]:
        """Return ``parts`` masses, some zero, that add up to ``total``."""
        cuts = sorted(self.dice.choice((0, total, self.dice.randint(0, total))) for _ in range(parts - 1))
        return [high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)]

    def _content(self, net: int) -> dict[str, int]:
        metals = self.dice.sample(METALS_USED, self.dice.randrange(4))
        parts = self._split(net, len(metals) + 1)
        return dict(zip(metals, parts[1:], strict=True))

    def _new(self, party: str, kind: str) -> str:
        # Now and then an id that is used already.
        number = self.number if self.dice.randrange(40) else max(1, self.number - 1)
        return f"{party}-{kind}-{number}"

    def _intake(self) -> tuple[str, dict[str, Any]]:
        party = self.dice.choice(PARKS)
        net = self._mass()
        content = self._content(net)
        event = {
            "type": "intake", "lot": self._new(party, "B"), "material": "mixed_battery", "chemistry": "mixed",
            "form": "whole", "net_kg": format_kg(net), "content_kg": _texts(content), "content_basis": "estimated",
            "country": "IN", "documents": self._documents(party),
        }  # fmt: skip
        if self.dice.randrange(3):
            splits = {metal: self._split(mass, len(ORIGINS)) for metal, mass in content.items()}
            event["origin_kg"] = {metal: _texts(dict(zip(ORIGINS, row, strict=True))) for metal, row in splits.items()}
        else:
            event["origin"] = self.dice.choice(ORIGINS)
        return party, event

    def _documents(self, party: str) -> list[dict[str, str]]:
        number = str(self.dice.randrange(4 * self.number))
        return [{"kind": "weighbridge_slip", "issuer": party, "number": number}] if self.dice.randrange(2) else []

    def _held_by(self, party: str) -> list[Lot]:
        lots = [lot for lot in self.fold.lots.values() if lot.holder == party]
        usable = [lot for lot in lots if lot.status == "open" and lot.net]
        return usable if usable and self.dice.randrange(15) else lots

    def _run(self) -> tuple[str, dict[str, Any]]:
        party = self.dice.choice((*PARKS, "GLENCORE"))
        lots = self._held_by(party)
        if not lots:
            return self._intake()
        process = "packing" if party == "GLENCORE" else self.dice.choice(PROCESSES)
        inputs, net, pool = self._inputs(lots)
        additions = [self._addition() for _ in range(self.dice.choice((0, 0, 1, 2)))]
        for mass, content in additions:
            net += mass
            pool = {metal: pool.get(metal, 0) + content.get(metal, 0) for metal in METALS_USED}
        event = {
            "type": "transformation", "run": self._new(party, "R"), "process": process,
            "started_at": format_time(START + self.number), "ended_at": format_time(START + self.number),
            "inputs": inputs, "outputs": self._outputs(party, net, pool),
            "additions": [
                {
                    "material": "reagent", "net_kg": format_kg(mass), "content_kg": _texts(content),
                    "origin": self.dice.choice(("primary", "unknown")),
                }
                for mass, content in additions
            ],
        }  # fmt: skip
        if self.dice.randrange(3) == 0:
            event["gain_reason"] = "not_analysed"
        return party, event

    def _addition(self) -> tuple[int, dict[str, int]]:
        net = self._mass()
        return net, self._content(net)

    def _inputs(self, lots: list[Lot]) -> tuple[list[dict[str, Any]], int, dict[str, int]]:
        """Return input lines, the same lot several times among them, their net and about their metal."""
        chosen = self.dice.choices(lots, k=self.dice.randrange(1, 5))
        lines: list[dict[str, Any]] = []
        net = 0
        pool: dict[str, int] = {}
        for lot in chosen:
            most = max(lot.net, 1)
            taken = self.dice.choice((1, most, most // 2 or 1, self.dice.randint(1, most)))
            line: dict[str, Any] = {"lot": lot.id, "net_kg": format_kg(taken)}
            if closes := not self.dice.randrange(4):
                line |= {"net_kg": format_kg(self.dice.choice((taken, most, 1))), "closes": True}
            lines.append(line)
            net += taken
            for metal, mass in content_of(lot.mix).items():
                part = mass if closes else mass * taken // most
                pool[metal] = pool.get(metal, 0) + part
        return lines, net, pool

    def _outputs(self, party: str, net: int, pool: dict[str, int]) -> list[dict[str, Any]]:
        """Return outputs with all of the pool, part of it, a little more of it, or something else."""
        count = self.dice.randrange(1, 4)
        contents: list[dict[str, int]] = [{} for _ in range(count)]
        for metal, mass in pool.items():
            # All, half, a gain within the tolerance, one far beyond it, one milligram.
            total = self.dice.choice((mass, mass, mass // 2, mass * 101 // 100, mass * 3, 1, 0))
            for content, part in zip(contents, self._split(total, count), strict=True):
                content[metal] = min(part, MASSES[-1])
        outputs = []
        for number, content in enumerate(contents):
            if not self.dice.randrange(12):
                content[self.dice.choice(METALS_USED)] = self._mass()
            least = max(sum(content.values()), net // count, 1)
            mass = least if self.dice.randrange(10) else max(1, least // 2)
            outputs.append(
                {
                    "lot": f"{self._new(party, 'P')}-{number}", "material": "other", "description": "test",
                    "role": "product", "net_kg": format_kg(min(mass, MASSES[-1])), "content_kg": _texts(content),
                }
            )  # fmt: skip
        return outputs

    def _dispatch(self) -> tuple[str, dict[str, Any]]:
        party = self.dice.choice((*PARKS, "GLENCORE"))
        lots = self._held_by(party)
        if not lots:
            return self._intake()
        chosen = self.dice.sample(lots, min(len(lots), self.dice.randrange(1, 3)))
        event: dict[str, Any] = {
            "type": "dispatch", "shipment": self._new(party, "H"), "lots": [{"lot": lot.id} for lot in chosen],
            "documents": self._documents(party),
        }  # fmt: skip
        receivers = [other for other in (*PARKS, "GLENCORE", "NOBODY") if other != party]
        goal = {"to": self.dice.choice(receivers)} if self.dice.randrange(5) else {"disposition": "sold"}
        return party, {**event, **goal}

    def _acceptance(self) -> tuple[str, dict[str, Any]]:
        waiting = [shipment for shipment in self.fold.shipments.values() if shipment.awaiting]
        shipments = waiting if waiting and self.dice.randrange(10) else list(self.fold.shipments.values())
        shipments = [shipment for shipment in shipments if shipment.lots]
        if not shipments:
            return self._dispatch()
        shipment = self.dice.choice(shipments)
        lots = list(shipment.awaiting) if shipment.awaiting and self.dice.randrange(10) else list(shipment.lots)
        rows = [
            {
                "lot": lot,
                "decision": self.dice.choice(
                    ("settled", "rejected") if shipment.awaiting.get(lot) == "disputed" and self.dice.randrange(8)
                    else ("accepted", "rejected", "disputed", "settled")
                ),
                "net_kg": format_kg(self.dice.choice((0, self._mass()))),
            }
            for lot in self.dice.sample(lots, self.dice.randint(1, len(lots)))
        ]  # fmt: skip
        receiver = shipment.receiver or shipment.sender
        for place, row in enumerate(rows if self.in_part else ()):
            self._reject_in_part(row, receiver, place)
        return receiver, {"type": "acceptance", "shipment": shipment.id, "lots": rows}

    def _reject_in_part(self, row: dict[str, Any], receiver: str, place: int) -> None:
        """Let a part of what is accepted or settled go back, now and then all of it, or more."""
        lot = self.fold.lots.get(row["lot"])
        if lot is None or row["decision"] not in ("accepted", "settled") or self.parts.randrange(3) == 0:
            return
        most = max(lot.net, 1)
        net = self.parts.choice((1, most // 2 or 1, self.parts.randint(1, most), max(most - 1, 1), most))
        owner = receiver if self.parts.randrange(12) else self.parts.choice(PARKS)
        row["rejected"] = {"lot": f"{self._new(owner, 'X')}-{place}", "net_kg": format_kg(net)}


def _texts(masses: dict[str, int]) -> dict[str, str]:
    # Zeros stay in: they mean the same as absence and must be read so.
    return {name: format_kg(mass) for name, mass in masses.items()}
