"""Assays, worked out by hand: whose word governs, and where content goes when it changes."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.materials.claims.marks import claimable
from schemas.codes import Role
from schemas.errors import MalformedError
from schemas.ids import PartyId, RunId
from tests.materials.yard import Yard
from tests.world.events import line, output, run

KG = 1_000_000


@pytest.fixture
def yard() -> Yard:
    """1,000 kg with 600 kg of lead, 400 of it post-consumer, 200 from manufacturing."""
    yard = Yard()
    split = {"Pb": {"battery_post_consumer": 400 * KG, "battery_manufacturing": 200 * KG}}
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG}, origin_kg=split)
    return yard


def assay(fraction: str, *lots: str, uncertainty: str = "0", **more: Any) -> dict[str, Any]:
    """Return a final assay of lead on the wet mass."""
    results = {"Pb": {"fraction": fraction, "uncertainty": uncertainty}}
    return {"type": "assay", "lots": list(lots or ("MUN-B-1",)), "stage": "final", "basis": "wet", "method": "XRF",
            "sample": "1", "results": results, **more}  # fmt: skip


def send(yard: Yard, lot: str, decision: str, **word: Any) -> None:
    """Send a lot to Glencore, if it is still here, and let Glencore say a word."""
    if yard.lot(lot).status == "open":
        yard.say("MUN", {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": lot}]})
    row = {"lot": lot, "decision": decision, "net_kg": "1000", **word}
    yard.say("GLENCORE", {"type": "acceptance", "shipment": "MUN-H-1", "lots": [row]})


def test_content_down_leaves_pro_rata_over_origins(yard: Yard) -> None:
    """54 % of 1,000 kg: 60 kg go, 40 and 20, as a loss."""
    effects = yard.say("MUN", assay("0.54"))
    assert yard.origins("MUN-B-1") == {"battery_post_consumer": 360 * KG, "battery_manufacturing": 180 * KG}
    assert [(row.kind, row.net, sum(row.mix["Pb"])) for row in effects.postings] == [("loss", 0, 60 * KG)]
    assert yard.lot("MUN-B-1").net == 1000 * KG


def test_content_up_on_an_intake_is_of_its_own_origins(yard: Yard) -> None:
    """66 %: 60 kg more, 40 and 20; a metal that was not there takes the lot's origins."""
    results = {"Pb": {"fraction": "0.66"}, "Sb": {"fraction": "0.003"}}
    yard.say("MUN", {**assay("0.66"), "results": results})
    assert yard.origins("MUN-B-1") == {"battery_post_consumer": 440 * KG, "battery_manufacturing": 220 * KG}
    assert yard.origins("MUN-B-1", "Sb") == {"battery_post_consumer": 2 * KG, "battery_manufacturing": KG}
    assert yard.contributions("MUN-B-1", "Sb") == [("MUN-B-1", "1.000000000")]


def test_content_up_on_an_output_comes_from_its_runs_loss_first(yard: Yard) -> None:
    """500 of 600 kg out; 140 kg more are found: 100 kg of the loss come back, 40 kg are unknown."""
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [output("MUN-P-1", 800 * KG, {"Pb": 500 * KG})]))
    yard.say("MUN", assay("0.8", "MUN-P-1"))
    assert yard.origins("MUN-P-1") == {
        "battery_post_consumer": 400 * KG, "battery_manufacturing": 200 * KG, "unknown": 40 * KG,
    }  # fmt: skip
    assert yard.runs[RunId("MUN-R-1")].loss_left() == {}
    assert yard.contributions("MUN-P-1") == [("MUN-B-1", "0.937500000"), ("gain:MUN-R-1", "0.062500000")]


def test_what_was_taken_before_an_assay_is_what_it_found(yard: Yard) -> None:
    """Half goes on before the assay raises the lot: both halves have the gain among their sources."""
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [output("MUN-P-1", 800 * KG, {"Pb": 600 * KG})]))
    yard.say("MUN", run("MUN-R-2", [line("MUN-P-1", 400 * KG)], [output("MUN-Q-1", 400 * KG, {"Pb": 300 * KG})]))
    yard.say("MUN", assay("0.8", "MUN-P-1"))
    yard.say("MUN", run("MUN-R-3", [line("MUN-P-1", 400 * KG)], [output("MUN-Q-2", 400 * KG, {"Pb": 320 * KG})]))
    assert yard.contributions("MUN-Q-1") == [("MUN-B-1", "0.937500000"), ("gain:MUN-R-1", "0.062500000")]
    assert yard.contributions("MUN-Q-2") == [("MUN-B-1", "0.937500000"), ("gain:MUN-R-1", "0.062500000")]


