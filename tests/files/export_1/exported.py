"""What an export says of a ledger in memory, after it was verified."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from ledger.log.envelopes import parse_entry, statement_id
from tests.verify.plant import export_of, members_of, verified
from tests.world.memory import MemoryWorld


def correction(ledger: MemoryWorld, index: int, replacement: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return a correction of an entry."""
    name = statement_id(parse_entry(ledger.entries[index]).payload)
    kind = "did_not_occur" if replacement is None else "incorrect_data"
    event = {"type": "correction", "statement": name, "kind": kind, "reason": "a slip"}
    return event if replacement is None else {**event, "replacement": replacement}


def rows(ledger: MemoryWorld, table: str, folder: Path) -> list[dict[str, Any]]:
    """Return the rows of a table, after the export was verified."""
    export = export_of(ledger, folder)
    assert verified(export, ledger.genesis, folder).ok
    return list(csv.DictReader(io.StringIO(members_of(export)[f"tables/{table}.csv"].decode("utf-8"))))
