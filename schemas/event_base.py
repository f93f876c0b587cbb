"""What every kind of event has, and what every kind is asked.

An event answers for itself which lots it names or makes, which times it states, by
which ids it is known and which documents it rests on, so that nobody else needs to
know the kinds of events for that.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, ClassVar, NamedTuple, Self

from pydantic import AfterValidator, Field, StringConstraints

from schemas.codes import ContentBasis, Metal
from schemas.documents import Document
from schemas.fields import Ref, SealedDigest, WireModel
from schemas.ids import AgreementId, LotId, PartyId, RunId, ShipmentId, StatementId
from schemas.shapes import NONCE

if TYPE_CHECKING:
    from schemas.correction import Repair

Nonce = Annotated[str, StringConstraints(pattern=NONCE)]


def _digests_are_sorted(digests: tuple[str, ...]) -> tuple[str, ...]:
    if any(left >= right for left, right in pairwise(digests)):
        raise ValueError('expected the digests of "sealed" sorted and each once, found a different order')
    return digests


class StatedLot(NamedTuple):
    """A lot as the event that creates it states it; masses in mg."""

    lot: LotId
    material: str
    net: int
    content: dict[Metal, int]
    basis: ContentBasis | None


class LotMove(NamedTuple):
    """That an event takes from a lot, sends it or has it follow a count, at ``at``; ``taken`` is in mg."""

    lot: LotId
    at: str
    taken: int = 0
    is_count: bool = False


class RejectedLot(NamedTuple):
    """A lot that an event sends back to who sent it, with what it weighed there, in mg."""

    lot: LotId
    net: int


class EventBase(WireModel):
    """What every event has: a nonce, and digests of facts that are shown to few."""

    correctable: ClassVar[bool] = False
    """Whether a correction may put another in its place, or take it back."""
    reaches_run: ClassVar[bool] = False
    """Whether it may draw on the loss of the run that made a lot which it names."""

    precedes_use: ClassVar[bool] = False
    """Whether it counts before the use of its lot, also where it is entered after that."""

    nonce: Nonce
    sealed: Annotated[
        tuple[SealedDigest, ...], Field(strict=False, max_length=32), AfterValidator(_digests_are_sorted)
    ] = ()

    def named_lots(self) -> tuple[LotId, ...]:
        """Return every lot that it names, each once, in the order of the event."""
        return ()

    def created_lots(self) -> tuple[LotId, ...]:
        """Return the lots that it creates, in the order of the event."""
        return ()

    def input_lots(self) -> tuple[LotId, ...]:
        """Return the lots that it makes others of."""
        return ()

    def joined_lots(self) -> tuple[LotId, ...]:
        """Return lots that it speaks of together, so that none is known without the others."""
        return ()

    def named_runs(self) -> tuple[RunId, ...]:
        """Return the run that it names, if it does."""
        return ()

    def named_shipments(self) -> tuple[ShipmentId, ...]:
        """Return the shipment that it names, if it does."""
        return ()

    def about(self) -> tuple[StatementId, ...]:
        """Return the statements that it speaks of instead of lots of its own."""
        return ()

    def rests_on(self) -> tuple[StatementId, ...]:
        """Return the statements whose findings it makes its own: what it does follows from what they say."""
        return ()

    def corrects(self) -> tuple[StatementId, ...]:
        """Return the statements that it corrects: at least one of a correction, none of all others."""
        return ()

    def repairs(self) -> tuple[Repair, ...]:
        """Return the statements that it corrects, each with what it puts in their place."""
        return ()

    def one_by_one(self) -> tuple[Self, ...]:
        """Return it as so many events of one statement each: several where it corrects several."""
        return (self,)

    def stands(self) -> tuple[Self, ...]:
        """Return what happened on its word: itself; of a correction its replacements, of which there may be none."""
        return (self,)

    def lot_moves(self, occurred_at: str) -> tuple[LotMove, ...]:  # noqa: ARG002
        """Return what it does to lots that a word which comes late has to know; ``occurred_at`` is its statement's."""
        return ()

    def stated_lots(self) -> tuple[StatedLot, ...]:
        """Return the lots that it creates, each as it states it."""
        return ()

    def moves_credit(self) -> bool:
        """Return whether it may earn or draw mass-balance credit."""
        return False

    def taken_at(self, occurred_at: str) -> str:
        """Return when it takes the lots that it moves; ``occurred_at`` is the time of its statement."""
        return occurred_at

    def moved_at(self, occurred_at: str) -> str:
        """Return when what it moves counts; ``occurred_at`` is the time of its statement."""
        return occurred_at

    def named_supplier(self) -> str | None:
        """Return the digest of the supplier that it names, if it does."""
        return None

    def named_files(self) -> tuple[str, ...]:
        """Return the hashes of files that it names beside those of its documents."""
        return ()

    def came_from(self) -> str | None:
        """Return the country that its material came from, if it says so."""
        return None

    def sent_to(self) -> PartyId | None:
        """Return the participant that it sends lots to, if it does."""
        return None

    def rejected_lots(self) -> tuple[RejectedLot, ...]:
        """Return the lots that it sends back to who sent them."""
        return ()

    def counted_lots(self) -> tuple[LotId, ...]:
        """Return the lots that it counts."""
        return ()

    def departed_lots(self) -> tuple[LotId, ...]:
        """Return the lots that it lets leave the ledger."""
        return ()

    def disputed_lots(self) -> tuple[LotId, ...]:
        """Return the lots whose mass or content it disputes with who sent them."""
        return ()

    def stopped_lots(self) -> tuple[LotId, ...]:
        """Return the lots that may not be used on its word: held, or disputed."""
        return self.disputed_lots()

    def parted_lots(self) -> tuple[LotId, ...]:
        """Return the lots that it makes of a part of another, without a run."""
        return ()

    def lifts_return(self) -> bool:
        """Return whether it may let metal be claimed that came back from a customer."""
        return False

    def named_agreement(self) -> AgreementId | None:
        """Return the agreement that it is said to be under."""
        return None

    def stated_times(self) -> tuple[str, ...]:
        """Return every time that it states beside that of its statement (not its dates)."""
        return ()

    def identity(self) -> tuple[str, ...]:
        """Return what, beside its kind, stays the same in whatever replaces it: its own id, where it has one."""
        return ()

    def stated_words(self) -> tuple[object, ...]:
        """Return what it says in words rather than figures: of which material, from where, on which line."""
        return ()

    def is_weighed(self) -> bool:
        """Return whether it states gross and tare whose difference is its net mass."""
        return False

    def cited_documents(self) -> tuple[Document, ...]:
        """Return every document that it cites, wherever in it."""
        documents: tuple[Document, ...] = getattr(self, "documents", ())
        return documents


class MaterialBase(EventBase):
    """What every event about materials has besides.

    ``ref`` is the id that the issuer's own system knows it by, unique within its issuer and type.
    """

    ref: Ref | None = None
