"""Papers that several statements cite, with each side of it: what parties see of each other only as an agreement.

A finding between parties names nobody but the one it is on. Whoever audits sees here who else
cites the paper, for which lot and which mass. What is cited once is passed by as it is read, so
that memory grows with what agrees alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from ledger.files.csv_text import Row
from ledger.files.records import AccountingRecords
from ledger.materials.plausibility.entry.cited_papers import is_digest
from ledger.materials.state.citations import CitationUse
from schemas.documents import Citation
from schemas.quantity import format_kg
from schemas.rules.normal_form import normal_form


def papers(records: AccountingRecords) -> Iterator[Row]:
    """Yield each citation of what several statements cite, by kind and number in normal form, the oldest first."""
    yield (
        "kind", "alike", "by", "party", "statement", "lot", "day", "way", "net_kg", "issuer", "number", "date", "part",
        "says_kg",
    )  # fmt: skip
    shared = ((key, uses) for key, uses in records.citations.by_key() if _is_shared(key, uses))
    for key, uses in sorted(shared, key=lambda row: (row[0].kind, row[0].number, row[0])):
        for use in uses:
            net, says = ("" if not mass else format_kg(mass) for mass in (use.net, use.says))
            yield (
                key.kind, key.number, "day" if key.date else "paper", use.issuer, use.statement, use.lot, use.day,
                "out" if use.sends else "in", net, use.document.issuer, use.document.number, use.document.date,
                use.document.part, says,
            )  # fmt: skip


def _is_shared(key: Citation, uses: tuple[CitationUse, ...]) -> bool:
    """Say whether several statements cite a paper, or number and day where an issuer stands there as a digest."""
    if len({use.statement for use in uses}) < 2 or not uses[0].document.kind:
        return False
    issuers = [use.document.issuer for use in uses]
    return not key.date or (any(map(is_digest, issuers)) and len(set(map(normal_form, issuers))) > 1)
