"""What a receipt of any format says: that a statement is in the ledger, and where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from schemas.ids import StatementId
from schemas.strict_json import dump_json


class Receipt(NamedTuple):
    """A statement's id, the index of its entry, and a C2SP ``tlog-proof`` of that entry."""

    id: StatementId
    index: int  # type: ignore[assignment]
    proof: str


@dataclass(frozen=True, slots=True)
class ReceiptFormat:
    """The format ``battery-ledger-receipt/<number>``, frozen once it is released.

    ``members`` returns the members of a receipt in their order; ``read`` what bytes say,
    before anything in them is verified, or raises :class:`~schemas.errors.MalformedError`.
    """

    number: int
    members: Callable[[Receipt], dict[str, Any]]
    read: Callable[[bytes], Receipt]

    def write(self, receipt: Receipt) -> bytes:
        """Return the bytes of a receipt."""
        return dump_json(self.members(receipt))
