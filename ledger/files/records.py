"""What the tables of an export are made from: the state of a ledger, as streams in the order of ids."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from ledger.materials.state.agreement_terms import Terms
from ledger.materials.state.credit_account import Account
from ledger.materials.state.records import Attested, Closed, Lot, Posting, Run, Shipment, Standing
from schemas.findings import Finding
from schemas.party import Party


class AccountingRecords(Protocol):
    """What these tables are made from; each stream in the order of its ids."""

    def all_lots(self) -> Iterable[Lot]:
        """Yield every lot by id."""
        ...

    def all_postings(self) -> Iterable[Posting]:
        """Yield every posting by site and entry."""
        ...

    def all_closed(self) -> Iterable[tuple[str, Closed]]:
        """Yield the last closed month of each site."""
        ...

    def all_accounts(self) -> Iterable[tuple[str, Account]]:
        """Yield the mass-balance account of each site that has one."""
        ...

    def all_standing(self) -> Iterable[tuple[str, Standing]]:
        """Yield the last correction of each corrected statement."""
        ...

    def all_attested(self) -> Iterable[tuple[str, tuple[Attested, ...]]]:
        """Yield what certifiers said, by statement."""
        ...

    def all_agreements(self) -> Iterable[Terms]:
        """Yield every agreement by id."""
        ...


class PartyKey(Protocol):
    """A key that was registered once, and the entries that registered and revoked it."""

    @property
    def keyid(self) -> str:
        """Its id, 64 hex digits."""
        ...

    @property
    def participant(self) -> str:
        """Whose key it is."""
        ...

    @property
    def algorithm(self) -> str:
        """How it signs."""
        ...

    @property
    def der(self) -> bytes:
        """Its public part as DER SubjectPublicKeyInfo."""
        ...

    @property
    def added(self) -> int:
        """The entry that registered it."""
        ...

    @property
    def revoked(self) -> int | None:
        """The entry that revoked it, ``None`` while it is active."""
        ...


class Records(AccountingRecords, Protocol):
    """What the tables are made from; each stream in the order of its ids."""

    def all_runs(self) -> Iterable[Run]:
        """Yield every run by id."""
        ...

    def all_shipments(self) -> Iterable[Shipment]:
        """Yield every shipment by id."""
        ...

    def parties(self) -> Iterable[Party]:
        """Yield every party."""
        ...

    def keys(self, party: str) -> Iterable[PartyKey]:
        """Yield every key that a party ever had."""
        ...

    def all_findings(self) -> Iterable[Finding]:
        """Yield every finding in the order in which it was found."""
        ...
