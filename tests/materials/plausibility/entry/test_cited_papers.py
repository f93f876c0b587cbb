"""Papers that are cited again: in another spelling, by another party, under another issuer, for more than they say."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.findings import Finding
from tests.season.court import Court, severities
from tests.world.events import KG, addition, correction, dispatch, intake, line, output, participant, run

NOTE = {"kind": "consignment_note", "issuer": "Express Logistics", "number": "EX-0123", "date": "2026-01-05"}
DIGEST = "5e" * 32


def cite(court: Court, lot: str, paper: dict[str, Any], kg: int = 20_000, day: str = "2026-01-05") -> None:
    """Let a batch come in under a paper."""
    court.batch(lot, kg, at=f"{day}T06:00:00Z", documents=[paper])


def found(court: Court, code: str = "slip-numbers-alike") -> list[Finding]:
    """Return the findings with a code; nothing was refused."""
    assert court.refused == []
    return [finding for finding in court.verdicts() if finding.code == code]


@pytest.mark.parametrize(
    "other",
    [
        {"number": "EX-123"},
        {"number": "EX-O123"},
        {"number": "ex 0I23"},
        {"number": "\uff25\uff38\uff0d\uff10\uff11\uff12\uff13"},
        {"number": "\u0415X-0123"},
        {"number": "EX//0123"},
        {"issuer": "EXPRESS LOGISTICS"},
        {"part": "1"},
        {"date": "2026-01-06"},
        {"issuer": "Express Logistics Pvt"},
    ],
)
def test_one_paper_for_two_batches_of_a_mass(other: dict[str, str]) -> None:
    """Spelled otherwise, as a part of itself, a day later, or of an issuer by another name: high, and on both lots."""
    court = Court()
    cite(court, "MUN-B-1", NOTE)
    cite(court, "MUN-B-2", {**NOTE, **other}, 20_020)
    (finding,) = found(court)
    assert (finding.severity, finding.lots) == ("high", ("MUN-B-2", "MUN-B-1"))


@pytest.mark.parametrize(
    ("kg", "date", "expected"),
    [
        (20_020, "2026-01-08", ["high"]),
        (20_021, "2026-01-08", ["medium"]),
        (20_020, "2026-01-09", ["medium"]),
        (20_021, "2026-01-09", ["low"]),
        (20_000, "2027-01-06", ["medium"]),
        (20_000, "2027-01-07", []),
    ],
)
def test_masses_and_days_say_how_surely(kg: int, date: str, expected: list[str]) -> None:
    """A scale step of 20 kg, and three days; numbers begin anew each year."""
    court = Court()
    cite(court, "MUN-B-1", NOTE)
    cite(court, "MUN-B-2", {**NOTE, "number": "ex 123", "date": date}, kg)
    assert severities(court, "slip-numbers-alike") == expected


def court_with_scales() -> Court:
    """Return a court in which MUN has a fine scale, a coarse one, and one of which no interval is registered."""
    court = Court()
    scales = [{"scale": "FINE", "interval_kg": "0.5"}, {"scale": "COARSE", "interval_kg": "50"}, {"scale": "PLAIN"}]
    court.register(participant("MUN", "park", scales=scales))
    return court


def weigh(court: Court, lot: str, kg: int, scale: str, **paper: Any) -> None:
    """Let a batch be weighed on a scale and come in under a paper."""
    weighing = {"gross_kg": f"{kg + 10_000}", "tare_kg": "10000", "scale": scale}
    court.batch(lot, kg, documents=[{**NOTE, **paper}], weighing=weighing)


@pytest.mark.parametrize(
    ("scales", "off", "expected"),
    [
        (("FINE", "FINE"), 1, ["medium"]),
        (("FINE", "FINE"), 0, ["high"]),
        (("COARSE", "FINE"), 50, ["high"]),
        (("FINE", "COARSE"), 51, ["medium"]),
        (("PLAIN", "FINE"), 20, ["high"]),
        (("PLAIN", "FINE"), 21, ["medium"]),
        (("UNKNOWN", "FINE"), 20, ["high"]),
    ],
)
def test_a_scale_step_is_that_of_the_scales_that_weighed(
    scales: tuple[str, str], off: int, expected: list[str]
) -> None:
    """The interval that is registered for them, the larger of two; 20 kg where none is."""
    court = court_with_scales()
    weigh(court, "MUN-B-1", 20_000, scales[0])
    weigh(court, "MUN-B-2", 20_000 + off, scales[1], number="EX-123")
    assert severities(court, "slip-numbers-alike") == expected


@pytest.mark.parametrize(
    ("scale", "kg", "expected"),
    [("FINE", 2_010, []), ("FINE", 2_011, ["high"]), ("COARSE", 2_100, []), ("COARSE", 2_101, ["high"])],
)
def test_what_a_paper_says_is_bounded_by_two_steps_of_the_scale(scale: str, kg: int, expected: list[str]) -> None:
    """Or by half a percent, whichever is more."""
    court = court_with_scales()
    weigh(court, "MUN-B-1", kg, scale, net_kg="2000")
    assert severities(court, "heavier-than-paper") == expected


@pytest.mark.parametrize(
    "others",
    [
        [{"part": "1/2"}, {"part": "2/2"}],
        [{"number": "1-0123"}, {"number": "10-123"}],
        [{"number": "AO"}, {"number": "A0"}],
        [{"number": "\u0938\u094d\u0932\u093f\u092a \u0967"}, {"number": "\u092a\u0930\u094d\u091a\u0940 \u0967"}],
        [{"number": "\u0e43\u0e1a\u0e0a\u0e31\u0e48\u0e07"}, {"number": "\u0e43\u0e1a\u0e02\u0e19"}],
        [{"number": "\u0625\u064a\u0635\u0627\u0644"}, {"number": "\u0641\u0627\u062a\u0648\u0631\u0629"}],
        [{"kind": "weighbridge_slip"}, {"kind": "hazardous_manifest"}],
    ],
)
def test_two_papers_are_two(others: list[dict[str, str]]) -> None:
    """Parts of one paper, groups of digits, scripts, kinds."""
    court = Court()
    for number, other in enumerate(others, 1):
        cite(court, f"MUN-B-{number}", {**NOTE, **other})
    assert found(court) == []


def test_two_issuers_have_one_number_on_one_day() -> None:
    """Hauliers number their notes each for himself; only loads of one mass at one park are odd."""
    court = Court()
    cite(court, "MUN-B-1", NOTE)
    cite(court, "MUN-B-2", {**NOTE, "issuer": "Swift"}, 21_000)
    cite(court, "TEX-B-1", {**NOTE, "issuer": "Texas Freight"})
    assert found(court) == []


def test_a_paper_that_another_party_cites_is_found_without_its_side() -> None:
    """Taken, since a stranger's word bars nobody; of the other party nothing is named."""
    court = Court()
    cite(court, "MUN-B-1", NOTE)
    cite(court, "TEX-B-1", NOTE)
    (finding,) = found(court)
    assert (finding.severity, finding.case, finding.lots) == ("high", "parties", ("TEX-B-1",))
    assert "MUN" not in repr(finding)


