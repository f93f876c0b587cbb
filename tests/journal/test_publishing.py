"""The published checkpoint only moves forward, as a whole file, in every place."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ledger.journal.publishing import Publisher
from ledger.log.checkpoint import Checkpoint, LogSigner
from ledger.log.signers import FileSigner
from schemas.errors import LedgerStateError, ProofError, RolledBackError
from tests.world.opened import NOON
from tests.world.parties import ORIGIN

LOG = LogSigner(ORIGIN, FileSigner.generate("ed25519"), FileSigner.generate("ml-dsa-44"))


def note(size: int, log: LogSigner = LOG) -> bytes:
    """Return a signed checkpoint of a size."""
    return log.sign(Checkpoint(ORIGIN, size, bytes([size]) * 32), NOON)


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    """Two places, in folders of their own."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    return tmp_path / "a" / "checkpoint", tmp_path / "b" / "anchor"


def test_a_smaller_tree_never_replaces_a_larger_one(places: tuple[Path, Path]) -> None:
    """Who publishes late, after another process has published more, leaves what stands."""
    publisher = Publisher(places, LOG.keys)
    publisher.publish(note(5))
    publisher.publish(note(4))
    assert [found.checkpoint.size for _, found in publisher.published()] == [5, 5]
    publisher.publish(note(6))
    assert [found.checkpoint.size for _, found in publisher.published()] == [6, 6]


def test_each_place_is_brought_forward_on_its_own(places: tuple[Path, Path]) -> None:
    """A place that fell behind, or was emptied, catches up; one that is ahead stays."""
    Publisher(places[:1], LOG.keys).publish(note(7))
    Publisher(places[1:], LOG.keys).publish(note(3))
    publisher = Publisher(places, LOG.keys)
    publisher.publish(note(5))
    assert [found.checkpoint.size for _, found in publisher.published()] == [7, 5]
    places[0].unlink()
    assert [path for path, _ in publisher.published()] == [places[1]]
    publisher.publish(note(5))
    assert [found.checkpoint.size for _, found in publisher.published()] == [5, 5]


def test_many_who_publish_at_once_leave_the_largest(places: tuple[Path, Path]) -> None:
    """They take turns by the lock file; whatever the order, the end is the newest, whole, readable by all."""
    publisher = Publisher(places, LOG.keys)
    notes = [note(size) for size in range(1, 25)]
    with ThreadPoolExecutor(8) as callers:
        list(callers.map(publisher.publish, notes[::2] + notes[1::2][::-1]))
    assert [path.read_bytes() for path in places] == [notes[-1]] * 2
    assert [stat.S_IMODE(path.stat().st_mode) for path in places] == [0o644] * 2
    assert {path.name for path in places[0].parent.iterdir()} == {"checkpoint", "checkpoint.lock"}


def test_a_note_that_the_log_did_not_sign_is_not_published(places: tuple[Path, Path]) -> None:
    """Only what verifies under both keys goes out."""
    stranger = LogSigner(ORIGIN, FileSigner.generate("ed25519"), FileSigner.generate("ml-dsa-44"))
    with pytest.raises(ProofError):
        Publisher(places, LOG.keys).publish(note(1, stranger))
    assert not any(path.exists() for path in places)


def test_a_foreign_checkpoint_is_never_replaced(places: tuple[Path, Path]) -> None:
    """What another log published at the place stays, and is named."""
    stranger = LogSigner(ORIGIN, FileSigner.generate("ed25519"), FileSigner.generate("ml-dsa-44"))
    foreign = note(1, stranger)
    places[1].write_bytes(foreign)
    with pytest.raises(RolledBackError, match=f"expected {places[1]} to be a checkpoint of this ledger"):
        Publisher(places, LOG.keys).publish(note(9))
    assert places[1].read_bytes() == foreign


def test_a_place_that_is_no_file_is_named(tmp_path: Path) -> None:
    """A folder where the checkpoint should be is an error of the ledger."""
    (tmp_path / "checkpoint").mkdir()
    with pytest.raises(LedgerStateError, match=r"the published checkpoint .*, got: Is a directory"):
        Publisher([tmp_path / "checkpoint"], LOG.keys).published()
