"""What a kind of event is: what it demands, what it does, what is odd about it.

Each kind has one file in this room and one line in :mod:`ledger.materials.registry`.
What happens to every kind alike, such as the dates of postings, is not here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Generic, TypeVar, get_args

from ledger.materials.moves.preconditions import check_documents, cite
from ledger.materials.state.book import Effects, LoggedEvent, Lookup, MaterialBook, Speaker
from ledger.materials.state.citations import CitationUse
from ledger.materials.state.layer import Layer
from ledger.materials.state.pool import Stated
from ledger.materials.state.records import Lot
from schemas.codes import Metal
from schemas.event_base import EventBase
from schemas.findings import Finding
from schemas.ids import LotId

E = TypeVar("E", bound=EventBase)
Lots = Lookup[LotId, Lot]
"""Lots as they stood at some place of the ledger."""

Supply = Callable[[LotId], Stated | None]
"""Returns what a statement moved of a lot when it was first said.

A movement stands, and falls back on this where a correction left less of the lot.
"""


def no_supply(lot: LotId) -> None:
    """Return nothing: a statement that is said for the first time has no earlier movement."""


class Kind(Generic[E]):
    """A kind of event about materials, as the registry lists it.

    An event is first applied to a layer over the book, then checked against the book
    before it and that layer, which is dropped where the check refuses it. So what a run
    takes is worked out once, and the rules about it see what came of it.
    """

    schema: type[E]
    moves: ClassVar[bool] = False
    """Whether a month is made of it, so that it is late behind a close, also where it posts nothing."""
    restates: ClassVar[bool] = False
    """Whether it restates what lots hold, and so may take away what credits were drawn on."""
    cites_first: ClassVar[bool] = False
    """Whether what is odd about its documents is reported before all else."""
    barred_by_hold: ClassVar[bool] = False
    """Whether a hold bars it, so that a lot which is brought in later is held against its holds."""

    @property
    def name(self) -> str:
        """The type that its events state."""
        (name,) = get_args(self.schema.model_fields["type"].annotation)
        return str(name)

    def check(self, event: E, speaker: Speaker, layer: Layer) -> None:
        """Demand that the event is possible, in the order of contract section 7; reads only.

        Args:
            event: what is said.
            speaker: by whom, when, and as which entry.
            layer: the book before it with what it would do; only lots that the layer
                knows are looked at.

        Raises:
            RefusedError: the first refusal that applies.
        """
        raise NotImplementedError

    def apply(self, event: E, speaker: Speaker, layer: Layer, supply: Supply) -> None:
        """Let what the event moves into the layer, with what is odd on the way; never refuses.

        It is the same when the event is said and when a correction has it folded again, so
        it must be able to do with any state of the book.
        """

    def find(self, event: E, speaker: Speaker, layer: Layer) -> Iterable[Finding]:
        """Return what is odd about the event as a whole, once it is applied."""
        return ()

    def moved(self, effects: Effects) -> Iterable[tuple[str, int, dict[Metal, int]]]:
        """Yield what it took or sent of each lot: net mass and content, in mg."""
        return ()

    def record(self, event: E, speaker: Speaker, layer: Layer) -> None:
        """Let into the layer what only the first saying does: the documents that it uses up."""
        if documents := event.cited_documents():
            lots = event.created_lots() or event.named_lots()
            cite(documents, speaker, layer.book, lots, layer.effects)


class CorrectableKind(Kind[E]):
    """A kind of event that a correction may put another in the place of."""

    def check_itself(self, said: E, was: E | None, then: Speaker, book: MaterialBook) -> None:
        """Demand of a replacement what can be seen without the lots that it brings in; reads only.

        Args:
            said: the replacement.
            was: what it takes the place of, ``None`` where that counted no more.
            then: who said the first statement, as of its own entry.
            book: the state before the correction.

        Raises:
            RefusedError: the first refusal that applies.
        """

    def check_brought(self, said: E, names: Iterable[LotId], then: Speaker, stood: Lots, book: MaterialBook) -> None:
        """Demand of lots that a replacement brings in what the first statement would have met; reads only.

        Args:
            said: the replacement.
            names: the lots that no version before named.
            then: who said the first statement, as of its own entry.
            stood: these lots just before the first statement.
            book: the state before the correction.

        Raises:
            RefusedError: the first refusal that applies.
        """

    def check_refolded(self, said: E, found: Iterable[Finding]) -> None:
        """Demand of a replacement that folding it in its place found nothing impossible.

        Raises:
            RefusedError: where it did.
        """

    def withdraw(self, event: E, speaker: Speaker, effects: Effects) -> None:
        """Keep the ids of what did not occur, with nothing in them."""

    def free(self, event: E, speaker: Speaker, book: MaterialBook, effects: Effects) -> None:
        """Let the documents go that only a version which no longer stands used."""
        for document in event.cited_documents():
            used = book.citations.get(document.citation) if document.is_once_only else None
            if used is not None and used.issuer == speaker.party.id:
                effects.citations[document.citation] = CitationUse("", speaker.party.id)

    def use_again(self, said: E, speaker: Speaker, book: MaterialBook, effects: Effects) -> None:
        """Let a replacement use its documents up for the statement that it corrects.

        Raises:
            RefusedError: ``duplicate-document``.
        """
        documents = said.cited_documents()
        check_documents(documents, speaker, book, effects)
        cite(documents, speaker, book, said.named_lots(), effects)

    def reword(
        self, was: E | None, now: E | None, target: LoggedEvent, speaker: Speaker, book: MaterialBook, effects: Effects
    ) -> None:
        """Let into a correction's effects what it changes beside lots, documents and findings.

        Raises:
            RefusedError: where ``now`` could not be said.
        """

    def find_changed(self, was: E | None, now: E | None, effects: Effects, speaker: Speaker) -> Iterable[Finding]:
        """Return what is odd about putting one in the place of the other."""
        return ()


AnyKind = Kind[Any]
