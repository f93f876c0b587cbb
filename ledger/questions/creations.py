"""The statements that created lots as they stand now, as corrections left them."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.materials.history.closure import last_repairs, repaired
from ledger.materials.state.book import LoggedEvent
from ledger.materials.state.records import Lot
from ledger.store.snapshot import Snapshot


def creations_of(snapshot: Snapshot, lots: Iterable[Lot]) -> dict[str, LoggedEvent | None]:
    """Return by lot the statement that creates it, as it stands; ``None`` where a correction took it back.

    Reads the statements once, and of those that were corrected the last correction.
    """
    known = {lot.id: lot for lot in lots}
    said = {logged.index: logged for logged in snapshot.history.logged_events({lot.created for lot in known.values()})}
    standing = snapshot.standing.many({logged.statement for logged in said.values()})
    repairs = last_repairs(snapshot.history.logged_events({row.index for row in standing.values()}))
    found: dict[str, LoggedEvent | None] = dict.fromkeys(known)
    for logged in said.values():
        stands = repaired(logged, repairs.get(logged.statement))
        created = () if stands is None else stands.event.created_lots()
        found.update({name: stands for name in created if name in known})
    return found
