"""What a site is accused of over time, each beside its honest twin at the limit."""

from __future__ import annotations

import pytest

from ledger.materials.plausibility.site.findings import Site, find_in_site
from schemas.party import Party
from schemas.versions import VERSION_1
from tests.season.court import KG, SLIP, Court, intake, line, output, run, severities

SUPPLIER = "cd" * 32


def stock(court: Court, kg: int) -> None:
    """Let batteries be there from before."""
    court.batch("MUN-B-1", kg, reason="opening_stock")


@pytest.mark.parametrize(
    ("kg", "expected"),
    [(1_000_000, []), (1_000_001, ["medium"]), (1_200_000, ["medium"]), (1_200_001, ["high"])],
)
def test_a_month_against_a_twelfth_of_the_nameplate(kg: int, expected: list[str]) -> None:
    """12,000 t a year are 1,000 t a month; a good month has a fifth more."""
    court = Court()
    stock(court, 2_000_000)
    court.smelt("MUN-R-1", {"MUN-B-1": kg}, kg * 6 // 10, line="MUN-LAB-1")
    assert severities(court, "throughput-above-nameplate") == expected


@pytest.mark.parametrize(("last", "expected"), [(1_000_000, 0), (1_000_012, 2)])
def test_twelve_months_against_the_nameplate(last: int, expected: int) -> None:
    """Month by month at the limit is a full year; a millionth more is over it, in that month and the year."""
    court = Court()
    stock(court, 13_000_000)
    for month in range(1, 13):
        kg = last if month == 12 else 1_000_000
        at = f"2026-{month:02d}-20T06:00:00Z"
        court.smelt(f"MUN-R-{month}", {"MUN-B-1": kg}, kg * 6 // 10, at=at, line="MUN-LAB-1")
    assert len(severities(court, "throughput-above-nameplate")) == expected


def test_what_a_line_hands_on_to_itself_counts_once() -> None:
    """Paste that was broken and is smelted in the same line entered it as batteries."""
    court = Court()
    stock(court, 900_000)
    paste = output("MUN-P-1", 600_000 * KG, {"Pb": 540_000 * KG}, material="lead_paste", role="intermediate")
    more = {"process": "breaking", "line": "MUN-LAB-1"}
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 900_000 * KG)], [paste], **more))
    court.smelt("MUN-R-2", {"MUN-P-1": 600_000}, 530_000, line="MUN-LAB-1")
    assert severities(court, "throughput-above-nameplate") == []


def test_a_month_is_that_of_the_site() -> None:
    """Half past one at night on the first of February in India is still January in Greenwich."""
    court = Court()
    stock(court, 2_000_000)
    for number, at in enumerate(("2026-01-20T06:00:00Z", "2026-01-31T20:00:00Z"), 1):
        court.smelt(f"MUN-R-{number}", {"MUN-B-1": 900_000}, 540_000, at=at, line="MUN-LAB-1")
    assert severities(court, "throughput-above-nameplate") == []


@pytest.mark.parametrize(
    ("second", "vessels", "expected"),
    [
        ("2026-01-06T20:00:00Z", ("", ""), []),
        ("2026-01-06T19:59:59Z", ("", ""), ["low"]),
        ("2026-01-06T19:59:59Z", ("F1", "F1"), ["medium"]),
        ("2026-01-06T19:59:59Z", ("F1", "F2"), []),
    ],
)
def test_two_runs_at_once(second: str, vessels: tuple[str, str], expected: list[str]) -> None:
    """One furnace holds one run; the next may begin in the second in which it ends."""
    court = Court()
    stock(court, 20_000)
    starts = ("2026-01-06T02:00:00Z", second)
    for number, (start, vessel) in enumerate(zip(starts, vessels, strict=True), 1):
        more = {"vessel": vessel} if vessel else {}
        at = {"started_at": start, "ended_at": "2026-01-07T20:00:00Z" if number == 2 else "2026-01-06T20:00:00Z"}
        court.smelt(f"MUN-R-{number}", {"MUN-B-1": 10_000}, 5_900, line="MUN-LAB-1", **at, **more)
    assert severities(court, "overlapping-runs") == expected


