"""A kind of state as a snapshot reads it from its table: one value, many, or all of them in a stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Table, select

from ledger.materials.state.kind import Kind
from ledger.store.queries import streamed, values_of
from ledger.store.tables import table_of

Key = TypeVar("Key")
Value = TypeVar("Value")


class StoredTable(Generic[Key, Value]):
    """The values of one kind, at the size of their transaction.

    What is looked up alone is remembered: a fold asks for the same parties again and again.
    """

    def __init__(self, connection: Connection, kind: Kind[Key, Value]) -> None:
        """Bind to an open transaction."""
        self._connection = connection
        self._kind = kind
        self._known: dict[Key, Value | None] = {}

    def get(self, key: Key, /) -> Value | None:
        """Return the value, or ``None`` where there is none."""
        if key not in self._known:
            self._known[key] = values_of(self._connection, self._kind, (key,)).get(key)
        return self._known[key]

    def many(self, keys: Iterable[Key], /) -> dict[Key, Value]:
        """Return the values of those keys that have one, in the order asked, in whole queries."""
        wanted = list(dict.fromkeys(keys))
        found = values_of(self._connection, self._kind, wanted)
        return {key: found[key] for key in wanted if key in found}

    def all(self) -> Iterator[Value]:
        """Yield every value in the order of the keys, streamed."""
        return (value for _, value in self.by_key())

    def by_key(self) -> Iterator[tuple[Key, Value]]:
        """Yield every key with its value in the order of the keys, streamed."""
        table = table_of(self._kind)
        if self._kind.members is not None:
            yield from self._by_members(table)
            return
        name = table.c[self._kind.keys.column]
        for text, body in streamed(self._connection, select(name, table.c.body).order_by(name)):
            yield self._kind.keys.read(text), self._kind.read(body)

    def _by_members(self, table: Table) -> Iterator[tuple[Any, Value]]:
        key = self._kind.layouts[0].key
        for row in streamed(self._connection, select(table).order_by(*(table.c[name] for name in key))):
            yield tuple(row[: len(key)]), self._kind.read(row[len(key) :])
