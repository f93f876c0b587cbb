"""What corrected statements made and found as they were first said, beside what they do as they stand.

Plan, at each entry of a closure that is folded:

1. Of a statement that makes lots: its outputs as it would have made them at first, of what
   its inputs are now. An input that went elsewhere since is taken as it was when it was there.
   What its later words made recycled goes with its outputs from there on.
2. Of a statement that finds what lots hold: those lots right behind it, by its first word and
   by its last. What rests on the findings of others is asked by their first words as well.

Invariant: it asks the closure and nothing else, and costs nothing where nothing was corrected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import NamedTuple

from ledger.materials.events.kind import CorrectableKind, Supply
from ledger.materials.mass.apportioning import apportion
from ledger.materials.mass.mix import add_mix, present, split_of
from ledger.materials.moves.growth import lift
from ledger.materials.moves.parting import is_parting
from ledger.materials.moves.taking import take
from ledger.materials.plausibility.entry.lifts import Yielded, lifted
from ledger.materials.registry import correctable_kind_of
from ledger.materials.state.book import Effects, LoggedEvent, Speaker
from ledger.materials.state.layer import Layer
from ledger.materials.state.memory_book import MaterialMemory
from ledger.materials.state.records import Lot
from schemas.events import MaterialEvent
from schemas.ids import LotId, StatementId
from schemas.transformation import Input

Versions = Mapping[StatementId, tuple[MaterialEvent | None, ...]]
"""All that each corrected statement ever said, what stands last; ``None`` is of what counts no more."""


class Made(NamedTuple):
    """What a statement makes: what it said of that at first, what it would hold by that, and what it holds."""

    word: MaterialEvent
    first: Yielded
    now: Yielded


class Found(NamedTuple):
    """What is in a lot right behind a statement by its first word, and by its last."""

    lot: LotId
    first: Yielded
    now: Yielded


class AtFirst:
    """What the corrected statements of one fold made and found, by their ids."""

    def __init__(self, versions: Versions, book: MaterialMemory) -> None:
        """Begin before the first entry.

        Args:
            versions: those of the corrected statements.
            book: what is folded; it is asked just before each entry is let in.
        """
        self.made: dict[StatementId, Made] = {}
        self.found: dict[StatementId, dict[tuple[int, LotId], Found]] = {}
        self._versions = versions
        self._book = book
        self._first = _first_words(versions)
        self._there: dict[LotId, Lot] = {}

    def compare(self, logged: LoggedEvent, layer: Layer, speaker: Speaker, supply: Supply) -> None:
        """Note what an entry did otherwise at first.

        Args:
            logged: the entry, at its first time.
            layer: what it does as it stands.
            speaker: who said it.
            supply: what it moved of a lot at first.
        """
        if not self._versions:
            return
        self._there.update((name, lot) for name, lot in layer.effects.lots.items() if lot.net)
        versions = self._versions.get(logged.statement, (logged.event,))
        rests_on = [of for event in versions if event for of in event.rests_on() if of in self._versions]
        if len(versions) == 1 and not rests_on:
            return
        event, first = versions[-1], versions[0] or versions[-1]
        if first is None or not first.correctable:
            return
        kind = correctable_kind_of(first)
        if kind.finds_content:
            self._note_found(kind, logged._replace(event=first), layer, speaker, supply, rests_on=rests_on)
        elif event is not None:
            word = self._first.get((event.type, event.identity()), first) if event.named_runs() else first
            brought = _Brought(self._book, self._there, supply)
            made = Made(
                word,
                kind.would_yield(word, speaker.party.id, brought),
                kind.yielded(event, speaker.party.id, layer),
            )
            self.made[logged.statement] = made
            _lift_outputs(event, made, layer)

    def _note_found(
        self,
        kind: CorrectableKind[MaterialEvent],
        first: LoggedEvent,
        layer: Layer,
        speaker: Speaker,
        supply: Supply,
        rests_on: Iterable[StatementId],
    ) -> None:
        was = Layer(self._book, Effects(), layer.scope)
        known = {of: standing for of in rests_on if (standing := self._book.standing.get(of)) is not None}
        for of in known:
            self._book.standing.pop(of)
        kind.apply(first.event, speaker._replace(occurred_at=first.occurred_at), was, supply)
        self._book.standing.update(known)
        parts = {*_parts_in(was), *_parts_in(layer)}
        for name in dict.fromkeys((*was.effects.lots, *layer.effects.lots)):
            row = Found(name, _whole(name, was), _whole(name, layer))
            if name not in parts and row.first != row.now:
                for of in (first.statement, *known):
                    self.found.setdefault(of, {})[first.index, name] = row


def _parts_in(layer: Layer) -> Iterator[LotId]:
    """Yield the lots that an event only parts off others."""
    for run in layer.effects.runs.values():
        if is_parting(run):
            yield from (made.lot for made in run.outputs)


def _whole(name: LotId, layer: Layer) -> Yielded:
    """Return what an event leaves in a lot, together with the parts that became lots of their own."""
    lot = layer.lot(name)
    if lot is None:
        return Yielded()
    net, mix = lot.net, dict(lot.mix)
    for run in layer.effects.runs.values():
        if is_parting(run) and any(taken.lot == name for taken in run.inputs):
            net += sum(made.net for made in run.outputs)
            add_mix(mix, run.made())
    return Yielded(net, mix)


def _lift_outputs(event: MaterialEvent, made: Made, layer: Layer) -> None:
    """Let what later words made recycled go with the outputs, by the metal of each."""
    lots = [lot for name in event.created_lots() if (lot := layer.effects.lots.get(name)) is not None]
    for metal, mass in lifted(made.first, made.now).items():
        parts = apportion(mass, [sum(lot.mix.get(metal, ())) for lot in lots])
        lots = [lift(lot, {metal: part}) for lot, part in zip(lots, parts, strict=True)]
    layer.effects.lots.update((lot.id, lot) for lot in lots)


class _Brought:
    """What lines of one run take: of what is there, else of what was there when it was."""

    def __init__(self, book: MaterialMemory, there: Mapping[LotId, Lot], supply: Supply) -> None:
        self._book = book
        self._there = there
        self._supply = supply
        self._left: dict[LotId, Lot] = {}

    def __call__(self, line: Input) -> Lot | None:
        """Return a lot that holds what a line takes."""
        lot = self._left.get(line.lot) or self._book.lots.get(line.lot)
        if lot is None:
            return None
        if lot.net and (line.closes or line.net_kg <= lot.net):
            taken, self._left[lot.id] = take(lot, min(line.net_kg, lot.net), closes=line.closes)
            return lot._replace(net=taken.net, mix=taken.mix)
        whole = self._there.get(line.lot)
        if whole is None:
            stated = self._supply(line.lot)
            return lot._replace(net=line.net_kg, mix=split_of(stated.part(line.net_kg) if stated else {}, "unknown"))
        parts = {
            metal: tuple(apportion(sum(split) * line.net_kg // whole.net, split)) for metal, split in whole.mix.items()
        }
        return whole._replace(net=line.net_kg, mix=present(parts))


def _first_words(versions: Versions) -> dict[tuple[str, tuple[str, ...]], MaterialEvent]:
    """Return what was first said under each id, by whichever statement: runs may have changed places."""
    first: dict[tuple[str, tuple[str, ...]], MaterialEvent] = {}
    for round_ in zip_longest(*versions.values()):
        for event in round_:
            if event is not None:
                first.setdefault((event.type, event.identity()), event)
    return first
