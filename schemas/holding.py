"""The events that stop lots and let them go again."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from schemas.codes import ONCE_ONLY_KINDS, DocumentKind
from schemas.documents import Citation, Document
from schemas.event_base import MaterialBase
from schemas.fields import LotIds, Many, PartyName, RunName, StatementName, Text, WireModel
from schemas.ids import LotId
from schemas.periods import PeriodName
from schemas.rules.normal_form import normal_form


class HeldDocument(WireModel):
    """A document in all its spellings, dates and parts: ``issuer`` as it is cited."""

    kind: DocumentKind
    issuer: Text
    number: Text

    @property
    def is_once_only(self) -> bool:
        """Whether this document may back one statement only, ever."""
        return self.kind in ONCE_ONLY_KINDS

    @property
    def paper(self) -> Citation:
        """The document in normal form."""
        return Citation(normal_form(self.issuer), self.kind, normal_form(self.number), "", "")


class Hold(MaterialBase):
    """From ``occurred_at`` on the lots may not be used or moved.

    With ``run``, ``document`` or ``site`` and ``month`` it holds all lots of that, and ``lots`` are all of them.
    """

    type: Literal["hold"]
    lots: LotIds
    reason: Text
    documents: Many[Document] = ()
    run: RunName | None = None
    document: HeldDocument | None = None
    site: PartyName | None = None
    month: PeriodName | None = None

    @model_validator(mode="after")
    def _is_of_one(self) -> Self:
        if (self.site is None) != (self.month is None):
            raise ValueError('expected "site" and "month" together, got one of them')
        if sum(member is not None for member in (self.run, self.document, self.site)) > 1:
            raise ValueError('expected one of "run", "document" and "site" with "month", got several')
        return self

    def holds_all_of(self) -> str | None:
        """Return in words what it holds all lots of, ``None`` where it holds single lots."""
        if self.document is not None:
            return f"{self.document.kind} {self.document.number} of {self.document.issuer}"
        return self.run if self.site is None else f"{self.site} in {self.month}"

    def holds_paper(self, paper: Citation) -> bool:
        """Return whether it is a hold on a document, given in normal form, and so on all lots of it."""
        return self.document is not None and self.document.paper == paper

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
