"""A static tree directory for the verifiers of others, and what they are reported about it.

``write_tree`` makes one; the checks of :mod:`tests.conformance.foreign` take any
directory of that layout, an unpacked audit export included.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from ledger.log.checkpoint import Checkpoint, LogSigner
from ledger.log.merkle import CompactRange, consistency_path, inclusion_path, leaf_hash
from ledger.log.proofs import format_proof
from ledger.log.tiles import TileId, TileNodes, bundles_for_size, format_entry_bundle, tiles_for_size
from schemas.encoding import encode_base64

TIME_S = 1_767_593_520


def write_tree(directory: Path, entries: Sequence[bytes], log_signer: LogSigner) -> bytes:
    """Write ``checkpoint`` and ``tile/...`` of a tree of these entries; return the signed note."""
    tree = CompactRange()
    rows: dict[int, list[bytes]] = {}
    for entry in entries:
        for level, completed in enumerate(tree.append(leaf_hash(entry))):
            if level % 8 == 0:
                rows.setdefault(level // 8, []).append(completed)
    for tile in tiles_for_size(tree.size):
        _write(directory, tile, b"".join(rows[tile.level][tile.number * 256 :][: tile.width]))
    for tile in bundles_for_size(tree.size):
        _write(directory, tile, format_entry_bundle(entries[tile.number * 256 :][: tile.width]))
    note = log_signer.sign(Checkpoint(log_signer.keys.origin, tree.size, tree.root()), TIME_S)
    (directory / "checkpoint").write_bytes(note)
    return note


def write_claims(path: Path, directory: Path, indexes: Sequence[int], olds: Sequence[int], size: int) -> None:
    """Write the proofs that this project makes from a directory, for others to check.

    The file holds ``proofs`` (C2SP tlog-proof texts) and ``consistency`` (old size,
    old root and path, in base64).
    """
    note = (directory / "checkpoint").read_bytes()
    nodes = TileNodes(lambda tile: (directory / tile.path).read_bytes(), size)
    claims = {
        "proofs": [format_proof(index, inclusion_path(index, size, nodes), note) for index in indexes],
        "consistency": [
            {
                "old": old,
                "root": encode_base64(CompactRange.load(old, nodes).root()),
                "path": [encode_base64(entry) for entry in consistency_path(old, size, nodes)],
            }
            for old in olds
        ],
    }
    path.write_text(json.dumps(claims))


def _write(directory: Path, tile: TileId, data: bytes) -> None:
    path = directory / tile.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
