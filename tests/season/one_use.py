"""One use per kilogram, counted from the statements as they stand, beside what the marks say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ledger.materials.claims.marks import claimable
from ledger.materials.corrections.refold import refold
from ledger.materials.events.claim import wanted
from ledger.materials.history.closure import Closure, last_versions
from ledger.materials.mass.mix import Mix, waste_of
from ledger.materials.state.records import NOT_YET
from schemas.claims import Claim
from schemas.codes import CLAIM_KINDS, ORIGINS
from schemas.intake import Intake
from schemas.stock import StockCount
from tests.world.folding import Fold, Tally


def check_one_use(fold: Fold) -> None:
    """Demand, per kind, metal and origin, that no more is claimed and claimable than ever entered.

    What can be drawn from an account counts as claimable, whatever its day, and so does what
    is to earn yet; a claim that is not covered somewhere does not stand.
    """
    entered = entered_by_intakes(fold)
    uncovered = {mark.statement for lot in fold.lots.values() for mark in lot.marks if not mark.covered}
    for kind in CLAIM_KINDS:
        used = in_accounts(fold)
        for statement, claim in standing_claims(fold):
            if claim.kind == kind and statement not in uncovered:
                for line in claim.lots:
                    _count(used, wanted(line))
        for lot in fold.lots.values():
            _count(used, claimable(lot, kind))
            _count(used, waste_of(lot.earned.get(NOT_YET, {})))
        for place, mass in used.items():
            assert mass <= entered[place], (kind, place, mass, entered[place])


def in_accounts(fold: Fold) -> Tally:
    """Return what all mass-balance accounts were given and did not give, in mg."""
    total: Tally = Counter()
    for account in fold.accounts.values():
        tally: Tally = Counter()
        for mix in account.earned.values():
            _count(tally, mix)
        for mix in account.drawn.values():
            _count(tally, mix, -1)
        total += tally
    return total


def standing_claims(fold: Fold) -> Iterator[tuple[str, Claim]]:
    """Yield each claim as it stands, with the statement that made it."""
    logged_events = fold.past.logged_events(fold.past.indexes())
    versions = last_versions(logged_events)
    for logged in logged_events:
        event = versions.get(logged.statement, logged.event)
        if isinstance(event, Claim):
            yield logged.statement, event


def entered_by_intakes(fold: Fold) -> Tally:
    """Return what intakes brought as they stand: the most that analyses ever found in each, in mg."""
    logged_events = {logged.index: logged for logged in fold.past.logged_events(fold.past.indexes())}
    names = frozenset(fold.lots)
    versions = last_versions(logged_events.values())
    events = {index: versions.get(logged.statement, logged.event) for index, logged in logged_events.items()}
    intakes = {event.lot for event in events.values() if isinstance(event, Intake)}
    level: dict[str, Tally] = {}
    most: dict[str, Tally] = {}
    for row in refold(Closure(names, names, logged_events), fold, fold.index).postings:
        if row.record not in intakes or row.kind not in ("receipt", "gain", "loss"):
            continue
        if isinstance(events[row.index], StockCount):
            # What is not there any more entered all the same.
            continue
        now = level.setdefault(row.record, Counter())
        _count(now, row.mix, -1 if row.kind == "loss" else 1)
        most[row.record] = most.get(row.record, Counter()) | now
    total: Tally = Counter()
    for tally in most.values():
        total.update(tally)
    return total


def _count(tally: Tally, mix: Mix, sign: int = 1) -> None:
    for metal, split in mix.items():
        for origin, mass in zip(ORIGINS, split, strict=True):
            tally[metal, origin] += sign * mass
