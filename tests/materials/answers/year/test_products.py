"""The products of a year: shares, custody, credits, duties."""

from __future__ import annotations

from typing import Any

from ledger.materials.answers.year.products import shares_report
from schemas.ids import LotId
from schemas.versions import VERSION_1
from tests.materials.yearbook import DAY, class_row, domestic_of, verdict, year_of
from tests.season.court import Court
from tests.world.events import KG, addition, line, output, run


def _blended(**more: Any) -> Court:
    """Return 12,000 kg lead: 10,000 kg smelted of batteries, 2,000 kg bought."""
    court = Court()
    court.batch("MUN-B-1", 20_000)
    court.smelt("MUN-R-1", {"MUN-B-1": 20_000}, 10_000, **more)
    bought = addition(2_000 * KG, {"Pb": 2_000 * KG})
    court.smelt("MUN-R-2", {"MUN-L-1": 10_002}, 12_000, at=DAY % 9, process="blending", additions=[bought])
    assert court.refused == []
    return court


def _credited(court: Court, lead: str) -> None:
    """Draw credit for the blended lead, and send it."""
    line = {"lot": "MUN-L-2", "credit_kg": {"Pb": {"battery_post_consumer": lead}}}
    court.say("MUN", {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [line]}, DAY % 20)
    assert court.refused == []


def test_the_products_of_a_year_are_judged_together() -> None:
    """10,000 of 12,000 kg lead are recycled, 0.833333: fails 85 % by 0.016667; what was blended counts once."""
    products = year_of(_blended())["products"]
    assert (products["basis"], products["share_basis"]) == ("physical", "physical")
    assert products["custody"] == "controlled_blending"
    assert "physical_share" not in products
    assert products["content_kg"] == {"Pb": "12000"}
    assert products["recycled_share"]["iso-14021"] == {
        "Pb": {"post_consumer": "0.833333", "pre_consumer": "0.000000"}
    }  # fmt: skip
    found = verdict(products, "minimum_share", "Pb")
    assert (found["share"], found["passes"], found["margin"]) == ("0.833333", False, "-0.016667")


def test_a_year_has_the_weakest_model_of_custody_among_its_products() -> None:
    """One run under mass balance beside a segregated one of lithium."""
    court = _blended(custody="mass_balance")
    court.cells("MUN-B-3", 1_000, {"Ni": 100}, custody="segregated")
    salt = output("MUN-N-1", 440 * KG, {"Ni": 95 * KG}, material="nickel_sulfate")
    court.say("MUN", run("MUN-R-3", [line("MUN-B-3", 1000 * KG)], [salt], custody="segregated"))
    report = year_of(court)
    assert class_row(report, "lithium")["custody"] == "segregated"
    assert class_row(report, "lead_acid")["custody"] == report["custody"] == "mass_balance"


def test_under_mass_balance_credits_are_judged_and_not_the_metal() -> None:
    """Nothing before a credit is drawn; 10,000 kg drawn for 12,000 kg are 0.833333; the physical share stays beside."""
    court = _blended(custody="mass_balance")
    for drawn, share in (("", "0.000000"), ("9000", "0.750000")):
        if drawn:
            _credited(court, drawn)
        lot = court.lots[LotId("MUN-L-2")]
        for reported in (
            shares_report(lot.mix, lot.credit, lot.custody, "2026-02-01", VERSION_1),
            year_of(court)["products"],
        ):
            assert (reported["basis"], reported["share_basis"]) == ("credits", "mass_balance")
            assert reported["recycled_share"]["eu-2023-1542"] == {"Pb": share}
            assert reported["physical_share"]["eu-2023-1542"] == {"Pb": "0.833333"}
            found = verdict(reported, "minimum_share", "Pb")
            assert (found["share"], found["passes"]) == (share, False)
            recycled = {row["shares"]["recycled"] for row in reported["duties"] if row["rule_set"] == "eu-2023-1542"}
            assert recycled == {share}


def test_metal_whose_claim_was_given_to_the_account_passes_no_rule() -> None:
    """Physically all recycled, 1.0: without credit drawn for it, it fails by all of 85 %."""
    court = Court()
    court.batch("MUN-B-1", 20_000)
    court.smelt("MUN-R-1", {"MUN-B-1": 20_000}, 10_000, custody="mass_balance")
    lot = court.lots[LotId("MUN-L-1")]
    reported = shares_report(lot.mix, lot.credit, lot.custody, "2031-08-18", VERSION_1)
    found = verdict(reported, "minimum_share", "Pb")
    assert (found["share"], found["margin"], found["passes"]) == ("0.000000", "-0.850000", False)
    assert reported["recycled_share"]["eu-2023-1542"] == {"Pb": "0.000000"}
    assert reported["physical_share"]["eu-2023-1542"] == {"Pb": "1.000000"}
    assert domestic_of(court).metal_in(lot) == 0


def test_rules_without_a_minimum_are_duties_with_their_status() -> None:
    """What Article 8(1) will ask for is not yet law; ISO 14021 asks for two shares of every metal."""
    duties = year_of(_blended())["products"]["duties"]
    members = ("rule_set", "kind", "of", "from", "status", "in_force")
    assert [tuple(row[name] for name in members) for row in duties] == [
        ("eu-2023-1542", "documentation", "Pb", "2028-08-18", "not yet law", False),
        ("eu-2023-1542", "documentation", "Pb", "2033-08-18", "default, unsourced", False),
        ("iso-14021", "declaration", "Pb", "2016-01-01", "standard", True),
    ]  # fmt: skip
    assert duties[2]["shares"] == {"post_consumer": "0.833333", "pre_consumer": "0.000000"}
