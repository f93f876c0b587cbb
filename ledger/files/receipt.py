"""What a receipt of any format says: that a statement is in the ledger, and where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


class Receipt(NamedTuple):
    """A statement's id, the index of its entry, and a C2SP ``tlog-proof`` of that entry."""

    id: str
    index: int  # type: ignore[assignment]
    proof: str


@dataclass(frozen=True, slots=True)
class ReceiptFormat:
    """The format ``battery-ledger-receipt/<number>``, frozen once it is released.

    ``write`` returns the bytes of a receipt; ``read`` what bytes say, before anything in
    them is verified, or raises :class:`~schemas.errors.MalformedError`.
    """

    number: int
    write: Callable[[Receipt], bytes]
    read: Callable[[bytes], Receipt]
