"""The RFC 6962 tree: hashes, the compact range that grows it, proofs both ways.

Invariants:

* Leaf and node hashes are domain-separated by 0x00 and 0x01, so no entry can pose
  as a subtree (RFC 6962 section 2.1).
* A tree of size ``n`` is held as one hash per set bit of ``n``, largest first.
* A proof has exactly the length that index and size demand.

It stores nothing: proofs are made from a function that returns the hash of a
complete subtree, and it does not check what that function says; verification does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from schemas.errors import ProofError

HASH_BYTES: Final = 32
EMPTY_ROOT: Final = hashlib.sha256(b"").digest()

Nodes = Callable[[int, int], bytes]
"""``node(level, index)``: the hash over leaves ``index << level`` to ``(index + 1) << level``."""


def leaf_hash(entry: bytes) -> bytes:
    """Return the 32-byte hash of an entry (RFC 6962 section 2.1)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the 32-byte hash of two subtrees side by side (RFC 6962 section 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class CompactRange:
    """The right edge of a growing tree: enough to append and to know the root.

    Not safe to share between threads while one appends; :meth:`copy` is cheap.
    """

    __slots__ = ("_hashes", "_size")

    def __init__(self, hashes: Sequence[bytes] = (), size: int = 0) -> None:
        """Rebuild a range from its subtree hashes, largest subtree first.

        Raises:
            ProofError: if the hashes are not one of 32 bytes per set bit of ``size``.
        """
        if size < 0 or len(hashes) != size.bit_count() or any(len(entry) != HASH_BYTES for entry in hashes):
            raise ProofError(
                f"expected {max(size, 0).bit_count()} subtree hashes of {HASH_BYTES} bytes for size {size}, "
                f"got {len(hashes)}"
            )
        self._hashes = list(hashes)
        self._size = size

    @classmethod
    def load(cls, size: int, node: Nodes) -> CompactRange:
        """Return the range of a tree whose subtree hashes ``node`` knows."""
        hashes = []
        start = 0
        for level in reversed(range(size.bit_length())):
            if size >> level & 1:
                hashes.append(node(level, start >> level))
                start += 1 << level
        return cls(hashes, size)

    @property
    def size(self) -> int:
        """The number of leaves."""
        return self._size

    @property
    def hashes(self) -> tuple[bytes, ...]:
        """The subtree hashes, largest subtree first; what the constructor takes."""
        return tuple(self._hashes)

    def append(self, leaf: bytes) -> list[bytes]:
        """Add a leaf hash and return the subtrees that it completes.

        Element ``l`` of the result is the hash of level ``l``, index
        ``(size - 1) >> l``: the leaf itself first, so that a store can keep levels
        0, 8, 16 ... as tiles.
        """
        completed = [leaf]
        hashes = self._hashes
        size = self._size
        while size & 1:
            leaf = node_hash(hashes.pop(), leaf)
            completed.append(leaf)
            size >>= 1
        hashes.append(leaf)
        self._size += 1
        return completed

    def root(self) -> bytes:
        """Return the 32-byte tree head (RFC 6962 section 2.1)."""
        if not self._hashes:
            return EMPTY_ROOT
        root = self._hashes[-1]
        for left in self._hashes[-2::-1]:
            root = node_hash(left, root)
        return root

    def copy(self) -> CompactRange:
        """Return a range that grows on its own."""
        return CompactRange(self._hashes, self._size)


def root_of(leaf_hashes: Iterable[bytes]) -> bytes:
    """Return the 32-byte tree head over leaf hashes in order (RFC 6962 section 2.1)."""
    tree = CompactRange()
    for leaf in leaf_hashes:
        tree.append(leaf)
    return tree.root()


def inclusion_path(index: int, size: int, node: Nodes) -> list[bytes]:
    """Return the audit path of a leaf, its sibling first (RFC 6962 section 2.1.1).

    Raises:
        ProofError: unless ``0 <= index < size``.
    """
    _check_index(index, size)
    return _path(index, size, node)


def consistency_path(old: int, new: int, node: Nodes) -> list[bytes]:
    """Return the proof that tree ``new`` extends tree ``old`` (RFC 6962 section 2.1.2).

    It is empty where ``old`` is 0 or ``new``.

    Raises:
        ProofError: unless ``0 <= old <= new``.
    """
    _check_sizes(old, new)
    if old in {0, new}:
        return []
    # The last complete subtree of the old tree is where both roots begin; a
    # verifier who holds the old root knows it already if it is the whole old tree.
    level = (old & -old).bit_length() - 1
    path = _path_from(level, (old - 1) >> level, new, node)
    return path if old == 1 << level else [node(level, (old - 1) >> level), *path]


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> None:
    """Check that a leaf stands at ``index`` in the tree (RFC 9162 section 2.1.3.2).

    Raises:
        ProofError: if the index is not below the size, the path is not of the exact
            length, or it leads to another root.
    """
    # (1) Without this check an index beyond the tree could pass on its right edge.
    _check_index(index, size)
    # (2) The path has one hash per level at which the leaf's subtree has a sibling.
    inner = (index ^ (size - 1)).bit_length()
    _check_path(path, inner + (index >> inner).bit_count())
    # (3) Fold: below the right edge the bit says the side, on it the sibling is left.
    got = leaf
    for level, sibling in enumerate(path):
        is_right = level >= inner or index >> level & 1
        got = node_hash(sibling, got) if is_right else node_hash(got, sibling)
    if got != root:
        raise ProofError(f"expected the path of entry {index} to lead to root {root.hex()}, got {got.hex()}")


def verify_consistency(old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]) -> None:
    """Check that the tree of size ``new`` extends that of size ``old`` (RFC 9162 section 2.1.4.2).

    Raises:
        ProofError: if the sizes are out of order, the path is not of the exact
            length, or it does not lead to both roots.
    """
    # (1) Nothing to fold: the empty tree precedes every tree, a tree itself.
    _check_sizes(old, new)
    if old in {0, new}:
        _check_path(path, 0)
        _check_root("old", EMPTY_ROOT if old == 0 else new_root, old_root)
        return
    # (2) Start from the last complete subtree of the old tree.
    level = (old & -old).bit_length() - 1
    index = (old - 1) >> level
    inner = (index ^ ((new - 1) >> level)).bit_length()
    is_whole = old == 1 << level
    _check_path(path, inner + (index >> inner).bit_count() + (not is_whole))
    seed, rest = (old_root, path) if is_whole else (path[0], path[1:])
    # (3) What stands left belongs to both trees, what stands right to the new one only.
    got_old = got_new = seed
    for height, sibling in enumerate(rest):
        if height >= inner or index >> height & 1:
            got_old = node_hash(sibling, got_old)
            got_new = node_hash(sibling, got_new)
        else:
            got_new = node_hash(got_new, sibling)
    _check_root("old", got_old, old_root)
    _check_root("new", got_new, new_root)


