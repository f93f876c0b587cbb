"""Trees that this project writes, checked by programs that others wrote."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from ledger.log.checkpoint import LogSigner
from ledger.log.note import format_note, parse_note
from ledger.log.signers import FileSigner
from tests.conformance.foreign import Verifier
from tests.conformance.static_tree import write_claims, write_tree

# One worker builds and runs all of them.
pytestmark = [pytest.mark.conformance, pytest.mark.slow, pytest.mark.xdist_group("foreign-verifiers")]

ORIGIN = "ledger.example.com/ace"
LOG = LogSigner(ORIGIN, FileSigner.generate("ed25519"), FileSigner.generate("ml-dsa-44"))
OTHER = LogSigner(ORIGIN, FileSigner.generate("ed25519"), FileSigner.generate("ml-dsa-44"))
SIZE = 70_000


@dataclass(frozen=True)
class Tree:
    """A tree on disk with the proofs that were made from it."""

    directory: Path
    claims: Path
    size: int


def make_tree(folder: Path, size: int) -> Tree:
    """Write a tree of ``size`` entries and proofs of its edges, and of one in the middle."""
    directory = folder / "tree"
    directory.mkdir(parents=True)
    write_tree(directory, [b'{"entry":%d}' % number for number in range(size)], LOG)
    indexes = sorted({index for index in (0, 1, 255, 256, size // 2, 65_535, 65_536, size - 1) if index < size})
    olds = sorted({old for old in (1, 2, 3, 255, 256, 257, size // 3, 65_536, size - 1, size) if 0 < old <= size})
    claims = folder / "claims.json"
    write_claims(claims, directory, indexes, olds, size)
    return Tree(directory, claims, size)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """A tree of 300 entries, to be read only."""
    return make_tree(tmp_path_factory.mktemp("small"), 300)


@pytest.fixture
def copied(small: Tree, tmp_path: Path) -> Tree:
    """The small tree, to be spoilt."""
    shutil.copytree(small.directory, tmp_path / "tree")
    shutil.copy(small.claims, tmp_path / "claims.json")
    return Tree(tmp_path / "tree", tmp_path / "claims.json", small.size)


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 300])
def test_a_tree_of_any_shape_is_accepted(verifier: Verifier, tmp_path: Path, size: int) -> None:
    """Both signatures, every tile and entry, and every proof of ours hold for others."""
    tree = make_tree(tmp_path, size)
    done = verifier.run(tree.directory, tree.claims, LOG.vkeys)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{ORIGIN}: {size} entries")


def test_a_tree_of_three_levels_is_accepted(verifier: Verifier, tmp_path: Path) -> None:
    """Above 65,536 entries the third level of tiles is right as well."""
    tree = make_tree(tmp_path, SIZE)
    assert (tree.directory / "tile/2/000.p/1").is_file()
    done = verifier.run(tree.directory, tree.claims, LOG.vkeys)
    assert done.returncode == 0, done.stderr


def flip_last_byte(path: Path) -> None:
    """Change one bit at the end of a file."""
    raw = path.read_bytes()
    path.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))


def drop_cosignature(tree: Tree) -> None:
    """Leave only the Ed25519 line."""
    note = parse_note((tree.directory / "checkpoint").read_bytes())
    (tree.directory / "checkpoint").write_bytes(format_note(note.text, note.signatures[:1]))


def spoil_signature(number: int) -> Callable[[Tree], None]:
    """Change one bit in a signature line."""

    def spoil(tree: Tree) -> None:
        note = parse_note((tree.directory / "checkpoint").read_bytes())
        lines = list(note.signatures)
        raw = lines[number].signature
        lines[number] = lines[number]._replace(signature=raw[:-1] + bytes([raw[-1] ^ 1]))
        (tree.directory / "checkpoint").write_bytes(format_note(note.text, lines))

    return spoil


def change_entry(tree: Tree) -> None:
    """Change the last entry."""
    flip_last_byte(tree.directory / "tile/entries/001.p/44")


def change_tile(tree: Tree) -> None:
    """Change the last leaf hash."""
    flip_last_byte(tree.directory / "tile/0/001.p/44")


@pytest.mark.parametrize(
    "attack",
    [drop_cosignature, spoil_signature(0), spoil_signature(1), change_entry, change_tile],
    ids=["no-ml-dsa", "bad-ed25519", "bad-ml-dsa", "entry", "tile"],
)
def test_a_spoilt_tree_is_refused(verifier: Verifier, copied: Tree, attack: Callable[[Tree], None]) -> None:
    """The foreign verifiers look at what they are said to look at: each change makes them refuse."""
    attack(copied)
    done = verifier.run(copied.directory, copied.claims, LOG.vkeys)
    assert done.returncode == 1, done.stdout


def test_a_tree_of_other_keys_is_refused(verifier: Verifier, small: Tree) -> None:
    """Either key of another log, under the same name, opens nothing."""
    for vkeys in ((OTHER.vkeys[0], LOG.vkeys[1]), (LOG.vkeys[0], OTHER.vkeys[1])):
        done = verifier.run(small.directory, small.claims, vkeys)
        assert done.returncode == 1, done.stdout


@pytest.mark.parametrize("old", ['"old": 257', '"old": 256', "index 255"])
def test_a_proof_for_another_place_is_refused(go: Verifier, copied: Tree, old: str) -> None:
    """A claim that names another size or index than its proof was made for is refused."""
    text = copied.claims.read_text()
    assert text.count(old) == 1
    copied.claims.write_text(text.replace(old, old[:-1] + str((int(old[-1]) + 3) % 10)))
    done = go.run(copied.directory, copied.claims, LOG.vkeys)
    assert done.returncode == 1, done.stdout
