"""Under which ids of their own systems plants said what."""

from __future__ import annotations

from typing import Any, NamedTuple

from ledger.materials.state.citations import FREED
from ledger.materials.state.row_text import reader_of
from schemas.ids import PartyId, StatementId


class RefKey(NamedTuple):
    """A ref, unique within its issuer and the type of event."""

    ref: str
    issuer: PartyId
    type: str


class RefUse(NamedTuple):
    """The statement that has a ref, and the digests of its content: as it was said first, and as it stands.

    ``statement`` is :data:`~ledger.materials.state.citations.FREED` where it did not occur: the ref may be used again.
    """

    statement: StatementId
    first: str
    standing: str

    @property
    def is_free(self) -> bool:
        """Whether another statement may use the ref."""
        return self.statement == FREED


@reader_of
def read_ref(members: Any) -> RefUse:  # noqa: ANN401 - the columns of a row
    """Return the use of a row's columns."""
    if not isinstance(members, tuple):
        raise TypeError(f"expected the columns of a row, got {type(members).__name__}")
    return RefUse(*members)
