"""A lot under the rule sets: what passes and fails, and what is to be declared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ledger.materials.answers.provenance import trace
from ledger.materials.answers.year.domestic import Domestic
from ledger.materials.answers.year.products import shares_report
from ledger.materials.history.closure import last_versions
from ledger.materials.mass.mix import content_of
from ledger.materials.rulesets.data import rule_sets
from ledger.materials.rulesets.verdicts import Verdict, class_of, judge_domestic
from ledger.materials.state.records import Lot, Run
from ledger.questions.lots import require_lot
from ledger.questions.standing import standing_answer
from ledger.store.snapshot import Snapshot
from schemas.ids import LotId, RunId
from schemas.intake import Intake


def rules_answer(snapshot: Snapshot, name: LotId, day: str | None = None) -> dict[str, Any]:
    """Return what a lot's recycled shares are worth under the rule sets, on a day and later.

    Without a day, that of the newest checkpoint. A lot made under mass balance is judged on
    the credits drawn for it, as ``basis`` says, and so is its share; the physical one stands beside that.

    Raises:
        NotFoundError: if the ledger has no such lot.
    """
    lot = require_lot(snapshot, name)
    day = day or (snapshot.time or "2000-01-01")[:10]
    shares = shares_report(lot.mix, lot.credit, lot.custody, day, snapshot.rules)
    shares["verdicts"] += [verdict.as_json() for verdict in _domestic_verdicts(snapshot, lot, day)]
    return {
        "lot": lot.id,
        "day": day,
        "custody": lot.custody,
        **shares,
        "rule_sets": rule_sets(snapshot.rules),
        "tree_size": snapshot.size,
        "standing": standing_answer(snapshot, trace(lot, snapshot)),
    }


def _domestic_verdicts(snapshot: Snapshot, lot: Lot, day: str) -> list[Verdict]:
    """Judge the part of a lot's dry mass that is domestic, as its metals are; none where it holds no metal."""
    metal = sum(content_of(lot.mix).values())
    if not metal:
        return []
    domestic = domestic_behind(snapshot, (lot,))
    kinds = {class_of(batch.chemistry, batch.material) for batch in domestic.batches.values()}
    # What was pooled of several chemistries is still of the class that they share.
    kind = kinds.pop() if len(kinds) == 1 else class_of(lot.chemistry, lot.material)
    return judge_domestic(lot.dry_or_net * domestic.metal_in(lot) // metal, lot.dry_or_net, kind, day, snapshot.rules)


def domestic_behind(snapshot: Snapshot, lots: Iterable[Lot]) -> Domestic:
    """Return what was recycled in India from waste of India, of lots and of all that they came through."""
    known = {lot.id: lot for lot in lots}
    runs: dict[RunId, Run] = {}
    frontier = {lot.run for lot in known.values() if lot.run}
    while frontier:
        found = snapshot.runs.many(sorted(frontier))
        runs.update(found)
        parents = snapshot.lots.many(
            sorted({taken.lot for run in found.values() for taken in run.inputs} - known.keys())
        )
        known.update(parents)
        frontier = {lot.run for lot in parents.values() if lot.run} - runs.keys()
    entered = [lot.created for lot in known.values() if lot.run is None]
    versions = last_versions(snapshot.history.logged_events(snapshot.history.naming(known)))
    events = (versions.get(logged.statement, logged.event) for logged in snapshot.history.logged_events(entered))
    batches = {event.lot: event for event in events if isinstance(event, Intake)}
    return Domestic("IN", runs.values(), batches, {party.id: party.country for party in snapshot.parties.all()})