@pytest.mark.parametrize(
    ("weights", "expected"),
    [((20_000, 20_000, 20_001, 20_000), []), ((20_000, 20_000, 20_000), ["medium"])],
)
def test_weights_in_a_row(weights: tuple[int, ...], expected: list[str]) -> None:
    """Twice the same is chance, three times in a row is copied; another truck between breaks the row."""
    court = Court()
    for number, kg in enumerate(weights):
        court.batch(f"MUN-B-{number}", kg)
    assert severities(court, "identical-weights") == expected


@pytest.mark.parametrize(
    ("before", "march", "expected"),
    [(20_000, 60_000, []), (20_000, 60_001, ["medium"]), (5_000, 19_999, []), (5_000, 20_000, ["medium"])],
)
def test_a_supplier_with_more_than_ever(before: int, march: int, expected: list[str]) -> None:
    """Three times the mean of the months before, from 20 t on."""
    court = Court()
    for month, kg in ((1, before), (2, before), (3, march)):
        slip = {**SLIP, "number": f"WB-{month}"}
        batch = intake(f"MUN-B-{month}", kg * KG, {"Pb": kg * KG * 6 // 10}, supplier=SUPPLIER, documents=[slip])
        court.say("MUN", batch, f"2026-{month:02d}-10T06:00:00Z")
    assert severities(court, "supplier-spike") == expected


@pytest.mark.parametrize(
    ("second", "code", "expected"),
    [
        (6_120, "campaign-yield-above-contained", []),
        (6_121, "campaign-yield-above-contained", ["medium"]),
        (6_480, "campaign-yield-above-contained", ["medium"]),
        (6_481, "campaign-yield-above-contained", ["high"]),
        (4_800, "campaign-loss-unusual", []),
        (4_799, "campaign-loss-unusual", ["medium"]),
    ],
)
def test_a_campaign_with_its_heel(second: int, code: str, expected: list[str]) -> None:
    """6,000 kg in the heel go from tap to tap and count once: of 12,000 kg lead, 90 to 101 and 104 percent."""
    court = Court()
    stock(court, 20_000)
    heel = output("MUN-W-1", 1_000 * KG, {"Pb": 900 * KG}, role="wip")
    first = output("MUN-L-1", 6_010 * KG, {"Pb": 6_000 * KG}, material="refined_lead")
    tap = run("MUN-R-1", [line("MUN-B-1", 12_000 * KG)], [first, heel], campaign="C-1")
    court.say("MUN", tap, "2026-01-06T06:00:00Z")
    last = output("MUN-L-2", (second + 10) * KG, {"Pb": second * KG}, material="refined_lead")
    inputs = [line("MUN-B-1", 8_000 * KG), line("MUN-W-1", 1_000 * KG)]
    tap = run("MUN-R-2", inputs, [last], campaign="C-1", gain_reason="wip_estimate")
    court.say("MUN", tap, "2026-01-07T06:00:00Z")
    assert severities(court, code) == expected


@pytest.mark.parametrize(
    ("number", "reason", "expected"),
    [
        ("MUN-B-1", "delivery", ["high"]),
        ("mun-b-1", "delivery", ["high"]),
        ("MUN-B-1", "customer_return", []),
        ("MUN-B-9", "delivery", []),
    ],
)
def test_a_lot_comes_back_as_waste(number: str, reason: str, expected: list[str]) -> None:
    """A customer may return what he bought; nobody may sell it again as waste."""
    court = Court()
    court.batch("MUN-B-1")
    paper = {"kind": "packing_list", "issuer": "MUN", "number": number}
    court.say("TEX", intake("TEX-B-1", 20_000 * KG, {"Pb": 12_000 * KG}, documents=[paper], reason=reason))
    assert severities(court, "lot-comes-back-as-waste") == expected


def test_a_site_that_said_nothing() -> None:
    """There is nothing to find."""
    party = Party("MUN", "ACE Mundra", ("park",), "IN", "00" * 32)
    assert find_in_site(Site(party, (), lambda _: None, lambda _: False, VERSION_1)) == []
