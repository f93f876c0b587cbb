"""The events that stop lots and let them go again."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from schemas.documents import Document
from schemas.fields import AtLeastOne, Many, RecordId, Sha256, Text
from schemas.parties import EventBase


class Hold(EventBase):
    """From ``occurred_at`` on the lots may not be used or moved."""

    type: Literal["hold"]
    lots: AtLeastOne[RecordId]
    reason: Text
    documents: Many[Document] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if len(set(self.lots)) != len(self.lots):
            raise ValueError('expected each lot once in "lots", got one twice')
        return self


class Release(EventBase):
    """Ends one hold, named by its statement, for the lots that are listed."""

    type: Literal["release"]
    hold: Sha256
    lots: AtLeastOne[RecordId]
    reason: Text
    documents: Many[Document] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if len(set(self.lots)) != len(self.lots):
            raise ValueError('expected each lot once in "lots", got one twice')
        return self
