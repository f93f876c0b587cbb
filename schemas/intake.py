"""The intake event: a batch of waste batteries or scrap enters and becomes a lot."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from schemas.codes import (
    METALS,
    Chemistry,
    ContentBasis,
    Form,
    IntakeReason,
    Material,
    Origin,
)
from schemas.documents import Document, described
from schemas.event_base import MaterialBase, StatedLot
from schemas.fields import Country, Custody, Kg, KgOrZero, LotName, Many, Masses, OriginMasses, Sha256, Text, WireModel
from schemas.ids import LotId


class Weighing(WireModel):
    """How the net mass was found: gross less tare, on which scale, by which slip."""

    gross_kg: Kg
    tare_kg: KgOrZero
    scale: Text | None = None
    slip: Text | None = None


class Intake(MaterialBase):
    """A batch enters; all masses in integer milligrams.

    ``content_kg`` is contained element; exactly one of ``origin`` (all of it) and
    ``origin_kg`` (per metal and origin, adding up to the content) is given. ``custody`` is
    the supplier's chain-of-custody model; ``supplier`` a keyed digest (HMAC-SHA-256 of
    the supplier's name under a key that the park keeps), which shows spikes without a name.
    A customer's return may name the ``returned_lot``, whose content by origin comes back with it.
    """

    correctable: ClassVar[bool] = True
    precedes_use: ClassVar[bool] = True

    type: Literal["intake"]
    lot: LotName
    material: Material
    chemistry: Chemistry
    form: Form
    net_kg: Kg
    content_kg: Masses
    content_basis: ContentBasis
    country: Country
    documents: Many[Document]
    origin: Origin | None = None
    origin_kg: OriginMasses | None = None
    waste_code: Text | None = None
    reason: IntakeReason = "delivery"
    dry_kg: Kg | None = None
    weighing: Weighing | None = None
    pieces: Annotated[int, Field(ge=0)] | None = None
    category: Text | None = None
    basel_code: Text | None = None
    owner: Text | None = None
    custody: Custody | None = None
    supplier: Sha256 | None = None
    description: Text | None = None
    returned_lot: LotName | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.returned_lot is not None:
            self._brings_back(self.returned_lot)
        elif (self.origin is None) == (self.origin_kg is None):
            raise ValueError('expected either "origin" or "origin_kg", got both or neither')
        if self.dry_kg is not None and self.dry_kg > self.net_kg:
            raise ValueError('expected "dry_kg" at most "net_kg", got more')
        if self.origin_kg is not None:
            for metal in METALS:
                if sum(self.origin_kg.get(metal, {}).values()) != self.content_kg.get(metal, 0):
                    raise ValueError(
                        f'expected the "origin_kg" of {metal} to add up to its "content_kg", found a different sum'
                    )
        return described(self, self.material == "other", "material")

    def _brings_back(self, lot: LotId) -> None:
        """Demand of a return that what it holds is left to the lot, and that it was credited."""
        if self.reason != "customer_return":
            raise ValueError('expected "returned_lot" beside the reason "customer_return" only')
        if lot == self.lot:
            raise ValueError('expected another lot than the new one in "returned_lot", got the same')
        if self.content_kg or self.origin is not None or self.origin_kg is not None or self.dry_kg is not None:
            raise ValueError(
                'expected an empty "content_kg" and no "origin", "origin_kg" and "dry_kg" beside "returned_lot", whose '
                "content comes back, got some"
            )
        if all(document.kind != "credit_note" for document in self.documents):
            raise ValueError('expected a "credit_note" among the documents of a return, got none')

    def named_lots(self) -> tuple[LotId, ...]:
        """Return every lot that it names, each once, in the order of the event."""
        return (self.lot,) if self.returned_lot is None else (self.lot, self.returned_lot)

    def input_lots(self) -> tuple[LotId, ...]:
        """Return the lot of which a part came back."""
        return () if self.returned_lot is None else (self.returned_lot,)

    def parted_lots(self) -> tuple[LotId, ...]:
        """Return the lot, where it is a part of another that came back."""
        return () if self.returned_lot is None else (self.lot,)

    def created_lots(self) -> tuple[LotId, ...]:
        """Return the lot that it creates."""
        return (self.lot,)

    def stated_lots(self) -> tuple[StatedLot, ...]:
        """Return the lot as it was weighed."""
        return (StatedLot(self.lot, self.material, self.net_kg, self.content_kg, self.content_basis),)

    def named_supplier(self) -> str | None:
        """Return the digest of who delivered the batch."""
        return self.supplier

    def came_from(self) -> str | None:
        """Return the country of the batch."""
        return self.country

    def stated_words(self) -> tuple[object, ...]:
        """Return material, form, chemistry, origins, country and custody."""
        origins = sorted({name for split in (self.origin_kg or {}).values() for name in split})
        words = self.material, self.form, self.chemistry, self.origin, *origins, self.country, self.custody
        return words if self.returned_lot is None else (*words, self.returned_lot)

    def is_weighed(self) -> bool:
        """Return whether gross less tare is its net mass."""
        return self.weighing is not None and self.weighing.gross_kg - self.weighing.tare_kg == self.net_kg

    def identity(self) -> tuple[str, ...]:
        """Return the lot."""
        return (self.lot,)
