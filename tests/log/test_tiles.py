from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.log.merkle import CompactRange, inclusion_path, leaf_hash, root_of, verify_inclusion
from ledger.log.tiles import (
    ENTRIES,
    TileId,
    TileNodes,
    bundles_for_size,
    entry_bundle_path,
    format_entry_bundle,
    parse_entry_bundle,
    parse_tile_path,
    tile_path,
    tiles_for_size,
)
from schemas.errors import MalformedError, ProofError

SIZE = 66_000
LEAVES = [leaf_hash(b"%d" % number) for number in range(SIZE)]


class Grown:
    """The rows of levels 0, 8, 16 of a tree, and a count of the tiles read from them."""

    def __init__(self) -> None:
        self.rows: dict[int, list[bytes]] = {}
        self.reads = 0
        tree = CompactRange()
        for leaf in LEAVES:
            for level, completed in enumerate(tree.append(leaf)):
                if level % 8 == 0:
                    self.rows.setdefault(level // 8, []).append(completed)
        self.root = tree.root()

    def read(self, tile: TileId) -> bytes:
        self.reads += 1
        first = tile.number * 256
        return b"".join(self.rows[tile.level][first : first + tile.width])


@pytest.fixture(scope="module")
def grown() -> Grown:
    """A tree of 66,000 leaves, to be read only."""
    return Grown()


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (TileId(0, 1_234_067), "tile/0/x001/x234/067"),
        (TileId(0, 0), "tile/0/000"),
        (TileId(63, 999, 1), "tile/63/999.p/1"),
        (TileId(1, 1000, 255), "tile/1/x001/000.p/255"),
        (TileId(ENTRIES, 273, 112), "tile/entries/273.p/112"),
    ],
)
def test_paths_of_tiles_read_back(tile: TileId, path: str) -> None:
    """A tile and its path, as tlog-tiles writes it, stand for each other."""
    assert tile.path == path
    assert parse_tile_path(path) == tile
    assert path == (entry_bundle_path(*tile[1:]) if tile.level == ENTRIES else tile_path(*tile))


@pytest.mark.parametrize(
    "path",
    [
        "tile/64/000", "tile/00/000", "tile/-1/000", "tile/0/0", "tile/0/00", "tile/0/0000", "tile/0/x000/001",
        "tile/0/001/000", "tile/0/x001", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p/",
        "tile/0/000.p", "/tile/0/000", "tile/0/000/", "tile/0/../000", "tile//000", "tile/data/000", "tile/0/000\n",
        "tile/0/\u0660\u0660\u0660", "tile/0/X001/000", "tile/0/000.P/1", "", "checkpoint", "tile/entries/",
    ],
)  # fmt: skip
def test_other_spellings_of_a_tile_path_are_refused(path: str) -> None:
    """A path that tlog-tiles would not write names no tile."""
    with pytest.raises(MalformedError, match="tile path"):
        parse_tile_path(path)


@given(st.integers(0, 63) | st.just(ENTRIES), st.integers(0, 2**60), st.integers(1, 256))
def test_every_tile_has_a_path_of_its_own(level: int, number: int, width: int) -> None:
    """Reading the path of any tile gives the tile."""
    assert parse_tile_path(TileId(level, number, width).path) == (level, number, width)


@given(st.text(max_size=40) | st.from_regex(r"tile/[0-9a-z]{1,7}/[x0-9/]{1,12}(\.p/[0-9]{1,4})?"))
def test_no_text_breaks_the_reader_of_paths(text: str) -> None:
    """Any text is a path of a tile or a MalformedError."""
    try:
        tile = parse_tile_path(text)
    except MalformedError:
        return
    assert tile.path == text


def test_the_tiles_of_the_specification_example() -> None:
    """A tree of 70,000 has the tiles that tlog-tiles names, and one of 256 a partial above a full one."""
    tiles = list(tiles_for_size(70_000))
    assert tiles == [
        *(TileId(0, number) for number in range(273)),
        TileId(0, 273, 112),
        TileId(1, 0),
        TileId(1, 1, 17),
        TileId(2, 0, 1),
    ]
    assert list(tiles_for_size(256)) == [TileId(0, 0), TileId(1, 0, 1)]
    assert list(tiles_for_size(0)) == list(bundles_for_size(0)) == []
    assert list(bundles_for_size(513)) == [TileId(ENTRIES, 0), TileId(ENTRIES, 1), TileId(ENTRIES, 2, 1)]


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=256))
def test_bundles_read_back(entries: list[bytes]) -> None:
    """The entries of a bundle come out as they went in."""
    assert parse_entry_bundle(format_entry_bundle(entries), len(entries)) == tuple(entries)


