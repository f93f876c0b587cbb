"""A snapshot as an archive: what a closure or a past is folded from."""

from __future__ import annotations

from ledger.materials.state.book import History
from ledger.store.snapshot import Snapshot
from schemas.party import Party


class _Parties:
    """Parties of a snapshot, looked up when they are asked for."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._known: dict[str, Party | None] = {}

    def get(self, key: str, /) -> Party | None:
        """Return a party, or ``None``."""
        if key not in self._known:
            self._known[key] = self._snapshot.party(key)
        return self._known[key]


class _Accounts:
    """The mass-balance accounts of a snapshot, as a past asks for them."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.get = snapshot.account


class _Agreements:
    """Agreements of a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.get = snapshot.agreement


class SnapshotArchive:
    """The entries of a snapshot, its parties, accounts and agreements."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Read from ``snapshot``."""
        self.history: History = snapshot.history
        self.parties = _Parties(snapshot)
        self.accounts = _Accounts(snapshot)
        self.agreements = _Agreements(snapshot)
