"""What a judge may look up, and what it gives back: the book of materials and the effects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, TypeVar

from ledger.materials.state.agreement_terms import Terms
from ledger.materials.state.citations import CitationUse, FileUse
from ledger.materials.state.credit_account import Account
from ledger.materials.state.records import Attested, Closed, Lot, Posting, Run, Shipment, Standing
from schemas.documents import Citation
from schemas.events import MaterialEvent
from schemas.findings import Finding
from schemas.party import Party
from schemas.rules.version import Rules


class Deed(NamedTuple):
    """An entry that speaks of materials: who said what, and when it happened on their word."""

    index: int  # type: ignore[assignment]
    statement: str
    issuer: str
    occurred_at: str
    event: MaterialEvent
    rules: Rules
    """The version of its own index, by which it is folded for ever."""


class History(Protocol):
    """The entries behind a book, for those who must go back to them."""

    def naming(self, lots: Iterable[str]) -> list[int]:
        """Return the indexes of the entries that name one of the lots, ascending."""
        ...

    def deeds(self, indexes: Iterable[int]) -> list[Deed]:
        """Return the entries of these indexes that speak of materials, ascending."""
        ...

    def deed_of(self, statement: str) -> Deed | None:
        """Return the entry of a statement, ``None`` where it is none or speaks of no material."""
        ...


Key_contra = TypeVar("Key_contra", contravariant=True)
Value_co = TypeVar("Value_co", covariant=True)


class Lookup(Protocol[Key_contra, Value_co]):
    """The reading half of a mapping."""

    def get(self, key: Key_contra, /) -> Value_co | None:
        """Return the value, or ``None`` where there is none."""
        ...


class Archive(Protocol):
    """Enough of a book to tell a story from its entries: these, who spoke, what was agreed, what was drawn."""

    @property
    def history(self) -> History:
        """The entries that the book was folded from."""
        ...

    @property
    def parties(self) -> Lookup[str, Party]:
        """Parties by id."""
        ...

    @property
    def agreements(self) -> Lookup[str, Terms]:
        """Agreements by id."""
        ...

    @property
    def accounts(self) -> Lookup[str, Account]:
        """Mass-balance accounts by site."""
        ...


class MaterialBook(Protocol):
    """What a judge may look up; it never writes."""

    @property
    def lots(self) -> Lookup[str, Lot]:
        """Lots by id."""
        ...

    @property
    def runs(self) -> Lookup[str, Run]:
        """Runs by id."""
        ...

    @property
    def shipments(self) -> Lookup[str, Shipment]:
        """Shipments by id."""
        ...

    @property
    def citations(self) -> Lookup[Citation, CitationUse]:
        """Once-only documents that are used up."""
        ...

    @property
    def files(self) -> Lookup[str, FileUse]:
        """File hashes by their first citation."""
        ...

    @property
    def parties(self) -> Lookup[str, Party]:
        """Parties by id."""
        ...

    @property
    def agreements(self) -> Lookup[str, Terms]:
        """Agreements by id."""
        ...

    @property
    def attested(self) -> Lookup[str, tuple[Attested, ...]]:
        """What certifiers said of the findings on a statement, by its id."""
        ...

    @property
    def standing(self) -> Lookup[str, Standing]:
        """The last correction of a statement, by its id."""
        ...

    @property
    def periods(self) -> Lookup[str, Closed]:
        """The last closed period of a site, by the party's id."""
        ...

    @property
    def accounts(self) -> Lookup[str, Account]:
        """Mass-balance accounts by site."""
        ...

    @property
    def history(self) -> History:
        """The entries that the book was folded from."""
        ...

    def findings_of(self, index: int) -> tuple[Finding, ...]:
        """Return the findings that judging the entry ``index`` gave."""
        ...

    def open_lots(self, holder: str) -> Iterable[Lot]:
        """Return the lots with mass that a party has, by id."""
        ...

    def postings_of(self, site: str) -> Iterable[Posting]:
        """Return the postings of a site, in the order of their entries."""
        ...


class Speaker(NamedTuple):
    """Who says an event, when it happened on their word, and which entry it becomes."""

    party: Party
    occurred_at: str
    index: int  # type: ignore[assignment]
    statement: str
    rules: Rules
    """The version of that entry; of a replacement, that of the statement it replaces."""


@dataclass(slots=True)
class Effects:
    """What an accepted event changes; applied as a whole or not at all.

    ``findings`` are those of the event itself; ``anew`` replaces those of earlier
    entries that a correction made to be judged again. ``mentions`` are lots that the
    event concerns without naming them.
    """

    lots: dict[str, Lot] = field(default_factory=dict)
    runs: dict[str, Run] = field(default_factory=dict)
    shipments: dict[str, Shipment] = field(default_factory=dict)
    citations: dict[Citation, CitationUse] = field(default_factory=dict)
    files: dict[str, FileUse] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    agreements: dict[str, Terms] = field(default_factory=dict)
    attested: dict[str, tuple[Attested, ...]] = field(default_factory=dict)
    standing: dict[str, Standing] = field(default_factory=dict)
    anew: dict[int, tuple[Finding, ...]] = field(default_factory=dict)
    postings: list[Posting] = field(default_factory=list)
    periods: dict[str, Closed] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    mentions: tuple[str, ...] = ()

    @property
    def is_unusual(self) -> bool:
        """Whether it changes anything that intakes, runs and hand-overs do not."""
        return bool(self.agreements or self.attested or self.standing or self.periods or self.accounts or self.anew)
