"""The audit export of a whole demo month, unpacked and checked by programs of others."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from api.demo.furnishing import furnish
from ledger.audit import write_export
from ledger.home.opening import Home
from tests.conformance.foreign import Verifier
from tests.conformance.static_tree import write_claims

pytestmark = [pytest.mark.conformance, pytest.mark.slow, pytest.mark.xdist_group("foreign-verifiers")]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, tuple[str, str]]:
    """The unpacked export, proofs made from it, and the log's keys."""
    folder = tmp_path_factory.mktemp("exported")
    (folder / "ledger").mkdir()
    furnish(folder / "ledger", lambda _: None)
    with Home.open(folder / "ledger", writable=False) as home, home.store.reading() as snapshot:
        write_export(snapshot, folder / "export.zip")
        size, facts = snapshot.size, snapshot.facts
    assert facts is not None
    with zipfile.ZipFile(folder / "export.zip") as archive:
        archive.extractall(folder / "tree")
    write_claims(folder / "claims.json", folder / "tree", [0, 1, 255, 256, size - 1], [1, 256, size - 1, size], size)
    return folder / "tree", folder / "claims.json", facts.log_keys


def test_the_exported_tree_is_accepted(verifier: Verifier, exported: tuple[Path, Path, tuple[str, str]]) -> None:
    """Checkpoint, tiles, entry bundles and proofs of an export satisfy a verifier of others."""
    tree, claims, vkeys = exported
    done = verifier.run(tree, claims, vkeys)
    assert done.returncode == 0, done.stderr


def test_a_spoilt_export_is_refused(verifier: Verifier, exported: tuple[Path, Path, tuple[str, str]]) -> None:
    """One changed byte in an exported tile is refused, so the test above can fail."""
    tree, claims, vkeys = exported
    spoilt = tree / "tile" / "0" / "000"
    before = spoilt.read_bytes()
    spoilt.write_bytes(bytes([before[0] ^ 1]) + before[1:])
    try:
        assert verifier.run(tree, claims, vkeys).returncode != 0
    finally:
        spoilt.write_bytes(before)
