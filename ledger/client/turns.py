"""Turns on chains: several senders share one notebook, and one at a time signs for a chain.

A chain is a row of statements, each naming the one before. Whoever signs for it holds it from
looking into the notebook until the ledger has answered, so that another process with the same
folder neither signs for the same place nor signs the same line a second time. A device has a
chain of its own, so senders for different devices never wait for each other.
"""

from __future__ import annotations

import fcntl
import secrets
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from schemas.errors import LedgerStateError
from schemas.ids import PartyId

Chain = tuple[PartyId, str]
"""Issuer, and the name of its chain."""


class Turns:
    """The turns of one sender; each chain has a file in a folder, which says whose the last turn was."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._me = secrets.token_hex(16).encode("ascii")

    @contextmanager
    def hold(self, chains: Iterable[Chain]) -> Iterator[frozenset[Chain]]:
        """Hold chains, waiting for those that another sender holds; gives those that it has used since our last turn.

        They are taken in one order by everybody, so that no two wait for each other.

        Raises:
            LedgerStateError: if the folder cannot be used.
        """
        with ExitStack() as stack:
            try:
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                names = sorted(set(chains))
                files = [stack.enter_context(self._file(name)) for name in names]
                moved = frozenset(name for name, file in zip(names, files, strict=True) if self._take(file))
            except OSError as error:
                raise LedgerStateError(f"expected a usable folder {self._folder}, got: {error}") from error
            yield moved

    def _file(self, chain: Chain) -> IO[bytes]:
        file = (self._folder / ".".join(chain)).open("a+b")
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
        except BaseException:
            file.close()
            raise
        return file

    def _take(self, file: IO[bytes]) -> bool:
        """Say whether the last turn was another sender's, and put our name there."""
        file.seek(0)
        if file.read() == self._me:
            return False
        file.truncate(0)
        file.write(self._me)
        file.flush()
        return True
