"""Entries and events of an export as one stream, in the order of the tree.

Invariants: yields exactly one item per index; what is missing or spoilt is a fault
with its index and ``None`` in the item; a line is never longer in memory than an event
may be, an entry bundle never than 256 entries may be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ledger.files import layout
from ledger.files.directory import Archive
from ledger.files.report import Findings
from ledger.log.merkle import HASH_BYTES
from ledger.log.tiles import MAX_ENTRY_BYTES, TILE_WIDTH, bundles_for_size, parse_entry_bundle
from schemas.catalogue.faults import FaultCode
from schemas.errors import MalformedError

HASH_TILE_BYTES = TILE_WIDTH * HASH_BYTES
_MAX_TABLE_LINE = 1 << 24
_MAX_BUNDLE_BYTES = TILE_WIDTH * (MAX_ENTRY_BYTES + 2)


class Raw(NamedTuple):
    """An entry and its event as a file has them; ``None`` where it has none."""

    index: int  # type: ignore[assignment]
    entry: bytes | None
    event: bytes | None


def read_entries(archive: Archive, size: int, found: Findings) -> Iterator[Raw]:
    """Yield each entry of a tree of ``size`` leaves with its event.

    Plan: (1) entries bundle by bundle, (2) lines of events, each with its own index,
    ascending and none twice, (3) joined by index, so that a line that is missing or too
    much is one fault and the others keep their place.
    """
    # (2) Lines of events.
    events = _read_events(archive, size, found)
    line = next(events, None)
    # (1) Bundles of entries.
    for index, entry in enumerate(_read_bundles(archive, size, found)):
        # (3) Joined by index.
        event = None
        if line is not None and line[0] == index:
            event = line[1]
            line = next(events, None)
        else:
            found.add(
                FaultCode.MISSING_EVENT, f"expected the event of entry {index} in {layout.EVENTS}, got none", index
            )
        yield Raw(index, entry, event)
    while line is not None:
        line = next(events, None)


def read_text_lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the lines of a table without their newlines, at the end what is behind the last one."""
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        yield from whole
        if len(rest) > _MAX_TABLE_LINE:
            # No table has such a line; without this an endless one would be held whole.
            yield rest
            rest = b""
    yield rest


def _read_bundles(archive: Archive, size: int, found: Findings) -> Iterator[bytes | None]:
    for number, tile in enumerate(bundles_for_size(size)):
        try:
            yield from parse_entry_bundle(archive.read(tile.path, _MAX_BUNDLE_BYTES), tile.width)
        except MalformedError as error:
            if tile.path in archive:
                found.add(FaultCode.BAD_ENTRIES, f"{tile.path}: {error}", number * TILE_WIDTH)
            yield from [None] * tile.width


def _read_events(archive: Archive, size: int, found: Findings) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are well formed, ascending by index and within the tree."""
    expected = 0
    for raw in _read_lines(archive, found):
        try:
            index, event = layout.parse_event_line(raw)
        except MalformedError as error:
            # A spoilt line takes the place of the one that belongs there.
            found.add_error(error, expected, code=FaultCode.BAD_EVENT_LINE)
            expected += 1
            continue
        if not expected <= index < size:
            where = "again or out of order" if index < expected else f"beyond the {size} entries"
            found.add(
                FaultCode.EXTRA_EVENT, f"expected the event of entry {expected}, got that of {index} {where}", index
            )
            continue
        expected = index + 1
        yield index, event


def _read_lines(archive: Archive, found: Findings) -> Iterator[bytes]:
    if layout.EVENTS not in archive:
        return
    rest = b""
    for chunk in archive.chunks(layout.EVENTS):
        *whole, rest = (rest + chunk).split(b"\n")
        yield from whole
        if len(rest) > layout.MAX_LINE_BYTES:
            found.add(
                FaultCode.BAD_EVENT_LINE, f"expected lines of at most {layout.MAX_LINE_BYTES:,} bytes, got a longer one"
            )
            return
    if rest:
        found.add(FaultCode.BAD_EVENT_LINE, f"expected {layout.EVENTS} to end in a newline, got an unfinished line")
