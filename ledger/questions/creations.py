"""What the statements that created lots say now, as corrections left them."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.materials.history.closure import last_versions
from ledger.materials.state.records import Lot
from ledger.store.snapshot import Snapshot
from schemas.events import MaterialEvent


def creations_of(snapshot: Snapshot, lots: Iterable[Lot]) -> dict[str, MaterialEvent | None]:
    """Return by lot the event that creates it; ``None`` where a correction took it back.

    Reads the statements once, and of those that were corrected the last correction.
    """
    known = {lot.id: lot for lot in lots}
    said = {logged.index: logged for logged in snapshot.history.logged_events({lot.created for lot in known.values()})}
    standing = snapshot.standing.many({logged.statement for logged in said.values()})
    versions = last_versions(snapshot.history.logged_events({row.index for row in standing.values()}))
    found: dict[str, MaterialEvent | None] = dict.fromkeys(known)
    for logged in said.values():
        event = versions.get(logged.statement, logged.event)
        created = () if event is None else event.created_lots()
        found.update({name: event for name in created if name in known})
    return found
