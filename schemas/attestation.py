"""The attestation event: a certifier's word on findings of a statement, or of a supplier's waste from then on."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import Material, Verdict
from schemas.documents import Document
from schemas.event_base import MaterialBase
from schemas.fields import AtLeastOne, Day, Many, Sha256, StatementName, Text
from schemas.ids import StatementId


class Attestation(MaterialBase):
    """The findings ``codes`` of ``statement`` were looked into: ``settled`` or ``upheld``.

    With ``supplier`` (a digest, as in an intake), ``materials`` and ``until`` the word is also
    on those findings on what that supplier brings the same site of these materials, up to that
    day.
    """

    type: Literal["attestation"]
    statement: StatementName
    codes: AtLeastOne[Text]
    verdict: Verdict
    reason: Text
    documents: Many[Document] = ()
    supplier: Sha256 | None = None
    materials: AtLeastOne[Material] | None = None
    until: Day | None = None

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        if len(set(self.codes)) != len(self.codes):
            raise ValueError('expected each code once in "codes", got one twice')
        terms = (self.supplier, self.materials, self.until)
        if any(term is None for term in terms) and any(term is not None for term in terms):
            raise ValueError('expected "supplier", "materials" and "until" together or none of them, got a part')
        if self.materials is not None and len(set(self.materials)) != len(self.materials):
            raise ValueError('expected each material once in "materials", got one twice')
        return self

    def lifts_return(self) -> bool:
        """Return whether it settles that something came back from a customer."""
        return self.verdict == "settled" and FindingCode.CUSTOMER_RETURN in self.codes

    def about(self) -> tuple[StatementId, ...]:
        """Return the statement that its findings are on."""
        return (self.statement,)
