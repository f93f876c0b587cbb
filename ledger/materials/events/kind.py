"""What a kind of event is: what it demands, what it does, what is odd about it.

Each kind has one file in this room and one line in :mod:`ledger.materials.registry`.
What happens to every kind alike, such as the dates of postings, is not here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Final, Generic, TypeVar, get_args

from ledger.materials.events.documents import Cited, cite, free
from ledger.materials.plausibility.entry.lifts import Yielded
from ledger.materials.state.book import Effects, LoggedEvent, MaterialBook, Speaker
from ledger.materials.state.ground import Ground
from ledger.materials.state.layer import Layer
from ledger.materials.state.pool import Stated
from ledger.materials.state.records import Lot
from schemas.codes import Metal
from schemas.event_base import EventBase
from schemas.findings import Finding
from schemas.ids import LotId, PartyId
from schemas.transformation import Input

E = TypeVar("E", bound=EventBase)

Brought = Callable[[Input], Lot | None]
"""Returns a lot that holds no more than a line takes of it; ``None`` where the lot is not known."""

NO_LOTS: Final[frozenset[LotId]] = frozenset()

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

    def check(self, event: E, speaker: Speaker, ground: Ground) -> None:
        """Demand that the event is possible, in the order of contract section 7; reads only.

        It is written once for the admission of a statement, for what replaces it in a
        correction and for a bundle: where these differ, the ground is asked.

        Args:
            event: what is said.
            speaker: by whom, when, and as which entry; of a replacement, of the statement that it corrects.
            ground: what of it is looked at, and where that stands.

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

    def reaches_back(self, event: E, speaker: Speaker, layer: Layer) -> frozenset[LotId]:
        """Return the lots for which it counts before what was made of them, so that all of that is folded anew."""
        return NO_LOTS

    def moved(self, effects: Effects) -> Iterable[tuple[LotId, int, dict[Metal, int]]]:
        """Yield what it took or sent of each lot: net mass and content, in mg."""
        return ()

    def record(self, event: E, speaker: Speaker, layer: Layer) -> None:
        """Let into the layer what only the first saying does: the documents that it uses up."""
        if event.cited_documents():
            lots = event.created_lots() or event.named_lots()
            cite(self.weighed(event, layer), speaker, layer, lots)

    def weighed(self, event: E, layer: Layer) -> Iterable[Cited]:
        """Yield the documents of an event, each with what was weighed under it."""
        return (Cited(document) for document in event.cited_documents())


class CorrectableKind(Kind[E]):
    """A kind of event that a correction may put another in the place of."""

    finds_content: ClassVar[bool] = False
    """Whether it sets what lots that were there before hold or weigh, so that taking it back undoes what it found."""

    def withdraw(self, event: E, speaker: Speaker, effects: Effects) -> None:
        """Keep the ids of what did not occur, with nothing in them."""

    def free(self, event: E, speaker: Speaker, layer: Layer) -> None:
        """Let the documents go that only a version which no longer stands used; the speaker is the statement's."""
        free(event.cited_documents(), speaker, layer)

    def use_again(self, said: E, speaker: Speaker, layer: Layer) -> None:
        """Use the documents of a replacement up for the statement that it corrects, whose speaker it is."""
        cite(self.weighed(said, layer), speaker, layer, said.named_lots())

    def reword(
        self, was: E | None, now: E | None, target: LoggedEvent, speaker: Speaker, book: MaterialBook, effects: Effects
    ) -> None:
        """Let into a correction's effects what it changes beside lots, documents and findings."""

    def yielded(self, event: E, issuer: PartyId, layer: Layer) -> Yielded:
        """Return what its own outputs hold as it made them in the layer; nothing where it makes none."""
        return Yielded()

    def would_yield(self, event: E, issuer: PartyId, brought: Brought) -> Yielded:
        """Return what its own outputs would hold if what it takes were there.

        Args:
            event: an earlier word of the statement.
            issuer: whose word it is.
            brought: returns what a line takes, wherever it went since.
        """
        return Yielded()

    def find_changed(self, was: E | None, now: E | None, effects: Effects, speaker: Speaker) -> Iterable[Finding]:
        """Return what is odd about putting one in the place of the other."""
        return ()


AnyKind = Kind[Any]
