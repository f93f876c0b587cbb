"""A book of materials in dictionaries, for whoever folds without a database."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.materials.state.agreement_terms import Terms
from ledger.materials.state.book import Deed, Effects, History
from ledger.materials.state.citations import CitationUse, FileUse
from ledger.materials.state.credit_account import Account
from ledger.materials.state.records import Attested, Closed, Lot, Posting, Run, Shipment, Standing
from schemas.documents import Citation
from schemas.findings import Finding
from schemas.party import Party


class NoHistory:
    """The history of a book that nobody asks for one."""

    def naming(self, lots: Iterable[str]) -> list[int]:  # noqa: ARG002
        """Return nothing."""
        return []

    def deeds(self, indexes: Iterable[int]) -> list[Deed]:  # noqa: ARG002
        """Return nothing."""
        return []

    def deed_of(self, statement: str) -> Deed | None:  # noqa: ARG002
        """Return nothing."""
        return None


class MaterialMemory:
    """A :class:`~ledger.materials.state.records.MaterialBook` in memory."""

    def __init__(self, history: History | None = None) -> None:
        """Begin empty."""
        self.history: History = history or NoHistory()
        self.parties: dict[str, Party] = {}
        self.lots: dict[str, Lot] = {}
        self.runs: dict[str, Run] = {}
        self.shipments: dict[str, Shipment] = {}
        self.citations: dict[Citation, CitationUse] = {}
        self.files: dict[str, FileUse] = {}
        self.agreements: dict[str, Terms] = {}
        self.attested: dict[str, tuple[Attested, ...]] = {}
        self.standing: dict[str, Standing] = {}
        self.periods: dict[str, Closed] = {}
        self.accounts: dict[str, Account] = {}
        self.postings: list[Posting] = []
        self._findings: dict[int, tuple[Finding, ...]] = {}

    @property
    def findings(self) -> list[Finding]:
        """All findings, in the order of the entries that gave them."""
        return [finding for index in sorted(self._findings) for finding in self._findings[index]]

    def findings_of(self, index: int) -> tuple[Finding, ...]:
        """Return the findings that judging the entry ``index`` gave."""
        return self._findings.get(index, ())

    def open_lots(self, holder: str) -> list[Lot]:
        """Return the lots with mass that a party has, by id."""
        return [lot for _, lot in sorted(self.lots.items()) if lot.holder == holder and lot.in_stock and lot.net]

    def postings_of(self, site: str) -> list[Posting]:
        """Return the postings of a site, in the order of their entries."""
        return [posting for posting in self.postings if posting.site == site]

    def apply(self, effects: Effects, index: int) -> None:
        """Let the effects of the entry ``index`` enter."""
        self.lots.update(effects.lots)
        self.runs.update(effects.runs)
        self.shipments.update(effects.shipments)
        self.citations.update(effects.citations)
        self.files.update(effects.files)
        self.agreements.update(effects.agreements)
        self.attested.update(effects.attested)
        self.standing.update(effects.standing)
        self.periods.update(effects.periods)
        self.accounts.update(effects.accounts)
        self.postings.extend(effects.postings)
        self._findings.update(effects.anew)
        if effects.findings:
            self._findings[index] = tuple(effects.findings)
