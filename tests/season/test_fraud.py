"""A season of fraud: every scheme is refused or found, and an honest month is not accused.

The patterns are those of public cases and of the issue that asked for these checks; the
table in ``docs/fraud.md`` is written from them.
"""

from __future__ import annotations

from typing import Any

import pytest

from schemas.ids import RunId
from tests.materials.yard import intake
from tests.season.court import SLIP, Court
from tests.season.schemes.page import PAGE, what_happens, with_table
from tests.season.schemes.registry import SCHEMES
from tests.season.schemes.words import count_of
from tests.world.events import KG, addition, correction, line, output, run


@pytest.mark.parametrize("name", SCHEMES)
def test_no_scheme_goes_unseen(name: str) -> None:
    """It is refused, or leaves the finding that is named."""
    assert what_happens(SCHEMES[name]) is not None


def test_the_table_in_the_documents_is_written_from_the_schemes() -> None:
    """Each scheme stands there once, with what happens to it here; ``make codes`` writes the table anew."""
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_table(page)


def test_an_honest_month_is_not_accused() -> None:
    """A campaign with heel, an understated table, a re-weighing, a late truck, a short landing, a slip of the pen.

    There are findings, as there should be; none of them is ``high``.
    """
    court = Court()
    for number, kg in enumerate((21_450, 20_980, 22_310, 19_870), 1):
        court.batch(f"MUN-B-{number}", kg, at=f"2026-01-0{number}T06:00:00Z", pieces=kg // 18, supplier="ab" * 32)
    wrong = court.batch("MUN-B-5", 24_150, at="2026-01-04T06:30:00Z")
    _campaign(court)
    court.say("MUN", count_of("MUN-B-4", 19_850), "2026-01-20T06:00:00Z")
    _understated_table(court)
    court.close("MUN", "2026-01", "2026-02-03T06:00:00Z")
    court.batch("MUN-B-6", 21_010, at="2026-01-31T17:00:00Z")
    _short_landing(court)
    right = intake("MUN-B-5", 21_450 * KG, {"Pb": 12_870 * KG}, material="lead_acid_battery", form="whole",
                   waste_code="16 06 01*", documents=[{**SLIP, "number": "WB-5"}])  # fmt: skip
    fix = {"type": "correction", "statement": wrong, "kind": "incorrect_data", "reason": "two digits swapped",
           "replacement": right}  # fmt: skip
    court.say("MUN", fix, "2026-02-10T06:00:00Z")
    assert court.refused == []
    court.check()
    severe = [finding for finding in court.verdicts() if finding.severity == "high"]
    assert severe == []
    assert {finding.code for finding in court.verdicts()} >= {
        "gain-with-reason", "handover-difference", "prior-period-adjustment", "corrected-after-dispatch",
    }  # fmt: skip


def test_a_final_assay_after_the_use_and_a_slip_that_comes_late_are_not_accused() -> None:
    """Finals come after three weeks; a batch went in whose slip was found a week later."""
    court = Court()
    for number in (1, 2):
        court.batch(f"MUN-B-{number}", 21_450)
    wrong = court.smelt("MUN-R-1", {"MUN-B-1": 21_450}, 12_600)
    court.smelt("MUN-R-2", {"MUN-B-2": 21_450}, 12_600, at="2026-01-08T06:00:00Z")
    results = {"Pb": {"fraction": "0.591", "uncertainty": "0.006"}}
    final = {"type": "assay", "lots": ["MUN-B-2"], "stage": "final", "basis": "wet", "method": "XRF", "sample": "2",
             "results": results}  # fmt: skip
    court.say("MUN", final, "2026-01-29T06:00:00Z")
    court.batch("MUN-B-3", 21_450)
    made = output("MUN-L-1", 12_602 * KG, {"Pb": 12_600 * KG}, material="refined_lead")
    times = {"started_at": "2026-01-06T06:00:00Z", "ended_at": "2026-01-06T06:00:00Z"}
    right = run("MUN-R-1", [line("MUN-B-3", 21_450 * KG)], [made], **times)
    court.say("MUN", correction(wrong, right), "2026-01-30T06:00:00Z")
    assert court.refused == []
    assert [taken.lot for taken in court.runs[RunId("MUN-R-1")].inputs] == ["MUN-B-3"]
    assert {finding.severity for finding in court.verdicts()} <= {"low", "medium"}


def _campaign(court: Court) -> None:
    """Three taps of one furnace; what stays in it goes from tap to tap."""
    heel: list[dict[str, object]] = []
    for tap, (kg, lead, rest) in enumerate(((21_450, 10_100, 2_500), (20_980, 12_200, 2_600), (22_310, 15_400, 0)), 1):
        at = {"started_at": f"2026-01-1{tap}T02:00:00Z", "ended_at": f"2026-01-1{tap}T20:00:00Z"}
        inputs = [line(f"MUN-B-{tap}", kg * KG), *heel]
        outputs = [output(f"MUN-L-{tap}", lead * KG, {"Pb": (lead - 2) * KG}, material="refined_lead")]
        heel = [line(f"MUN-W-{tap}", rest * KG)]
        if rest:
            outputs.append(output(f"MUN-W-{tap}", rest * KG, {"Pb": rest * KG * 9 // 10}, material="lead_bullion",
                                  role="wip"))  # fmt: skip
        court.say("MUN", run(f"MUN-R-{tap}", inputs, outputs, line="MUN-LAB-1", campaign="2026-1",
                             additions=[addition(300 * KG)], **at), at["ended_at"])  # fmt: skip


def _understated_table(court: Court) -> None:
    """The corrected batch goes in by the furnace's own scale; the table of the other said a little too little."""
    made = output("MUN-L-9", 25_402 * KG, {"Pb": 25_400 * KG}, material="refined_lead")
    inputs = [line("MUN-B-4", 19_840 * KG, closes=True), line("MUN-B-5", 21_430 * KG, closes=True)]
    times = {"started_at": "2026-01-22T02:00:00Z", "ended_at": "2026-01-22T20:00:00Z"}
    court.say("MUN", run("MUN-R-9", inputs, [made], gain_reason="table_understated", **times), times["ended_at"])


def _short_landing(court: Court) -> None:
    lots = [{"lot": "MUN-L-9"}]
    court.say(
        "MUN", {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": lots}, "2026-02-04T06:00:00Z"
    )
    word = {"lot": "MUN-L-9", "decision": "accepted", "net_kg": "25100"}
    court.say("GLENCORE", {"type": "acceptance", "shipment": "MUN-H-1", "lots": [word]}, "2026-02-06T06:00:00Z")


def test_an_honest_season_keeps_its_corrections() -> None:
    """Swapped digits that the furnace found, a late declaration, two batches exchanged, a slip of the unit.

    Each is mended as honest plants do, and what is found of it is at most ``medium``.
    """
    court = Court()
    swapped = court.batch("MUN-B-1", 24_150)
    undeclared = court.batch("MUN-B-2", 20_980, origin="unknown")
    court.batch("MUN-B-3", 22_310)
    court.batch("MUN-B-4", 19_870)
    in_tonnes = court.batch("MUN-B-5", 21, content_kg={"Pb": "12.6"})
    court.say("MUN", correction(in_tonnes, _batteries(5, 21_000)), "2026-01-05T15:00:00Z")
    runs = [
        court.say("MUN", _smelted(number, number, closing), f"2026-01-0{number + 5}T06:00:00Z")
        for number, closing in ((1, 21_450), (3, 22_310), (4, 19_870))
    ]
    court.say("MUN", correction(swapped, _batteries(1, 21_450)), "2026-01-13T06:00:00Z")
    declaration = {"kind": "supplier_declaration", "issuer": "Dealer", "number": "7", "sha256": "ab" * 32}
    court.say("MUN", correction(undeclared, _batteries(2, 20_980, declaration)), "2026-01-14T06:00:00Z")
    exchanged = [
        {"statement": runs[1], "kind": "incorrect_data", "replacement": _smelted(3, 4, 19_870)},
        {"statement": runs[2], "kind": "incorrect_data", "replacement": _smelted(4, 3, 22_310)},
    ]
    piece = {"type": "correction", "reason": "each was tipped into the other furnace", "corrections": exchanged}
    court.say("MUN", piece, "2026-01-15T06:00:00Z")
    assert court.refused == []
    court.check()
    found = court.verdicts()
    assert [finding for finding in found if finding.severity == "high"] == []
    assert {finding.code for finding in found} >= {"weighing-difference", "origin-lifted", "content-lifted"}


def _batteries(number: int, kg: int, *papers: dict[str, Any]) -> dict[str, Any]:
    """Return a batch as the court says it, as it should have been said."""
    return intake(f"MUN-B-{number}", kg * KG, {"Pb": kg * 6 * KG // 10}, material="lead_acid_battery", form="whole",
                  waste_code="16 06 01*", documents=[{**SLIP, "number": f"WB-{number}"}, *papers])  # fmt: skip


def _smelted(number: int, batch: int, kg: int) -> dict[str, Any]:
    """Return a run that closes a batch by the furnace's scale."""
    lead = kg * 588 // 1000 if number == 1 else 11_700
    made = output(f"MUN-L-{number}", (lead + 2) * KG, {"Pb": lead * KG}, material="refined_lead")
    times = {"started_at": f"2026-01-0{number + 5}T02:00:00Z", "ended_at": f"2026-01-0{number + 5}T05:00:00Z"}
    return run(f"MUN-R-{number}", [line(f"MUN-B-{batch}", kg * KG, closes=True)], [made], line="MUN-LAB-1", **times)
