"""Findings of moves around holds: during one that is over by now, before one that stands, or by a correction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger.materials.state.book import Speaker
from ledger.materials.state.findings import Bound, find
from ledger.materials.state.lot_words import HoldMark
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
        # What was entered again came under its hold when it came in, so that nothing is dated before that.
        if all(hold.beyond for hold in lot.holds):
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


def find_held_corrected(
    lot: LotId, hold: HoldMark, speaker: Speaker, kinds: Iterable[str], others: Iterable[LotId], *, is_dispute: bool
) -> Finding:
    """Return that a correction speaks about a held lot, or moves metal of one that is held or disputed.

    Args:
        lot: the lot.
        hold: which stands on it, or the word that disputes it.
        speaker: who corrects.
        kinds: the types of the statements that are corrected.
        others: the lots that metal of it comes into, on which it shows as well.
        is_dispute: whether its receiver disputes it.
    """
    into = tuple(others)
    case = "disputed" if is_dispute else "moved" if into else ""
    return find(
        FindingCode.HELD_LOT_CORRECTED, "high", (("corrected_at", speaker.occurred_at),),
        Bound((("held_since", hold.since),)), speaker, lots=(lot, *into), case=case,
        about=(
            ("site", speaker.party.id), ("lot", lot), ("holder", hold.issuer), ("event", ", ".join(kinds)),
            *((("others", ", ".join(into[:3])),) if into else ()),
        ),
    )  # fmt: skip
