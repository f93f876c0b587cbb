"""Limits of plausibility: defaults with their source, which a park may replace by its own.

Units are in the names: ``ppm`` of a mass, ``days``, ``kg``, ``kwh_per_t``. Sources: *ref*
is the project's reference of process figures (section 4.7 unless said otherwise), built
on EverBatt 2023 (Argonne), the Basel fact sheet on lead-acid batteries and ICP practice;
*default* has no published source and is meant to be replaced.
"""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """All limits; a value beyond ``warn`` is medium, beyond ``high`` is high."""

    lead_content_warn_ppm: int = 680_000
    lead_content_high_ppm: int = 750_000
    lead_content_low_ppm: int = 400_000
    drained_factor_ppm: int = 1_250_000
    metal_out_high_ppm: int = 1_020_000
    explained_out_high_ppm: int = 1_100_000
    lead_out_high_ppm: int = 1_040_000
    lead_loss_warn_ppm: int = 100_000
    nickel_cobalt_loss_warn_ppm: int = 200_000
    lithium_loss_warn_ppm: int = 550_000
    black_mass_of_cells_low_ppm: int = 500_000
    black_mass_of_cells_warn_ppm: int = 780_000
    black_mass_of_cells_high_ppm: int = 850_000
    black_mass_of_packs_low_ppm: int = 300_000
    black_mass_of_packs_warn_ppm: int = 550_000
    black_mass_of_packs_high_ppm: int = 650_000
    nickel_cobalt_ratio_warn_ppm: int = 150_000
    nickel_cobalt_ratio_high_ppm: int = 300_000
    product_fraction_low_ppm: int = 800_000
    product_fraction_high_ppm: int = 1_020_000
    dry_net_gain_warn_ppm: int = 10_000
    packing_gain_warn_ppm: int = 2_000
    handover_warn_ppm: int = 5_000
    handover_high_ppm: int = 20_000
    handover_content_warn_ppm: int = 20_000
    handover_content_high_ppm: int = 50_000
    weighing_warn_ppm: int = 5_000
    weighing_high_ppm: int = 20_000
    nameplate_month_warn_ppm: int = 1_000_000
    nameplate_month_high_ppm: int = 1_200_000
    nameplate_year_high_ppm: int = 1_000_000
    residence_warn_days: int = 180
    identical_weights: int = 3
    supplier_spike_ppm: int = 3_000_000
    supplier_spike_kg: int = 20_000
    delivery_warn_kg: int = 60_000
    delivery_high_kg: int = 1_000_000
    truck_warn_kg: int = 400
    truck_high_kg: int = 60
    composition_warn_ppm: int = 1_300_000
    foreign_metal_warn_ppm: int = 10_000
    content_unit_high_ppm: int = 20_000
    power_low_kwh_per_t: int = 5
    power_high_kwh_per_t: int = 10_000


SOURCES: dict[str, str] = {
    "lead_content_warn_ppm": "ref: kg Pb per kg of wet lead-acid battery",
    "lead_content_high_ppm": "ref: kg Pb per kg of wet lead-acid battery, reject column",
    "lead_content_low_ppm": "default, below the lowest published split (ref 4.1: 0.46)",
    "drained_factor_ppm": "ref 4.1: electrolyte is 12 to 25 % of the mass",
    "metal_out_high_ppm": "ref: Ni, Co, Li recovered of contained, reject column",
    "explained_out_high_ppm": "default: more than any table is wrong by",
    "lead_out_high_ppm": "ref: Pb recovered of contained, reject column",
    "lead_loss_warn_ppm": "ref: Pb recovered of contained",
    "nickel_cobalt_loss_warn_ppm": "ref: Ni, Co recovered of contained",
    "lithium_loss_warn_ppm": "ref: Li recovered of contained",
    "black_mass_of_cells_low_ppm": "ref: black mass of cell mass",
    "black_mass_of_cells_warn_ppm": "ref: black mass of cell mass",
    "black_mass_of_cells_high_ppm": "ref: black mass of cell mass, reject column",
    "black_mass_of_packs_low_ppm": "ref: black mass of pack mass",
    "black_mass_of_packs_warn_ppm": "ref: black mass of pack mass",
    "black_mass_of_packs_high_ppm": "ref: black mass of pack mass, reject column",
    "nickel_cobalt_ratio_warn_ppm": "ref: Ni:Co against the declared chemistry",
    "nickel_cobalt_ratio_high_ppm": "ref: Ni:Co against the declared chemistry, reject column",
    "product_fraction_low_ppm": "default, of the formula's fraction (ref 4.4)",
    "product_fraction_high_ppm": "ref 4.4: no product holds more than its formula; 2 % for the analysis",
    "dry_net_gain_warn_ppm": "design section 7: 1 %",
    "packing_gain_warn_ppm": "default: packing adds nothing; a platform scale errs less",
    "handover_warn_ppm": "ref 4.6: a difference of 0.5 % is queried",
    "handover_high_ppm": "ref 4.5: weight tolerance of an LME lot, 2 %",
    "handover_content_warn_ppm": "ref 4.6: expanded uncertainty of Ni, Co 1 to 2 %",
    "handover_content_high_ppm": "default: beyond the 2 to 4 % of lithium (ref 4.6)",
    "weighing_warn_ppm": "ref 4.6: a difference of 0.5 % is queried",
    "weighing_high_ppm": "default",
    "nameplate_month_warn_ppm": "ref: monthly input of a twelfth of the nameplate",
    "nameplate_month_high_ppm": "ref: monthly input of a twelfth of the nameplate, reject column",
    "nameplate_year_high_ppm": "ref: input in twelve months of the nameplate, reject column",
    "residence_warn_days": "ref: from intake to lot",
    "identical_weights": "default: deliveries in a row",
    "supplier_spike_ppm": "default: a month of the mean of those before",
    "supplier_spike_kg": "default: smaller months are not looked at",
    "delivery_warn_kg": "default: more than any truck carries (ref 4.6: 25 t)",
    "delivery_high_kg": "default: a factor of 1,000 mixed up",
    "truck_warn_kg": "default: a weighbridge of 20 kg steps weighs no less (OIML R 76)",
    "truck_high_kg": "default: what a truck load in tonnes looks like",
    "composition_warn_ppm": "default, of EverBatt 2023: recipes vary",
    "foreign_metal_warn_ppm": "default: a metal that the chemistry does not have",
    "content_unit_high_ppm": "default: a fiftieth of what such batteries hold",
    "power_low_kwh_per_t": "default: less than any crusher takes",
    "power_high_kwh_per_t": "default: more than any furnace takes",
}
DEFAULTS = Limits()
