"""A book of materials in dictionaries, for whoever folds without a database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from ledger.materials.state.book import Effects, History, LoggedEvent, MaterialBook
from ledger.materials.state.credit_account import Account
from ledger.materials.state.credit_months import whole
from ledger.materials.state.kind import InMemory
from ledger.materials.state.posting_sums import Sums, add_postings
from ledger.materials.state.products import Span, products_among
from ledger.materials.state.records import Lot, Posting
from schemas.findings import Finding
from schemas.ids import LotId, PartyId, StatementId


class NoHistory:
    """The history of a book that nobody asks for one."""

    def naming(self, lots: Iterable[LotId]) -> list[int]:  # noqa: ARG002
        """Return nothing."""
        return []

    def logged_events(self, indexes: Iterable[int]) -> list[LoggedEvent]:  # noqa: ARG002
        """Return nothing."""
        return []

    def logged_of(self, statement: StatementId) -> LoggedEvent | None:  # noqa: ARG002
        """Return nothing."""
        return None


class MaterialMemory(InMemory, MaterialBook):
    """A book of materials in memory."""

    def __init__(self, history: History | None = None) -> None:
        """Begin empty."""
        self.history: History = history or NoHistory()
        self.logged: dict[str, list[Any]] = defaultdict(list)
        self._findings: dict[int, tuple[Finding, ...]] = {}
        self._sums: dict[PartyId, Sums] = {}
        self._summed = 0

    @property
    def postings(self) -> list[Posting]:
        """All postings, in the order of their entries."""
        return self.logged["postings"]

    @property
    def findings(self) -> list[Finding]:
        """All findings, in the order of the entries that gave them."""
        return [finding for index in sorted(self._findings) for finding in self._findings[index]]

    def all_findings(self) -> list[Finding]:
        """Return all findings, in the order of the entries that gave them."""
        return self.findings

    def all_postings(self) -> list[Posting]:
        """Return every posting by site and entry."""
        return sorted(self.postings, key=lambda row: (row.site, row.index))

    def findings_of(self, index: int) -> tuple[Finding, ...]:
        """Return the findings that judging the entry ``index`` gave."""
        return self._findings.get(index, ())

    def weighty_findings_on(self, lots: Iterable[LotId]) -> list[Finding]:
        """Return the findings from ``medium`` on that are on one of the lots, each once, by entry."""
        weighty, wanted = (finding for finding in self.findings if finding.severity != "low"), frozenset(lots)
        return [finding for finding in weighty if not wanted.isdisjoint(finding.lots)]

    def account_of(self, site: PartyId) -> Account:
        """Return the mass-balance account of a site, all its months together."""
        return whole((key, row) for key, row in self.accounts.by_key() if key.site == site)

    def open_lots(self, holder: PartyId) -> list[Lot]:
        """Return the lots with mass that a party has, by id."""
        return [lot for _, lot in sorted(self.lots.items()) if lot.holder == holder and lot.in_stock and lot.net]

    def lots_named_by(self, party: PartyId) -> list[Lot]:
        """Return the lots that a party gave their ids, by id."""
        return [lot for _, lot in sorted(self.lots.items()) if lot.id.startswith(f"{party}-")]

    def products_like(self, spans: Iterable[Span]) -> list[LotId]:
        """Return the lots that runs made as products within one of these masses, by id."""
        return products_among(self.lots.values(), self.runs, spans)

    def postings_of(self, site: PartyId) -> list[Posting]:
        """Return the postings of a site, in the order of their entries."""
        return [posting for posting in self.postings if posting.site == site]

    def sums_of(self, site: PartyId) -> Sums:
        """Return the sums of the postings of a site, by month and kind; each posting is summed once."""
        for row in self.postings[self._summed :]:
            add_postings(self._sums.setdefault(row.site, {}), (row,))
        self._summed = len(self.postings)
        return self._sums.get(site, {})

    def apply(self, effects: Effects, index: int) -> None:
        """Let the effects of what was judged enter as those of the entry ``index``."""
        self.let_in(effects.entered_at(index), index)

    def let_in(self, effects: Effects, index: int) -> None:
        """Let effects in as they are, which know the entry ``index`` that they are of."""
        for name, rows in effects.changes():
            getattr(self, name).update(rows)
        for name, items in effects.additions():
            self.logged[name].extend(items)
        self._findings.update(effects.anew)
        if effects.findings:
            self._findings[index] = tuple(effects.findings)
