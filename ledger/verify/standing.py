"""How a lot stands, from an audit export: as its closure proves, and as all of the ledger says."""

from __future__ import annotations

from ledger.admission.book import MemoryBook
from ledger.files.report import Findings
from ledger.materials.answers.provenance import follow, trace
from ledger.materials.plausibility.site.reach import SiteFinding, findings_with_reach
from ledger.materials.plausibility.site.reading import read_site
from ledger.materials.standing import LotStanding, Reason, on_record, sites_of, standing_of
from ledger.materials.standing.report import share_text
from ledger.materials.state.records import Lot
from schemas.catalogue.faults import FaultCode
from schemas.ids import LotId


def say_standing(name: LotId | None, book: MemoryBook, found: Findings) -> None:
    """Say how a lot stands, and why; that the export has no such lot is a fault.

    Args:
        name: the lot; nothing is said where none is asked for.
        book: the fold of all entries, with its history.
        found: gets the sentences.
    """
    if name is None:
        return
    lot = book.lots.get(name)
    if lot is None:
        found.add(FaultCode.MISSING_ENTRY, f"expected a lot {name} in the export, found none of that name")
        return
    standing = export_standing(lot, book)
    found.checked.append(f"standing of {name}: reported {standing.reported}, proven {standing.proven}")
    found.checked += [_reason(name, row) for row in standing.reasons if row.reported]


def export_standing(lot: Lot, book: MemoryBook) -> LotStanding:
    """Return how a lot stands by the fold of all entries."""
    ancestry = trace(lot, book)
    sites: list[SiteFinding] = []
    for name in sites_of(ancestry):
        party = book.parties.get(name)
        if party is not None:
            sites += findings_with_reach(read_site(party, book.past.said_by(name), book, book.rules))
    return standing_of(ancestry, follow(ancestry), on_record(ancestry, book, sites), book.rules)


def _reason(name: LotId, reason: Reason) -> str:
    of = f"of its {reason.metal}" if reason.metal is not None else "the lot itself"
    word = "settled" if reason.settled else reason.level
    basis = "proven" if reason.proven else "reported"
    return f"standing of {name}: {reason.code} ({reason.severity}), {share_text(reason.share)} {of}: {word}, {basis}"
