"""What the writers of files need of a ledger: a view of it at one size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from ledger.files.export_1.tables import Records
from ledger.log.tiles import TileId
from ledger.materials.book import Deed, History
from ledger.materials.records import Lot, Run


class Source(Records, Protocol):
    """A ledger at one size; the store's snapshot is one."""

    size: int

    def checkpoint(self) -> bytes:
        """Return the signed note that covers exactly ``size`` entries."""
        ...

    def entries(self, start: int, stop: int) -> Iterator[tuple[int, bytes, bytes]]:
        """Yield index, entry and event, in order."""
        ...

    def some_entries(self, indexes: Iterable[int]) -> Iterator[tuple[int, bytes, bytes]]:
        """Yield index, entry and event of the given indexes, ascending."""
        ...

    def tile(self, tile: TileId) -> bytes:
        """Return a hash tile or an entry bundle."""
        ...

    def path(self, index: int) -> list[bytes]:
        """Return the inclusion path of an entry at ``size``."""
        ...

    def lot(self, name: str) -> Lot | None:
        """Return a lot, or ``None``."""
        ...

    def lots(self, names: Iterable[str]) -> list[Lot]:
        """Return the lots of these names that exist."""
        ...

    def runs(self, names: Iterable[str]) -> list[Run]:
        """Return the runs of these names that exist."""
        ...

    @property
    def history(self) -> History:
        """The entries about materials."""
        ...

    def readable_deeds(self) -> Iterator[Deed]:
        """Yield every entry about materials that can be read, in order, streamed."""
        ...

    def party_entries(self) -> list[int]:
        """Return the indexes of the genesis, participant, key and rules entries."""
        ...

    def kept_checkpoints(self) -> Iterator[tuple[str, int, bytes]]:
        """Yield time, size and note of the kept checkpoints."""
        ...
