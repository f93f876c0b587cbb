"""Which members an audit export has, and how its own texts are written (contract, section 3.5).

Invariants: the list of members follows from the format, the tree size and the kept
checkpoints; names sort as bytes; each text has one spelling.

This much all formats of an export have in common so far; what differs by number is in
:mod:`ledger.files.export`.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable, Iterator
from typing import Final

from ledger.log.tiles import TileId, bundles_for_size, tiles_for_size
from schemas.errors import MalformedError
from schemas.events import MAX_EVENT_BYTES

CHECKPOINT: Final = "checkpoint"
EVENTS: Final = "events.jsonl"
MANIFEST: Final = "manifest.json"
KEPT: Final = "checkpoints/"
MAX_LINE_BYTES: Final = 4 * (MAX_EVENT_BYTES + 2) // 3 + 64
_LINE: Final = re.compile(rb'\{"index":(0|[1-9][0-9]{0,15}),"event":"([A-Za-z0-9+/]*={0,2})"\}')
_KEPT_NAME: Final = re.compile(r"checkpoints/([1-9][0-9]{0,18})", re.ASCII)


def tree_members(size: int) -> Iterator[TileId]:
    """Yield every hash tile and every entry bundle of a tree."""
    yield from tiles_for_size(size)
    yield from bundles_for_size(size)


def fixed_members(tables: Iterable[str]) -> list[str]:
    """Return the members that every export with these tables and registers has, whatever its size."""
    return [CHECKPOINT, EVENTS, MANIFEST, *map(table_member, tables)]


def table_member(name: str) -> str:
    """Return the member that holds a table."""
    return f"tables/{name}.csv"


def kept_size(member: str, size: int) -> int | None:
    """Return the size in the name of a kept checkpoint of a tree, ``None`` for another name."""
    match = _KEPT_NAME.fullmatch(member)
    kept = int(match.group(1)) if match else 0
    return kept if 1 <= kept <= size else None


def format_event_line(index: int, event: bytes) -> bytes:
    """Return one line of ``events.jsonl``, its newline included."""
    return b'{"index":%d,"event":"%b"}\n' % (index, binascii.b2a_base64(event, newline=False))


def parse_event_line(line: bytes) -> tuple[int, bytes]:
    """Return index and event of a line without its newline.

    Raises:
        MalformedError: if :func:`format_event_line` would not write it.
    """
    match = _LINE.fullmatch(line)
    if match is None:
        raise MalformedError(f'expected a line {{"index":..,"event":"<base64>"}}, got {line[:60]!r}')
    try:
        event = binascii.a2b_base64(match.group(2), strict_mode=True)
    except binascii.Error as error:
        raise MalformedError("expected padded standard base64, got other text") from error
    if binascii.b2a_base64(event, newline=False) != match.group(2):
        raise MalformedError("expected base64 that re-encodes to itself, got stray trailing bits")
    return int(match.group(1)), event
