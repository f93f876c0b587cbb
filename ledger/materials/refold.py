"""Folding a story again, as the statements stand: the one answer to corrections and to the past.

Invariants: it asks the story and nothing else, so the same story gives the same lots on
every machine; nothing is refused, later takings stand, and what they lack is shortfall;
every lot that any version of a statement created is there, empty if it did not occur.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from typing import Any, NamedTuple

from ledger.materials.assays import fold_assay
from ledger.materials.book import Archive, Deed, Effects, History, MaterialBook, Speaker
from ledger.materials.claiming import fold_claim
from ledger.materials.handover import fold_acceptance, fold_dispatch
from ledger.materials.holding import fold_hold, fold_release
from ledger.materials.intake import fold_intake
from ledger.materials.memory import MaterialMemory
from ledger.materials.postings import date
from ledger.materials.records import Lot, Posting, Run, Shipment, Standing
from ledger.materials.stock import fold_count
from ledger.materials.story import Story, created_lots
from ledger.materials.taking import Stated
from ledger.materials.transformation import fold_again
from schemas.assay import Assay
from schemas.claims import Claim
from schemas.correction import Correction
from schemas.events import MaterialEvent
from schemas.findings import Finding
from schemas.handover import Acceptance, Dispatch
from schemas.holding import Hold, Release
from schemas.intake import Intake
from schemas.party import Party
from schemas.stock import StockCount
from schemas.transformation import Transformation


class Step(NamedTuple):
    """An entry of a story that was just folded: all that it ever said, and the book right after it.

    The last of ``versions`` is what stands, ``None`` where the entry counts no more.
    """

    deed: Deed
    versions: tuple[MaterialEvent | None, ...]
    book: MaterialMemory

    @property
    def event(self) -> MaterialEvent | None:
        """What the entry says as it stands."""
        return self.versions[-1]


class Refolded(NamedTuple):
    """The lots of a story, with the findings and postings of each entry by its index."""

    book: MaterialMemory
    findings: dict[int, tuple[Finding, ...]]
    postings: list[Posting]


def refold(story: Story, book: Archive, before: int) -> Refolded:
    """Fold a story with the corrections that stand among the entries before an index.

    Args:
        story: the entries.
        book: where parties are looked up.
        before: corrections from this index on do not count yet.
    """
    return _Refolding(story, book, before).run()


def retell(story: Story, book: Archive, before: int) -> Iterator[Step]:
    """Fold a story as :func:`refold` does, entry by entry, for those who look at what is between.

    The book of a step is the same object each time: what is wanted of it is to be kept at once.
    """
    return _Refolding(story, book, before).steps()


class _Told:
    """The history behind a story: a correction that is judged just now is in the story only."""

    def __init__(self, story: Story, history: History) -> None:
        self._deeds = {deed.statement: deed for deed in story.deeds.values()}
        self.naming = history.naming
        self.deeds = history.deeds
        self._behind = history.deed_of

    def deed_of(self, statement: str) -> Deed | None:
        """Return the entry of a statement."""
        return self._deeds.get(statement) or self._behind(statement)


class _Refolding:
    """One fold of one story."""

    def __init__(self, story: Story, book: Archive, before: int) -> None:
        self._story = story
        self._parties = book.parties
        self._before = before
        self._book = MaterialMemory(_Told(story, book.history))
        self._versions = _versions(story, before)
        self._stated = _stated(story, self._versions)
        self._findings: dict[int, tuple[Finding, ...]] = {}
        self._postings: list[Posting] = []
        for deed, correction in story.corrections():
            if deed.index < before:
                self._book.standing[correction.statement] = Standing(deed.statement, deed.index)

    def run(self) -> Refolded:
        """Fold all entries."""
        for _ in self.steps():
            pass
        return Refolded(self._book, self._findings, self._postings)

    def steps(self) -> Iterator[Step]:
        """Fold the entries in their order, each when it is asked for."""
        for index in sorted(self._story.deeds):
            deed = self._story.deeds[index]
            if index < self._before and not isinstance(deed.event, Correction):
                versions = self._versions.get(deed.statement, (deed.event,))
                self._take(deed, versions)
                yield Step(deed, versions, self._book)

    def _take(self, deed: Deed, versions: tuple[MaterialEvent | None, ...]) -> None:
        party = self._parties.get(deed.issuer) or Party(deed.issuer, "", (), "", "")
        self._book.parties.setdefault(party.id, party)
        speaker = Speaker(party, deed.occurred_at, deed.index, deed.statement)
        event = versions[-1]
        gone = dict.fromkeys(lot for version in versions for lot in created_lots(version))
        for lot in created_lots(event):
            gone.pop(lot)
        effects = fold(event, speaker, self._book, self._stated, self._story.lots)
        original = versions[0]
        for lot in gone:
            effects.lots[lot] = _empty(lot, original or event, speaker)
        if event is None and original is not None:
            _void(original, speaker, effects)
        effects.postings = date(effects.postings, party, deed.occurred_at, self._book)
        self._postings.extend(effects.postings)
        self._findings[deed.index] = tuple(effects.findings)
        self._book.apply(effects, deed.index)


_LISTED: dict[type, Callable[[Any, Speaker, MaterialBook, Container[str]], Effects]] = {
    Acceptance: fold_acceptance,
    Assay: fold_assay,
    StockCount: fold_count,
    Hold: fold_hold,
    Claim: fold_claim,
}


def fold(
    event: MaterialEvent | None,
    speaker: Speaker,
    book: MaterialBook,
    stated: Mapping[str, Stated],
    lots: Container[str],
) -> Effects:
    """Return what an event that was taken before does to some lots, refusing nothing."""
    match event:
        case Intake() if event.lot in lots:
            effects = fold_intake(event, speaker)
        case Transformation():
            effects = fold_again(event, speaker, book, stated, lots)
        case Dispatch():
            effects = fold_dispatch(event, speaker, book, stated, lots)
        case Release():
            effects = fold_release(event, book, lots)
        case _ if type(event) in _LISTED:
            effects = _LISTED[type(event)](event, speaker, book, lots)
        case _:
            effects = Effects()
    return effects


def _versions(story: Story, before: int) -> dict[str, tuple[MaterialEvent | None, ...]]:
    """Return each corrected statement's versions, the one that stands last (``None``: it counts no more)."""
    originals = {deed.statement: deed.event for deed in story.deeds.values()}
    versions: dict[str, tuple[MaterialEvent | None, ...]] = {}
    for deed, correction in story.corrections():
        if deed.index < before and correction.statement in originals:
            known = versions.get(correction.statement, (originals[correction.statement],))
            versions[correction.statement] = (*known, correction.replacement)
    return versions


