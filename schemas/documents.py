"""Documents that an event rests on, cited by issuer, kind and number."""

from __future__ import annotations

from typing import NamedTuple, Self, TypeVar

from pydantic import model_validator

from schemas.codes import ONCE_ONLY_KINDS, DocumentKind
from schemas.fields import Day, Sha256, Text, WireModel

Model = TypeVar("Model", bound=WireModel)


class Citation(NamedTuple):
    """What makes two citations the same document (contract, section 7)."""

    issuer: str
    kind: str
    number: str
    date: str
    part: str


class Document(WireModel):
    """One document: ``issuer`` is the citing party, another name, or a digest."""

    kind: DocumentKind
    issuer: Text
    number: Text
    date: Day | None = None
    part: Text | None = None
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
        """The identity under which a once-only document is used up."""
        return Citation(self.issuer, self.kind, self.number, self.date or "", self.part or "")


def described(value: Model, is_other: bool, member: str) -> Model:
    """Demand a description beside the code ``other``."""
    if is_other and getattr(value, "description", None) is None:
        raise ValueError(f'expected a "description" beside {member} "other", got none')
    return value
