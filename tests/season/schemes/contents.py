"""Schemes about what a material is said to hold, by whatever road it is said, and where it comes from."""

from __future__ import annotations

from typing import Any

from tests.materials.yard import intake
from tests.season.court import SLIP, Court
from tests.season.schemes.registry import scheme
from tests.world.events import KG, line, output, participant, run

BLACK = {"Ni": 219, "Co": 73, "Li": 43}
"""Kilograms in a tonne of NMC622 black mass."""


@scheme("lead-content", by="composition, whoever states it")
def _an_assay_that_makes_batteries_of_lead(court: Court) -> None:
    court.batch("MUN-B-1", 20_000)
    court.say("MUN", assay("MUN-B-1", Pb="0.92"))


@scheme("content-unit", by="composition, whoever states it")
def _a_percentage_for_a_fraction_of_lead(court: Court) -> None:
    court.batch("MUN-B-1", 20_000)
    court.say("MUN", assay("MUN-B-1", Pb="0.006"))


@scheme("above-stoichiometric-ceiling", by="stoichiometry, also of assays without effect")
def _a_laboratory_with_61_percent_cobalt(court: Court) -> None:
    court.cells("MUN-B-1", 1000, {"Li": 40, "Co": 600}, material="black_mass", chemistry="LCO", form="powder")
    court.say("LAB", assay("MUN-B-1", Co="0.61"))


@scheme("content-unusual", by="composition, whoever states it")
def _an_assay_richer_than_any_pack(court: Court) -> None:
    court.cells("MUN-B-1", 10_000, {"Ni": 1009, "Co": 338, "Li": 204}, form="pack")
    court.say("MUN", assay("MUN-B-1", Ni="0.33", Co="0.11"))


@scheme("above-stoichiometric-ceiling", by="stoichiometry of the receiver's analysis")
def _a_receiver_that_finds_more_than_a_formula(court: Court) -> None:
    court.cells("MUN-B-1", 1000, {"Li": 40}, material="black_mass", chemistry="LCO", form="powder")
    hand_over(court, "MUN-B-1", "GLENCORE", "1000", {"Co": "900"})


@scheme("content-exceeds-net", by="metal within the receiver's own weight")
def _metal_found_in_a_shipment_that_never_arrived(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    hand_over(court, "MUN-B-1", "GLENCORE", "0", {"Pb": "590"})


@scheme("handover-difference", by="the receiver's analysis against the book")
def _a_metal_that_only_the_receiver_has(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    hand_over(court, "MUN-B-1", "GLENCORE", "1000", {"Sn": "20"})


@scheme("content-unit", by="composition of what a run makes")
def _a_percentage_of_lead_in_paste_that_a_run_made(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    made = output("MUN-P-1", 500 * KG, {"Pb": 7 * KG}, material="lead_paste", role="intermediate")
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [made], process="breaking"))


@scheme("above-stoichiometric-ceiling", by="stoichiometry of the declared material")
def _cobalt_in_a_chemistry_without_figures(court: Court) -> None:
    court.cells("MUN-B-1", 1000, {"Co": 900}, material="black_mass", chemistry="LTO", form="powder")


@scheme("above-stoichiometric-ceiling", by="richest compound of the declared material")
def _cobalt_called_filter_cake(court: Court) -> None:
    court.cells("MUN-B-1", 1000, {"Co": 950}, material="filter_cake", form="filter_cake")


@scheme("above-stoichiometric-ceiling", by="richest compound of the declared material")
def _paste_of_pure_lead(court: Court) -> None:
    court.say("MUN", intake("MUN-B-1", 20_000 * KG, {"Pb": 19_800 * KG}, material="lead_paste", form="paste"))


@scheme("foreign-metal", by="composition of the declared material")
def _nickel_in_lead_batteries(court: Court) -> None:
    content = {"Pb": 10_000 * KG, "Ni": 6_000 * KG}
    court.say("MUN", intake("MUN-B-1", 20_000 * KG, content, material="lead_acid_battery", form="whole"))


@scheme("chemistry-does-not-fit", by="material and chemistry")
def _lead_batteries_of_nickel_chemistry(court: Court) -> None:
    court.batch("MUN-B-1", chemistry="NMC622")


@scheme("grade-does-not-fit", by="grade against content")
def _a_grade_that_the_lead_does_not_reach(court: Court) -> None:
    court.batch("MUN-B-1", 20_000)
    made = output("MUN-L-1", 14_500 * KG, {"Pb": 11_900 * KG}, material="refined_lead", grade="EN 12659 PB985R")
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 20_000 * KG)], [made]))


@scheme("grade-does-not-fit", by="grade against content")
def _lead_stated_at_81_percent_and_sold_by_its_purity(court: Court) -> None:
    court.batch("MUN-B-1", 20_000)
    made = output("MUN-L-1", 14_600 * KG, {"Pb": 11_826 * KG}, material="refined_lead", grade="Pb 99.97 %")
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 20_000 * KG)], [made], "refining"))


