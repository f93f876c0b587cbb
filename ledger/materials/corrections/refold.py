"""Folding the closure of lots again, as the statements stand: the one answer to corrections and to the past.

Invariants: it asks the closure and nothing else, so the same closure gives the same lots on
every machine; nothing is refused, later takings stand, and what they lack is shortfall;
every lot that any version of a statement created is there, empty if it did not occur.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from ledger.materials.corrections.at_first import AtFirst
from ledger.materials.corrections.withdrawn import empty_lot
from ledger.materials.history.closure import Closure
from ledger.materials.history.fold_order import Turn, Versions, turns_of
from ledger.materials.moves.holds_going_along import brought_from_beyond, came_along, with_holds
from ledger.materials.moves.parting import withdrawn_parting
from ledger.materials.registry import correctable_kind_of, fold, kind_of
from ledger.materials.state.agreement_terms import Terms
from ledger.materials.state.book import Archive, Effects, History, LoggedEvent, Speaker
from ledger.materials.state.credit_account import EMPTY
from ledger.materials.state.credit_months import AccountMonth, SiteMonth, in_months
from ledger.materials.state.findings import in_force
from ledger.materials.state.layer import Layer
from ledger.materials.state.lot_words import HoldMark
from ledger.materials.state.memory_book import MaterialMemory
from ledger.materials.state.pool import Stated
from ledger.materials.state.records import Posting, Standing
from schemas.codes import Metal
from schemas.events import MaterialEvent
from schemas.findings import Finding
from schemas.ids import AgreementId, LotId, StatementId
from schemas.party import Party, as_of


class Step(NamedTuple):
    """An entry of a closure that was just folded: all that it ever said, and the book right after it.

    The last of ``versions`` is what stands, ``None`` where the entry counts no more.
    """

    logged: LoggedEvent
    versions: Versions
    book: MaterialMemory
    effects: Effects

    @property
    def event(self) -> MaterialEvent | None:
        """What the entry says as it stands."""
        return self.versions[-1]


class Refolded(NamedTuple):
    """The lots of a closure, findings and postings by entry; ``at_first`` is what its first words made and found."""

    book: MaterialMemory
    findings: dict[int, tuple[Finding, ...]]
    postings: list[Posting]
    at_first: AtFirst


def refold(closure: Closure, book: Archive, before: int) -> Refolded:
    """Fold a closure with the corrections that stand among the entries before an index.

    Args:
        closure: the entries.
        book: where parties and agreements are looked up.
        before: the first entry that is not folded, and that does not correct yet.
    """
    return _Refolding(closure, book, before).run()


def fold_by_entry(closure: Closure, book: Archive, before: int) -> Iterator[Step]:
    """Fold a closure as :func:`refold` does, turn by turn, for those who look at what is between.

    The book of a step is the same object each time: what is wanted of it is to be kept at once.
    """
    return _Refolding(closure, book, before).steps()


def order_of(closure: Closure, before: int) -> list[Turn]:
    """Return the turns in which a closure is folded, of the entries before an index."""
    versions = _versions(closure, before)
    return turns_of(closure, lambda logged: versions.get(logged.statement, (logged.event,)), before)


class _FoldedHistory:
    """The history behind a closure: a correction that is judged just now is in the closure only."""

    def __init__(self, closure: Closure, history: History) -> None:
        self._entries = closure.logged_events
        self._logged_events = {logged.statement: logged for logged in closure.logged_events.values()}
        self._behind = history

    def naming(self, lots: Iterable[LotId]) -> list[int]:
        """Return the indexes of the entries that name one of the lots, ascending."""
        wanted = set(lots)
        folded = (index for index, logged in self._entries.items() if not wanted.isdisjoint(logged.event.named_lots()))
        return sorted({*self._behind.naming(wanted), *folded})

    def logged_events(self, indexes: Iterable[int]) -> list[LoggedEvent]:
        """Return the entries of these indexes, ascending."""
        wanted = set(indexes)
        folded = [self._entries[index] for index in wanted & self._entries.keys()]
        return sorted(
            (*folded, *self._behind.logged_events(wanted - self._entries.keys())), key=lambda logged: logged.index
        )

    def logged_of(self, statement: StatementId) -> LoggedEvent | None:
        """Return the entry of a statement."""
        return self._logged_events.get(statement) or self._behind.logged_of(statement)


class _Refolding:
    """One fold of one closure; ``corrected`` says whether corrections, and what came after its use, count in it."""

    def __init__(self, closure: Closure, book: Archive, before: int, *, corrected: bool = True) -> None:
        self._closure = closure
        self._archive = book
        self._before = before
        self._corrected = corrected
        self._book = MaterialMemory(_FoldedHistory(closure, book.history))
        issuers = {logged.issuer: book.parties.get(logged.issuer) for logged in closure.logged_events.values()}
        self._parties = {name: party or Party(name, "", (), "", StatementId("")) for name, party in issuers.items()}
        counted = before if corrected else 0
        self._versions = _versions(closure, counted)
        self._made = _made_anew(self._versions)
        self._at_first = AtFirst(self._versions, self._book)
        self._parted = _parted_anew(self._versions)
        self._times = _times(closure, counted)
        self._book.agreements.update(_agreements(closure, self._versions, book))
        self._stated: dict[LotId, Stated] | None = None
        self._originals: dict[tuple[StatementId, LotId], Stated] | None = None if corrected else {}
        self._findings: dict[int, tuple[Finding, ...]] = {}
        self._postings: list[Posting] = []
        self._book.accounts.update(_voids(closure, book, counted))
        for logged, repair in closure.corrections() if corrected else ():
            if logged.index < before:
                self._book.standing[repair.statement] = Standing(logged.statement, logged.index)

    def run(self) -> Refolded:
        """Fold all entries."""
        for _ in self.steps():
            pass
        return Refolded(self._book, self._findings, self._postings, self._at_first)

    def steps(self) -> Iterator[Step]:
        """Fold the entries in their order, each when it is asked for."""
        indexes = {logged.statement: index for index, logged in self._closure.logged_events.items()}
        held = list(self._archive.lots.many(sorted(self._closure.lots)).values())
        coming = came_along(held, {**brought_from_beyond(held, self._archive.history), **indexes})
        turns = turns_of(self._closure, self._versions_of, self._before, as_entered=not self._corrected)
        # What comes early is folded before entries that are older than it is.
        oldest = list(accumulate((turn.index for turn in reversed(turns)), min))
        for turn in turns:
            self._bring_holds(coming, oldest.pop())
            logged = self._closure.logged_events[turn.index]
            versions = self._versions_of(logged)
            if logged.statement in self._times:
                logged = logged._replace(occurred_at=self._times[logged.statement])
            if turn.by is not None:
                logged = logged._replace(occurred_at=min(logged.occurred_at, turn.by))
            yield Step(logged, versions, self._book, self._take(logged, versions, turn.lots))
        self._bring_holds(coming, self._before)

    def _bring_holds(self, coming: list[tuple[int, LotId, HoldMark]], before: int) -> None:
        """Let the holds come to lots that entries before an index brought there."""
        while coming and coming[-1][0] < before:
            _, lot, mark = coming.pop()
            if (known := self._book.lots.get(lot)) is not None:
                self._book.lots[lot] = with_holds(known, (mark,))

    def _versions_of(self, logged: LoggedEvent) -> Versions:
        return self._versions.get(logged.statement, (logged.event,))

    def moves(self) -> dict[tuple[StatementId, LotId], Stated]:
        """Return what each statement moves of each lot."""
        moved: dict[tuple[StatementId, LotId], Stated] = {}
        for logged, _, _, effects in self.steps():
            for lot, net, content in kind_of(logged.event).moved(effects):
                _add_move(moved, (logged.statement, lot), net, content)
        return moved

    def _moved(self, statement: StatementId, lot: LotId) -> Stated | None:
        """Return what a statement moved of a lot when it was first said; else what the lot was stated to hold.

        Only a correction that leaves a lot too small asks for it.
        """
        if self._originals is None:
            self._originals = _Refolding(self._closure, self._archive, self._before, corrected=False).moves()
        if self._stated is None:
            self._stated = _stated(self._closure, self._versions)
        moved = self._originals.get((statement, lot))
        return moved if moved is not None and moved.net else self._stated.get(lot)

    def _take(self, logged: LoggedEvent, versions: Versions, lots: frozenset[LotId]) -> Effects:
        # What was said under a role or in a time zone stays judged by it.
        self._book.parties.update((name, as_of(known, logged.index)) for name, known in self._parties.items())
        party = self._book.parties[logged.issuer]
        speaker = Speaker(party, logged.occurred_at, logged.index, logged.statement, logged.rules)
        event = versions[-1]
        gone = dict.fromkeys(lot for version in versions if version is not None for lot in version.created_lots())
        for lot in event.created_lots() if event is not None else ():
            gone.pop(lot)
        layer = Layer(self._book, Effects(), lots)
        if event is not None:
            fold(event, speaker, layer, partial(self._moved, logged.statement))
        self._at_first.compare(
            self._closure.logged_events[logged.index], layer, speaker, partial(self._moved, logged.statement)
        )
        effects, original = layer.effects, versions[0]
        for lot in (lot for lot in gone if lot not in self._made):
            effects.lots[lot] = empty_lot(lot, original or event, speaker)
        for lot in _parted_by(versions[:-1]) - self._parted:
            run = withdrawn_parting(lot, speaker)
            effects.runs[run.id] = run
        if event is None and original is not None:
            correctable_kind_of(original).withdraw(original, speaker, effects)
        self._postings.extend(effects.postings)
        # What an entry finds in several turns stands on it together.
        found = (*self._findings.get(logged.index, ()), *in_force(effects.findings, logged.rules))
        self._findings[logged.index], effects.findings = found, list(found)
        self._book.let_in(effects, logged.index)
        return effects


def _voids(closure: Closure, book: Archive, before: int) -> dict[SiteMonth, AccountMonth]:
    """Return months of accounts that say no more than what was undone of draws, by entries before an index."""
    months: dict[SiteMonth, AccountMonth] = {}
    for site in dict.fromkeys(logged.issuer for logged in closure.logged_events.values()):
        voided = {
            draw: tuple(void for void in voids if void.index < before)
            for draw, voids in book.account_of(site).voided.items()
        }
        months.update(in_months(site, EMPTY._replace(voided=voided)))
    return months


def _versions(closure: Closure, before: int) -> dict[StatementId, Versions]:
    """Return each corrected statement's versions, the one that stands last (``None``: it counts no more)."""
    originals = {logged.statement: logged.event for logged in closure.logged_events.values()}
    versions: dict[StatementId, Versions] = {}
    for logged, (corrected, _, replacement, _) in closure.corrections():
        if logged.index < before and corrected in originals:
            known = versions.get(corrected, (originals[corrected],))
            versions[corrected] = (*known, replacement)
    return versions


