"""What is on record of the lots that metal came through: findings, words on them, and what was found of sites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from ledger.materials.answers.provenance import Ancestry, Behind
from ledger.materials.plausibility.site.reach import SiteFinding
from ledger.materials.state.book import History
from ledger.materials.state.kind import Reading
from ledger.materials.state.records import Attested
from schemas.findings import Finding
from schemas.ids import LotId, PartyId, StatementId


class OnRecord(NamedTuple):
    """What is said of the lots on the way: findings that name one, the words on them, and the entries behind.

    ``sites`` is what was found of sites on the way over time, where that is known.
    """

    findings: Iterable[Finding]
    words: Mapping[StatementId, Iterable[Attested]]
    history: History
    sites: Iterable[SiteFinding] = ()


class Record(Protocol):
    """Where findings and words are kept: the store's snapshot, or a book in memory."""

    @property
    def history(self) -> History:
        """The entries about materials."""
        ...

    @property
    def attested(self) -> Reading[StatementId, tuple[Attested, ...]]:
        """What was said of the findings on a statement."""
        ...

    def weighty_findings_on(self, lots: Iterable[LotId], /) -> Iterable[Finding]:
        """Return the findings from ``medium`` on that are on one of the lots, each once."""
        ...


def on_record(ancestry: Ancestry | Behind, record: Record, sites: Iterable[SiteFinding] = ()) -> OnRecord:
    """Return what is said of lots and of what their metal came through."""
    found, over_time = list(record.weighty_findings_on(ancestry.lots)), tuple(sites)
    statements = {finding.statement for finding in (*found, *(row.finding for row in over_time))}
    return OnRecord(found, record.attested.many(statements), record.history, over_time)


def sites_of(ancestry: Ancestry | Behind) -> list[PartyId]:
    """Return the sites that metal came through: where its batches came in, and where it was worked."""
    came = (lot.park for lot in ancestry.lots.values() if lot.run is None)
    return sorted({*came, *(run.issuer for run in ancestry.runs.values())})


class ByLot:
    """What is on record of many lots, to be asked for a few of them."""

    def __init__(self, said: OnRecord) -> None:
        """Sort it by the lots that it is about."""
        self._said = said
        self._findings: dict[LotId, dict[int, Finding]] = defaultdict(dict)
        self._sites: dict[LotId, dict[int, SiteFinding]] = defaultdict(dict)
        for number, finding in enumerate(said.findings):
            for lot in finding.lots:
                self._findings[lot][number] = finding
        for number, row in enumerate(said.sites):
            for lot in row.lots:
                self._sites[lot][number] = row

    def of(self, lots: Iterable[LotId]) -> OnRecord:
        """Return what is on record of some of the lots, each finding once."""
        findings: dict[int, Finding] = {}
        sites: dict[int, SiteFinding] = {}
        for lot in lots:
            findings.update(self._findings.get(lot, {}))
            sites.update(self._sites.get(lot, {}))
        return self._said._replace(findings=tuple(findings.values()), sites=tuple(sites.values()))
