"""How a lot stands, asked of one snapshot."""

from __future__ import annotations

from typing import Any

from ledger.materials.answers.provenance import Ancestry, Followed, follow
from ledger.materials.standing import LotStanding, OnRecord, standing_of, standing_report
from ledger.store.snapshot import Snapshot


def standing_in(
    snapshot: Snapshot, ancestry: Ancestry, at: int | None = None, followed: Followed | None = None
) -> LotStanding:
    """Return how a lot stands, now or as it stood at a tree size.

    Args:
        snapshot: the ledger.
        ancestry: the lot with what it was made of, at that size.
        at: the tree size; findings and words that came later do not count.
        followed: its metals followed back, where somebody asked before.
    """
    found = snapshot.findings_on(ancestry.lots, at)
    words = snapshot.attested.many({finding.statement for finding in found})
    if at is not None:
        words = {name: tuple(word for word in said if word.index < at) for name, said in words.items()}
    rules = snapshot.rules if at is None else snapshot.history.rules_at(at)
    said = OnRecord(found, words, snapshot.history)
    return standing_of(ancestry, followed or follow(ancestry), said, rules)


def standing_answer(snapshot: Snapshot, ancestry: Ancestry, at: int | None = None) -> dict[str, Any]:
    """Return how a lot stands as JSON."""
    return standing_report(standing_in(snapshot, ancestry, at))
