"""What the table of a kind of state looks like, said without SQL; the store makes it."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Column(NamedTuple):
    """A column: an ``id`` is a text ordered by its bytes, a ``number`` has 64 bits, a ``text`` is of any length."""

    name: str
    holds: Literal["id", "number", "text"] = "id"
    is_key: bool = False
    may_lack: bool = False
    """Whether a row may have nothing in it."""


class Layout(NamedTuple):
    """A table: its name and its columns, those of its key first."""

    table: str
    columns: tuple[Column, ...]
    is_by_key: bool = True
    """Whether SQLite keeps the rows in the order of the key, without numbers of its own."""

    @property
    def key(self) -> tuple[str, ...]:
        """The columns of its key."""
        return tuple(column.name for column in self.columns if column.is_key)


def key(name: str, holds: Literal["id", "number"] = "id") -> Column:
    """Return a column of a key."""
    return Column(name, holds, is_key=True)
