"""JSON members of a file, taken one by one: of exactly these names, of this type."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.encoding import decode_base64
from schemas.errors import MalformedError


def take_members(value: object, names: Sequence[str], where: str) -> dict[str, object]:
    """Return an object that has exactly these members, in this order.

    Raises:
        MalformedError: for anything else.
    """
    if not isinstance(value, dict) or tuple(value) != tuple(names):
        got = ", ".join(value)[:80] if isinstance(value, dict) else type(value).__name__
        raise MalformedError(f"expected an object of exactly {', '.join(names)}, got {got}", where)
    return value


def take_array(value: object, where: str) -> list[object]:
    """Return an array.

    Raises:
        MalformedError: for anything else.
    """
    if not isinstance(value, list):
        raise MalformedError(f"expected an array, got {type(value).__name__}", where)
    return value


def take_number(value: object, where: str, least: int = 0) -> int:
    """Return a number of at least ``least``.

    Raises:
        MalformedError: for anything else.
    """
    # A bool is an int to Python; JSON's true is no number.
    if type(value) is not int:
        raise MalformedError(f"expected a number, got {type(value).__name__}", where)
    if value < least:
        raise MalformedError(f"expected a number of at least {least}, got {value}", where)
    return value


def take_text(value: object, where: str) -> str:
    """Return a text.

    Raises:
        MalformedError: for anything else.
    """
    if not isinstance(value, str):
        raise MalformedError(f"expected a text, got {type(value).__name__}", where)
    return value


def take_bytes(value: object, where: str) -> bytes:
    """Return what a base64 text stands for.

    Raises:
        MalformedError: for anything else.
    """
    if not isinstance(value, str):
        raise MalformedError(f"expected base64, got {type(value).__name__}", where)
    return decode_base64(value, where)


def take_format(value: object, name: str) -> None:
    """Demand that the member ``format`` is this one.

    Raises:
        MalformedError: for anything else.
    """
    if value != name:
        raise MalformedError(f"expected {name}, got {str(value)[:40]!r}", "format")
