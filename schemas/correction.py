"""The correction event: a party says that a statement of its own was wrong.

The statement stays in the tree; from the correction on all is answered as if the
replacement (or nothing) had been said from the start.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from schemas.assay import Assay
from schemas.claims import Claim
from schemas.codes import CorrectionKind
from schemas.documents import Document
from schemas.event_base import EventBase
from schemas.fields import Many, StatementName, Text
from schemas.handover import Acceptance, Dispatch
from schemas.ids import LotId, StatementId
from schemas.intake import Intake
from schemas.stock import StockCount
from schemas.transformation import Transformation

Correctable = Intake | Transformation | Dispatch | Acceptance | Assay | StockCount | Claim


class Correction(EventBase):
    """``statement`` is the id of what was wrong; without ``replacement`` it counts no more.

    The replacement is a whole event of the same type and id, without ``nonce`` and
    ``sealed`` of its own.
    """

    type: Literal["correction"]
    statement: StatementName
    kind: CorrectionKind
    reason: Text
    replacement: Annotated[Correctable, Field(discriminator="type")] | None = None
    documents: Many[Document] = ()

    @model_validator(mode="before")
    @classmethod
    def _lend_the_nonce(cls, members: Any) -> Any:  # noqa: ANN401
        """Let the replacement be read like an event that came alone."""
        replacement = members.get("replacement") if isinstance(members, dict) else None
        if not isinstance(replacement, dict):
            return members
        if "nonce" in replacement or "sealed" in replacement:
            raise ValueError('expected no "nonce" and no "sealed" in "replacement": the correction has them')
        return {**members, "replacement": {"nonce": members.get("nonce"), **replacement}}

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.kind == "did_not_occur" and self.replacement is not None:
            raise ValueError('expected no "replacement" of what did not occur, got one')
        return self

    def about(self) -> StatementId | None:
        """Return the statement that was wrong."""
        return self.statement

    def corrects(self) -> StatementId | None:
        """Return the statement that was wrong."""
        return self.statement

    def stands(self) -> Correctable | None:  # type: ignore[override]
        """Return what happened instead, ``None`` where nothing did."""
        return self.replacement

    def named_lots(self) -> tuple[LotId, ...]:
        """Return the lots of the replacement; those that only the corrected statement names are known to the book."""
        return () if self.replacement is None else self.replacement.named_lots()

    def created_lots(self) -> tuple[LotId, ...]:
        """Return the lots that the replacement creates."""
        return () if self.replacement is None else self.replacement.created_lots()

    def stated_times(self) -> tuple[str, ...]:
        """Return the times of the replacement."""
        return () if self.replacement is None else self.replacement.stated_times()