def test_a_bundle_is_read_to_its_last_byte() -> None:
    """A bundle with an entry more, less, cut anywhere or extended is refused."""
    entries = [b"one", b"", b"three"]
    raw = format_entry_bundle(entries)
    assert raw == b"\0\3one\0\0\0\5three"
    for bad, count in [(raw, 2), (raw, 4), (raw + b"\0", 3), *((raw[:end], 3) for end in range(len(raw)))]:
        with pytest.raises(MalformedError):
            parse_entry_bundle(bad, count)


def test_entries_that_no_bundle_can_hold_are_refused() -> None:
    """An entry may have 65,535 bytes and no more, a bundle 256 entries and not none."""
    longest = b"x" * 65_535
    assert parse_entry_bundle(format_entry_bundle([longest]), 1) == (longest,)
    for entries in ([longest + b"x"], [], [b""] * 257):
        with pytest.raises(MalformedError):
            format_entry_bundle(entries)


@given(st.binary(max_size=2000), st.integers(0, 256))
def test_no_bytes_break_the_reader_of_bundles(raw: bytes, count: int) -> None:
    """Any bytes are a bundle that formats to itself, or a MalformedError."""
    try:
        entries = parse_entry_bundle(raw, count)
    except MalformedError:
        return
    assert not entries or format_entry_bundle(entries) == raw


def test_proofs_from_tiles_verify(grown: Grown) -> None:
    """Paths made from the tiles of a tree lead to its root, at its edges and where tiles meet."""
    nodes = TileNodes(grown.read, SIZE)
    for index in (0, 1, 255, 256, 65_279, 65_535, 65_536, 65_791, 65_792, SIZE - 1):
        verify_inclusion(LEAVES[index], index, SIZE, inclusion_path(index, SIZE, nodes), grown.root)
    assert CompactRange.load(SIZE, nodes).root() == grown.root


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 511, 512, 70, 65_536, 65_537])
def test_tiles_of_a_smaller_tree_give_its_root(grown: Grown, size: int) -> None:
    """Only tiles of that size are asked for, and they give its root."""
    asked: set[TileId] = set()

    def read(tile: TileId) -> bytes:
        asked.add(tile)
        return grown.read(tile)

    assert CompactRange.load(size, TileNodes(read, size)).root() == root_of(LEAVES[:size])
    assert asked <= set(tiles_for_size(size))


def test_neighbours_are_served_from_the_cache(grown: Grown) -> None:
    """A second proof from the same tiles reads none again."""
    nodes = TileNodes(grown.read, SIZE)
    inclusion_path(300, SIZE, nodes)
    before = grown.reads
    inclusion_path(301, SIZE, nodes)
    assert grown.reads == before


def test_the_cache_is_bounded(grown: Grown) -> None:
    """Walking over many tiles keeps 64 of them, and the answers stay right."""
    nodes = TileNodes(grown.read, SIZE)
    for number in range(257):
        assert nodes(0, number * 256) == LEAVES[number * 256]
    assert len(nodes._cache) == 64


@pytest.mark.parametrize(("level", "index"), [(0, SIZE), (16, 1), (17, 0), (-1, 0), (0, -1), (4, 4125)])
def test_a_subtree_beyond_the_tree_is_refused(grown: Grown, level: int, index: int) -> None:
    """Only complete subtrees of the tree have a hash."""
    with pytest.raises(ProofError, match="complete subtree"):
        TileNodes(grown.read, SIZE)(level, index)


def test_a_tile_of_another_length_is_refused(grown: Grown) -> None:
    """A tile that is cut or too long is not used."""
    for change in (lambda raw: raw[:-32], lambda raw: raw + b"\0" * 32, lambda raw: raw[:-1], lambda raw: b""):
        nodes = TileNodes(lambda tile, change=change: change(grown.read(tile)), SIZE)  # type: ignore[misc]
        with pytest.raises(ProofError, match="bytes in tile/0/000"):
            nodes(0, 0)
