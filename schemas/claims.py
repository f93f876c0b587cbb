"""The claim event: kilograms of a lot that are claimed to the outside as recycled."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from schemas.codes import ClaimKind
from schemas.documents import Document
from schemas.event_base import MaterialBase
from schemas.fields import AtLeastOne, LotName, Many, OriginMasses, Text, WireModel, each_once
from schemas.ids import LotId


class ClaimedLot(WireModel):
    """What is claimed from one lot: milligrams per metal and origin."""

    lot: LotName
    origin_kg: OriginMasses


class Claim(MaterialBase):
    """A certificate, declaration or credit that uses kilograms up, once per kind."""

    correctable: ClassVar[bool] = True

    type: Literal["claim"]
    kind: ClaimKind
    scheme: Text
    number: Text
    lots: AtLeastOne[ClaimedLot]
    documents: Many[Document] = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        each_once([line.lot for line in self.lots])
        if any(not line.origin_kg for line in self.lots):
            raise ValueError('expected a mass above zero in "origin_kg" of each lot, got none')
        if any("unknown" in split for line in self.lots for split in line.origin_kg.values()):
            raise ValueError('expected a claim on metal of known origin, got "unknown"')
        return self

    def named_lots(self) -> tuple[LotId, ...]:
        """Return every lot that it names, each once, in the order of the event."""
        return tuple(line.lot for line in self.lots)

    def identity(self) -> tuple[str, ...]:
        """Return what is claimed, and under which scheme; its number may be mended."""
        return self.kind, self.scheme
