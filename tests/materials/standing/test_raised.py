"""What is raised on a lot's way: findings with the words on them, holds, disputes; not what was taken elsewhere."""

from __future__ import annotations

from ledger.materials.answers.provenance import trace
from ledger.materials.standing.on_record import on_record
from ledger.materials.standing.raised import raised_on
from ledger.materials.state.records import Attested
from schemas.catalogue.findings.codes import FindingCode
from schemas.findings import Finding, mark_of
from schemas.ids import LotId, PartyId, StatementId
from schemas.party import Party
from tests.materials.market import Market
from tests.materials.rich import WHOLE
from tests.world.events import line, output, run

HOLD = {"type": "hold", "lots": ["MUN-B-1"], "reason": "moisture", "documents": []}


def raised(market: Market, lot: str) -> set[tuple[str, str, bool]]:
    """Return code, severity and whether it is settled of all that is raised on a lot."""
    ancestry = trace(market.lot(lot), market)
    return {(row.code, row.severity, row.settled) for row in raised_on(ancestry, on_record(ancestry, market))}


def rich_batch() -> tuple[Market, StatementId]:
    """Return a market where whole batteries at 78 % lead were smelted, and the statement of that batch."""
    market = Market()
    said = market.batch("MUN-B-1", "7800", **WHOLE)
    market.make("MUN-L-1", {"MUN-B-1": "10000"}, "7500")
    return market, said


def test_a_finding_on_a_batch_is_raised_on_what_is_made_of_it() -> None:
    """And on what is made of that."""
    market, _ = rich_batch()
    market.make("MUN-L-2", {"MUN-L-1": "7500"}, "7400", "refining")
    for lot in ("MUN-B-1", "MUN-L-1", "MUN-L-2"):
        assert (FindingCode.LEAD_CONTENT, "high", False) in raised(market, lot)


def test_a_settled_finding_is_raised_as_settled() -> None:
    """A certifier looked into it; an upheld one is raised as it was."""
    for verdict, settled in (("settled", True), ("upheld", False)):
        market, said = rich_batch()
        market.parties[PartyId("CERT")] = Party(PartyId("CERT"), "CERT", ("certifier",), "IN", said)
        market.enter("CERT", {"type": "attestation", "statement": said, "codes": ["lead-content"], "verdict": verdict,
                              "reason": "seen", "documents": []})  # fmt: skip
        assert (FindingCode.LEAD_CONTENT, "high", settled) in raised(market, "MUN-L-1")


def test_a_word_on_a_supplier_counts_in_the_ledger_and_not_in_the_closure() -> None:
    """It was given on another delivery, which the closure may lack: shown as settled, and proven as it was."""
    market, said = rich_batch()
    index = market.lot("MUN-B-1").created
    (finding,) = (row for row in market.findings if row.code == FindingCode.LEAD_CONTENT)
    word = Attested(
        StatementId("c" * 64), PartyId("CERT"), (finding.code,), "settled", ((finding.code, _mark(finding)),), index
    )
    market.attested[said] = (word,)
    ancestry = trace(market.lot("MUN-L-1"), market)
    rows = [row for row in raised_on(ancestry, on_record(ancestry, market)) if row.code == finding.code]
    assert {(row.settled, row.proven, row.reported) for row in rows} == {(False, True, False), (True, False, True)}


def _mark(finding: Finding) -> str:
    return mark_of(finding.figures)


def test_a_hold_on_a_batch_is_raised_on_what_was_made_of_it_before() -> None:
    """And is over when it is released."""
    market, _ = rich_batch()
    held = market.enter("MUN", HOLD, "2026-01-08T06:00:00Z")
    assert ("hold", "high", False) in raised(market, "MUN-L-1")
    market.enter("MUN", {"type": "release", "hold": held, "lots": ["MUN-B-1"], "reason": "dry"}, "2026-01-09T06:00:00Z")
    assert "hold" not in {code for code, _, _ in raised(market, "MUN-L-1")}


def test_what_another_run_did_with_the_rest_of_a_batch_is_not_raised() -> None:
    """A quarter less was weighed than the book has, for a lot that this one has nothing of."""
    market = Market()
    market.batch("MUN-B-1", "6000")
    market.make("MUN-L-1", {"MUN-B-1": "5000"}, "2900")
    closing = run("MUN-R-2", [line("MUN-B-1", "4000", closes=True)], [output("MUN-L-2", "2300", {"Pb": "2300"})])
    market.enter("MUN", closing)
    code = FindingCode.WEIGHING_DIFFERENCE
    assert code in {row[0] for row in raised(market, "MUN-L-2")}
    assert code not in {row[0] for row in raised(market, "MUN-L-1")}
    assert LotId("MUN-B-1") in trace(market.lot("MUN-L-1"), market).lots
