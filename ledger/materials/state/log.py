"""What a kind of state is to which entries only add: what an entry moved, what was found on it, which lots it names.

A list of logs is a class whose attributes are :class:`Log`; effects inherit it, and what
they add stands under the name of the log. Nothing that was added is changed; where a
later entry says otherwise, it adds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, Generic, TypeVar, overload

from ledger.materials.state.kind import InMemory
from ledger.materials.state.layout import Layout
from ledger.materials.state.stamping import Stamp
from schemas.events import Event

Item = TypeVar("Item")


class Log(Generic[Item]):
    """A kind of state to which entries only add.

    Args:
        layouts: its tables, as they are dropped: what refers to rows of another first.
        rows: the rows of the first table, by column, of what an entry of an index added; ``None``
            for a log of which later entries say what still stands: who keeps it writes that too.
        said: for a log that takes from the event too: what an entry adds, of the event and what its effects say.
        stamp: for items that say which entry added them: how that entry's index gets into them.
    """

    name: str
    """The attribute under which effects have it; the list gives it."""

    def __init__(
        self,
        *layouts: Layout,
        rows: Callable[[int, Sequence[Item]], Iterable[dict[str, Any]]] | None,
        said: Callable[[Event, Sequence[Item]], Sequence[Item]] | None = None,
        stamp: Stamp[Item] | None = None,
    ) -> None:
        """Describe the log."""
        self.layouts = layouts
        self.rows = rows
        self.said = said
        self.stamp = stamp

    def __set_name__(self, owner: type, name: str) -> None:
        """Take the name under which the list has it."""
        self.name = name

    @overload
    def __get__(self, holder: None, owner: type) -> Log[Item]: ...

    @overload
    def __get__(self, holder: InMemory, owner: type) -> list[Item]: ...

    def __get__(self, holder: InMemory | None, owner: type) -> Log[Item] | list[Item]:
        """Begin what effects add with nothing; their attribute, which hides this one, is that list from then on."""
        if holder is None:
            return self
        added: list[Item] = []
        holder.__dict__[self.name] = added
        return added

    def added_by(self, effects: InMemory, event: Event) -> Sequence[Item]:
        """Return what an entry adds."""
        items: Sequence[Item] = effects.__dict__.get(self.name, ())
        return items if self.said is None else self.said(event, items)


@cache
def logs_of(state: type) -> tuple[Log[Any], ...]:
    """Return the logs of a list, those that it inherits first."""
    return tuple(log for part in reversed(state.__mro__) for log in vars(part).values() if isinstance(log, Log))
