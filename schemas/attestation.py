"""The attestation event: a certifier's word on findings of a statement."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from schemas.codes import Verdict
from schemas.documents import Document
from schemas.event_base import EventBase
from schemas.fields import AtLeastOne, Many, StatementName, Text
from schemas.ids import StatementId


class Attestation(EventBase):
    """The findings ``codes`` of ``statement`` were looked into: ``settled`` or ``upheld``."""

    type: Literal["attestation"]
    statement: StatementName
    codes: AtLeastOne[Text]
    verdict: Verdict
    reason: Text
    documents: Many[Document] = ()

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        if len(set(self.codes)) != len(self.codes):
            raise ValueError('expected each code once in "codes", got one twice')
        return self

    def about(self) -> tuple[StatementId, ...]:
        """Return the statement that its findings are on."""
        return (self.statement,)
