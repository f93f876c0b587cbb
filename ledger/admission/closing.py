"""The judge of period closes: a site fixes its totals and its open lots by hash.

Invariants: months are closed in order, each once; the totals and the lots are the
ledger's own at that entry, recomputed, so a close that differs is refused and not
merely recorded; from the next entry on nothing is posted to a closed month.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from ledger.log.merkle import leaf_hash, root_of
from ledger.materials.mass.months import month_of
from ledger.materials.moves.balance import balance_of, totals_hash
from ledger.materials.moves.preconditions import check_role, cite
from ledger.materials.state.book import Effects, MaterialBook, Speaker
from ledger.materials.state.records import Closed, Lot
from schemas.catalogue.refusals import RefusalCode
from schemas.periods import PeriodClose
from schemas.refusal import RefusedError


def judge_close(event: PeriodClose, speaker: Speaker, book: MaterialBook) -> Effects:
    """Close a month of the speaker's own site.

    Raises:
        RefusedError: ``not-entitled``, ``period-closed``, ``period-open`` (the month has
            not ended by the statement's own time), ``totals-differ``, ``lots-differ``,
            ``duplicate-document``.
    """
    party = speaker.party
    check_role(party, ("park", "processor", "offtaker"), event.type)
    closed = book.periods.get(party.id)
    if closed is not None and event.period <= closed.period:
        raise RefusedError(
            RefusalCode.PERIOD_CLOSED, closed=closed.period, period=event.period, collides_with=closed.statement
        )
    if month_of(party, speaker.occurred_at, speaker.rules) <= event.period:
        raise RefusedError(RefusalCode.PERIOD_OPEN, time=speaker.occurred_at, party=party.id, period=event.period)
    lots = book.open_lots(party.id)
    totals = totals_hash(balance_of(party.id, event.period, book.postings_of(party.id), lots))
    if event.totals != totals:
        raise RefusedError(RefusalCode.TOTALS_DIFFER, expected=totals, period=event.period, totals=event.totals)
    root = lots_root(lots)
    if event.lots_root != root:
        raise RefusedError(RefusalCode.LOTS_DIFFER, expected=root, lots_root=event.lots_root)
    effects = Effects()
    effects.periods[party.id] = Closed(event.period, speaker.statement, totals, root)
    cite(event.documents, speaker, book, (), effects)
    return effects


def lots_root(lots: Iterable[Lot]) -> str:
    """Return the RFC 6962 root over open lots by id, as hex.

    A leaf is compact JSON of ``[lot, net, dry, {metal: [mg per origin]}]`` with metals by
    name, masses in milligrams; so a site can prove later what one lot held at the close.
    """
    return root_of([leaf_hash(lot_leaf(lot)) for lot in lots]).hex()


def lot_leaf(lot: Lot) -> bytes:
    """Return the leaf of a lot in that tree."""
    leaf = [lot.id, lot.net, lot.dry_or_net, {metal: list(lot.mix[metal]) for metal in sorted(lot.mix)}]
    return json.dumps(leaf, separators=(",", ":")).encode("ascii")
