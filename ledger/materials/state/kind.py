"""What a kind of state is: values by key, read in one vocabulary wherever they are kept.

A list of kinds is a class whose attributes are :class:`Kind`; who keeps state inherits
the list, and each attribute of theirs is then that kind's values as they keep them
(dictionaries, caches, tables). An attribute is opened when it is first looked at and
stays; what was never looked at takes no memory and is not entered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, NamedTuple, Protocol, TypeVar, overload

from ledger.materials.state.layout import Column, Layout, key
from ledger.materials.state.row_text import write_text
from ledger.materials.state.stamping import Stamp
from schemas.events import Event
from schemas.ids import KeyId, PartyId

Key = TypeVar("Key")
Value = TypeVar("Value")
Value_co = TypeVar("Value_co", covariant=True)


class Reading(Protocol[Key, Value_co]):
    """How values of one kind are looked up, by a judge and everyone else alike."""

    def get(self, key: Key, /) -> Value_co | None:
        """Return the value, or ``None`` where there is none."""
        ...

    def many(self, keys: Iterable[Key], /) -> Mapping[Key, Value_co]:
        """Return the values of those keys that have one, in the order asked, in as few reads as possible."""
        ...


class Listing(Reading[Key, Value_co], Protocol):
    """Values of one kind that can be read as a whole too."""

    def all(self) -> Iterator[Value_co]:
        """Yield every value, in the order of the keys."""
        ...

    def by_key(self) -> Iterator[tuple[Key, Value_co]]:
        """Yield every key with its value, in the order of the keys."""
        ...


class Rows(dict[Key, Value]):
    """Values in memory."""

    def many(self, keys: Iterable[Key], /) -> dict[Key, Value]:
        """Return the values of those keys that have one."""
        return {key: self[key] for key in keys if key in self}

    def all(self) -> Iterator[Value]:
        """Yield every value, in the order of the keys."""
        return (self[key] for key in sorted(self))  # type: ignore[type-var]

    def by_key(self) -> Iterator[tuple[Key, Value]]:
        """Yield every key with its value, in the order of the keys."""
        return ((key, self[key]) for key in sorted(self))  # type: ignore[type-var]


class Holder(Protocol):
    """Who keeps state."""

    def open_kind(self, kind: Kind[Any, Any], /) -> Reading[Any, Any]:
        """Return where the values of a kind are kept."""
        ...


class ListingHolder(Protocol):
    """Who keeps state that can be read as a whole."""

    def open_kind(self, kind: Kind[Any, Any], /) -> Listing[Any, Any]:
        """Return where the values of a kind are kept."""
        ...


class InMemory:
    """Whoever keeps state in dictionaries."""

    def open_kind(self, _: Kind[Any, Any], /) -> Rows[Any, Any]:
        """Begin with nothing."""
        return Rows()


class Asking(NamedTuple):
    """What is known of a statement before it is judged: who says what, under which keys."""

    issuer: PartyId
    at: str
    event: Event
    keyids: Sequence[KeyId] = ()


class Keys(NamedTuple, Generic[Key]):
    """Where and how the keys of a kind stand in its table: the column, a key's text, and the key of a text."""

    column: str
    write: Callable[[Key], str]
    read: Callable[[str], Key]


BY_ID: Keys[str] = Keys("id", str, str)


class Kind(Generic[Key, Value]):
    """A kind of state.

    Args:
        table: the name of its SQL table.
        read: a value of its row text; raises
            :class:`~schemas.errors.LedgerStateError` for a text that the ledger did not write.
        write: the row text of a value.
        keys: where and how its keys are written.
        asked: which keys a statement will look up, so that a batch is read ahead.
        stamp: for a kind whose values say which entry made them: how that entry's index gets into them.
        stock: for a kind that is found by who has it: who that is, ``None`` for nobody.
        members: for a kind whose keys and values are tuples that have a column a member, instead of a key's text
            and a value's: its table. ``read`` gets the value's members, ``write`` gives them.
        kept: how many values that are not being changed a writer keeps at hand.
    """

    name: str
    """The attribute under which it is kept; the list gives it."""

    def __init__(  # noqa: PLR0913 - what the list says of a kind
        self,
        table: str,
        read: Callable[[Any], Value],
        write: Callable[[Value], Any] = write_text,
        *,
        keys: Keys[Any] = BY_ID,
        asked: Callable[[Asking], Iterable[Key]] | None = None,
        stamp: Stamp[Value] | None = None,
        stock: Callable[[Value], str | None] | None = None,
        members: tuple[Column, ...] | None = None,
        kept: int = 10_000,
    ) -> None:
        """Describe the kind."""
        self.table = table
        self.read = read
        self.write = write
        self.keys: Keys[Key] = keys
        self.asked = asked
        self.stamp = stamp
        self.stock = stock
        self.members = members
        self.kept = kept

    @property
    def layouts(self) -> tuple[Layout, ...]:
        """Its table: the key, who has it in stock where that is asked, and the value as ``body``; or its members."""
        if self.members is not None:
            return (Layout(self.table, self.members, is_by_key=False),)
        stock = (Column("stock", may_lack=True),) if self.stock is not None else ()
        return (Layout(self.table, (key(self.keys.column), *stock, Column("body", "text"))),)

    def __set_name__(self, owner: type, name: str) -> None:
        """Take the name under which the list has it."""
        self.name = name

    @overload
    def __get__(self, holder: None, owner: type) -> Kind[Key, Value]: ...

    @overload
    def __get__(self, holder: InMemory, owner: type) -> Rows[Key, Value]: ...

    @overload
    def __get__(self, holder: ListingHolder, owner: type) -> Listing[Key, Value]: ...

    @overload
    def __get__(self, holder: Holder, owner: type) -> Reading[Key, Value]: ...

    def __get__(self, holder: Holder | None, owner: type) -> Kind[Key, Value] | Reading[Key, Value]:
        """Open the values of a holder; its attribute, which hides this one, is they from then on."""
        if holder is None:
            return self
        opened: Reading[Key, Value] = holder.open_kind(self)
        holder.__dict__[self.name] = opened
        return opened


def kinds_of(state: type) -> tuple[Kind[Any, Any], ...]:
    """Return the kinds of a list, those that it inherits first."""
    return tuple(kind for part in reversed(state.__mro__) for kind in vars(part).values() if isinstance(kind, Kind))
