"""What the vault's files say, read again by the code of today."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ledger.admission.book import MemoryBook
from ledger.admission.judge import Accepted, admit, enter
from ledger.admission.statements import Statement, read_statement
from ledger.files.layout import parse_event_line
from ledger.files.report import fault_of
from ledger.log.checkpoint import open_checkpoint, parse_log_keys
from ledger.log.envelopes import parse_entry
from ledger.log.tiles import TILE_WIDTH, parse_entry_bundle
from ledger.verify import verify_file
from schemas.errors import LedgerError
from schemas.findings import Finding
from schemas.instants import format_time
from schemas.parties import Genesis
from schemas.refusal import RefusedError
from schemas.rules.version import Rules
from schemas.versions import VERSION_1


def lines_of(path: Path) -> list[dict[str, Any]]:
    """Return the values of a file of JSON Lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def faults_of(content: bytes, genesis: str) -> list[list[Any]]:
    """Return code and entry of each fault of a file, sorted; ``-1`` for one of no entry."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        report = verify_file(path, genesis)
    return sorted([fault.code, -1 if fault.entry is None else fault.entry] for fault in report.faults)


def entries_of(export: Path) -> Iterator[tuple[bytes, bytes]]:
    """Yield entry and event of an export, in order."""
    with zipfile.ZipFile(io.BytesIO(export.read_bytes())) as archive:
        events = [parse_event_line(line)[1] for line in archive.read("events.jsonl").splitlines()]
        names = sorted(name for name in archive.namelist() if name.startswith("tile/entries/"))
        rest = len(events)
        for name in names:
            width = min(rest, TILE_WIDTH)
            yield from zip(parse_entry_bundle(archive.read(name), width), events[len(events) - rest :], strict=False)
            rest -= width


def statement_of(entry: bytes, event: bytes, rules: Rules = VERSION_1) -> Statement:
    """Return the statement of an entry and its event."""
    return read_statement(parse_entry(entry), event, rules)


def replayed(export: Path) -> MemoryBook:
    """Return the book of an export, judged entry by entry."""
    book = MemoryBook(_kept(export))
    for index, (entry, event) in enumerate(entries_of(export)):
        verdict = admit(statement_of(entry, event, _rules_of(book)), book)
        assert isinstance(verdict, Accepted), index
        enter(verdict, book)
        book.size = index + 1
    return book


def refusal_of(entry: bytes, event: bytes, book: MemoryBook) -> dict[str, Any]:
    """Return code and figures with which a book refuses a statement."""
    try:
        admit(statement_of(entry, event, _rules_of(book)), book)
    except RefusedError as error:
        return _figures(error)
    except LedgerError as error:
        return {"code": fault_of(error).code}
    return {"code": "taken"}


def shown(finding: Finding) -> dict[str, Any]:
    """Return what a finding says, without its sentence."""
    return {
        "entry": finding.index,
        "code": str(finding.code),
        "case": finding.case,
        "severity": finding.severity,
        "figures": dict(finding.figures),
        "limit": dict(finding.limit),
        "lots": list(finding.lots),
    }


def _rules_of(book: MemoryBook) -> Rules:
    return VERSION_1 if book.facts is None else book.facts.rules.at(book.size)


def _figures(error: RefusedError) -> dict[str, Any]:
    return {
        "code": str(error.code),
        "case": error.case,
        "figures": dict(error.figures),
        "collides_with": error.collides_with,
    }


def _kept(export: Path) -> list[tuple[str, int]]:
    """Return times and sizes of the kept checkpoints."""
    genesis = statement_of(*next(entries_of(export))).event
    assert isinstance(genesis, Genesis)
    keys = parse_log_keys(genesis.log_keys)
    with zipfile.ZipFile(export) as archive:
        notes = [archive.read(name) for name in archive.namelist() if name.startswith("checkpoints/")]
    opened = [open_checkpoint(note, keys) for note in notes]
    return sorted((format_time(one.time_s), one.checkpoint.size) for one in opened)
