"""What a batch is accused of, each beside its honest twin that stands exactly at the limit."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.materials.plausibility.entry.intakes import find_in_intake
from ledger.materials.state.book import Speaker
from schemas.catalogue.findings.texts import say
from schemas.codes import COUNTRIES, METALS, ORIGINS, Chemistry, Form, IntakeReason, Material
from schemas.events import read_event
from schemas.findings import Finding
from schemas.ids import PartyId, StatementId
from schemas.intake import Intake
from schemas.limits import SOURCES, Limits
from schemas.party import Party, ScaleSpan
from schemas.versions import VERSION_1
from tests.materials.yard import intake

KG = 1_000_000
NET = 20_000 * KG
SCALES = (ScaleSpan("WB-1", "2025-06-01", "2026-05-31"), ScaleSpan("WB-2"))
MUN = Party(PartyId("MUN"), "MUN", ("park",), "IN", StatementId("00" * 32), timezone="Asia/Kolkata", scales=SCALES)
SLIP = {"kind": "weighbridge_slip", "issuer": "MUN", "number": "WB-1"}
WEIGHINGS = [{"gross_kg": "1", "tare_kg": "2"}, {"gross_kg": "30000", "tare_kg": "0", "scale": "WB-1"}]
LAB: dict[str, Any] = {
    "material": "lead_acid_battery", "form": "whole", "waste_code": "16 06 01*", "documents": [SLIP],
}  # fmt: skip
CELLS: dict[str, Any] = {
    "material": "lithium_ion_battery", "chemistry": "NMC622", "form": "cell", "documents": [SLIP],
}  # fmt: skip
MASS: dict[str, Any] = {"material": "black_mass", "chemistry": "NMC622", "form": "powder", "documents": [SLIP]}


def found(
    net: int, content: dict[str, int], at: str = "2026-01-05T06:00:00Z", party: Party = MUN, **fields: Any
) -> list[Finding]:
    """Return the findings on a batch of this mass and content in mg."""
    event = read_event({"nonce": "0" * 32, **intake("MUN-B-1", net, content, **fields)}, MUN.id, VERSION_1)
    assert isinstance(event, Intake)
    return list(find_in_intake(event, Speaker(party, at, 7, StatementId("ab" * 32), VERSION_1)))


def reported(net: int, content: dict[str, int], **fields: Any) -> set[tuple[str, str]]:
    """Return the codes and severities of the findings on a batch."""
    return {(finding.code, finding.severity) for finding in found(net, content, **fields)}


def ppm(share: int) -> int:
    """Return that share of ``NET`` in mg."""
    return NET // 1_000_000 * share


def test_an_ordinary_batch_is_not_accused() -> None:
    """Two thirds acid and plastic, a third and more lead: 60 percent."""
    assert found(NET, {"Pb": ppm(600_000)}, **LAB) == []
    assert found(NET, {"Ni": ppm(162_700), "Co": ppm(54_500), "Li": ppm(32_800)}, **CELLS) == []


@pytest.mark.parametrize(
    ("honest", "share", "code", "severity"),
    [
        (680_000, 680_001, "lead-content", "medium"),
        (400_000, 399_999, "lead-content", "medium"),
        (100_001, 100_000, "content-unit", "high"),
    ],
)
def test_lead_in_wet_batteries(honest: int, share: int, code: str, severity: str) -> None:
    """Up to 68 percent, from 40 on; a tenth and less is a unit mixed up."""
    assert (code, severity) not in reported(NET, {"Pb": ppm(honest)}, **LAB)
    assert (code, severity) in reported(NET, {"Pb": ppm(share)}, **LAB)


def test_more_than_75_percent_lead_is_high() -> None:
    """At 75 percent still a warning."""
    assert reported(NET, {"Pb": ppm(750_000)}, **LAB) == {("lead-content", "medium")}
    assert reported(NET, {"Pb": ppm(750_001)}, **LAB) == {("lead-content", "high")}


def test_drained_batteries_hold_a_quarter_more() -> None:
    """0.68 times 1.25 is 0.85."""
    drained = {**LAB, "form": "drained"}
    assert reported(NET, {"Pb": ppm(850_000)}, **drained) == set()
    assert reported(NET, {"Pb": ppm(850_002)}, **drained) == {("lead-content", "medium")}


def test_a_percentage_for_kilograms() -> None:
    """A fiftieth of what cells hold is a unit mixed up; a little more is a poor batch."""
    assert reported(NET, {"Li": ppm(657)}, **CELLS) == set()
    assert reported(NET, {"Li": ppm(656)}, **CELLS) == {("content-unit", "high")}
    assert reported(NET, {"Li": ppm(42_640)}, **CELLS) == set()
    assert reported(NET, {"Li": ppm(42_641)}, **CELLS) == {("content-unusual", "medium")}


@pytest.mark.parametrize(
    ("honest", "fraud", "severity"),
    [
        (60_000 * KG, 60_001 * KG, "medium"),
        (5_000_000 * KG, 5_000_001 * KG, "high"),
        (400 * KG, 399 * KG, "medium"),
        (46_500_000, 44_500_000, "high"),
        (55 * KG, 21_450_000, "high"),
        (21 * KG, 5_010_000, "high"),
    ],
)
def test_the_mass_of_a_truck(honest: int, fraud: int, severity: str) -> None:
    """Tonnes for kilograms, kilograms for grams."""
    code = ("delivery-mass", severity)
    assert code not in reported(honest, {"Pb": honest // 10 * 6}, **LAB)
    assert code in reported(fraud, {"Pb": fraud // 10 * 6}, **LAB)


@pytest.mark.parametrize("at", ["2025-05-31T19:00:00Z", "2026-05-31T18:00:00Z"])
def test_the_calibration_is_dated_at_the_site(at: str) -> None:
    """Half past midnight on the first of June in India, and half an hour before it."""
    weighing = {"gross_kg": "30000", "tare_kg": "10000", "scale": "WB-1"}
    assert reported(NET, {"Pb": ppm(600_000)}, **LAB, weighing=weighing, at=at) == set()


def test_the_last_day_ends_at_the_site() -> None:
    """Half an hour into the first of June in India."""
    weighing = {"gross_kg": "30000", "tare_kg": "10000", "scale": "WB-1"}
    late = reported(NET, {"Pb": ppm(600_000)}, **LAB, weighing=weighing, at="2026-05-31T19:00:00Z")
    assert late == {("scale-out-of-calibration", "medium")}


def test_a_scale_that_nobody_registered() -> None:
    """Asked only of a site that has registered its scales."""
    weighing = {"gross_kg": "30000", "tare_kg": "10000", "scale": "WB-9"}
    lead = {"Pb": ppm(600_000)}
    assert reported(NET, lead, **LAB, weighing=weighing) == {("unknown-scale", "medium")}
    assert reported(NET, lead, **LAB, weighing=weighing, party=MUN._replace(scales=())) == set()


@pytest.mark.parametrize("code", ["a1160", "A1160 / Y31", "Y31, Y34"])
def test_basel_codes_as_people_write_them(code: str) -> None:
    """Small letters and several codes are the same codes."""
    assert reported(NET, {"Pb": ppm(600_000)}, **LAB, basel_code=code) == set()
    wrong = reported(NET, {"Pb": ppm(600_000)}, **LAB, basel_code=f"{code} A1181")
    assert wrong == {("basel-code-does-not-fit", "medium")}


def test_pieces() -> None:
    """5 to 80 kg a lead-acid battery; beyond a hundred times that a unit is mixed up."""
    content = {"Pb": ppm(600_000)}
    assert reported(NET, content, **LAB, pieces=4_000) == reported(NET, content, **LAB, pieces=250) == set()
    assert reported(NET, content, **LAB, pieces=0) == set()
    assert reported(NET, content, **LAB, pieces=4_001) == {("pieces-do-not-fit", "medium")}
    assert reported(NET, content, **LAB, pieces=249) == {("pieces-do-not-fit", "medium")}
    assert reported(NET, content, **LAB, pieces=400_001) == {("pieces-do-not-fit", "high")}


@pytest.mark.parametrize(
    ("tare", "expected"),
    [
        ("10100", set()),
        ("10101", {("weighing-does-not-add-up", "medium")}),
        ("10400", {("weighing-does-not-add-up", "medium")}),
        ("10401", {("weighing-does-not-add-up", "high")}),
    ],
)
def test_gross_less_tare(tare: str, expected: set[tuple[str, str]]) -> None:
    """Half a percent is the scale, two percent is another load."""
    weighing = {"gross_kg": "30000", "tare_kg": tare, "scale": "WB-1"}
    assert reported(NET, {"Pb": ppm(600_000)}, **LAB, weighing=weighing) == expected


@pytest.mark.parametrize(("honest", "fraud"), [("2025-06-01", "2025-05-30"), ("2026-05-31", "2026-06-01")])
def test_the_calibration_of_the_scale(honest: str, fraud: str) -> None:
    """Both days belong to it; a scale without days on record is not accused."""
    weighing = {"gross_kg": "30000", "tare_kg": "10000", "scale": "WB-1"}
    lead = {"Pb": ppm(600_000)}
    assert reported(NET, lead, **LAB, weighing=weighing, at=f"{honest}T06:00:00Z") == set()
    late = reported(NET, lead, **LAB, weighing=weighing, at=f"{fraud}T06:00:00Z")
    assert late == {("scale-out-of-calibration", "medium")}
    assert reported(NET, lead, **LAB, weighing={**weighing, "scale": "WB-2"}, at=f"{fraud}T06:00:00Z") == set()


@pytest.mark.parametrize(
    ("country", "day", "code", "expected"),
    [
        ("DE", "2026-11-08", "16 06 05", set()),
        ("DE", "2026-11-09", "16 06 05", {("waste-code-not-valid", "medium")}),
        ("IN", "2026-11-09", "16 06 05", {("waste-code-not-valid", "low")}),
        ("DE", "2026-11-09", "16 06 07*", set()),
        ("DE", "2026-11-08", "16 06 07*", {("waste-code-not-valid", "medium")}),
        ("IN", "2026-11-08", "16 06 07*", set()),
        ("IN", "2026-11-09", "16 06 01*", {("waste-code-does-not-fit", "medium")}),
        ("IN", "2026-11-09", "99 99 99", {("waste-code-unknown", "low")}),
    ],
)
def test_waste_codes_change_on_the_ninth_of_november(
    country: str, day: str, code: str, expected: set[tuple[str, str]]
) -> None:
    """The last day of the old list, the first of the new; India may use the new one early."""
    fields = {**CELLS, "waste_code": code, "country": country}
    assert reported(NET, {"Li": ppm(30_000)}, **fields, at=f"{day}T12:00:00Z") == expected


def test_waste_of_manufacture_stated_as_used() -> None:
    """Before the change no code could distinguish the two."""
    scrap = {**CELLS, "waste_code": "16 06 24*"}
    assert reported(NET, {"Li": ppm(30_000)}, **scrap, at="2026-11-09T12:00:00Z") == {
        ("waste-code-contradicts-origin", "high")
    }
    honest = {**scrap, "origin": "battery_manufacturing"}
    assert reported(NET, {"Li": ppm(30_000)}, **honest, at="2026-11-09T12:00:00Z") == set()


@pytest.mark.parametrize(
    ("country", "home", "is_banned"), [("DE", "IN", True), ("DE", "US", False), ("US", "IN", False)]
)
def test_black_mass_from_the_eu(country: str, home: str, is_banned: bool) -> None:
    """Only to members of the OECD."""
    park = MUN._replace(country=home)
    codes = reported(NET, {"Li": ppm(30_000)}, **MASS, party=park, country=country)
    assert codes == ({("eu-black-mass", "high")} if is_banned else set())


def test_papers_and_reasons() -> None:
    """Basel codes, missing weights, stock from before, water that is missing."""
    lead = {"Pb": ppm(600_000)}
    assert reported(NET, lead, **LAB, basel_code="A1160") == set()
    assert reported(NET, lead, **LAB, basel_code="A1181") == {("basel-code-does-not-fit", "medium")}
    assert reported(NET, lead, **{**LAB, "documents": []}) == {("no-weighing-document", "low")}
    assert reported(NET, lead, **LAB, reason="opening_stock") == {("opening-stock", "medium")}
    assert reported(NET, lead, **LAB, reason="found") == {("found-stock", "medium")}
    assert reported(NET, {"Li": ppm(30_000)}, **MASS, dry_kg="20000") == {("dry-equals-wet", "medium")}
    assert reported(NET, {"Li": ppm(30_000)}, **MASS, dry_kg="19999") == set()


def test_a_limit_of_the_site_itself() -> None:
    """What the authority set for a park holds there, and the finding says so."""
    park = MUN._replace(limits=(("lead_content_warn_ppm", 620_000),))
    assert found(NET, {"Pb": ppm(620_000)}, party=park, **LAB) == []
    (finding,) = found(NET, {"Pb": ppm(620_001)}, party=park, **LAB)
    assert (finding.limit, finding.source) == ((("lead_content_warn_ppm", 620_000),), "site")
    assert say(finding)[2:] == ("62.00 %", "set for this site by the authority")


def test_a_finding_says_where_it_stands() -> None:
    """The entry, the statement, the lot, what was found, what was expected and on whose word."""
    (finding,) = found(NET, {"Pb": ppm(700_000)}, **LAB)
    assert finding[2:] == (
        (("found_ppm", 700_000), ("metal", "Pb")),
        (("lead_content_warn_ppm", 680_000),),
        "lead_content_warn_ppm",
        7,
        "ab" * 32,
        ("MUN-B-1",),
        "",
        (("form", "whole"),),
        None,
    )
    assert say(finding) == (
        "MUN-B-1 is said to hold 70.00 % lead, which whole lead-acid batteries do not",
        "70.00 % Pb",
        "68.00 %",
        SOURCES["lead_content_warn_ppm"],
    )


@given(
    net=st.integers(1, 9_999_999_999_999_999),
    shares=st.dictionaries(st.sampled_from(METALS), st.integers(0, 80_000), max_size=12),
    fields=st.fixed_dictionaries(
        {
            "material": st.sampled_from(get_args(Material)),
            "chemistry": st.sampled_from(get_args(Chemistry)),
            "form": st.sampled_from(get_args(Form)),
            "country": st.sampled_from(sorted(COUNTRIES)),
            "reason": st.sampled_from(get_args(IntakeReason)),
            "origin": st.sampled_from(ORIGINS),
            "documents": st.sampled_from([[], [SLIP]]),
        },
        optional={
            "pieces": st.integers(0, 10**12),
            "dry_kg": st.just("0.000001"),
            "waste_code": st.sampled_from(["160601*", "16 06 24*", "19 14 02*", "x"]),
            "basel_code": st.sampled_from(["A1160", "Y31", "x"]),
            "weighing": st.sampled_from(WEIGHINGS),
        },
    ),
)
def test_nothing_that_can_be_read_breaks_the_checks(net: int, shares: dict[str, int], fields: dict[str, Any]) -> None:
    """Whatever an intake says, it is judged, and every finding is said in whole."""
    content = {metal: net * share // 1_000_000 for metal, share in shares.items()}
    for finding in found(net, content, **fields, description="as reported"):
        assert finding.severity in ("low", "medium", "high")
        assert all(say(finding))


def test_every_limit_has_a_source() -> None:
    """Each says on whose authority it stands, and marks what stands on none."""
    assert set(SOURCES) == set(Limits._fields)
    assert min(map(len, SOURCES.values())) > 20
