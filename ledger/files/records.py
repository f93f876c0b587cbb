"""What the tables of an export are made from: the state of a ledger, as streams in the order of ids."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from ledger.materials.state.agreement_terms import Terms
from ledger.materials.state.citations import Uses
from ledger.materials.state.credit_months import AccountMonth, SiteMonth
from ledger.materials.state.kind import Listing
from ledger.materials.state.records import Attested, Closed, Lot, Posting, Run, Shipment, Standing
from schemas.documents import Citation
from schemas.findings import Finding
from schemas.ids import AgreementId, KeyId, LotId, PartyId, RunId, ShipmentId, StatementId
from schemas.party import Party
from schemas.rules.version import Rules


class AccountingRecords(Protocol):
    """What the tables of the accounting are made from."""

    @property
    def lots(self) -> Listing[LotId, Lot]:
        """Lots by id."""
        ...

    @property
    def periods(self) -> Listing[PartyId, Closed]:
        """The last closed month of each site."""
        ...

    @property
    def accounts(self) -> Listing[SiteMonth, AccountMonth]:
        """Mass-balance accounts by site and month."""
        ...

    @property
    def standing(self) -> Listing[StatementId, Standing]:
        """The last correction of each corrected statement."""
        ...

    @property
    def attested(self) -> Listing[StatementId, tuple[Attested, ...]]:
        """What certifiers said, by statement."""
        ...

    @property
    def agreements(self) -> Listing[AgreementId, Terms]:
        """Agreements by id."""
        ...

    @property
    def citations(self) -> Listing[Citation, Uses]:
        """What cites each document."""
        ...

    def all_postings(self) -> Iterable[Posting]:
        """Yield every posting by site and entry."""
        ...


class PartyKey(Protocol):
    """A key that was registered once, and the entries that registered and revoked it."""

    @property
    def keyid(self) -> KeyId:
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
    """What the tables are made from."""

    @property
    def rules(self) -> Rules:
        """The version in force at their size."""
        ...

    @property
    def runs(self) -> Listing[RunId, Run]:
        """Runs by id."""
        ...

    @property
    def shipments(self) -> Listing[ShipmentId, Shipment]:
        """Shipments by id."""
        ...

    @property
    def parties(self) -> Listing[PartyId, Party]:
        """Parties by id."""
        ...

    @property
    def keys(self) -> Listing[KeyId, PartyKey]:
        """Keys by keyid, revoked ones too."""
        ...

    def all_findings(self) -> Iterable[Finding]:
        """Yield every finding in the order in which it was found."""
        ...
