"""Folding feed lines with the judges alone, with a count of all metal that goes in and out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from ledger.materials.handover import judge_acceptance, judge_dispatch, judge_intake
from ledger.materials.provenance import contributions, trace
from ledger.materials.records import CitationUse, Effects, FileUse, Lot, Run, Shipment, Speaker
from ledger.materials.transformation import judge_transformation
from schemas.codes import ORIGINS
from schemas.documents import Citation
from schemas.errors import RefusedError
from schemas.events import read_event
from schemas.findings import Finding
from schemas.handover import Acceptance, Dispatch
from schemas.intake import Intake
from schemas.parties import Participant
from schemas.party import Party, PlantLine
from schemas.transformation import Transformation

NONCE = "0" * 32
Tally = Counter[tuple[str, str]]
"""Milligrams per metal and origin."""


class Fold:
    """A book in dictionaries, and tallies that are kept from the events themselves."""

    def __init__(self, participants: Iterable[dict[str, Any]]) -> None:
        self.parties = {party.id: party for party in map(_party, participants)}
        self.lots: dict[str, Lot] = {}
        self.runs: dict[str, Run] = {}
        self.shipments: dict[str, Shipment] = {}
        self.citations: dict[Citation, CitationUse] = {}
        self.files: dict[str, FileUse] = {}
        self.findings: list[Finding] = []
        self.index = 0
        self.entered: Tally = Counter()
        self.lost: Tally = Counter()

    def take(self, line: dict[str, Any]) -> Effects:
        """Judge a line and let its effects enter; a refusal changes nothing."""
        event = read_event({"nonce": NONCE, **line["event"]}, line["issuer"])
        speaker = Speaker(self.parties[line["issuer"]], line["occurred_at"], self.index, f"{self.index:064x}")
        effects = self._judge(event, speaker)
        self._count(event, effects)
        self.lots |= effects.lots
        self.runs |= effects.runs
        self.shipments |= effects.shipments
        self.citations |= effects.citations
        self.files |= effects.files
        self.findings += effects.findings
        self.index += 1
        return effects

    def refusals(self, lines: Iterable[dict[str, Any]], after: Callable[[], None] = lambda: None) -> list[str]:
        """Take all lines, calling ``after`` each, and return what was refused and why."""
        said = []
        for line in lines:
            try:
                self.take(line)
            except RefusedError as refusal:
                said.append(f"{line['event']['type']} of {line['issuer']}: {refusal.code}: {refusal}")
            after()
        return said

    def check(self) -> None:
        """Demand conservation per metal and origin, and that nothing is negative."""
        there: Tally = Counter()
        for lot in self.lots.values():
            assert lot.net >= 0
            for metal, split in lot.mix.items():
                assert min(split) >= 0
                assert sum(split) > 0
                there.update({(metal, origin): mass for origin, mass in zip(ORIGINS, split, strict=True)})
        assert +self.entered == +(there + self.lost)
        assert min(self.lost.values(), default=0) >= 0

    def check_contributions(self) -> None:
        """Demand that the contributions to each metal of each lot add up to exactly 1."""
        for lot in self.lots.values():
            ancestry = trace(lot, lambda ids: [self.lots[x] for x in ids], lambda ids: [self.runs[x] for x in ids])
            for metal, shares in contributions(ancestry).items():
                assert sum(shares.values()) == 1, (lot.id, metal)
                assert min(shares.values()) > 0

    def _judge(self, event: object, speaker: Speaker) -> Effects:
        match event:
            case Intake():
                return judge_intake(event, speaker, self)
            case Transformation():
                return judge_transformation(event, speaker, self)
            case Dispatch():
                return judge_dispatch(event, speaker, self)
            case Acceptance():
                return judge_acceptance(event, speaker, self)
            case _:
                raise AssertionError(f"no event of materials: {event}")

    def _count(self, event: object, effects: Effects) -> None:
        """Add what enters and what is lost, from the event rather than from its effects where possible."""
        if isinstance(event, Intake):
            for metal, mass in event.content_kg.items():
                split = event.origin_kg[metal] if event.origin_kg else {event.origin or "": mass}
                self.entered.update({(metal, origin): part for origin, part in split.items()})
        if not isinstance(event, Transformation):
            return
        pool: Counter[str] = Counter()
        made: Counter[str] = Counter()
        for lot in dict.fromkeys(line.lot for line in event.inputs):
            pool.update({metal: sum(split) for metal, split in self.lots[lot].mix.items()})
            pool.subtract({metal: sum(split) for metal, split in effects.lots[lot].mix.items()})
        for addition in event.additions:
            pool.update({str(metal): mass for metal, mass in addition.content_kg.items()})
            self.entered.update({(metal, addition.origin): mass for metal, mass in addition.content_kg.items()})
        for output in event.outputs:
            made.update({str(metal): mass for metal, mass in output.content_kg.items()})
        self.entered.update({(metal, "unknown"): gain for metal, gain in (made - pool).items()})
        for metal, rest in effects.runs[event.run].loss.items():
            assert sum(rest) == pool[metal] - made[metal]
            self.lost.update({(metal, origin): mass for origin, mass in zip(ORIGINS, rest, strict=True)})


def _party(line: dict[str, Any]) -> Party:
    event = read_event({"nonce": NONCE, **line["event"]}, "AUTHORITY")
    assert isinstance(event, Participant)
    lines = tuple(PlantLine(row.line, row.feed, row.capacity_t_per_year, row.commissioned_on) for row in event.lines)
    return Party(event.id, event.name, tuple(event.roles), event.country, "0" * 64, lines=lines)
