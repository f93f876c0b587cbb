"""Period closes: a site fixes its totals and its open lots by hash.

Invariants: months are closed in order, each once; the totals and the lots are the
ledger's own at that entry, recomputed, so a close that differs is refused and not
merely recorded; from the next entry on nothing is posted to a closed month.
"""

from __future__ import annotations

import json

from ledger.materials.events.documents import check_documents
from ledger.materials.events.kind import Kind
from ledger.materials.mass.months import month_of
from ledger.materials.moves.balance import balance_of, totals_hash
from ledger.materials.moves.preconditions import check_role
from ledger.materials.state.book import Speaker
from ledger.materials.state.ground import Ground
from ledger.materials.state.layer import Layer
from ledger.materials.state.records import Closed, Lot
from schemas.catalogue.refusals import RefusalCode
from schemas.periods import PeriodClose
from schemas.refusal import RefusedError, malformed


class PeriodCloseKind(Kind[PeriodClose]):
    """A month of the speaker's own site that is closed."""

    schema = PeriodClose

    def check(self, event: PeriodClose, speaker: Speaker, ground: Ground) -> None:
        """Demand the next month that has ended, with the ledger's own totals and lots.

        Raises:
            RefusedError: ``not-entitled``, ``period-closed``, ``period-open`` (the month has
                not ended by the statement's own time), ``totals-differ``, ``lots-differ``,
                ``duplicate-document``.
            MalformedError: where no tree is known, as in the closure of one lot.
        """
        if ground.layer.root_of is None:
            raise malformed("close_of_part", "type", event=event.type)
        party, book = speaker.party, ground.book
        check_role(party, ("park", "processor", "offtaker"), event.type)
        closed = book.periods.get(party.id)
        if closed is not None and event.period <= closed.period:
            raise RefusedError(
                RefusalCode.PERIOD_CLOSED, closed=closed.period, period=event.period, collides_with=closed.statement
            )
        if month_of(party, speaker.occurred_at, speaker.rules) <= event.period:
            raise RefusedError(RefusalCode.PERIOD_OPEN, time=speaker.occurred_at, party=party.id, period=event.period)
        lots = book.open_lots(party.id)
        totals = totals_hash(balance_of(party.id, event.period, book.sums_of(party.id), lots))
        if event.totals != totals:
            raise RefusedError(RefusalCode.TOTALS_DIFFER, expected=totals, period=event.period, totals=event.totals)
        root = ground.layer.root_of(map(lot_leaf, lots))
        if event.lots_root != root:
            raise RefusedError(RefusalCode.LOTS_DIFFER, expected=root, lots_root=event.lots_root)
        check_documents(event.documents, speaker, ground.layer)

    def record(self, event: PeriodClose, speaker: Speaker, layer: Layer) -> None:
        """Close the month, and use the documents up."""
        closed = Closed(event.period, speaker.statement, event.totals, event.lots_root)
        layer.effects.periods[speaker.party.id] = closed
        super().record(event, speaker, layer)


def lot_leaf(lot: Lot) -> bytes:
    """Return the leaf of a lot in the tree over open lots by id.

    It is compact JSON of ``[lot, net, dry, {metal: [mg per origin]}]`` with metals by name,
    masses in milligrams; so a site can prove later what one lot held at the close.
    """
    leaf = [lot.id, lot.net, lot.dry_or_net, {metal: list(lot.mix[metal]) for metal in sorted(lot.mix)}]
    return json.dumps(leaf, separators=(",", ":")).encode("ascii")


PERIOD_CLOSE = PeriodCloseKind()
