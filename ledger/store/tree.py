"""The tree in the database: full tiles as rows, the right edge from what is there.

A full tile row holds 256 hashes and the root of its subtree, so a partial tile of
level ``l`` is a range of roots of level ``l - 1`` (or of leaf hashes): no inner node
has to be stored or hashed twice.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from ledger.log.merkle import CompactRange, leaf_hash
from ledger.log.tiles import ENTRIES, TILE_WIDTH, TileId, TileNodes, format_entry_bundle
from ledger.store import tables as t
from schemas.errors import LedgerStateError, NotFoundError

_TILE_HEIGHT = 8


def read_tile(connection: Connection, tile: TileId, size: int) -> bytes:
    """Return the bytes of a hash tile or an entry bundle of the tree of ``size``.

    Raises:
        NotFoundError: if that tree has no such tile.
        LedgerStateError: if the database does not hold what the size demands.
    """
    level = 0 if tile.level == ENTRIES else tile.level
    count = size >> _TILE_HEIGHT * level if 0 <= level < _TILE_HEIGHT else 0
    first = tile.number * TILE_WIDTH
    if not 0 < first + tile.width <= count:
        raise NotFoundError("tile", tile.path)
    if tile.level == ENTRIES:
        return format_entry_bundle(_entries(connection, first, tile.width))
    full = _full_tile(connection, tile)
    if full is not None:
        return full[: 32 * tile.width]
    if level == 0:
        hashes = [leaf_hash(body) for body in _entries(connection, first, tile.width)]
    else:
        hashes = _roots(connection, level - 1, first, tile.width)
    return b"".join(hashes)


def nodes(connection: Connection, size: int) -> TileNodes:
    """Return the subtree hashes of the tree of ``size``."""
    return TileNodes(lambda tile: read_tile(connection, tile, size), size)


class TileBuilder:
    """The right edge of the tree in memory: gives out full tiles as the tree grows."""

    def __init__(self, size: int = 0, node: TileNodes | None = None) -> None:
        """Begin empty, or at ``size`` with the subtree hashes of that tree."""
        self._range = CompactRange.load(size, node) if node else CompactRange()
        self._open: list[list[bytes]] = []
        for level in range(_TILE_HEIGHT):
            count = size >> _TILE_HEIGHT * level
            begin = count // TILE_WIDTH * TILE_WIDTH
            hashes = [node(level * _TILE_HEIGHT, index) for index in range(begin, count)] if node else []
            self._open.append(hashes)

    @property
    def size(self) -> int:
        """The number of leaves."""
        return self._range.size

    def root(self) -> bytes:
        """Return the tree head."""
        return self._range.root()

    def append(self, leaf: bytes) -> list[dict[str, Any]]:
        """Add a leaf hash and return the rows of the tiles that it fills."""
        completed = self._range.append(leaf)
        rows: list[dict[str, Any]] = []
        for level, hashes in enumerate(completed[::_TILE_HEIGHT]):
            self._open[level].append(hashes)
            if len(self._open[level]) == TILE_WIDTH:
                number = (self.size >> _TILE_HEIGHT * (level + 1)) - 1
                root = completed[_TILE_HEIGHT * (level + 1)]
                rows.append({"level": level, "number": number, "root": root, "hashes": b"".join(self._open[level])})
                self._open[level] = []
        return rows


def _full_tile(connection: Connection, tile: TileId) -> bytes | None:
    table = t.TileRow.__table__  # type: ignore[attr-defined]
    query = select(table.c.hashes).where(table.c.level == tile.level, table.c.number == tile.number)
    hashes: bytes | None = connection.execute(query).scalar()
    return bytes(hashes) if hashes is not None else None


def _roots(connection: Connection, level: int, first: int, width: int) -> list[bytes]:
    table = t.TileRow.__table__  # type: ignore[attr-defined]
    query = (
        select(table.c.root)
        .where(table.c.level == level, table.c.number >= first, table.c.number < first + width)
        .order_by(table.c.number)
    )
    return _demand([bytes(row[0]) for row in connection.execute(query)], width, "tiles")


def _entries(connection: Connection, first: int, width: int) -> list[bytes]:
    table = t.EntryRow.__table__  # type: ignore[attr-defined]
    query = (
        select(table.c.body)
        .where(table.c["index"] >= first, table.c["index"] < first + width)
        .order_by(table.c["index"])
    )
    return _demand([bytes(row[0]) for row in connection.execute(query)], width, "entries")


def _demand(rows: list[bytes], width: int, what: str) -> list[bytes]:
    if len(rows) != width:
        raise LedgerStateError(
            f"expected {width} {what} in the database, got {len(rows)}: run verify, restore a backup"
        )
    return rows
