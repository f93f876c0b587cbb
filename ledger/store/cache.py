"""A table as a mapping: what was changed in this batch, what was read, else a query.

Invariants: ``get`` answers as if every change of the batch were already written; at
most ``limit`` clean values are kept, so memory does not grow with the ledger; known
absence is remembered only within a batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Final, Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

Loader = Callable[[list[Key]], dict[Key, Value]]

_UNREAD: Final = object()


class CachedTable(Generic[Key, Value]):
    """One projection table behind ``get`` and ``put``."""

    def __init__(self, load: Loader[Key, Value], limit: int) -> None:
        """Keep the loader (many keys in one query) and the bound of clean values."""
        self._load = load
        self._limit = limit
        # Every value that is known, as this batch leaves it; None where there is none. One
        # dictionary, since a statement looks some fourteen values up.
        self._known: dict[Key, Value | None] = {}
        self._absent: list[Key] = []
        self.changed: dict[Key, Value] = {}

    def get(self, key: Key, /) -> Value | None:
        """Return the value as this batch left it, or ``None``."""
        value = self._known.get(key, _UNREAD)
        if value is _UNREAD:
            self.prefetch((key,))
            return self._known[key]
        return value  # type: ignore[return-value]

    def many(self, keys: Iterable[Key], /) -> dict[Key, Value]:
        """Return the values of those keys that have one, as this batch left them."""
        wanted = list(keys)
        self.prefetch(wanted)
        return {key: value for key in wanted if (value := self._known[key]) is not None}

    def prefetch(self, keys: Iterable[Key]) -> None:
        """Read all that is not known yet in as few queries as possible."""
        wanted = [key for key in dict.fromkeys(keys) if key not in self._known]
        if wanted:
            found = self._load(wanted)
            for key, value in found.items():
                # A query may bring more than was asked, and of that an older value than this batch has.
                self._known.setdefault(key, value)
            absent = [key for key in wanted if key not in found]
            self._known.update(dict.fromkeys(absent))
            self._absent.extend(absent)

    def put(self, values: dict[Key, Value]) -> None:
        """Change values within this batch."""
        self.changed.update(values)
        self._known.update(values)

    def settle(self) -> None:
        """The batch is durable: its changes become clean, the oldest values leave."""
        for key in self.changed:
            self._known[key] = self._known.pop(key)
        self.changed = {}
        for key in self._absent:
            if self._known[key] is None:
                del self._known[key]
        self._absent = []
        for key in list(islice(self._known, max(0, len(self._known) - self._limit))):
            del self._known[key]

    def forget(self) -> None:
        """Drop everything: the batch failed, or another writer was here."""
        self._known.clear()
        self._absent = []
        self.changed = {}
