"""The events that stop lots and let them go again."""

from __future__ import annotations

from typing import Literal

from schemas.documents import Document
from schemas.event_base import MaterialBase
from schemas.fields import LotIds, Many, StatementName, Text
from schemas.ids import LotId


class Hold(MaterialBase):
    """From ``occurred_at`` on the lots may not be used or moved."""

    type: Literal["hold"]
    lots: LotIds
    reason: Text
    documents: Many[Document] = ()

    def named_lots(self) -> tuple[LotId, ...]:
        """Return every lot that it names, each once, in the order of the event."""
        return self.lots

    def stopped_lots(self) -> tuple[LotId, ...]:
        """Return the lots that it stops."""
        return self.lots


class Release(MaterialBase):
    """Ends one hold, named by its statement, for the lots that are listed."""

    type: Literal["release"]
    hold: StatementName
    lots: LotIds
    reason: Text
    documents: Many[Document] = ()

    def named_lots(self) -> tuple[LotId, ...]:
        """Return every lot that it names, each once, in the order of the event."""
        return self.lots