@scheme("origin-does-not-fit", by="origin against material")
def _virgin_lead_stated_as_used_batteries(court: Court) -> None:
    _bought(court, "primary_lead", {"Pb": 12_000})


@scheme("origin-does-not-fit", by="origin against material")
def _ingots_stated_as_used_batteries(court: Court) -> None:
    _bought(court, "refined_lead", {"Pb": 12_000})


@scheme("origin-does-not-fit", by="origin against material")
def _a_salt_stated_as_waste_of_battery_making(court: Court) -> None:
    _bought(
        court, "nickel_sulfate", {"Ni": 2_680}, chemistry="unknown", form="crystals", origin="battery_manufacturing"
    )


@scheme("origin-does-not-fit", by="origin against reason")
def _sold_lead_that_a_customer_returns_as_waste(court: Court) -> None:
    _bought(court, "lead_bullion", {"Pb": 11_900}, reason="customer_return")


@scheme("purer-than-waste", by="content against origin, whoever states it")
def _scrap_as_pure_as_an_ingot(court: Court) -> None:
    _bought(court, "lead_scrap", {"Pb": 11_990}, form="scrap")


@scheme("origin-does-not-fit", by="origin against material")
def _cathode_cuttings_stated_as_used_batteries(court: Court) -> None:
    court.cells("MUN-B-1", 1000, {"Ni": 165, "Co": 55, "Li": 32}, material="electrode_scrap", form="scrap")


@scheme("origin-lifted", by="what a correction makes claimable")
def _virgin_scrap_corrected_into_used_batteries(court: Court) -> None:
    content = {"Pb": 18_000 * KG}
    slip = [{**SLIP, "number": "WB-1"}]
    reported = court.say("MUN", intake("MUN-B-1", 20_000 * KG, content, origin="primary", documents=slip))
    court.smelt("MUN-R-1", {"MUN-B-1": 20_000}, 17_900, at="2026-01-12T06:00:00Z")
    right = intake("MUN-B-1", 20_000 * KG, content, documents=slip)
    fix = {
        "type": "correction",
        "statement": reported,
        "kind": "incorrect_data",
        "reason": "typo",
        "replacement": right,
    }
    court.say("MUN", fix, "2026-01-20T06:00:00Z")


@scheme("eu-black-mass", by="country of a lot at hand-over")
def _black_mass_from_the_eu_through_texas(court: Court) -> None:
    court.cells("TEX-B-1", 1000, BLACK, material="black_mass", form="powder", country="DE")
    hand_over(court, "TEX-B-1", "MUN", "1000")


@scheme("eu-black-mass", by="country of a lot at hand-over")
def _black_mass_of_a_processor_in_the_eu(court: Court) -> None:
    court.register(participant("EUP", "processor", country="DE"))
    court.cells("EUP-B-1", 1000, BLACK, material="black_mass", form="powder", country="CH")
    hand_over(court, "EUP-B-1", "MUN", "1000")


@scheme("eu-black-mass", by="country, chemistry and content")
def _black_mass_from_the_eu_called_filter_cake(court: Court) -> None:
    court.cells("MUN-B-1", 1000, BLACK, material="filter_cake", form="filter_cake", country="DE")


@scheme("eu-black-mass", by="digits of the waste code")
def _black_mass_from_the_eu_under_a_code_without_star(court: Court) -> None:
    court.cells("MUN-B-1", 1000, {}, material="graphite", form="powder", country="DE", waste_code="19.14.02")


def assay(lot: str, uncertainty: str = "0.005", **fractions: str) -> dict[str, Any]:
    """Return a final assay of one lot on its wet mass."""
    results = {metal: {"fraction": fraction, "uncertainty": uncertainty} for metal, fraction in fractions.items()}
    return {"type": "assay", "lots": [lot], "stage": "final", "basis": "wet", "method": "ICP", "sample": "1",
            "results": results}  # fmt: skip


def hand_over(court: Court, lot: str, receiver: str, kg: str, content: dict[str, str] | None = None) -> None:
    """Send a lot and let its receiver accept it."""
    shipment = f"{lot[:3]}-H-1"
    court.say(lot[:3], {"type": "dispatch", "shipment": shipment, "to": receiver, "lots": [{"lot": lot}]})
    word = {"lot": lot, "decision": "accepted", "net_kg": kg, **({"content_kg": content} if content else {})}
    court.say(receiver, {"type": "acceptance", "shipment": shipment, "lots": [word]}, "2026-01-19T06:00:00Z")


def _bought(court: Court, material: str, content: dict[str, int], **more: Any) -> None:
    masses = {metal: kg * KG for metal, kg in content.items()}
    court.say("MUN", intake("MUN-B-1", 12_002 * KG, masses, **{"material": material, "form": "ingot", **more}))
