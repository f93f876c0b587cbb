"""The events that move whole lots: dispatch and acceptance."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import StringConstraints, model_validator

from schemas.codes import Decision, Disposition
from schemas.documents import Document
from schemas.event_base import LotMove, MaterialBase, RejectedLot
from schemas.fields import (
    AtLeastOne,
    Kg,
    KgOrZero,
    LotName,
    Many,
    Masses,
    OriginMasses,
    PartyName,
    ShipmentName,
    StatementName,
    Text,
    WireModel,
    each_once,
)
from schemas.ids import AgreementId, LotId, PartyId, ShipmentId, StatementId

_IN_PART = frozenset[Decision]({"accepted", "settled"})
"""The decisions that may be on a part of a lot."""


class DispatchedLot(WireModel):
    """A lot that leaves whole; ``credit_kg`` are mass-balance credits drawn for it, in mg per metal and origin."""

    lot: LotName
    credit_kg: OriginMasses | None = None


class Dispatch(MaterialBase):
    """Lots leave: ``to`` a participant, or out of the ledger with a ``disposition``."""

    correctable: ClassVar[bool] = True

    type: Literal["dispatch"]
    shipment: ShipmentName
    lots: AtLeastOne[DispatchedLot]
    to: PartyName | None = None
    disposition: Disposition | None = None
    agreement: Annotated[AgreementId, StringConstraints(min_length=1, max_length=1000)] | None = None
    title: Text | None = None
    documents: Many[Document] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.to is None) == (self.disposition is None):
            raise ValueError('expected either "to" or "disposition", got both or neither')
        each_once([line.lot for line in self.lots])
        return self

    def named_lots(self) -> tuple[LotId, ...]:
        """Return every lot that it names, each once, in the order of the event."""
        return tuple(line.lot for line in self.lots)

    def identity(self) -> tuple[str, ...]:
        """Return the shipment."""
        return (self.shipment,)

    def named_shipments(self) -> tuple[ShipmentId, ...]:
        """Return the shipment."""
        return (self.shipment,)

    def lot_moves(self, occurred_at: str) -> tuple[LotMove, ...]:
        """Return that the lots left."""
        return tuple(LotMove(line.lot, occurred_at) for line in self.lots)

    def moves_credit(self) -> bool:
        """Return whether credit is drawn for one of its lots."""
        return any(line.credit_kg is not None for line in self.lots)

    def departed_lots(self) -> tuple[LotId, ...]:
        """Return its lots, where they leave the ledger."""
        return () if self.to is not None else self.named_lots()

    def sent_to(self) -> PartyId | None:
        """Return the receiver, ``None`` where the lots leave the ledger."""
        return self.to

    def named_agreement(self) -> AgreementId | None:
        """Return the agreement that it is delivered under, if there is one."""
        return self.agreement


class RejectedPart(WireModel):
    """The part of a lot that goes back to its sender: a lot of its own, named by the receiver; in milligrams."""

    lot: LotName
    net_kg: Kg


class AcceptedLot(WireModel):
    """The receiver's word on one lot, with the receiver's own weight of what it takes over, in milligrams.

    ``rejected`` is the part that it does not take over, where that is not all of it.
    """

    lot: LotName
    decision: Decision
    net_kg: KgOrZero
    content_kg: Masses | None = None
    assays: Many[StatementName] = ()
    note: Text | None = None
    rejected: RejectedPart | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.rejected is not None and self.decision not in _IN_PART:
            raise ValueError(f'expected "rejected" beside "accepted" or "settled" only, got "{self.decision}"')
        return self


class Acceptance(MaterialBase):
    """The receiver's word on lots of one shipment; it may cover part of it."""

    correctable: ClassVar[bool] = True

    type: Literal["acceptance"]
    shipment: ShipmentName
    lots: AtLeastOne[AcceptedLot]
    note: Text | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        each_once([line.lot for line in self.lots])
        if set(self.created_lots()) & {line.lot for line in self.lots}:
            raise ValueError('expected a new lot in "rejected", got one of the shipment')
        if len(set(self.created_lots())) < len(self.created_lots()):
            raise ValueError('expected each lot once in "rejected", got one twice')
        if any(len(set(line.assays)) != len(line.assays) for line in self.lots if line.assays):
            raise ValueError('expected each statement once in "assays", got one twice')
        return self

    def named_lots(self) -> tuple[LotId, ...]:
        """Return every lot that it names, each once, in the order of the event."""
        return (*(line.lot for line in self.lots), *self.created_lots())

    def created_lots(self) -> tuple[LotId, ...]:
        """Return the lots that rejected parts become."""
        return tuple(line.rejected.lot for line in self.lots if line.rejected is not None)

    def parted_lots(self) -> tuple[LotId, ...]:
        """Return the lots that rejected parts become."""
        return self.created_lots()

    def input_lots(self) -> tuple[LotId, ...]:
        """Return the lots of which a part is rejected."""
        return tuple(line.lot for line in self.lots if line.rejected is not None)

    def rests_on(self) -> tuple[StatementId, ...]:
        """Return the assays that settlements name."""
        return tuple(statement for line in self.lots for statement in line.assays or ())

    def disputed_lots(self) -> tuple[LotId, ...]:
        """Return the lots that the receiver disputes."""
        return tuple(line.lot for line in self.lots if line.decision == "disputed")

    def rejected_lots(self) -> tuple[RejectedLot, ...]:
        """Return the lots that the receiver does not take over, and those that rejected parts become."""
        whole = (RejectedLot(line.lot, line.net_kg) for line in self.lots if line.decision == "rejected")
        parts = (line.rejected for line in self.lots if line.rejected is not None)
        return (*whole, *(RejectedLot(part.lot, part.net_kg) for part in parts))

    def identity(self) -> tuple[str, ...]:
        """Return the shipment."""
        return (self.shipment,)

    def named_shipments(self) -> tuple[ShipmentId, ...]:
        """Return the shipment."""
        return (self.shipment,)
