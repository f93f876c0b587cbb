"""Documents that an event rests on, cited by issuer, kind and number."""

from __future__ import annotations

from typing import NamedTuple, Self, TypeVar

from pydantic import model_validator

from schemas.codes import ONCE_ONLY_KINDS, DocumentKind
from schemas.fields import Day, Kg, Sha256, Text, WireModel
from schemas.rules.normal_form import normal_form

Model = TypeVar("Model", bound=WireModel)


class Citation(NamedTuple):
    """A document by its name; in normal form, with neither date nor part, all spellings of it (contract, section 7)."""

    issuer: str
    kind: str
    number: str
    date: str
    part: str


class Document(WireModel):
    """One document: ``issuer`` is the citing party, another name, or a digest; ``net_kg`` is what it says, in mg."""

    kind: DocumentKind
    issuer: Text
    number: Text
    date: Day | None = None
    part: Text | None = None
    net_kg: Kg | None = None
    sha256: Sha256 | None = None
    description: Text | None = None

    @model_validator(mode="after")
    def _other_is_described(self) -> Self:
        return described(self, self.kind == "other", "kind")

    @property
    def is_once_only(self) -> bool:
        """Whether this document may back one statement only, ever."""
        return self.kind in ONCE_ONLY_KINDS

    @property
    def citation(self) -> Citation:
        """The document to the letter."""
        return Citation(self.issuer, self.kind, self.number, self.date or "", self.part or "")

    @property
    def paper(self) -> Citation:
        """The document in all its spellings, dates and parts."""
        return Citation(normal_form(self.issuer), self.kind, normal_form(self.number), "", "")

    def on_day(self, day: str) -> Citation:
        """Return what documents of this kind and number have in common that any issuer dates on a day.

        Args:
            day: of the statement that cites it, for one without a date.
        """
        return Citation("", self.kind, normal_form(self.number), self.date or day, "")


def described(value: Model, is_other: bool, member: str) -> Model:
    """Demand a description beside the code ``other``."""
    if is_other and getattr(value, "description", None) is None:
        raise ValueError(f'expected a "description" beside {member} "other", got none')
    return value
