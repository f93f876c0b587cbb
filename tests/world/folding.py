"""A world without signatures: lines are folded by the judges alone, and all metal is counted.

It has the parties that are registered and a book in dictionaries. The statement of the
entry at an index has the id that :func:`tests.world.events.unsigned_id` gives.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from ledger.admission.book import KeptHistory
from ledger.admission.closing import tree_root
from ledger.materials.answers.provenance import contributions, trace
from ledger.materials.judging import judge_material
from ledger.materials.moves.balance import lines_of
from ledger.materials.moves.postings import INCOMING
from ledger.materials.state.book import Effects, LoggedEvent, Speaker
from ledger.materials.state.memory_book import MaterialMemory
from ledger.materials.state.stamping import UPCOMING
from schemas.codes import ORIGINS
from schemas.events import PartyEvent, read_event
from schemas.ids import PartyId, StatementId
from schemas.intake import Intake
from schemas.parties import Participant
from schemas.party import Party, PlantLine, ScaleSpan
from schemas.refusal import RefusedError
from schemas.transformation import Transformation
from schemas.versions import VERSION_1
from tests.world.events import unsigned_id

NONCE = "0" * 32
Tally = Counter[tuple[str, str]]
"""Milligrams per metal and origin."""


class Fold(MaterialMemory):
    """A book in dictionaries, and tallies that are kept from the events themselves."""

    def __init__(self, participants: Iterable[dict[str, Any]] = ()) -> None:
        self.past = KeptHistory()
        super().__init__(self.past)
        self.index = 0
        self.entered: Tally = Counter()
        self.lost: Tally = Counter()
        for line in participants:
            self.register(line["event"])

    def register(self, event: dict[str, Any]) -> None:
        """Let a party be known from the event that registers it."""
        party = _party(event)
        self.parties[party.id] = party

    def take(self, line: dict[str, Any]) -> Effects:
        """Judge a line and let its effects enter; a refusal changes nothing."""
        raw = {"nonce": NONCE, **line["event"]}
        event = read_event(raw, line["issuer"], VERSION_1)
        assert not isinstance(event, PartyEvent)
        statement = unsigned_id(self.index)
        speaker = Speaker(self.parties[line["issuer"]], line["occurred_at"], UPCOMING, statement, VERSION_1)
        effects = judge_material(event, speaker, self, root_of=tree_root).entered_at(self.index)
        self._check_against_event(event, effects)
        self._count(effects)
        self.let_in(effects, self.index)
        logged = LoggedEvent(self.index, statement, line["issuer"], line["occurred_at"], event, VERSION_1)
        self.past.note(logged, json.dumps(raw).encode(), dict.fromkeys((*event.named_lots(), *effects.mentions)))
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
        for lot in self.lots.values():
            assert lot.net >= 0
            for split in lot.mix.values():
                assert min(split) >= 0
                assert sum(split) > 0
        assert +self.entered == +(self.content_there() + self.lost)
        assert min(self.lost.values(), default=0) >= 0

    def content_there(self) -> Tally:
        """Return what is in all lots as they stand."""
        there: Tally = Counter()
        for lot in self.lots.values():
            for metal, split in lot.mix.items():
                there.update({(metal, origin): mass for origin, mass in zip(ORIGINS, split, strict=True)})
        return there

    def check_contributions(self) -> None:
        """Demand that the contributions to each metal of each lot add up to exactly 1."""
        for lot in self.lots.values():
            ancestry = trace(lot, self)
            for metal, shares in contributions(ancestry).items():
                assert sum(shares.values()) == 1, (lot.id, metal)
                assert min(shares.values()) > 0

    def _check_against_event(self, event: object, effects: Effects) -> None:
        """Demand of an intake and a run that they post what the event itself says came, rose and was lost."""
        match event:
            case Intake(returned_lot=None):
                entered, lost = _said_by_intake(event), Counter[str]()
            case Transformation():
                entered, lost = self._said_by_run(event, effects)
            case _:
                return
        posted: Tally = Counter()
        booked: Counter[str] = Counter()
        for row in effects.postings:
            content = {line: mass for line, mass in lines_of(row).items() if line[1]}
            if row.kind in INCOMING:
                posted.update(content)
            elif row.kind == "loss":
                for line, mass in content.items():
                    booked[line[0]] += mass
        assert +posted == +entered
        assert +booked == +lost

    def _said_by_run(self, event: Transformation, effects: Effects) -> tuple[Tally, Counter[str]]:
        """Return what a run adds and gains per metal and origin, and what it loses per metal."""
        pool: Counter[str] = Counter()
        made: Counter[str] = Counter()
        for lot in dict.fromkeys(line.lot for line in event.inputs):
            pool.update({metal: sum(split) for metal, split in self.lots[lot].mix.items()})
            pool.subtract({metal: sum(split) for metal, split in effects.lots[lot].mix.items()})
        entered: Tally = Counter()
        for addition in event.additions:
            pool.update({str(metal): mass for metal, mass in addition.content_kg.items()})
            entered.update({(metal, addition.origin): mass for metal, mass in addition.content_kg.items()})
        for output in event.outputs:
            made.update({str(metal): mass for metal, mass in output.content_kg.items()})
        entered.update({(metal, "unknown"): gain for metal, gain in (made - pool).items()})
        return entered, pool - made

    def _count(self, effects: Effects) -> None:
        """Add what enters and what is lost, as the entry posts it."""
        for row in effects.postings:
            masses = {line: mass for line, mass in lines_of(row).items() if line[1]}
            if row.kind in INCOMING and row.kind != "arrival":
                for key, mass in masses.items():
                    self.entered[key] += mass
            elif row.kind == "loss":
                for key, mass in masses.items():
                    self.lost[key] += mass


def _said_by_intake(event: Intake) -> Tally:
    entered: Tally = Counter()
    for metal, mass in event.content_kg.items():
        split = event.origin_kg[metal] if event.origin_kg else {event.origin or "": mass}
        entered.update({(metal, origin): part for origin, part in split.items()})
    return entered


def _party(said: dict[str, Any]) -> Party:
    event = read_event({"nonce": NONCE, **said}, PartyId("AUTHORITY"), VERSION_1)
    assert isinstance(event, Participant)
    lines = tuple(
        PlantLine(row.line, row.feed, row.capacity_t_per_year * 1000, row.commissioned_on) for row in event.lines
    )
    scales = tuple(
        ScaleSpan(row.scale, row.calibrated_on, row.calibrated_until, row.interval_kg) for row in event.scales
    )
    return Party(
        event.id, event.name, tuple(event.roles), event.country, StatementId("0" * 64), lines=lines,
        timezone=event.timezone, scales=scales, limits=tuple(sorted(event.limits.items())),
    )  # fmt: skip
