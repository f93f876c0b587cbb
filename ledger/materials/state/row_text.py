"""Row texts: JSON as it stands in the database, and what every reader of one shares.

Round trip: ``read(write(value)) == value`` for every value of the fold. A text that
cannot be read was changed behind the ledger's back, and says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from pydantic import TypeAdapter

from schemas.errors import LedgerStateError, MalformedError

Value = TypeVar("Value")

_ANY: TypeAdapter[Any] = TypeAdapter(Any)


def write_text(value: Any) -> str:  # noqa: ANN401
    """Return a row as compact JSON in the order given: the text of ``json.dumps``, in a third of its time."""
    return _ANY.dump_json(value).decode()


def reader_of(read: Callable[[str], Value]) -> Callable[[str], Value]:
    """Let a reader say of a text that it cannot read that the ledger did not write it."""

    @wraps(read)
    def checked(body: str) -> Value:
        """Read a text; raises ``LedgerStateError`` where the reader cannot."""
        try:
            return read(body)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, MalformedError) as error:
            raise LedgerStateError(
                f"expected a row that the ledger wrote, got {body[:80]!r}: the database was changed behind its back; "
                "rebuild the projections and run verify on an export"
            ) from error

    return checked


def members_of(body: str) -> list[Any]:
    """Return the members of a row that is a list.

    Raises:
        TypeError: if it is anything else, or empty.
    """
    members = json.loads(body)
    if not isinstance(members, list) or not members:
        raise TypeError("not a list")
    return members


def mix_of(mix: dict[Any, Any]) -> dict[Any, Any]:
    """Return a mix with its splits as tuples, as it was before it was written."""
    return {metal: tuple(split) for metal, split in mix.items()}