def _stated(story: Story, versions: Mapping[str, tuple[MaterialEvent | None, ...]]) -> dict[str, Stated]:
    """Return what each lot was said to hold: as it stands, or as first stated where it does not."""
    stated: dict[str, Stated] = {}
    for deed in story.deeds.values():
        said = versions.get(deed.statement, (deed.event,))
        for event in (said[-1], *said[:-1]):
            match event:
                case Intake():
                    stated.setdefault(event.lot, Stated(event.net_kg, event.content_kg))
                case Transformation():
                    for output in event.outputs:
                        stated.setdefault(output.lot, Stated(output.net_kg, output.content_kg))
                case _:
                    pass
    return stated


def _empty(name: str, event: MaterialEvent | None, speaker: Speaker) -> Lot:
    """Return a lot that did not occur: its id is used, there is nothing in it."""
    material = "other"
    if isinstance(event, Intake) and event.lot == name:
        material = event.material
    elif isinstance(event, Transformation):
        material = next((output.material for output in event.outputs if output.lot == name), material)
    party = speaker.party.id
    return Lot(name, material, party, party, "consumed", 0, {}, speaker.occurred_at, speaker.index)


def _void(event: MaterialEvent, speaker: Speaker, effects: Effects) -> None:
    """Keep the ids of what did not occur."""
    if isinstance(event, Transformation):
        effects.runs[event.run] = Run(
            event.run, event.process, speaker.party.id, speaker.index, speaker.statement, (), (), (), {}, {}
        )
    elif isinstance(event, Dispatch):
        effects.shipments[event.shipment] = Shipment(
            event.shipment, speaker.party.id, event.to, speaker.index, (), {}, event.agreement
        )
