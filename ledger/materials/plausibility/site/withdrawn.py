"""What was odd about a month of a site before the site corrected itself: it stays, as withdrawn by the correction.

Plan:

1. The site's words are gone through in their order. At each correction of batches or runs the months of
   these runs are judged as they stood just before it, and as they stand by it.
2. What is no longer found, or weighs less, stays ``withdrawn_by`` the correction: as it weighed where words
   changed or the metal was used before, else ``low``. A run of which nothing was used and that did not occur
   leaves it ``low`` too: the other lots of its month are not to blame for a slip.
3. Of one month and place only the worst is kept.

Invariant: only what the site itself said is read, so that it is the same from a ledger and from an export of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from ledger.materials.mass.months import month_of
from ledger.materials.plausibility.site.capacity import find_in_capacity
from ledger.materials.plausibility.site.electricity import find_in_electricity
from ledger.materials.plausibility.site.record import Said, Site
from ledger.materials.state.book import LoggedEvent
from ledger.materials.state.records import Run
from schemas.correction import Repair
from schemas.findings import Finding, severest
from schemas.ids import LotId, RunId, StatementId
from schemas.limits import Limits
from schemas.transformation import Transformation

_Check = Callable[[Site, Limits], Iterable[Finding]]
_CHECKS: tuple[_Check, ...] = (find_in_capacity, find_in_electricity)
"""What looks at the runs of a month and place, and at what they were said to take."""


def find_withdrawn(site: Site, limits: Limits, now: Iterable[Finding]) -> list[Finding]:
    """Return what was odd about months of a site and is not found any more because the site corrected itself.

    Args:
        site: the site, with all that it said.
        limits: those of the site.
        now: what is odd about it now; that is not withdrawn.
    """
    if not any(logged.event.corrects() for logged in site.own):
        return []
    worst: dict[tuple[object, ...], Finding] = {}
    for finding in _Months(site, limits).gone():
        known = worst.get(oddity := _oddity(finding))
        worst[oddity] = finding if known is None else severest(known, finding)
    found = list(now)
    return [finding for finding in worst.values() if not _goes_on(finding, found)]


class _Change(NamedTuple):
    """What a repair changes: how the statement stood, and how it stands by it; ``None`` where it does not."""

    was: Said | None
    now: Said | None


class _Months:
    """Batches and runs of a site as they stood after so many of its words, by statement."""

    def __init__(self, site: Site, limits: Limits) -> None:
        self._site = site
        self._limits = limits
        self._first: dict[StatementId, LoggedEvent] = {}
        self._standing: dict[StatementId, Said] = {}
        self._months: dict[str, dict[StatementId, Said]] = defaultdict(dict)
        self._makers: dict[LotId, Said] = {}
        self._takers: dict[LotId, dict[StatementId, Said]] = defaultdict(dict)
        self._gone: set[LotId] = set()
        repairs = [repair for logged in site.own for repair in logged.event.repairs()]
        self._corrected = {repair.statement for repair in repairs}

    def gone(self) -> Iterator[Finding]:
        """Yield what each correction takes away (steps 1 and 2)."""
        for logged in self._site.own:
            if logged.event.corrects():
                yield from self._correct(logged)
                continue
            self._gone.update(_gone_by(logged))
            if logged.event.created_lots():
                self._first[logged.statement] = logged
                self._put(logged.statement, Said(logged, logged.event))

    def _correct(self, correction: LoggedEvent) -> Iterator[Finding]:
        repairs = [repair for repair in correction.event.repairs() if repair.statement in self._first]
        changes = [self._change(repair) for repair in repairs]
        counted = (change for change in changes if _counts(change.was) != _counts(change.now))
        months = {month for change in counted for said in change if said is not None for month in self._of(said)}
        is_heavy = any(map(_changes_words, changes)) or any(map(self._is_used, changes))
        before = self._judged(months) if months else []
        for repair, change in zip(repairs, changes, strict=True):
            self._put(repair.statement, change.now)
        after = [finding for finding, _ in self._judged(months)] if before else []
        for finding, lots in before:
            if finding.severity != "low" and not _goes_on(finding, after):
                yield finding._replace(
                    withdrawn_by=correction.statement, lots=lots, severity=finding.severity if is_heavy else "low"
                )

    def _change(self, repair: Repair) -> _Change:
        logged, said = self._first[repair.statement], repair.replacement
        at = repair.occurred_at or logged.occurred_at
        now = None if said is None else Said(logged._replace(event=said, occurred_at=at), said)
        return _Change(self._standing.get(repair.statement), now)

    def _put(self, statement: StatementId, now: Said | None) -> None:
        """Let a statement stand so from now on, or not at all."""
        was = self._standing.pop(statement, None)
        for said, is_there in ((was, False), (now, True)):
            if said is None:
                continue
            if said.transformation is not None:
                _enter(self._months[self._month(said.transformation)], statement, said, is_there=is_there)
            for lot in said.event.input_lots():
                _enter(self._takers[lot], statement, said, is_there=is_there)
            self._makers.update(dict.fromkeys(said.event.created_lots(), said) if is_there else {})
        if now is not None:
            self._standing[statement] = now

    def _month(self, run: Transformation) -> str:
        return month_of(self._site.party, run.started_at, self._site.rules)

    def _of(self, said: Said) -> Iterator[str]:
        """Yield the month of a run, or those of the runs that took a batch."""
        takers = [said] if said.batch is None else self._takers[said.batch.lot].values()
        return (self._month(run) for taker in takers if (run := taker.transformation) is not None)

    def _is_used(self, change: _Change) -> bool:
        return change.was is not None and not self._gone.isdisjoint(change.was.event.created_lots())

    def _judged(self, months: set[str]) -> list[tuple[Finding, tuple[LotId, ...]]]:
        """Return what is odd about months as they stand here, each with all lots that were made in its place."""
        runs = {said.logged.index: said for month in sorted(months) for said in self._months[month].values()}
        lots = [lot for said in runs.values() for lot in said.event.input_lots()]
        makers = {said.logged.index: said for lot in lots if (said := self._makers.get(lot)) is not None}
        rows = {**makers, **runs}
        part = self._site._replace(said=tuple(rows[index] for index in sorted(rows)), run=self._run, own=())
        found = (finding for check in _CHECKS for finding in check(part, self._limits))
        return [
            (finding, tuple(dict.fromkeys((*finding.lots, *self._made_there(finding, runs.values())))))
            for finding in found
            if (month := _texts(finding).get("month")) is None or month in months
        ]

    def _run(self, name: RunId) -> Run | None:
        """Return a run as the book has it; of one that was corrected only its words are known as they were."""
        run = self._site.run(name)
        return None if run is None or run.statement in self._corrected else run

    def _made_there(self, finding: Finding, runs: Iterable[Said]) -> Iterator[LotId]:
        texts = _texts(finding)
        feeds = {line.line: line.feed for line in self._site.party.lines}
        for run in (said.transformation for said in runs):
            if run is not None and self._month(run) == texts.get("month") and _is_there(run, texts, feeds):
                yield from run.created_lots()


def _is_there(run: Transformation, texts: dict[str, str], feeds: dict[str, str]) -> bool:
    """Say whether a run was in the line, or in the lines for the feed, that a finding is about."""
    if (feed := texts.get("feed")) is not None:
        return run.line is None or feeds.get(run.line) == feed
    return run.line == texts.get("line")


def _enter(rows: dict[StatementId, Said], statement: StatementId, said: Said, *, is_there: bool) -> None:
    if is_there:
        rows[statement] = said
    else:
        rows.pop(statement, None)


def _gone_by(logged: LoggedEvent) -> tuple[LotId, ...]:
    """Return the lots that a statement uses, sends or claims."""
    event = logged.event
    # Of what makes no lot, shipments and claims have an id of their own; analyses, counts and holds use nothing.
    made = event.created_lots()
    return event.input_lots() if made else event.named_lots() if event.identity() else ()


def _counts(said: Said | None) -> tuple[object, ...]:
    """Return what the checks look at: of a batch what it is called, of a run when, where and of what it was made."""
    if said is None or (run := said.transformation) is None:
        return () if said is None else said.event.stated_words()
    taken = tuple((line.lot, line.net_kg) for line in run.inputs)
    place = run.process, run.line, run.vessel, run.started_at, run.ended_at, run.electricity_kwh
    return *place, *taken, *run.created_lots()


def _changes_words(change: _Change) -> bool:
    was, now = change
    return was is not None and now is not None and was.event.stated_words() != now.event.stated_words()


def _texts(finding: Finding) -> dict[str, str]:
    return {name: str(value) for name, value in (*finding.figures, *finding.about)}


def _oddity(finding: Finding) -> tuple[object, ...]:
    """Return what a finding is about: its code, and the place and month, or the run, whatever the figures are."""
    texts = _texts(finding)
    return finding.code, finding.case, *(texts.get(name) for name in ("line", "feed", "month", "run"))


def _goes_on(finding: Finding, now: Iterable[Finding]) -> bool:
    oddity = _oddity(finding)
    return any(_oddity(other) == oddity and severest(other, finding) is other for other in now)