@pytest.mark.parametrize("issuers", [("Express Logistics", DIGEST), (DIGEST, "Express Logistics"), (DIGEST, "ab" * 32)])
def test_one_note_under_a_name_and_under_a_digest(issuers: tuple[str, str]) -> None:
    """Two parks cite one kind, number and day; a digest may be anybody."""
    court = Court()
    for lot, issuer in zip(("MUN-B-1", "TEX-B-1"), issuers, strict=True):
        cite(court, lot, {**NOTE, "issuer": issuer})
    (finding,) = found(court)
    assert (finding.severity, finding.case, finding.lots) == ("medium", "digest", ("TEX-B-1",))
    cite(court, "TEX-B-2", {**NOTE, "issuer": "ef" * 32, "date": "2026-01-06"})
    assert len(found(court)) == 1


def test_a_correction_that_cites_its_own_paper_again_is_not_odd() -> None:
    """Nor one that spells it rightly; what it let go is free."""
    court = Court()
    cite(court, "MUN-B-1", NOTE)
    right = {**NOTE, "number": "EX-123"}
    batch = intake(
        "MUN-B-1", 20_000 * KG, 12_000 * KG, documents=[right], waste_code="16 06 01*", content_basis="assay"
    )
    again = correction(court.index - 1, batch)
    court.say("MUN", again, "2026-01-06T06:00:00Z")
    assert found(court) == []
    cite(court, "MUN-B-2", NOTE, 22_000, "2026-01-20")
    assert [finding.severity for finding in found(court)] == ["medium"]


