"""The stock count event: what was found when lots were weighed or surveyed again."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from schemas.codes import CountMethod
from schemas.documents import Document
from schemas.event_base import LotMove, MaterialBase
from schemas.fields import KgOrZero, LotIds, Many, StatementName, Text
from schemas.ids import LotId


class StockCount(MaterialBase):
    """One mass for all ``lots`` together, as of ``occurred_at``; or a second party's ``confirms``.

    With ``adjust`` the book follows the count: a shortage leaves as loss, a surplus
    adds net mass only. Masses in integer milligrams.
    """

    correctable: ClassVar[bool] = True

    type: Literal["stock_count"]
    lots: LotIds
    counted_kg: KgOrZero | None = None
    uncertainty_kg: KgOrZero | None = None
    method: CountMethod | None = None
    reason: Text | None = None
    adjust: bool | None = None
    confirms: StatementName | None = None
    documents: Many[Document] = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        counted = (self.counted_kg, self.method, self.reason, self.adjust)
        if self.confirms is not None:
            if any(part is not None for part in (*counted, self.uncertainty_kg)):
                raise ValueError('expected nothing about the count beside "confirms", got some of it')
        elif any(part is None for part in counted):
            raise ValueError(
                'expected "counted_kg", "method", "reason" and "adjust", or "confirms" alone, got not all of them'
            )
        return self

    def joined_lots(self) -> tuple[LotId, ...]:
        """Return the lots, which were weighed together."""
        return self.lots

    def counted_lots(self) -> tuple[LotId, ...]:
        """Return the lots, unless it only confirms another's count."""
        return () if self.confirms is not None else self.lots

    def lot_moves(self, occurred_at: str) -> tuple[LotMove, ...]:
        """Return that the book follows the count, where it does."""
        return tuple(LotMove(lot, occurred_at, is_count=True) for lot in self.lots) if self.adjust else ()

    def named_lots(self) -> tuple[LotId, ...]:
        """Return every lot that it names, each once, in the order of the event."""
        return self.lots