def _path(index: int, size: int, node: Nodes) -> list[bytes]:
    return _path_from(0, index, size, node)


def _path_from(level: int, index: int, size: int, node: Nodes) -> list[bytes]:
    """Return the siblings from subtree ``(level, index)`` up to the root of ``size`` leaves."""
    target = index << level
    start, end = 0, size
    path = []
    while end - start > 1 << level:
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        if target < middle:
            path.append(_range_hash(middle, end, node))
            end = middle
        else:
            path.append(_range_hash(start, middle, node))
            start = middle
    path.reverse()
    return path


def _range_hash(start: int, end: int, node: Nodes) -> bytes:
    """Return the hash of a subtree that begins at a multiple of its own width."""
    level = (end - start - 1).bit_length()
    if end - start == 1 << level:
        return node(level, start >> level)
    middle = start + (1 << level - 1)
    return node_hash(_range_hash(start, middle, node), _range_hash(middle, end, node))


def _check_index(index: int, size: int) -> None:
    if not 0 <= index < size:
        raise ProofError(f"expected an index from 0 to below the tree size {size}, got {index}")


def _check_sizes(old: int, new: int) -> None:
    if not 0 <= old <= new:
        raise ProofError(f"expected tree sizes in order, got {old} and then {new}")


def _check_path(path: Sequence[bytes], length: int) -> None:
    if len(path) != length or any(len(entry) != HASH_BYTES for entry in path):
        raise ProofError(f"expected a proof of {length} hashes of {HASH_BYTES} bytes, got {len(path)}")


def _check_root(which: str, got: bytes, expected: bytes) -> None:
    if got != expected:
        raise ProofError(f"expected the proof to lead to the {which} root {expected.hex()}, got {got.hex()}")
