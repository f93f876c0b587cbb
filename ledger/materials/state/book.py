"""What a judge may look up, and what it gives back: the book of materials and the effects."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple, Protocol, Self, TypeVar

from ledger.materials.state.agreement_terms import Terms
from ledger.materials.state.credit_account import Account
from ledger.materials.state.kind import InMemory, Kind, Reading, Rows, kinds_of
from ledger.materials.state.kinds import MaterialLogs, MaterialState
from ledger.materials.state.log import logs_of
from ledger.materials.state.posting_sums import Sums
from ledger.materials.state.records import Lot, Posting, Run
from ledger.materials.state.stamping import Stamp, stamp_each, stamp_of
from schemas.events import MaterialEvent
from schemas.findings import Finding
from schemas.ids import AgreementId, LotId, PartyId, RunId, StatementId
from schemas.party import Party
from schemas.rules.version import Rules


class LoggedEvent(NamedTuple):
    """An entry that speaks of materials: who said what, and when it happened on their word."""

    index: int  # type: ignore[assignment]
    statement: StatementId
    issuer: PartyId
    occurred_at: str
    event: MaterialEvent
    rules: Rules
    """The version of its own index, by which it is folded for ever."""


class History(Protocol):
    """The entries behind a book, for those who must go back to them."""

    def naming(self, lots: Iterable[LotId]) -> list[int]:
        """Return the indexes of the entries that name one of the lots, ascending."""
        ...

    def logged_events(self, indexes: Iterable[int]) -> list[LoggedEvent]:
        """Return the entries of these indexes that speak of materials, ascending."""
        ...

    def logged_of(self, statement: StatementId) -> LoggedEvent | None:
        """Return the entry of a statement, ``None`` where it is none or speaks of no material."""
        ...


Key_contra = TypeVar("Key_contra", contravariant=True)
Value_co = TypeVar("Value_co", covariant=True)


class Lookup(Protocol[Key_contra, Value_co]):
    """The least of a mapping: one value by its key."""

    def get(self, key: Key_contra, /) -> Value_co | None:
        """Return the value, or ``None`` where there is none."""
        ...


class Archive(Protocol):
    """Enough of a book to fold a closure from its entries: these, who spoke, what was agreed, drawn and held."""

    @property
    def history(self) -> History:
        """The entries that the book was folded from."""
        ...

    @property
    def lots(self) -> Reading[LotId, Lot]:
        """Lots by id, with every hold that ever came to one."""
        ...

    @property
    def parties(self) -> Lookup[PartyId, Party]:
        """Parties by id."""
        ...

    @property
    def agreements(self) -> Lookup[AgreementId, Terms]:
        """Agreements by id."""
        ...

    def account_of(self, site: PartyId) -> Account:
        """Return the mass-balance account of a site, all its months together."""
        ...


class Material(Protocol):
    """Enough of a book, or of a snapshot, to follow lots through the runs that made them."""

    @property
    def lots(self) -> Reading[LotId, Lot]:
        """Lots by id."""
        ...

    @property
    def runs(self) -> Reading[RunId, Run]:
        """Runs by id."""
        ...


class MaterialBook(MaterialState, ABC):
    """What a judge may look up; it never writes."""

    history: History
    """The entries that the book was folded from."""

    @abstractmethod
    def open_kind(self, kind: Kind[Any, Any], /) -> Reading[Any, Any]:
        """Return where the values of a kind are kept."""

    @abstractmethod
    def account_of(self, site: PartyId) -> Account:
        """Return the mass-balance account of a site, all its months together."""

    @abstractmethod
    def findings_of(self, index: int) -> tuple[Finding, ...]:
        """Return the findings that judging the entry ``index`` gave."""

    @abstractmethod
    def open_lots(self, holder: PartyId) -> Iterable[Lot]:
        """Return the lots with mass that a party has, by id."""

    @abstractmethod
    def lots_named_by(self, party: PartyId) -> Iterable[Lot]:
        """Return the lots that a party gave their ids, by id."""

    @abstractmethod
    def postings_of(self, site: PartyId) -> Iterable[Posting]:
        """Return the postings of a site, in the order of their entries."""

    @abstractmethod
    def sums_of(self, site: PartyId) -> Sums:
        """Return the sums of the postings of a site, by month and kind."""


class Speaker(NamedTuple):
    """Who says an event, when it happened on their word, and as which entry.

    ``index`` is that of the entry; :data:`~ledger.materials.state.stamping.UPCOMING` for a statement
    that is not an entry yet.
    """

    party: Party
    occurred_at: str
    index: int  # type: ignore[assignment]
    statement: StatementId
    rules: Rules
    """The version of that entry; of a replacement, that of the statement it replaces."""

    def logged(self, event: MaterialEvent) -> LoggedEvent:
        """Return an event that the speaker says, as the entry that it is or becomes."""
        return LoggedEvent(
            index=self.index,
            statement=self.statement,
            issuer=self.party.id,
            occurred_at=self.occurred_at,
            event=event,
            rules=self.rules,
        )


_stamp_findings = stamp_each(stamp_of(Finding, "index"))


def _stamp_rows(stamp: Stamp[Any]) -> Stamp[Rows[Any, Any]]:
    return lambda rows, index: Rows({key: stamp(value, index) for key, value in rows.items()})


def _stamp_list(stamp: Stamp[Any]) -> Stamp[list[Any]]:
    return lambda added, index: [stamp(item, index) for item in added]


@cache
def _stamps_of(state: type) -> dict[str, Stamp[Any]]:
    """Return the stamps of all values of a kind, or items of a log, by its name; this is asked for every statement."""
    kinds = {kind.name: _stamp_rows(kind.stamp) for kind in kinds_of(state) if kind.stamp is not None}
    return kinds | {log.name: _stamp_list(log.stamp) for log in logs_of(state) if log.stamp is not None}


class Effects(InMemory, MaterialState, MaterialLogs):
    """What an accepted event changes; applied as a whole or not at all.

    Those of an event that is no entry yet know no index; :meth:`entered_at` gives them one.

    Attributes:
        anew: replaces the findings on earlier entries that a correction made to be judged again; those of
            the event itself are ``findings``.
    """

    def __init__(self) -> None:
        """Begin with no change."""
        self.anew: dict[int, tuple[Finding, ...]] = {}

    def changes(self) -> list[tuple[str, Rows[Any, Any]]]:
        """Return the name and the new values of each kind of state that changes."""
        return [(name, rows) for name, rows in self.__dict__.items() if type(rows) is Rows and rows]

    def additions(self) -> list[tuple[str, list[Any]]]:
        """Return the name and the new items of each log that grows by them alone."""
        state: type = type(self)
        parts = self.__dict__
        return [(log.name, parts[log.name]) for log in logs_of(state) if log.rows and parts.get(log.name)]

    def entered_at(self, index: int) -> Self:
        """Return these effects as those of the entry ``index``: it takes the place of every mark of what was none yet.

        These stay as they are: what is judged once can enter wherever the ledger is by then.
        """
        state: type = type(self)
        entered, stamps = object.__new__(type(self)), _stamps_of(state)
        parts = entered.__dict__
        parts.update(self.__dict__)
        for name, held in self.__dict__.items():
            # Of most kinds a statement changes nothing, and most find nothing.
            if held and name in stamps:
                parts[name] = stamps[name](held, index)
        if self.anew:
            entered.anew = {at: _stamp_findings(found, index) for at, found in self.anew.items()}
        return entered
