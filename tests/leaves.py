"""All that stands inside a value: for those who look for what must not be there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ledger.admission.book import KeptHistory
from ledger.materials.state.book import Effects
from ledger.materials.state.memory_book import MaterialMemory


class Leaf(NamedTuple):
    """A value that has no parts, and the way to it: keys, places and fields, a field as ``Lot.created``."""

    way: tuple[str, ...]
    value: object


def leaves_of(value: Any, way: tuple[str, ...] = ()) -> Iterator[Leaf]:
    """Yield every part of a value, keys among them, that has no parts itself."""
    if isinstance(value, Effects | MaterialMemory | KeptHistory):
        yield from leaves_of(vars(value), way)
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from leaves_of(key, (*way, "key"))
            yield from leaves_of(part, (*way, str(key)))
    elif isinstance(value, tuple | list | set | frozenset):
        names = [f"{type(value).__name__}.{field}" for field in getattr(value, "_fields", ())]
        for number, part in enumerate(value):
            yield from leaves_of(part, (*way, names[number] if names else str(number)))
    else:
        yield Leaf(way, value)
