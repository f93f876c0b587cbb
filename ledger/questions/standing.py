"""How lots stand, asked of one snapshot."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ledger.materials.answers.provenance import Ancestry, Behind, Followed, follow, trace, trace_all
from ledger.materials.standing import (
    ByLot,
    LotStanding,
    OnRecord,
    on_record,
    sites_of,
    standing_of,
    standing_report,
    together,
)
from ledger.materials.state.records import Lot
from ledger.questions.site_months import findings_of_sites
from ledger.store.snapshot import Snapshot
from schemas.findings import Finding


def standing_in(
    snapshot: Snapshot, ancestry: Ancestry, at: int | None = None, followed: Followed | None = None
) -> LotStanding:
    """Return how a lot stands, now or as it stood at a tree size.

    Args:
        snapshot: the ledger.
        ancestry: the lot with what it was made of, at that size.
        at: the tree size; findings and words that came later do not count, and what is odd about
            sites over time is not known of it.
        followed: its metals followed back, where somebody asked before.
    """
    rules = snapshot.rules if at is None else snapshot.history.rules_at(at)
    said = _said(snapshot, ancestry) if at is None else _said_at(snapshot, ancestry, at)
    return standing_of(ancestry, followed or follow(ancestry), said, rules)


def _said(snapshot: Snapshot, ancestry: Ancestry | Behind) -> OnRecord:
    return on_record(ancestry, snapshot, findings_of_sites(snapshot, sites_of(ancestry)))


def _said_at(snapshot: Snapshot, ancestry: Ancestry, at: int) -> OnRecord:
    found: list[Finding] = snapshot.weighty_findings_on(ancestry.lots, at)
    words = snapshot.attested.many({finding.statement for finding in found})
    known = {name: tuple(word for word in said if word.index < at) for name, said in words.items()}
    return OnRecord(found, known, snapshot.history)


def standing_answer(snapshot: Snapshot, ancestry: Ancestry, at: int | None = None) -> dict[str, Any]:
    """Return how a lot stands as JSON."""
    return standing_report(standing_in(snapshot, ancestry, at))


def standings_of(snapshot: Snapshot, lots: Iterable[Lot]) -> list[LotStanding]:
    """Return how each of several lots stands now; what they came through is read once for all of them."""
    wanted = list(lots)
    known = trace_all(wanted, snapshot)
    said = ByLot(_said(snapshot, known))
    ancestries = (trace(lot, known) for lot in wanted)
    return [standing_of(ancestry, follow(ancestry), said.of(ancestry.lots), snapshot.rules) for ancestry in ancestries]


def standing_together(snapshot: Snapshot, lots: Iterable[Lot]) -> dict[str, Any]:
    """Return how several lots stand as JSON: as the worst of them, for the reasons of all."""
    return standing_report(together(standings_of(snapshot, lots)))
