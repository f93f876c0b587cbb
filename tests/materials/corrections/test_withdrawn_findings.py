"""What a later word takes away or softens stays, as withdrawn by it."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.materials.corrections.withdrawn_findings import Change, judged_anew
from ledger.materials.events.attestation import as_attested
from ledger.materials.state.findings import NO_BOUND
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import Severity
from schemas.findings import Finding
from schemas.ids import StatementId
from tests.season.court import Court
from tests.world.events import KG, correction, intake, line, output, run, unsigned_id

BY = StatementId("cd" * 32)
SLIP = [{"kind": "weighbridge_slip", "issuer": "MUN", "number": "WB-1"}]


def rich(**more: Any) -> dict[str, Any]:
    """Return a tonne of batteries that are 78 % lead."""
    words = {"material": "lead_acid_battery", "form": "whole", "documents": SLIP, "waste_code": "16 06 01*"}
    return intake("MUN-B-1", 1000 * KG, {"Pb": 780 * KG}, **words | more)


def withdrawn(court: Court, statement: str) -> dict[str, tuple[str, str | None]]:
    """Return code to severity, and by which statement, of what was found on an entry and taken away since."""
    index = int(statement, 16)
    return {
        finding.code: (finding.severity, finding.withdrawn_by)
        for finding in court.findings_of(index)
        if finding.withdrawn_by is not None
    }


@pytest.fixture
def court() -> Court:
    """A tonne of batteries at 78 % lead (statement 0)."""
    court = Court()
    court.say("MUN", rich(), "2026-01-05T06:00:00Z")
    return court


def test_batteries_that_were_too_rich_do_not_become_something_else_unseen(court: Court) -> None:
    """Smelted, upheld by a certifier, then called other: the finding stays as it was, with the certifier's word."""
    court.smelt("MUN-L-1", {"MUN-B-1": 1000}, 780)
    court.say("CERT", {"type": "attestation", "statement": unsigned_id(0), "codes": ["lead-content"],
                       "verdict": "upheld", "reason": "analysed"})  # fmt: skip
    by = court.say(
        "MUN", correction(unsigned_id(0), rich(material="other", description="plates", waste_code="19 14 01"))
    )
    assert not court.refused
    assert withdrawn(court, unsigned_id(0))["lead-content"] == ("high", by)
    (finding,) = [finding for finding in court.findings_of(0) if finding.code == "lead-content"]
    word = as_attested(finding, court.attested.get(finding.statement, ())).word
    assert word is not None
    assert (word.verdict, word.issuer) == ("upheld", "CERT")


def test_black_mass_from_the_eu_does_not_come_from_elsewhere_unseen() -> None:
    """DE is corrected to IN before any use: a word was changed, so it weighs what it weighed."""
    court = Court()
    mass = {"Li": 40, "Ni": 200, "Co": 70}
    words = {"material": "black_mass", "form": "powder", "waste_code": "19 14 02*"}
    said = court.cells("MUN-B-1", 1000, mass, country="DE", **words)
    content = {metal: kg * KG for metal, kg in mass.items()}
    now = intake("MUN-B-1", 1000 * KG, content, chemistry="NMC622", documents=SLIP, **words)
    by = court.say("MUN", correction(said, now))
    assert not court.refused
    assert withdrawn(court, said)["eu-black-mass"] == ("high", by)


def test_a_slip_of_the_pen_that_is_mended_before_any_use_weighs_little(court: Court) -> None:
    """The figure came within its limit, and nobody had used, moved or claimed the batch."""
    by = court.say("MUN", correction(unsigned_id(0), {**rich(), "content_kg": {"Pb": "600"}}))
    assert withdrawn(court, unsigned_id(0)) == {"lead-content": ("low", by)}


def test_a_slip_of_the_pen_that_is_mended_after_use_weighs_what_it_weighed(court: Court) -> None:
    """The lead of the batch is in a furnace by then."""
    court.smelt("MUN-L-1", {"MUN-B-1": 1000}, 590)
    by = court.say("MUN", correction(unsigned_id(0), {**rich(), "content_kg": {"Pb": "600"}}))
    assert withdrawn(court, unsigned_id(0))["lead-content"] == ("high", by)