def _times(closure: Closure, before: int) -> dict[StatementId, str]:
    """Return when corrected statements count, where their last correction dates them otherwise."""
    last = {repair.statement: repair for logged, repair in closure.corrections() if logged.index < before}
    return {of: repair.occurred_at for of, repair in last.items() if repair.occurred_at is not None}


def _made_anew(versions: Mapping[StatementId, Versions]) -> set[LotId]:
    """Return the lots that corrected statements make: another than the one that made it first may make a lot now."""
    return {lot for said in versions.values() if said[-1] is not None for lot in said[-1].created_lots()}


def _parted_anew(versions: Mapping[StatementId, Versions]) -> set[LotId]:
    """Return the lots that corrected statements make of parts of others."""
    return _parted_by(said[-1] for said in versions.values())


def _parted_by(versions: Iterable[MaterialEvent | None]) -> set[LotId]:
    """Return the lots that versions of statements make of parts of others."""
    return {lot for version in versions if version is not None for lot in version.parted_lots()}


def _agreements(closure: Closure, versions: Mapping[StatementId, Versions], book: Archive) -> dict[AgreementId, Terms]:
    """Return the agreements that the entries of a closure name."""
    events = (versions.get(logged.statement, (logged.event,))[-1] for logged in closure.logged_events.values())
    names = {name for event in events if event is not None and (name := event.named_agreement()) is not None}
    return {name: terms for name in sorted(names) if (terms := book.agreements.get(name)) is not None}


def _stated(closure: Closure, versions: Mapping[StatementId, Versions]) -> dict[LotId, Stated]:
    """Return what each lot was said to hold when it was created: as it stands, or as first stated."""
    stated: dict[LotId, Stated] = {}
    for logged in closure.logged_events.values():
        said = versions.get(logged.statement, (logged.event,))
        for event in (said[-1], *said[:-1]):
            for lot in event.stated_lots() if event is not None else ():
                stated.setdefault(lot.lot, Stated(lot.net, lot.content))
    return stated


def _add_move(
    moved: dict[tuple[StatementId, LotId], Stated], key: tuple[StatementId, LotId], net: int, content: dict[Metal, int]
) -> None:
    """Add what a line of a statement moves to the lines before it."""
    before = moved.get(key)
    for metal, mass in before.content.items() if before else ():
        content[metal] = content.get(metal, 0) + mass
    moved[key] = Stated(net + (before.net if before else 0), content)
