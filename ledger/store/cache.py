"""A table as a mapping: what was changed in this batch, what was read, else a query.

Invariants: ``get`` answers as if every change of the batch were already written; at
most ``limit`` clean values are kept, so memory does not grow with the ledger; known
absence is remembered only within a batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

Loader = Callable[[list[Key]], dict[Key, Value]]


class CachedTable(Generic[Key, Value]):
    """One projection table behind ``get`` and ``put``."""

    def __init__(self, load: Loader[Key, Value], limit: int) -> None:
        """Keep the loader (many keys in one query) and the bound of clean values."""
        self._load = load
        self._limit = limit
        self._clean: dict[Key, Value] = {}
        self._absent: set[Key] = set()
        self.changed: dict[Key, Value] = {}

    def get(self, key: Key, /) -> Value | None:
        """Return the value as this batch left it, or ``None``."""
        value = self.changed.get(key)
        if value is not None:
            return value
        value = self._clean.get(key)
        if value is not None or key in self._absent:
            return value
        self.prefetch((key,))
        return self._clean.get(key)

    def many(self, keys: Iterable[Key], /) -> dict[Key, Value]:
        """Return the values of those keys that have one, as this batch left them."""
        wanted = list(keys)
        self.prefetch(wanted)
        return {key: value for key in wanted if (value := self.get(key)) is not None}

    def prefetch(self, keys: Iterable[Key]) -> None:
        """Read all that is not known yet in as few queries as possible."""
        wanted = [key for key in dict.fromkeys(keys) if not self._knows(key)]
        if wanted:
            found = self._load(wanted)
            self._clean.update(found)
            self._absent.update(key for key in wanted if key not in found)

    def put(self, values: dict[Key, Value]) -> None:
        """Change values within this batch."""
        self.changed.update(values)

    def settle(self) -> None:
        """The batch is durable: its changes become clean, the oldest values leave."""
        for key, value in self.changed.items():
            self._clean.pop(key, None)
            self._clean[key] = value
        self.changed = {}
        self._absent.clear()
        for key in list(islice(self._clean, max(0, len(self._clean) - self._limit))):
            del self._clean[key]

    def forget(self) -> None:
        """Drop everything: the batch failed, or another writer was here."""
        self._clean.clear()
        self._absent.clear()
        self.changed = {}

    def _knows(self, key: Key) -> bool:
        return key in self.changed or key in self._clean or key in self._absent