def test_a_dry_fraction_is_of_the_dry_mass(yard: Yard) -> None:
    """12 % moisture: 880 kg dry, half of them lead; the dry mass stands on the lot."""
    yard.say("MUN", assay("0.5", basis="dry", moisture="0.12"))
    assert (yard.lot("MUN-B-1").dry, sum(yard.lot("MUN-B-1").mix["Pb"])) == (880 * KG, 440 * KG)


def test_a_dry_fraction_without_dry_mass_is_refused_in_words(yard: Yard) -> None:
    """Nothing says how much of the lot is water."""
    with pytest.raises(MalformedError, match=r"make metal out of water"):
        yard.say("MUN", assay("0.65", basis="dry"))


@pytest.mark.parametrize("issuer", ["GLENCORE", "TEX"])
def test_nobody_without_part_in_a_lot_assays_it(yard: Yard, issuer: str) -> None:
    """Neither holder, nor maker, nor laboratory, nor certifier."""
    assert yard.code(issuer, assay("0.5")) == "not-entitled"


@pytest.mark.parametrize("role", ["laboratory", "certifier"])
def test_a_certifier_analyses_a_lot_like_a_laboratory(yard: Yard, role: Role) -> None:
    """Its control is recorded, held against the book and governs nothing until the park confirms it."""
    party = PartyId("CERT")
    yard.parties[party] = yard.parties[PartyId("GLENCORE")]._replace(id=party, roles=(role,))
    effects = yard.say("CERT", {**assay("0.5"), "stage": "control"})
    assert {finding.code for finding in effects.findings} == {"assay-differs"}
    assert sum(yard.lot("MUN-B-1").mix["Pb"]) == 600 * KG
    yard.say("MUN", {"type": "assay", "lots": ["MUN-B-1"], "confirms": f"{yard.index - 1:064x}"})
    assert sum(yard.lot("MUN-B-1").mix["Pb"]) == 500 * KG


def test_after_dispatch_only_a_settlement_with_its_assays_changes_content(yard: Yard) -> None:
    """The park's own assay comes too late; the settled word names Glencore's and counts."""
    send(yard, "MUN-B-1", "disputed")
    yard.say("GLENCORE", assay("0.5"))
    theirs = f"{yard.index - 1:064x}"
    yard.say("MUN", assay("0.7"))
    assert sum(yard.lot("MUN-B-1").mix["Pb"]) == 600 * KG
    send(yard, "MUN-B-1", "settled", content_kg={"Pb": "540"}, assays=[theirs])
    assert yard.origins("MUN-B-1") == {"battery_post_consumer": 360 * KG, "battery_manufacturing": 180 * KG}
    assert {finding.code for finding in yard.findings} >= {"assay-differs"}


def test_a_settlement_without_assays_is_recorded_and_changes_nothing(yard: Yard) -> None:
    """There is nothing that it rests on."""
    send(yard, "MUN-B-1", "disputed")
    send(yard, "MUN-B-1", "settled", content_kg={"Pb": "540"})
    assert sum(yard.lot("MUN-B-1").mix["Pb"]) == 600 * KG
    assert "settlement-without-effect" in {finding.code for finding in yard.findings}


def test_a_later_stage_outweighs_an_earlier_one(yard: Yard) -> None:
    """After the final assay a control sample is only recorded."""
    yard.say("MUN", assay("0.54"))
    yard.say("MUN", {**assay("0.5"), "stage": "control"})
    assert sum(yard.lot("MUN-B-1").mix["Pb"]) == 540 * KG


def test_the_uncertainty_of_assays_widens_what_a_run_may_put_out(yard: Yard) -> None:
    """Two lots of 500 kg lead each, each known to 30 kg (k=2): 42 kg together, not 60."""
    for number in (2, 3):
        yard.intake(f"MUN-B-{number}", 1000 * KG, {"Pb": 500 * KG})
        yard.say("MUN", assay("0.5", f"MUN-B-{number}", uncertainty="0.03"))
    inputs = [line(f"MUN-B-{number}", 1000 * KG) for number in (2, 3)]
    too_much = run("MUN-R-1", inputs, [output("MUN-P-1", 1100 * KG, {"Pb": 1043 * KG})])
    assert yard.code("MUN", too_much) == "gain-exceeds-tolerance"
    yard.say("MUN", run("MUN-R-1", inputs, [output("MUN-P-1", 1100 * KG, {"Pb": 1042 * KG})]))
    assert [finding.code for finding in yard.findings if finding.code.startswith("gain")] == ["gain-within-uncertainty"]


def test_claims_are_bounded_by_the_smaller_of_book_and_accepted(yard: Yard) -> None:
    """950 of 1,000 kg arrived: 570 of 600 kg can be claimed, of either kind, pro rata over origins."""
    send(yard, "MUN-B-1", "accepted", net_kg="950")
    assert claimable(yard.lot("MUN-B-1"), "recycled_content") == {"Pb": (380 * KG, 190 * KG, 0, 0, 0, 0, 0)}
