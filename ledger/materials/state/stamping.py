"""The mark of an entry that has not entered yet, and how its index takes the mark's place.

A statement is judged without knowing which entry it becomes: what it makes carries the
mark, and entering replaces the mark by the index, wherever the ledger is by then.

Invariant: the mark is in effects, and in what is folded for the sake of one judgement;
no book, row, hash, answer or finding that anybody reads ever holds it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

UPCOMING: Final = 2**63 - 1
"""In place of the index of what has not entered yet. No entry is later, so whoever compares indexes gets it right."""

Value = TypeVar("Value")
Record = TypeVar("Record", bound=tuple[Any, ...])

Stamp = Callable[[Value, int], Value]
"""Returns a value as the entry of an index made it: the index where the mark stood; else the value itself."""


def stamp_of(record: type[Record], *names: str) -> Stamp[Record]:
    """Return the stamp of a named tuple.

    Args:
        record: the named tuple.
        names: its fields that hold the index of the entry which made them.
    """
    fields: tuple[str, ...] = record._fields  # type: ignore[attr-defined]
    name, *others = names
    place = fields.index(name)
    behind = stamp_of(record, *others) if others else None

    def stamp(value: Record, index: int) -> Record:
        """Return the value with the index in each of the fields where it was still to come."""
        if value[place] == UPCOMING:
            # `_replace` takes five times as long, and every statement makes a few values.
            members = list(value)
            members[place] = index
            value = tuple.__new__(record, members)
        return value if behind is None else behind(value, index)

    return stamp


def stamp_each(stamp: Stamp[Value]) -> Stamp[tuple[Value, ...]]:
    """Return the stamp of several values of a kind."""

    def stamped(values: tuple[Value, ...], index: int) -> tuple[Value, ...]:
        """Return the values, each with the index."""
        return tuple(stamp(value, index) for value in values)

    return stamped
