"""The tree recomputed from entries: tiles, kept roots, the root at the end.

Invariants: every hash comes from entry bytes that the caller hands in, in order; a
tile that differs is named with the first entry at which it does. It keeps the right
edge and one open tile per level, nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ledger.files.report import Findings
from ledger.log.merkle import HASH_BYTES, CompactRange
from ledger.log.tiles import TILE_HEIGHT, TILE_WIDTH, TileId
from schemas.catalogue.faults import FaultCode

ReadTile = Callable[[TileId], bytes | None]
"""Returns a tile's bytes as the file has them, ``None`` where it has none."""


class TreeCheck:
    """Grows the tree and compares the tiles and roots of a file on the way."""

    def __init__(self, read_tile: ReadTile, roots: Mapping[int, tuple[str, bytes]], found: Findings) -> None:
        """Take the tiles as ``read_tile`` finds them, and names and roots by tree size."""
        self._read_tile = read_tile
        self._roots = roots
        self._found = found
        self._range = CompactRange()
        self._rows: list[bytearray] = []

    @property
    def size(self) -> int:
        """How many leaves were taken."""
        return self._range.size

    def append(self, leaf: bytes) -> None:
        """Take the next leaf hash; compare what it completes."""
        completed = self._range.append(leaf)
        for level, node in enumerate(completed[::TILE_HEIGHT]):
            if level == len(self._rows):
                self._rows.append(bytearray())
            row = self._rows[level]
            row += node
            if len(row) == TILE_WIDTH * HASH_BYTES:
                number = (self._range.size >> TILE_HEIGHT * level) // TILE_WIDTH - 1
                self._compare(TileId(level, number), bytes(row))
                row.clear()
        expected = self._roots.get(self._range.size)
        if expected is not None:
            self._compare_root(*expected)

    def finish(self) -> None:
        """Compare the partial tiles at the right edge."""
        for level, row in enumerate(self._rows):
            width = len(row) // HASH_BYTES
            if width:
                number = (self._range.size >> TILE_HEIGHT * level) // TILE_WIDTH
                self._compare(TileId(level, number, width), bytes(row))

    def _compare(self, tile: TileId, expected: bytes) -> None:
        got = self._read_tile(tile)
        if got is None or got == expected:
            return
        starts = range(0, len(expected), HASH_BYTES)
        bad = next((at for at in starts if got[at : at + HASH_BYTES] != expected[at : at + HASH_BYTES]), len(expected))
        entry = (tile.number * TILE_WIDTH + bad // HASH_BYTES) << TILE_HEIGHT * tile.level
        self._found.add(FaultCode.WRONG_TILE, f"expected the hashes of the entries in {tile.path}, got others", entry)

    def _compare_root(self, name: str, root: bytes) -> None:
        got = self._range.root()
        if got != root:
            self._found.add(
                FaultCode.WRONG_ROOT,
                f"expected the {self._range.size} first entries to have the root {root.hex()} that {name} signs, "
                f"got {got.hex()}",
            )
