"""What is needed of a park to say what it made and delivered under an agreement, as everything stands now.

Invariant: no figure rests on what a correction posted: that is a difference, which says
nothing of a single shipment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from ledger.materials.corrections.refold import refold
from ledger.materials.history.closure import gather, last_repairs, repaired
from ledger.materials.state.book import Archive, LoggedEvent
from ledger.materials.state.records import Lot, Posting, Run
from schemas.codes import CustodyModel, Metal
from schemas.ids import LotId, PartyId, RunId
from schemas.party import Party
from schemas.rules.version import Rules

_KINDS = ("dispatch", "gain", "loss")


class Trade(NamedTuple):
    """What is needed of one park.

    ``logged_events`` are its own as they stand, ``words`` what receivers said of its lots, both in
    the order of the ledger; ``rows`` are its postings that hand over, raise or lessen
    whole lots, as if every correction had stood from the start.
    """

    party: Party
    logged_events: tuple[LoggedEvent, ...]
    runs: Mapping[RunId, Run]
    lots: Mapping[LotId, Lot]
    words: tuple[LoggedEvent, ...]
    rows: tuple[Posting, ...]
    rules: Rules
    """The version in force at the size for which is asked."""


class Figure(NamedTuple):
    """Milligrams of a metal that count under a name; ``custody`` is the model of a lot that was delivered."""

    year: int
    park: PartyId
    metal: Metal
    name: str
    mass: int
    custody: CustodyModel | None = None


def standing(logged_events: Iterable[LoggedEvent]) -> tuple[LoggedEvent, ...]:
    """Return logged events as the corrections among them left them, without those that count no more."""
    own = list(logged_events)
    corrected = last_repairs(own)
    return tuple(
        stands
        for logged in own
        if not logged.event.corrects()
        and (stands := repaired(logged, corrected.get(logged.statement))) is not None
    )  # fmt: skip


def standing_rows(
    rows: Iterable[Posting], lots: Collection[LotId], known: Collection[str], site: PartyId, archive: Archive, size: int
) -> tuple[Posting, ...]:
    """Return the postings of some lots as if every correction had stood from the start.

    The lots that a correction reached are folded again.

    Args:
        rows: the postings of the site.
        lots: those that are looked at.
        known: the statements that are no corrections; what others posted was changed.
        site: whose postings.
        archive: the entries.
        size: how many of them count.
    """
    kept = [row for row in rows if row.kind in _KINDS and row.record in lots]
    reposted = {row.record for row in kept if row.statement not in known}
    changed = {lot for lot in lots if lot in reposted}
    if not changed:
        return tuple(kept)
    refolded = refold(gather(sorted(changed), archive.history, size), archive, size).postings
    anew = [row for row in refolded if row.kind in _KINDS and row.record in changed and row.site == site]
    return (*(row for row in kept if row.record not in changed), *anew)
