"""Schemes in which virgin metal, or new cathode powder, comes in under a name of waste."""

from __future__ import annotations

from typing import Any

from tests.materials.yard import intake
from tests.season.court import Court
from tests.season.schemes.contents import assay, hand_over
from tests.season.schemes.registry import scheme
from tests.world.events import KG

NEW_622 = {"Ni": 360, "Co": 120, "Li": 71}
"""Kilograms in a tonne of new NMC622 cathode powder."""


@scheme("purer-than-waste", by="content against origin, whoever states it")
def _virgin_lead_called_bullion(court: Court) -> None:
    _pure(court, "lead_bullion", form="ingot")


@scheme("purer-than-waste", by="content against origin, whoever states it")
def _virgin_lead_called_bullion_of_other_waste(court: Court) -> None:
    _pure(court, "lead_bullion", form="ingot", origin="other_pre_consumer")


@scheme("purer-than-waste", by="content against origin, whoever states it")
def _refined_lead_called_waste_of_other_products(court: Court) -> None:
    _pure(court, "refined_lead", form="ingot", origin="other_post_consumer")


@scheme("origin-does-not-fit", by="origin against the reason")
def _refined_lead_that_a_customer_returns_as_other_waste(court: Court) -> None:
    _pure(court, "refined_lead", form="ingot", origin="other_post_consumer", reason="customer_return")


@scheme("purer-than-waste", by="content against origin, whoever states it")
def _pure_lead_called_mixed_batteries(court: Court) -> None:
    _pure(court, "mixed_battery", form="whole", chemistry="mixed")


@scheme("content-unusual", by="range of content of the material")
def _pure_lead_called_electronics(court: Court) -> None:
    _pure(court, "electronics", origin="other_post_consumer")


@scheme("content-unusual", by="range of content of the material")
def _pure_lead_called_cable(court: Court) -> None:
    _pure(court, "cable", origin="other_post_consumer")


@scheme("content-unusual", by="range of content of the material")
def _pure_lead_called_steel(court: Court) -> None:
    _pure(court, "steel", origin="other_post_consumer")


@scheme("content-unusual", by="range of content of the material")
def _pure_lead_called_matte(court: Court) -> None:
    _pure(court, "matte", origin="other_pre_consumer")


@scheme("content-unusual", by="range of content of the material")
def _pure_lead_called_dross(court: Court) -> None:
    _pure(court, "lead_dross", origin="other_pre_consumer")


@scheme("content-unusual", by="range of content of the material")
def _pure_lead_called_leach_residue(court: Court) -> None:
    _pure(court, "leach_residue", origin="other_pre_consumer")


@scheme("purer-than-waste", by="content against origin, whoever states it")
def _nickel_metal_stated_as_used_batteries(court: Court) -> None:
    _pure(court, "nickel_metal", "Ni", form="bulk", chemistry="NiMH")


@scheme("purer-than-waste", by="content against origin, whoever states it")
def _cobalt_metal_stated_as_waste_of_battery_making(court: Court) -> None:
    _pure(court, "cobalt_metal", "Co", form="bulk", chemistry="LCO", origin="battery_manufacturing")


@scheme("origin-does-not-fit", by="origin against material")
def _filter_cake_stated_as_used_batteries(court: Court) -> None:
    court.cells("MUN-B-1", 1000, {"Ni": 400}, material="filter_cake", form="filter_cake", chemistry="unknown")


@scheme("purer-than-waste", by="content against pure cathode material")
def _new_cathode_powder_called_electrode_scrap(court: Court) -> None:
    court.cells("MUN-B-1", 1000, NEW_622, material="electrode_scrap", form="powder", origin="battery_manufacturing")


@scheme("purer-than-waste", by="content against pure cathode material")
def _new_cathode_powder_called_black_mass(court: Court) -> None:
    court.cells("MUN-B-1", 1000, NEW_622, material="black_mass", form="powder")


@scheme("purer-than-waste", by="content against pure cathode material")
def _new_cathode_powder_called_black_mass_of_mixed_chemistry(court: Court) -> None:
    court.cells("MUN-B-1", 1000, {**NEW_622, "Mn": 113}, material="black_mass", form="powder", chemistry="mixed")


@scheme("purer-than-waste", by="content against origin, whoever states it")
def _scrap_that_only_its_assay_shows_to_be_pure(court: Court) -> None:
    court.say("MUN", intake("MUN-B-1", 12_000 * KG, {"Pb": 11_700 * KG}))
    court.say("MUN", assay("MUN-B-1", Pb="0.9998"))


@scheme("purer-than-waste", by="content against origin, whoever states it")
def _scrap_that_only_its_receiver_finds_to_be_pure(court: Court) -> None:
    court.say("MUN", intake("MUN-B-1", 12_000 * KG, {"Pb": 11_700 * KG}))
    hand_over(court, "MUN-B-1", "GLENCORE", "12000", {"Pb": "11998"})


def _pure(court: Court, material: str, metal: str = "Pb", **more: Any) -> None:
    content = {metal: 11_998 * KG}
    court.say("MUN", intake("MUN-B-1", 12_000 * KG, content, **{"material": material, "form": "scrap", **more}))
