"""What every kind of event has, and what every kind is asked.

An event answers for itself which lots it names or makes, which times it states, by
which ids it is known and which documents it rests on, so that nobody else needs to
know the kinds of events for that.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, ClassVar, NamedTuple

from pydantic import AfterValidator, Field, StringConstraints

from schemas.codes import Metal
from schemas.documents import Document
from schemas.fields import SealedDigest, WireModel
from schemas.shapes import NONCE

Nonce = Annotated[str, StringConstraints(pattern=NONCE)]


def _digests_are_sorted(digests: tuple[str, ...]) -> tuple[str, ...]:
    if any(left >= right for left, right in pairwise(digests)):
        raise ValueError('expected the digests of "sealed" sorted and each once, got another order')
    return digests


class StatedLot(NamedTuple):
    """A lot as the event that creates it states it; masses in mg."""

    lot: str
    material: str
    net: int
    content: dict[Metal, int]


class EventBase(WireModel):
    """What every event has: a nonce, and digests of facts that are shown to few."""

    correctable: ClassVar[bool] = False
    """Whether a correction may put another in its place, or take it back."""

    nonce: Nonce
    sealed: Annotated[
        tuple[SealedDigest, ...], Field(strict=False, max_length=32), AfterValidator(_digests_are_sorted)
    ] = ()

    def named_lots(self) -> tuple[str, ...]:
        """Return every lot that it names, each once, in the order of the event."""
        return ()

    def created_lots(self) -> tuple[str, ...]:
        """Return the lots that it creates, in the order of the event."""
        return ()

    def stated_lots(self) -> tuple[StatedLot, ...]:
        """Return the lots that it creates, each as it states it."""
        return ()

    def taken_at(self, occurred_at: str) -> str:
        """Return when it takes the lots that it moves; ``occurred_at`` is the time of its statement."""
        return occurred_at

    def moved_at(self, occurred_at: str) -> str:
        """Return when what it moves counts; ``occurred_at`` is the time of its statement."""
        return occurred_at

    def named_agreement(self) -> str | None:
        """Return the agreement that it is said to be under."""
        return None

    def stated_times(self) -> tuple[str, ...]:
        """Return every time that it states beside that of its statement (not its dates)."""
        return ()

    def identity(self) -> tuple[str, ...]:
        """Return what, beside its kind, stays the same in whatever replaces it: its own id, where it has one."""
        return ()

    def cited_documents(self) -> tuple[Document, ...]:
        """Return every document that it cites, wherever in it."""
        documents: tuple[Document, ...] = getattr(self, "documents", ())
        return documents