@pytest.mark.parametrize(
    ("says", "loads", "expected"),
    [
        (20_000, [20_100], []),
        (20_000, [20_101], ["high"]),
        (2_000, [2_040], []),
        (2_000, [2_041], ["high"]),
        (20_000, [10_000, 10_100], []),
        (20_000, [10_000, 10_101], ["high"]),
        (20_000, [8_000, 8_000, 8_000], ["high"]),
    ],
)
def test_what_cites_a_paper_weighs_no_more_than_it_says(says: int, loads: list[int], expected: list[str]) -> None:
    """All parts together; half a percent, or two scale steps where that is more."""
    court = Court()
    for number, kg in enumerate(loads, 1):
        cite(court, f"MUN-B-{number}", {**NOTE, "net_kg": str(says), "part": f"{number}"}, kg)
    assert severities(court, "heavier-than-paper") == expected


def test_a_paper_that_is_cited_freely_is_bounded_too() -> None:
    """A bill of lading for several trucks; a lot that leaves is weighed apart from what came in."""
    court = Court()
    bill = {"kind": "bill_of_lading", "issuer": "Line", "number": "BL-1", "net_kg": "40000"}
    cite(court, "MUN-B-1", bill)
    cite(court, "MUN-B-2", bill)
    court.say("MUN", dispatch("MUN-H-1", "MUN-B-1", documents=[bill]), "2026-01-07T06:00:00Z")
    assert found(court, "heavier-than-paper") == []
    court.say("MUN", dispatch("MUN-H-2", "MUN-B-2", documents=[{**bill, "net_kg": "15000"}]), "2026-01-08T06:00:00Z")
    (finding,) = found(court, "heavier-than-paper")
    assert finding.lots == ("MUN-B-2",)


def test_an_addition_weighs_under_its_own_paper() -> None:
    """The run that it went into does not."""
    court = Court()
    court.batch("MUN-B-1")
    paper = {"kind": "packing_list", "issuer": "Mill", "number": "P-1", "net_kg": "500"}
    for number, kg in enumerate((500, 541), 1):
        listed = [{**paper, "number": f"P-{number}"}]
        made = output(f"MUN-L-{number}", 590 * KG, {"Pb": 580 * KG}, material="lead_bullion")
        poured = [addition(kg * KG, documents=listed)]
        court.say("MUN", run(f"MUN-R-{number}", [line("MUN-B-1", 1_000 * KG)], [made], additions=poured))
    (finding,) = found(court, "heavier-than-paper")
    assert ("mass_mg", 541 * KG) in finding.figures


def hold_note(court: Court, *lots: str, **of: Any) -> str:
    """Let the certifier hold the note with all lots of it, or single lots."""
    return court.say("CERT", {"type": "hold", "lots": list(lots), "reason": "forged", **of}, "2026-01-08T06:00:00Z")


HELD = {"document": {name: NOTE[name] for name in ("kind", "issuer", "number")}}


@pytest.mark.parametrize(("of", "expected"), [(HELD, ["high"]), ({}, [])])
def test_a_later_part_of_a_paper_that_is_held(of: dict[str, Any], expected: list[str]) -> None:
    """In whatever spelling, at another park too; a hold on a lot says nothing of its papers."""
    court = Court()
    cite(court, "MUN-B-1", {**NOTE, "part": "1"})
    hold_note(court, "MUN-B-1", **of)
    cite(court, "TEX-B-1", {**NOTE, "number": "ex 123", "part": "2"}, day="2026-01-09")
    assert severities(court, "held-paper-cited") == expected


def test_a_paper_that_is_held_no_more() -> None:
    """Once the hold is released, what cites it is as any other part."""
    court = Court()
    cite(court, "MUN-B-1", {**NOTE, "part": "1"})
    said = hold_note(court, "MUN-B-1", **HELD)
    released = {"type": "release", "hold": said, "lots": ["MUN-B-1"], "reason": "in order"}
    court.say("CERT", released, "2026-01-09T06:00:00Z")
    cite(court, "MUN-B-2", {**NOTE, "part": "2"}, day="2026-01-10")
    assert severities(court, "held-paper-cited") == []


def test_what_is_corrected_under_a_held_paper_is_no_new_citation() -> None:
    """The statement that the hold names cites it still."""
    court = Court()
    cite(court, "MUN-B-1", NOTE)
    hold_note(court, "MUN-B-1", **HELD)
    content = {"Pb": 11_999 * KG}
    better = intake("MUN-B-1", 20_000 * KG, content, documents=[NOTE])
    court.say("MUN", correction(0, better), "2026-01-09T06:00:00Z")
    assert severities(court, "held-paper-cited") == []
