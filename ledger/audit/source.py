"""What the writers of files need of a ledger: a view of it at one size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from ledger.admission.state import Facts
from ledger.files.records import Records
from ledger.log.tiles import TileId
from ledger.materials.state.book import History, LoggedEvent
from schemas.errors import LedgerStateError
from schemas.findings import Finding
from schemas.ids import LotId


class Source(Records, Protocol):
    """A ledger at one size; the store's snapshot is one."""

    size: int
    facts: Facts | None

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

    @property
    def history(self) -> History:
        """The entries about materials."""
        ...

    def weighty_findings_on(self, lots: Iterable[LotId], /) -> Iterable[Finding]:
        """Return the findings from ``medium`` on that are on one of the lots, each once."""
        ...

    def readable_events(self) -> Iterator[LoggedEvent]:
        """Yield every entry about materials that can be read, in order, streamed."""
        ...

    def party_entries(self) -> list[int]:
        """Return the indexes of the genesis, participant, key and rules entries."""
        ...

    def kept_checkpoints(self) -> Iterator[tuple[str, int, bytes]]:
        """Yield time, size and note of the kept checkpoints."""
        ...


def rules_of(snapshot: Source) -> int:
    """Return the highest rules version of the entries, which is the one in force, as it only rises.

    Raises:
        LedgerStateError: if there is no genesis, which says the first.
    """
    if snapshot.facts is None:
        raise LedgerStateError("expected a ledger that begins with a genesis, got none")
    return snapshot.facts.rules.latest
