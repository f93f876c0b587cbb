"""What was raised on a lot's way: findings as they weigh now, holds and disputes.

Invariant: what the closure of a lot shows is raised alike from the whole ledger and from
the closure alone. What was said of metal that a run took elsewhere is not on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from ledger.materials.answers.provenance import Ancestry
from ledger.materials.events.attestation import as_attested
from ledger.materials.standing.on_record import OnRecord
from ledger.materials.state.book import History, LoggedEvent
from ledger.materials.state.lot_words import shown
from ledger.materials.state.records import Attested, Lot
from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.standing import LotReason
from schemas.codes import Severity
from schemas.events import MaterialEvent
from schemas.findings import Finding
from schemas.ids import LotId

BEYOND_CLOSURE: Final = frozenset({
    FindingCode.AGREEMENT_MISMATCH,
    FindingCode.COMPROMISED_KEY,
    FindingCode.CONTENT_LIFTED,
    FindingCode.CORRECTED_AFTER_DISPATCH,
    FindingCode.CREDIT_OVERDRAWN,
    FindingCode.ENTERED_AGAIN,
    FindingCode.FAULTED_METAL_MOVED,
    FindingCode.FILE_CITED_TWICE,
    FindingCode.HEAVIER_THAN_PAPER,
    FindingCode.HELD_LOT_CORRECTED,
    FindingCode.HELD_PAPER_CITED,
    FindingCode.SLIP_NUMBERS_ALIKE,
    FindingCode.TIME_CORRECTED,
})  # fmt: skip
"""Findings on agreements, kept checkpoints, other lots and their use, accounts, or papers and files cited elsewhere."""


_LIFTS_BEYOND: Final = frozenset({"declared", "way"})
"""Lifts that weigh by who had used the metal before, or that are found on lots which many corrections reach."""


class Raised(NamedTuple):
    """One thing that was raised, and the lots on the way that it shows on.

    ``proven`` says that the closure of the lot shows it, ``reported`` that it is so by all of
    the ledger. ``by_itself`` weighs whatever metal it reaches: it is about the lot itself.
    """

    code: str
    severity: Severity
    lots: tuple[LotId, ...]
    settled: bool = False
    proven: bool = True
    reported: bool = True
    by_itself: bool = False


def raised_on(ancestry: Ancestry, said: OnRecord) -> Iterator[Raised]:
    """Yield all that was raised on a lot, on what it was made of and on its sites, from severity ``medium`` on."""
    yield from _of_lot(ancestry.lot)
    for lot in ancestry.lots.values():
        if lot.held:
            yield Raised(LotReason.HOLD, "high", (lot.id,), proven=bool(shown(lot.holds)))
        if lot.status == "disputed":
            yield Raised(LotReason.DISPUTE, "high", (lot.id,))
    weighty = [
        (finding.index, raised)
        for finding in said.findings
        if finding.severity != "low"
        for raised in _as_it_weighs(finding, ancestry, said)
        if raised.severity != "low"
    ]
    elsewhere = _elsewhere({index for index, _ in weighty}, ancestry, said.history)
    yield from (raised for index, raised in weighty if index not in elsewhere)
    yield from _of_sites(ancestry, said)


def _of_sites(ancestry: Ancestry, said: OnRecord) -> Iterator[Raised]:
    """Yield what was found of sites over time that reaches a lot on the way."""
    there = ancestry.lots.keys()
    for finding, reached in said.sites:
        # Most are of other months, so that this is asked for before anything else.
        if there.isdisjoint(reached):
            continue
        raised = _raised(finding, said.words.get(finding.statement, ()), tuple(filter(there.__contains__, reached)))
        if raised.severity != "low":
            yield raised._replace(proven=False)


def _of_lot(lot: Lot) -> Iterator[Raised]:
    """Yield what bars a lot whatever its metal."""
    if lot.held:
        yield Raised(LotReason.HOLD, "high", (lot.id,), proven=bool(shown(lot.holds)), by_itself=True)
    if lot.status == "disputed":
        yield Raised(LotReason.DISPUTE, "high", (lot.id,), by_itself=True)
    if lot.shortfalls:
        yield Raised(FindingCode.SHORTFALL, "high", (lot.id,), by_itself=True)
    if any(not mark.covered for mark in lot.marks):
        yield Raised(FindingCode.CLAIM_UNCOVERED, "high", (lot.id,), proven=lot.credit is None, by_itself=True)


def _as_it_weighs(finding: Finding, ancestry: Ancestry, said: OnRecord) -> Iterator[Raised]:
    """Yield a finding as it weighs now; once as the closure shows it and once as it is, where these differ."""
    words = said.words.get(finding.statement, ())
    # A word on a supplier's waste was given on another delivery, which the closure may lack.
    there = [word for word in words if word.index != finding.index]
    lots = tuple(lot for lot in dict.fromkeys(finding.lots) if lot in ancestry.lots)
    if not lots:
        return
    whole = _raised(finding, words, lots)
    # What a finding weighs that was withdrawn rests on who had used the metal, elsewhere too.
    is_beyond = (
        finding.code in BEYOND_CLOSURE
        or (finding.code == FindingCode.ORIGIN_LIFTED and finding.case in _LIFTS_BEYOND)
        or finding.withdrawn_by is not None
    )
    if is_beyond or _rests_on_account(finding, lots, ancestry):
        yield whole._replace(proven=False)
        return
    shown = _raised(finding, there, lots)
    if shown == whole:
        yield whole
    else:
        yield from (shown._replace(reported=False), whole._replace(proven=False))


def _raised(finding: Finding, words: Iterable[Attested], lots: tuple[LotId, ...]) -> Raised:
    attested = as_attested(finding, words)
    settled = attested.word is not None and attested.word.verdict == "settled"
    return Raised(finding.code, attested.finding.severity, lots, settled=settled)


def _rests_on_account(finding: Finding, lots: Iterable[LotId], ancestry: Ancestry) -> bool:
    """Say whether a claim may have lost its cover because a draw of credit was undone, which only an account shows."""
    is_claim = finding.code == FindingCode.CLAIM_UNCOVERED
    return is_claim and any(ancestry.lots[lot].credit is not None for lot in lots)


def _elsewhere(indexes: set[int], ancestry: Ancestry, history: History) -> set[int]:
    """Return the entries among these that are of runs which made nothing on the way, or correct one of those."""
    # Most are of the runs and batches on the way, for which no entry need be read.
    known = {run.index for run in ancestry.runs.values()} | {lot.created for lot in ancestry.lots.values()}
    read = history.logged_events(indexes - known)
    return {logged.index for logged in read if _is_elsewhere(logged, ancestry, history)}


def _is_elsewhere(logged: LoggedEvent, ancestry: Ancestry, history: History) -> bool:
    corrected = [history.logged_of(statement) for statement in logged.event.corrects()]
    if not corrected:
        return _takes_away(logged.event, ancestry)
    on_the_way = [
        target.event
        for target in corrected
        if target is not None and any(lot in ancestry.lots for lot in target.event.named_lots())
    ]
    return bool(on_the_way) and all(_takes_away(event, ancestry) for event in on_the_way)


def _takes_away(event: MaterialEvent, ancestry: Ancestry) -> bool:
    return any(run not in ancestry.runs for run in event.named_runs())
