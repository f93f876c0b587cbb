"""Honest seasons, made by dice: lead and black mass at two parks, with all the little slips of a month.

Batteries come in, some of them analysed, some of an origin that nobody knows; they are smelted with a
little virgin lead, refined, counted, sold, disputed and settled. What is corrected was really wrong.
Figures are those of the trade, so that nothing of it weighs ``high``.
"""

from __future__ import annotations

from random import Random
from typing import Any, NamedTuple

from tests.materials.yard import intake
from tests.season.court import SLIP
from tests.season.search.script import Event, Step
from tests.world.events import KG, addition, assay, correction, dispatch, line, output, run, stock_count

WASTE = {"material": "lead_acid_battery", "form": "whole", "waste_code": "16 06 01*"}


DRUM_KG = 1000


class Batch(NamedTuple):
    """A batch of batteries as it was said at first: net mass and lead in kg."""

    lot: str
    kg: int
    lead: int
    origin: str
    day: int

    def event(self, **more: Any) -> Event:
        """Return the intake, with other words where they are given."""
        said = {"lot": self.lot, "net_kg": self.kg, "lead": self.lead, "origin": self.origin, **more}
        lot, net, lead = (said.pop(name) for name in ("lot", "net_kg", "lead"))
        # What comes in drums is weighed on a floor scale.
        paper = SLIP if self.kg > DRUM_KG else {"kind": "consignment_note", "issuer": "Scrap yard"}
        papers = [{**paper, "number": f"W-{self.kg}-{self.lot[6:]}"}]
        return intake(lot, net * KG, {"Pb": lead * KG}, **{"documents": papers, **WASTE, **said})


class Smelting(NamedTuple):
    """A run: the batches that it took, what it made in kg, and the virgin lead that it added."""

    name: str
    batches: tuple[Batch, ...]
    lead: int
    virgin: int
    day: int

    @property
    def lot(self) -> str:
        """The lot that it made."""
        return self.name.replace("-R-", "-L-")

    @property
    def shipment(self) -> str:
        """The shipment that it leaves in."""
        return self.name.replace("-R-", "-H-")

    def taken(self, share: int = 10_000) -> Event:
        """Return the receiver's word on the lot, by its scale in ten-thousandths of ours."""
        weighed = str((self.lead + 2) * share // 10_000)
        word = {"lot": self.lot, "decision": "accepted", "net_kg": weighed}
        return {"type": "acceptance", "shipment": self.shipment, "lots": [word]}

    def event(self, **more: Any) -> Event:
        """Return the run, with other members where they are given."""
        at = {"started_at": moment(self.day, 2), "ended_at": moment(self.day, 20)}
        made = output(self.lot, (self.lead + 2) * KG, {"Pb": self.lead * KG}, material="refined_lead")
        lines = [line(batch.lot, batch.kg * KG) for batch in self.batches]
        poured = [addition((self.virgin + 1) * KG, {"Pb": self.virgin * KG}, material="primary_lead")]
        members: dict[str, Any] = {"additions": poured} if self.virgin else {}
        return run(self.name, lines, [made], **{**at, "line": "MUN-LAB-1", **members, **more})


def moment(day: int, hour: int = 6) -> str:
    """Return a time in January or February 2026, by the day from the first of January."""
    month, day = (1, day) if day <= 31 else (2, day - 31)
    return f"2026-{month:02d}-{day:02d}T{hour:02d}:00:00Z"


class HonestSeason:
    """A season of one seed: ``steps`` is its script; ``batches`` and ``smeltings`` are what moves are made upon."""

    def __init__(self, seed: int) -> None:
        """Throw the dice."""
        self.dice = Random(seed)
        self.steps: list[Step] = []
        self.batches: list[Batch] = []
        self.smeltings: list[Smelting] = []
        self._take_in()
        self._smelt(self._collect())
        self._sell()

    def add(self, day: int, label: str, issuer: str, event: Any, hour: int = 6) -> None:
        """Let something be said on a day."""
        self.steps.append(Step(moment(day, hour), label, issuer, event))

    def _take_in(self) -> None:
        for number in range(1, self.dice.randrange(4, 10)):
            kg = self.dice.randrange(18_000, 25_000)
            lead = kg * self.dice.randrange(5900, 6300) // 10_000
            origin = "unknown" if self.dice.randrange(6) == 0 else "battery_post_consumer"
            batch = Batch(f"MUN-B-{number}", kg, lead, origin, self.dice.randrange(2, 9))
            self.batches.append(batch)
            self._say_batch(batch)
            if self.dice.randrange(3) == 0:
                found = batch.lead * self.dice.randrange(985, 1016) // 1000
                self.add(
                    9, f"assay-{batch.lot}", "LAB", assay(fraction(found, batch.kg), batch.lot, uncertainty="0.005")
                )

    def _collect(self) -> list[Batch]:
        """Now and then let many small batches come in of which nobody knows the origin: drums from scrap yards."""
        drums = []
        for number in range(20, 20 + self.dice.choice((0, 0, 0, self.dice.randrange(10, 40)))):
            kg = self.dice.randrange(101, 160)
            drums.append(Batch(f"MUN-B-{number}", kg, kg * 60 // 100, "unknown", self.dice.randrange(2, 9)))
            self.add(drums[-1].day, f"intake-{drums[-1].lot}", "MUN", drums[-1].event())
        return drums

    def _say_batch(self, batch: Batch) -> None:
        """Say a batch; now and then with a slip of the pen, found the same day or weeks after it was smelted."""
        label, kind = f"intake-{batch.lot}", self.dice.randrange(10)
        said = {0: batch.event(net_kg=batch.kg + 900), 1: batch.event(net_kg=batch.kg + 90)}.get(kind, batch.event())
        self.add(batch.day, label, "MUN", said)
        if kind in (0, 1):
            day = batch.day if kind == 0 else 30
            self.add(day, f"slip-{batch.lot}", "MUN", lambda ids: correction(ids[label], batch.event()), hour=9)

    def _smelt(self, drums: list[Batch]) -> None:
        """Smelt all batches, some together, the drums with the first; pour a little virgin lead now and then."""
        left, number = list(self.batches), 0
        self.batches += drums
        while left:
            number += 1
            taken, left = tuple(left[: (many := self.dice.randrange(1, 4))]), left[many:]
            taken, drums = (*taken, *drums), []
            lead = sum(batch.lead for batch in taken) * self.dice.randrange(955, 978) // 1000
            virgin = lead * self.dice.randrange(5, 30) // 1000 if self.dice.randrange(3) == 0 else 0
            made = Smelting(f"MUN-R-{number}", taken, lead + virgin * 97 // 100, virgin, 10 + number)
            self.smeltings.append(made)
            self.add(made.day, f"run-{made.name}", "MUN", made.event(), hour=20)
            if self.dice.randrange(4) == 0:
                counted = (made.lead + 2) * self.dice.randrange(9985, 10_004) // 10_000
                self.add(25, f"count-{made.lot}", "MUN", stock_count(made.lot, counted * KG))

    def _sell(self) -> None:
        """Send what was made to the trader, who weighs it a little otherwise."""
        for made in self.smeltings:
            if self.dice.randrange(3):
                self.add(27, f"sent-{made.lot}", "MUN", dispatch(made.shipment, made.lot))
                self.add(29, f"taken-{made.lot}", "GLENCORE", made.taken(self.dice.randrange(9970, 10_003)))


def fraction(part: int, whole: int) -> str:
    """Return a fraction with four decimals, rounded down."""
    return f"0.{part * 10_000 // whole:04d}"
