"""What is odd about sites over time, kept for as long as nothing new was said.

All that a site said has to be read for it, and for an earlier size folded. A ledger never says otherwise at
the same size, so what was worked out once is kept under the note that signs it; the next statement has it
worked out anew.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock

from ledger.materials.answers.as_of import book_at
from ledger.materials.plausibility.site.reach import SiteFinding, findings_with_reach
from ledger.materials.plausibility.site.reading import looked_up_elsewhere, read_site
from ledger.store.snapshot import Snapshot
from schemas.ids import PartyId
from schemas.party import as_of

_KEPT = 32
"""Sites of recent sizes; of each only its findings stay in memory."""


class _Kept:
    """The findings of a few sites at a few sizes, the one that was asked for last at the end."""

    def __init__(self) -> None:
        self._rows: OrderedDict[tuple[bytes, int, PartyId], tuple[SiteFinding, ...]] = OrderedDict()
        self._lock = Lock()

    def of(self, snapshot: Snapshot, site: PartyId, at: int) -> tuple[SiteFinding, ...]:
        """Return the findings of a site at a size, worked out where they are not kept."""
        key = snapshot.checkpoint(), at, site
        with self._lock:
            known = self._rows.get(key)
            if known is not None:
                self._rows.move_to_end(key)
                return known
        found = tuple(row for row in _found(snapshot, site, at) if row.finding.severity != "low")
        with self._lock:
            self._rows[key] = found
            while len(self._rows) > _KEPT:
                self._rows.popitem(last=False)
        return found


_KEEPER = _Kept()


def findings_of_sites(snapshot: Snapshot, sites: Iterable[PartyId], at: int | None = None) -> list[SiteFinding]:
    """Return what is odd about sites over time, now or at a tree size, each finding with all lots that it is about.

    Findings of severity ``low`` are left out: nobody acts on them.
    """
    size = snapshot.size if at is None else at
    return [row for site in sites for row in _KEEPER.of(snapshot, site, size)]


def _found(snapshot: Snapshot, site: PartyId, at: int) -> list[SiteFinding]:
    party = snapshot.parties.get(site)
    if party is None:
        return []
    said = snapshot.history.said_by(site)
    if at == snapshot.size:
        return findings_with_reach(read_site(party, said, snapshot, snapshot.rules))
    known = [logged for logged in said if logged.index < at]
    rules, then = snapshot.history.rules_at(at), as_of(party, at)
    papers, spans = looked_up_elsewhere(then, known, rules)
    named = {lot for logged in known for lot in logged.event.named_lots()} | papers
    past = book_at(named.union(snapshot.products_like(spans, before=at)), at, snapshot)
    return findings_with_reach(read_site(then, known, past, rules, before=at))
