"""Projections are folded anew, and every table is compared with what it was."""

from __future__ import annotations

from typing import Any

from ledger.journal.rebuild import rebuild
from ledger.materials.state.stamping import UPCOMING
from ledger.store.tables import APPEND_ONLY, PROJECTIONS
from tests.oracle import check_ledger
from tests.world.opened import OpenWorld

TABLES = (*PROJECTIONS, *APPEND_ONLY, "latest", "disclosure")


def dump(yard: OpenWorld) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table."""
    return {name: yard.database.table(name) for name in TABLES}


def rebuilt(yard: OpenWorld) -> int:
    """Rebuild; demand that no byte of any table changed and that the ledger goes on."""
    before = dump(yard)
    # Nothing is written that has no index yet, be it the entry's own or that of the one behind it.
    assert not any(str(mark) in repr(before) for mark in (UPCOMING, UPCOMING + 1))
    count = rebuild(yard.home.store)
    after = dump(yard)
    assert {name for name in TABLES if before[name] != after[name]} == set()
    check_ledger(yard.home)
    return count
