"""Findings of moves around holds: during one that is over by now, or before one that stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger.materials.state.book import Speaker
from ledger.materials.state.findings import Bound, find
from ledger.materials.state.records import Lot
from schemas.catalogue.figures import Figures
from schemas.catalogue.findings.codes import FindingCode
from schemas.findings import Finding
from schemas.ids import LotId


def find_moves_around_holds(
    lots: Iterable[Lot], at: str, speaker: Speaker, made: tuple[LotId, ...] = ()
) -> Iterator[Finding]:
    """Yield a finding for each lot that moved at ``at`` while it was held, or before a hold that stands.

    It shows also on the lots that were ``made`` of it, since the hold does not follow the metal.

    What a standing hold bars is refused, so the former is entered after the release, or
    is what a correction made of it.
    """
    for lot in lots:
        if not lot.holds:
            continue
        if (during := lot.held_at(at)) is not None:
            since: Figures = (("held_since", during.since),)
            yield find(
                FindingCode.MOVED_WHILE_HELD, "high", (("moved_at", at),),
                Bound((*since, ("held_until", during.until)) if during.until else since), speaker, lots=(lot.id, *made),
                about=(("site", speaker.party.id), ("lot", lot.id), ("holder", during.issuer)),
            )  # fmt: skip
        elif (hold := next((hold for hold in lot.holds if not hold.until), None)) is not None:
            yield find(
                FindingCode.MOVED_BEFORE_HOLD, "medium", (("moved_at", at),), Bound((("held_since", hold.since),)),
                speaker, lots=(lot.id, *made),
                about=(("site", speaker.party.id), ("lot", lot.id), ("holder", hold.issuer)),
            )  # fmt: skip
