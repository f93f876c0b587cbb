"""Writing a file whole or not at all.

Invariant: under its name there is the old file or the whole new one, also after a
power cut; the new one is on the disk before it gets its name.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from schemas.errors import LedgerStateError


@contextmanager
def replace_file(out: Path) -> Iterator[BinaryIO]:
    """Give a temporary file beside ``out`` that takes its name when the block ends well.

    Raises:
        LedgerStateError: if the file cannot be written there.
    """
    partial = out.with_name(f".{out.name}.{secrets.token_hex(8)}.part")
    try:
        try:
            with partial.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            partial.replace(out)
            _sync_directory(out.parent)
        finally:
            # A crash before this line leaves a .part file, which nothing reads.
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise LedgerStateError(f"expected to write {out}, got: {error.strerror}") from error


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        # Without this the name may be gone after a power cut though the bytes are there.
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
