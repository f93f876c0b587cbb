"""The tree as tiles: all that the size implies, and nothing else."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from ledger.log.checkpoint import open_checkpoint, parse_log_keys
from ledger.log.merkle import HASH_BYTES, leaf_hash, root_of
from ledger.log.tiles import bundles_for_size, parse_entry_bundle, tiles_for_size
from tests.api.plant import Plant


def test_the_checkpoint_is_signed_and_fresh(furnished: Plant, reader: TestClient) -> None:
    """The checkpoint opens under the log's keys, as text, and is kept for seconds only."""
    answer = reader.get("/checkpoint")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=2"
    signed = open_checkpoint(answer.content, parse_log_keys(furnished.log_keys))
    assert signed.checkpoint.size == furnished.size


def test_the_tiles_give_the_root_of_the_checkpoint(furnished: Plant, reader: TestClient) -> None:
    """Every tile and bundle of the size is there, and together they give the signed root."""
    signed = open_checkpoint(reader.get("/checkpoint").content, parse_log_keys(furnished.log_keys))
    hashes, entries = b"", list[bytes]()
    for tile in tiles_for_size(furnished.size):
        answer = reader.get(f"/{tile.path}")
        assert answer.headers["content-type"] == "application/octet-stream"
        assert "immutable" in answer.headers["cache-control"]
        hashes += answer.content
    for tile in bundles_for_size(furnished.size):
        entries += parse_entry_bundle(reader.get(f"/{tile.path}").content, tile.width)
    leaves = [hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES)]
    assert leaves == [leaf_hash(entry) for entry in entries]
    assert root_of(leaves) == signed.checkpoint.root


def test_a_reader_of_an_earlier_checkpoint_is_not_cut_off(furnished: Plant, reader: TestClient) -> None:
    """A narrower partial tile or bundle is the beginning of the wider one."""
    wide = reader.get(f"/tile/0/000.p/{furnished.size}").content
    assert reader.get("/tile/0/000.p/2").content == wide[: 2 * HASH_BYTES]
    bundle = reader.get("/tile/entries/000.p/2").content
    assert len(parse_entry_bundle(bundle, 2)) == 2


@pytest.mark.parametrize(
    "path",
    [
        "0/000", "0/001", "0/000.p/0", "0/000.p/255", "0/000.p/256", "0/000.p/01", "1/000.p/1", "0/x000/000.p/1",
        "00/000.p/1", "64/000", "63/000", "-1/000", "entries/000", "entries/001.p/1", "entries/000.p/255",
        "data/000.p/1", "0/00.p/1", "0/0000.p/1", "0/000.p/1/", "/0/000.p/1", "0/000.p/\uff11", "0/000.p/%31%00",
        "..%2fcheckpoint", "", "0", "0/x999/x999/x999/x999/x999/x999/999",
    ],
)  # fmt: skip
def test_a_path_that_the_size_does_not_imply_is_not_found(reader: TestClient, path: str) -> None:
    """Beyond the edge, in another spelling, or no tile at all: 404 as a problem."""
    answer = reader.get(f"/tile/{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
