"""What is odd about sites over time, kept for as long as nothing new was said.

All that a site said has to be read for it. A ledger never says otherwise at the same size, so what
was worked out once is kept under the note that signs that size; the next statement has it worked out anew.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock

from ledger.materials.plausibility.site.reach import SiteFinding, findings_with_reach
from ledger.materials.plausibility.site.reading import read_site
from ledger.store.snapshot import Snapshot
from schemas.ids import PartyId

_KEPT = 32
"""Sites of recent sizes; of each only its findings stay in memory."""


class _Kept:
    """The findings of a few sites at a few sizes, the one that was asked for last at the end."""

    def __init__(self) -> None:
        self._rows: OrderedDict[tuple[bytes, PartyId], tuple[SiteFinding, ...]] = OrderedDict()
        self._lock = Lock()

    def of(self, snapshot: Snapshot, site: PartyId) -> tuple[SiteFinding, ...]:
        key = snapshot.checkpoint(), site
        with self._lock:
            known = self._rows.get(key)
            if known is not None:
                self._rows.move_to_end(key)
                return known
        found = _found(snapshot, site)
        with self._lock:
            self._rows[key] = found
            while len(self._rows) > _KEPT:
                self._rows.popitem(last=False)
        return found


_KEEPER = _Kept()


def findings_of_sites(snapshot: Snapshot, sites: Iterable[PartyId]) -> list[SiteFinding]:
    """Return what is odd about sites over time, each finding with all lots that it is about.

    Findings of severity ``low`` are left out: nobody acts on them.
    """
    return [row for site in sites for row in _KEEPER.of(snapshot, site)]


def _found(snapshot: Snapshot, site: PartyId) -> tuple[SiteFinding, ...]:
    party = snapshot.parties.get(site)
    if party is None:
        return ()
    rows = findings_with_reach(read_site(party, snapshot.history.said_by(site), snapshot, snapshot.rules))
    return tuple(row for row in rows if row.finding.severity != "low")
