"""Shortfall: metal that was moved, but of which a correction left too little (contract, section 5).

Invariant: it is of origin ``unknown``, counted, found and never silently left out.
"""

from __future__ import annotations

from ledger.materials.mass.mix import split_of
from ledger.materials.state.book import Effects, Speaker
from ledger.materials.state.findings import NO_BOUND, find
from ledger.materials.state.pool import Stated
from ledger.materials.state.records import Lot, Posting
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import Metal


def add_shortfall(total: dict[Metal, int], short: int, stated: Stated | None) -> None:
    """Add the metal of ``short`` milligrams that a taking lacks, in the proportions of what was moved at first."""
    for metal, mass in (stated.part(short) if stated else {}).items():
        total[metal] = total.get(metal, 0) + mass


def refill(lot: Lot, stated: Stated, speaker: Speaker, effects: Effects) -> Lot:
    """Supply what a shipment moved of a lot that a correction left empty."""
    mix = split_of(dict(stated.content), "unknown")
    effects.findings.append(
        find(
            FindingCode.SHORTFALL, "high", (("sent_mg", stated.net),), NO_BOUND, speaker, lots=(lot.id,),
            case="sent", about=(("site", speaker.party.id),),
        )
    )  # fmt: skip
    effects.postings.append(
        Posting(
            site=lot.holder, kind="shortfall", record=lot.id, material=lot.material, net=stated.net, dry=stated.net,
            mix=mix, index=speaker.index, statement=speaker.statement,
        )
    )  # fmt: skip
    return lot._replace(
        net=stated.net, dry=None, mix=mix, metals=tuple(mix), refill=speaker.statement,
        shortfalls=tuple(sorted({*lot.shortfalls, speaker.statement})),
    )  # fmt: skip
