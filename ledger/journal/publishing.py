"""The published checkpoint: a file outside the database that only moves forward.

Invariants: the file is replaced as a whole and made durable before anybody is
answered; two processes take turns by a lock file; a smaller tree never replaces a
larger one.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ledger.log.checkpoint import LogKeys, SignedCheckpoint, open_checkpoint
from schemas.errors import LedgerError, LedgerStateError, RolledBackError


class Publisher:
    """Writes the newest checkpoint to one or more places."""

    def __init__(self, paths: Sequence[Path], keys: LogKeys) -> None:
        """Publish to ``paths``: ``DIR/checkpoint`` and the anchor, if there is one."""
        self._paths = tuple(paths)
        self._keys = keys

    @property
    def keys(self) -> LogKeys:
        """The log's public keys."""
        return self._keys

    def published(self) -> list[tuple[Path, SignedCheckpoint]]:
        """Return what stands published, each with its place.

        Raises:
            RolledBackError: if a published checkpoint is not one of this log.
        """
        return [(path, found) for path in self._paths if (found := self._read(path)) is not None]

    def publish(self, note: bytes) -> None:
        """Replace each published checkpoint by ``note`` unless it is further already.

        Raises:
            LedgerStateError: if a place cannot be written; the message says which.
        """
        size = open_checkpoint(note, self._keys).checkpoint.size
        for path in self._paths:
            with _locked(path):
                standing = self._read(path)
                if standing is None or standing.checkpoint.size < size:
                    _replace(path, note)

    def _read(self, path: Path) -> SignedCheckpoint | None:
        try:
            return open_checkpoint(path.read_bytes(), self._keys)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise LedgerStateError(
                f"expected to read the published checkpoint {path}, got: {error.strerror}"
            ) from error
        except LedgerError as error:
            raise RolledBackError(
                f"expected {path} to be a checkpoint of this ledger, found a different text ({error}). "
                "Somebody changed it, or it belongs to another ledger: compare it with a witness or a copy."
            ) from error


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    try:
        with path.with_name(path.name + ".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise LedgerStateError(f"expected to write the checkpoint {path}, got: {error.strerror}") from error


def _replace(path: Path, note: bytes) -> None:
    descriptor, temporary = tempfile.mkstemp(prefix=path.name, dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(note)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
