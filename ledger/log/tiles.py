"""The tree as static files: hash tiles and entry bundles (C2SP tlog-tiles).

Invariants:

* A full tile holds 256 hashes of 32 bytes; the partial one at the right edge of a
  tree holds its width in hashes and names it (``.p/W``, 1 to 255).
* A path has one spelling: ``tile/0/x001/x234/067`` for tile 1,234,067.
* An entry has at most 65,535 bytes, the most that its length prefix can say.

Tiles are not trusted for being read: a proof made from them is checked against a
signed root by whoever receives it.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from ledger.log.merkle import HASH_BYTES, node_hash
from schemas.errors import MalformedError, ProofError

TILE_HEIGHT: Final = 8
TILE_WIDTH: Final = 1 << TILE_HEIGHT
MAX_LEVEL: Final = 63
MAX_ENTRY_BYTES: Final = 0xFFFF
ENTRIES: Final = -1
"""The level that stands for entry bundles."""

_CACHED_TILES: Final = 64
_PATH: Final = re.compile(
    r"tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?", re.ASCII
)


class TileId(NamedTuple):
    """A tile: its level (or :data:`ENTRIES`), its number there, its width in hashes or entries."""

    level: int
    number: int
    width: int = TILE_WIDTH

    @property
    def path(self) -> str:
        """The path below the ledger's prefix."""
        level = "entries" if self.level == ENTRIES else str(self.level)
        suffix = "" if self.width == TILE_WIDTH else f".p/{self.width}"
        digits = f"{self.number:03d}"
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        return f"tile/{level}/{'/'.join([*(f'x{group}' for group in groups[:-1]), groups[-1]])}{suffix}"


def tile_path(level: int, number: int, width: int = TILE_WIDTH) -> str:
    """Return the path of a hash tile such as ``tile/0/x001/234.p/5``."""
    return TileId(level, number, width).path


def entry_bundle_path(number: int, width: int = TILE_WIDTH) -> str:
    """Return the path of an entry bundle such as ``tile/entries/x001/234``."""
    return TileId(ENTRIES, number, width).path


def parse_tile_path(path: str) -> TileId:
    """Return what a path of a tile or entry bundle names.

    Raises:
        MalformedError: if it is not what :func:`tile_path` or
            :func:`entry_bundle_path` writes.
    """
    match = _PATH.fullmatch(path)
    if match is not None:
        level, number, width = match.groups()
        tile = TileId(
            ENTRIES if level == "entries" else int(level),
            int(number.replace("x", "").replace("/", "")),
            int(width) if width else TILE_WIDTH,
        )
        # Re-formatting refuses needless leading groups and a partial of full width.
        if tile.level <= MAX_LEVEL and tile.width <= TILE_WIDTH and tile.path == path:
            return tile
    raise MalformedError(f"expected a tile path such as tile/0/x001/234.p/5, got {path[:80]!r}")


def tiles_for_size(size: int) -> Iterator[TileId]:
    """Yield every hash tile of a tree, by level and number, the partial right edge included."""
    level = 0
    while count := size >> TILE_HEIGHT * level:
        yield from _row(level, count)
        level += 1


def bundles_for_size(size: int) -> Iterator[TileId]:
    """Yield every entry bundle of a tree, the partial last one included."""
    return _row(ENTRIES, size)


def _row(level: int, count: int) -> Iterator[TileId]:
    for number in range(count >> TILE_HEIGHT):
        yield TileId(level, number)
    if width := count % TILE_WIDTH:
        yield TileId(level, count >> TILE_HEIGHT, width)


def format_entry_bundle(entries: Sequence[bytes]) -> bytes:
    """Return the entries of one bundle, each behind its length as 2 bytes, big-endian.

    Raises:
        MalformedError: for no entry, more than 256, or one above 65,535 bytes.
    """
    if not 1 <= len(entries) <= TILE_WIDTH:
        raise MalformedError(f"expected 1 to {TILE_WIDTH} entries in a bundle, got {len(entries)}")
    if (longest := max(map(len, entries))) > MAX_ENTRY_BYTES:
        raise MalformedError(f"expected entries of at most {MAX_ENTRY_BYTES:,} bytes, got {longest:,}")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def parse_entry_bundle(raw: bytes, count: int) -> tuple[bytes, ...]:
    """Return the ``count`` entries of a bundle.

    Raises:
        MalformedError: if the bytes hold fewer entries, or more than them.
    """
    entries = []
    at = 0
    for number in range(count):
        end = at + 2 + int.from_bytes(raw[at : at + 2], "big")
        if end > len(raw):
            raise MalformedError(f"expected {count} entries in the bundle, got an end inside entry {number}")
        entries.append(raw[at + 2 : end])
        at = end
    if at != len(raw):
        raise MalformedError(
            f"expected {count} entries and nothing more in the bundle, got {len(raw) - at:,} bytes more"
        )
    return tuple(entries)


class TileNodes:
    """Subtree hashes of one tree size, read from its tiles.

    Calling it with ``(level, index)`` gives what :mod:`ledger.log.merkle` asks for.
    It keeps the last 64 tiles, hashed up; one instance serves one thread.
    """

    def __init__(self, read_tile: Callable[[TileId], bytes], size: int) -> None:
        """Read tiles of a tree of ``size`` leaves through ``read_tile``."""
        self._read_tile = read_tile
        self._size = size
        self._cache: OrderedDict[TileId, list[list[bytes]]] = OrderedDict()

    def __call__(self, level: int, index: int) -> bytes:
        """Return the 32-byte hash over leaves ``index << level`` to ``(index + 1) << level``.

        Raises:
            ProofError: if that subtree is not complete in the tree, or a tile is not
                of the size that the tree demands.
        """
        if level < 0 or index < 0 or (index + 1) << level > self._size:
            raise ProofError(f"expected a complete subtree of {self._size} leaves, got level {level}, index {index}")
        tile_level, height = divmod(level, TILE_HEIGHT)
        first = index << height
        number = first >> TILE_HEIGHT
        count = self._size >> TILE_HEIGHT * tile_level
        tile = TileId(tile_level, number, min(TILE_WIDTH, count - number * TILE_WIDTH))
        return self._rows(tile)[height][first % TILE_WIDTH >> height]

    def _rows(self, tile: TileId) -> list[list[bytes]]:
        rows = self._cache.get(tile)
        if rows is None:
            rows = _hash_up(tile, self._read_tile(tile))
            self._cache[tile] = rows
            if len(self._cache) > _CACHED_TILES:
                self._cache.popitem(last=False)
        else:
            self._cache.move_to_end(tile)
        return rows


def _hash_up(tile: TileId, raw: bytes) -> list[list[bytes]]:
    """Return the rows of complete subtrees inside a tile, its own hashes first."""
    if len(raw) != tile.width * HASH_BYTES:
        raise ProofError(f"expected {tile.width * HASH_BYTES:,} bytes in {tile.path}, got {len(raw):,}")
    rows = [[raw[at : at + HASH_BYTES] for at in range(0, len(raw), HASH_BYTES)]]
    while len(row := rows[-1]) > 1:
        rows.append([node_hash(left, right) for left, right in zip(row[::2], row[1::2], strict=False)])
    return rows
