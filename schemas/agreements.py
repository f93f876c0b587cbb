"""The agreement event: what a seller may deliver to a buyer over years."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from schemas.codes import Metal
from schemas.documents import Document
from schemas.event_base import MaterialBase
from schemas.fields import (
    AgreementName,
    AtLeastOne,
    Day,
    Fraction,
    Kg,
    Many,
    PartyName,
    StatementName,
    Text,
    WireModel,
)


class Quantity(WireModel):
    """What is agreed for one metal and year (all years where none is named), of one park or of all."""

    metal: Metal
    quantity_kg: Kg
    year: Annotated[int, Field(ge=2000, le=2099)] | None = None
    park: PartyName | None = None


class Agreement(MaterialBase):
    """Terms of a seller, effective when the buyer's own agreement ``confirms`` them."""

    type: Literal["agreement"]
    agreement: AgreementName
    seller: PartyName
    buyer: PartyName
    parks: AtLeastOne[PartyName]
    starts_on: Day
    ends_on: Day
    quantities: Many[Quantity] = ()
    tolerance: Fraction = 0
    share: Fraction | None = None
    confirms: StatementName | None = None
    documents: Many[Document] = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.ends_on < self.starts_on:
            raise ValueError('expected "ends_on" at or after "starts_on", got an earlier day')
        if self.seller == self.buyer:
            raise ValueError("expected a buyer other than the seller, got the same party")
        if len(set(self.parks)) != len(self.parks):
            raise ValueError('expected each park once in "parks", got one twice')
        for line in self.quantities:
            self._check_quantity(line)
        return self

    def _check_quantity(self, line: Quantity) -> None:
        if line.park is not None and line.park not in self.parks:
            raise ValueError(f'expected a quantity of one of the "parks" {", ".join(self.parks)}, got {line.park}')
        if line.year is not None and not int(self.starts_on[:4]) <= line.year <= int(self.ends_on[:4]):
            raise ValueError(
                f"expected the year of a quantity between {self.starts_on} and {self.ends_on}, got {line.year}"
            )
