"""What the journal answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from schemas.catalogue.refusals import RefusalCode
from schemas.errors import MalformedError
from schemas.ids import StatementId
from schemas.refusal import RefusedError


@dataclass(frozen=True, slots=True)
class Taken:
    """The statement is in the ledger, durable and covered by a published checkpoint."""

    id: StatementId
    index: int
    is_new: bool
    _prove: Callable[[int], str] = field(repr=False, compare=False)

    @property
    def proof(self) -> str:
        """The C2SP tlog-proof under the newest checkpoint; built when asked for."""
        return self._prove(self.index)


@dataclass(frozen=True, slots=True)
class Refused:
    """The statement was refused; nothing of it counts."""

    id: StatementId | None
    error: RefusedError | MalformedError

    @property
    def code(self) -> str:
        """The stable code of contract section 7."""
        return self.error.code if isinstance(self.error, RefusedError) else RefusalCode.MALFORMED


Answer = Taken | Refused
