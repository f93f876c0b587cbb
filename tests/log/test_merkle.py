from __future__ import annotations

import hashlib
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.log.merkle import (
    EMPTY_ROOT,
    CompactRange,
    consistency_path,
    inclusion_path,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from schemas.errors import ProofError

LARGEST = 70
LEAVES = tuple(leaf_hash(b"entry %d" % number) for number in range(LARGEST))
# The eight leaves and the root that the reference implementations of certificate
# transparency share.
KNOWN_LEAVES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
KNOWN_ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


@cache
def tree_head(start: int, end: int) -> bytes:
    """MTH of RFC 6962 section 2.1, written down as the definition says."""
    if end - start == 1:
        return LEAVES[start]
    split = 1
    while split * 2 < end - start:
        split *= 2
    return node_hash(tree_head(start, start + split), tree_head(start + split, end))


def node(level: int, index: int) -> bytes:
    """Return the hash of a complete subtree."""
    return tree_head(index << level, (index + 1) << level)


def subproof(old: int, start: int, end: int, is_whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 6962 section 2.1.2."""
    if old == end - start:
        return [] if is_whole else [tree_head(start, end)]
    split = 1
    while split * 2 < end - start:
        split *= 2
    if old <= split:
        return [*subproof(old, start, start + split, is_whole), tree_head(start + split, end)]
    return [*subproof(old - split, start + split, end, False), tree_head(start, start + split)]


def path_of(index: int, start: int, end: int) -> list[bytes]:
    """PATH of RFC 6962 section 2.1.1."""
    if end - start == 1:
        return []
    split = 1
    while split * 2 < end - start:
        split *= 2
    if index < split:
        return [*path_of(index, start, start + split), tree_head(start + split, end)]
    return [*path_of(index - split, start + split, end), tree_head(start, start + split)]


def root(size: int) -> bytes:
    """Return the root of the first ``size`` leaves."""
    return tree_head(0, size) if size else EMPTY_ROOT


def test_the_known_roots_of_certificate_transparency() -> None:
    """The roots of the eight shared test trees, and of the empty tree, come out."""
    hashes = [leaf_hash(entry) for entry in KNOWN_LEAVES]
    assert [root_of(hashes[: size + 1]).hex() for size in range(8)] == list(KNOWN_ROOTS)
    assert root_of([]) == EMPTY_ROOT == hashlib.sha256(b"").digest()


@pytest.mark.parametrize("size", range(LARGEST + 1))
def test_the_compact_range_agrees_with_the_definition(size: int) -> None:
    """Growing leaf by leaf, rebuilding from hashes and loading from nodes give the root of RFC 6962."""
    grown = CompactRange()
    for index, leaf in enumerate(LEAVES[:size]):
        for level, completed in enumerate(grown.append(leaf)):
            assert completed == node(level, index >> level)
    assert grown.size == size
    assert grown.root() == root(size)
    assert CompactRange(grown.hashes, size).root() == root(size)
    assert CompactRange.load(size, node).hashes == grown.hashes


def test_a_copy_grows_on_its_own() -> None:
    """Appending to a copy leaves the first range as it was."""
    first = CompactRange.load(7, node)
    second = first.copy()
    second.append(LEAVES[7])
    assert (first.size, first.root()) == (7, root(7))
    assert (second.size, second.root()) == (8, root(8))


@pytest.mark.parametrize(
    ("hashes", "size"), [((), 1), ((b"\0" * 32,), 0), ((b"\0" * 32,), 3), ((b"\0" * 31,), 1), ((), -1)]
)
def test_a_range_that_does_not_fit_its_size_is_refused(hashes: tuple[bytes, ...], size: int) -> None:
    """A stored right edge must have one hash of 32 bytes for each set bit of its size."""
    with pytest.raises(ProofError, match="subtree hashes"):
        CompactRange(hashes, size)


@pytest.mark.parametrize("size", range(1, LARGEST + 1))
def test_every_inclusion_proof_is_that_of_the_rfc_and_verifies(size: int) -> None:
    """For each leaf of each tree the path is PATH of RFC 6962 and leads to the root."""
    for index in range(size):
        path = inclusion_path(index, size, node)
        assert path == path_of(index, 0, size)
        verify_inclusion(LEAVES[index], index, size, path, root(size))


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 13, 33, 64, 70])
def test_a_proof_shows_nothing_else(size: int) -> None:
    """Another leaf, index, root, a path shorter, longer, changed or swapped is refused."""
    for index in range(size):
        path = inclusion_path(index, size, node)
        others = [other for other in range(-1, size + 2) if other != index]
        attempts = [(LEAVES[index], other, size, path, root(size)) for other in others]
        attempts += [
            (leaf_hash(b"forged"), index, size, path, root(size)),
            (LEAVES[index], index, size, path, EMPTY_ROOT),
            (LEAVES[index], index, size, [*path, EMPTY_ROOT], root(size)),
            (LEAVES[index], index, 0, path, root(size)),
        ]
        for at in range(len(path)):
            attempts.append((LEAVES[index], index, size, path[:at] + path[at + 1 :], root(size)))
            attempts.append((LEAVES[index], index, size, [*path[:at], EMPTY_ROOT, *path[at + 1 :]], root(size)))
            attempts.append((LEAVES[index], index, size, [*path[:at], path[at][:31], *path[at + 1 :]], root(size)))
        for attempt in attempts:
            with pytest.raises(ProofError):
                verify_inclusion(*attempt)


def test_a_subtree_cannot_pose_as_an_entry() -> None:
    """An inner node is no leaf: its children as an entry hash to something else."""
    assert leaf_hash(LEAVES[0] + LEAVES[1]) != root(2)
    with pytest.raises(ProofError):
        verify_inclusion(leaf_hash(LEAVES[0] + LEAVES[1]), 0, 2, [tree_head(2, 4)], root(4))


@pytest.mark.parametrize("new", range(LARGEST + 1))
def test_every_consistency_proof_is_that_of_the_rfc_and_verifies(new: int) -> None:
    """For each pair of sizes the proof is PROOF of RFC 6962 and leads to both roots."""
    for old in range(new + 1):
        path = consistency_path(old, new, node)
        assert path == (subproof(old, 0, new, True) if old else [])
        verify_consistency(old, root(old), new, root(new), path)


@pytest.mark.parametrize("new", [1, 2, 6, 7, 8, 9, 31, 32, 70])
def test_a_rewritten_tree_is_not_consistent(new: int) -> None:
    """Another old root, another new root, a changed path or one of another length is refused."""
    for old in range(new + 1):
        path = consistency_path(old, new, node)
        other = leaf_hash(b"other")
        attempts = [
            (old, other, new, root(new), path),
            (old, root(old), new, root(new), [*path, other]),
            (new + 1, root(old), new, root(new), path),
            (-1, root(old), new, root(new), path),
        ]
        # The empty tree precedes whatever comes, so no new root contradicts it.
        if old:
            attempts.append((old, root(old), new, other, path))
        for at in range(len(path)):
            attempts.append((old, root(old), new, root(new), [*path[:at], other, *path[at + 1 :]]))
            attempts.append((old, root(old), new, root(new), path[:at] + path[at + 1 :]))
        for attempt in attempts:
            with pytest.raises(ProofError):
                verify_consistency(*attempt)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 5), (6, 5)])
def test_no_path_is_made_for_an_index_outside_the_tree(index: int, size: int) -> None:
    """An index at or beyond the size has no proof."""
    with pytest.raises(ProofError, match="index"):
        inclusion_path(index, size, node)


def test_no_consistency_is_shown_backwards() -> None:
    """A smaller tree does not extend a larger one."""
    with pytest.raises(ProofError, match="in order"):
        consistency_path(5, 4, node)


@given(st.integers(0, 2**63), st.integers(0, 2**63), st.lists(st.binary(min_size=32, max_size=32), max_size=70))
def test_random_proofs_verify_nothing_and_end(index: int, size: int, path: list[bytes]) -> None:
    """A made-up proof of any size raises ProofError, whatever the numbers."""
    with pytest.raises(ProofError):
        verify_inclusion(LEAVES[0], index, size, path, EMPTY_ROOT)
    if 0 < index != size:
        with pytest.raises(ProofError):
            verify_consistency(index, LEAVES[0], size, LEAVES[1], path)