def test_two_swapped_digits_that_the_furnace_scale_found_are_mended_after_use() -> None:
    """The scale's word at the closing stands; a run that takes its own weighing back keeps what it was found by."""
    court = Court()
    said = court.batch("MUN-B-1", 24_150, 53)
    slip = [{**SLIP[0], "number": "WB-1"}]
    made = output("MUN-L-1", 12_702 * KG, {"Pb": 12_700 * KG}, material="refined_lead")
    smelted = run("MUN-R-1", [line("MUN-B-1", 21_430 * KG, closes=True)], [made], "smelting")
    ran = court.say("MUN", smelted, "2026-01-12T06:00:00Z")
    assert {finding.severity for finding in court.findings if finding.code == "weighing-difference"} == {"high"}
    words = {"material": "lead_acid_battery", "form": "whole", "documents": slip, "waste_code": "16 06 01*"}
    right = intake("MUN-B-1", 21_450 * KG, {"Pb": 21_450 * KG * 53 // 100}, **words)
    by = court.say("MUN", correction(said, right))
    assert not court.refused
    assert withdrawn(court, ran) == {"weighing-difference": ("medium", by)}
    court.say("MUN", {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": "MUN-L-1"}]})
    wrong = {**smelted, "inputs": [line("MUN-B-1", 20_000 * KG, closes=True)]}
    court.say("MUN", correction(ran, wrong))
    taken_back = court.say("MUN", correction(ran, smelted))
    assert withdrawn(court, ran)["weighing-difference"] == ("high", taken_back)


def test_a_batch_that_did_not_occur_takes_nothing_with_it(court: Court) -> None:
    """Entered again under the next slip number, the first one's finding stands with who withdrew it."""
    by = court.say("MUN", correction(unsigned_id(0)))
    assert withdrawn(court, unsigned_id(0)) == {"lead-content": ("high", by)}


def test_a_gain_that_a_raised_batch_explains_stays_what_it_was(court: Court) -> None:
    """A run got all the lead of its batch and more; the batch is raised afterwards."""
    slip = [{**SLIP[0], "number": "WB-2"}]
    court.batch("MUN-B-2", 1000, 60, documents=slip)
    made = court.smelt("MUN-L-2", {"MUN-B-2": 1000}, 640, gain_reason="wip_estimate")
    assert "yield-above-contained" in {finding.code for finding in court.findings_of(int(made, 16))}
    raised = {**rich(), "lot": "MUN-B-2", "content_kg": {"Pb": "650"}, "documents": slip}
    by = court.say("MUN", correction(unsigned_id(1), raised))
    assert not court.refused
    assert withdrawn(court, made)["yield-above-contained"][1] == by


def test_what_is_found_again_is_not_withdrawn_besides(court: Court) -> None:
    """A correction that is taken back leaves one finding."""
    court.say("MUN", correction(unsigned_id(0), {**rich(), "content_kg": {"Pb": "600"}}))
    court.say("MUN", correction(unsigned_id(0), rich()))
    assert withdrawn(court, unsigned_id(0)) == {}
    assert [finding.code for finding in court.findings_of(0)] == ["lead-content"]


def _finding(severity: Severity, found: int, metal: str = "Pb", by: StatementId | None = None) -> Finding:
    return Finding(
        code=FindingCode.LEAD_CONTENT, severity=severity, figures=(("found_ppm", found), ("metal", metal)),
        limit=NO_BOUND.figures, source=NO_BOUND.source, index=0, statement=StatementId("ab" * 32), withdrawn_by=by,
    )  # fmt: skip


def test_of_what_is_withdrawn_the_worst_of_a_code_is_kept() -> None:
    """However often a figure is corrected."""
    change = Change(BY, in_words=False, after_use=True)
    first, then = _finding("medium", 700_000), _finding("high", 780_000)
    left = judged_anew([first], [first], [], change)
    assert left == (first._replace(withdrawn_by=BY),)
    assert judged_anew([*left, then], [then], [], change) == (then._replace(withdrawn_by=BY),)


def test_a_finding_that_weighs_less_now_was_softened() -> None:
    """What it weighed stays beside what it weighs."""
    change = Change(BY, in_words=False, after_use=True)
    was, now = _finding("high", 780_000), _finding("medium", 690_000)
    assert judged_anew([was], [was], [now], change) == (was._replace(withdrawn_by=BY), now)
    assert judged_anew([now], [now], [was], change) == (was,)
