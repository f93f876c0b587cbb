"""Limits of plausibility: defaults with their source, which a park may replace by its own.

Units are in the names: ``ppm`` of a mass, ``days``, ``kg``, ``kwh_per_t``. A limit is never
law: beyond it something is odd, and where :data:`SOURCES` has a publication, the limit
lies outside what that publication found.
"""

from __future__ import annotations

from itertools import pairwise
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
    delivery_high_kg: int = 5_000_000
    truck_warn_kg: int = 400
    truck_high_kg: int = 45
    composition_warn_ppm: int = 1_300_000
    foreign_metal_warn_ppm: int = 10_000
    content_unit_high_ppm: int = 20_000
    assay_change_warn_ppm: int = 50_000
    lift_origin_high_ppm: int = 5_000
    assay_change_high_ppm: int = 300_000
    gained_on_way_warn_ppm: int = 20_000
    gained_on_way_high_ppm: int = 100_000
    found_on_way_warn_ppm: int = 50_000
    found_on_way_high_ppm: int = 150_000
    uncertainty_cap_ppm: int = 100_000
    power_low_kwh_per_t: int = 5
    power_high_kwh_per_t: int = 10_000
    count_uncertainty_ppm: int = 100_000
    count_surplus_high_ppm: int = 50_000
    count_shortage_high_ppm: int = 100_000
    power_run_kg: int = 1_000
    power_month_kg: int = 10_000
    scrap_purity_warn_ppm: int = 990_000
    battery_purity_high_ppm: int = 990_000
    bullion_purity_high_ppm: int = 999_000
    cathode_content_warn_ppm: int = 900_000
    cathode_content_high_ppm: int = 900_000
    like_black_mass_ppm: int = 30_000
    heel_warn_ppm: int = 50_000
    lead_out_warn_ppm: int = 1_010_000
    nickel_cobalt_out_warn_ppm: int = 990_000
    lithium_out_warn_ppm: int = 920_000
    lead_recovered_warn_ppm: int = 995_000
    quarter_bias_warn_ppm: int = 50_000
    bias_analysed_ppm: int = 800_000
    quarter_lead_warn_ppm: int = 660_000
    battery_acid_most_ppm: int = 250_000
    drained_acid_warn_ppm: int = 80_000
    lead_of_batteries_low_ppm: int = 500_000
    lead_of_batteries_warn_ppm: int = 680_000
    lead_of_batteries_high_ppm: int = 750_000
    handling_gain_warn_ppm: int = 10_000
    identical_in_month: int = 5
    supplier_first_month_kg: int = 300_000
    scale_step_kg: int = 20
    delivery_papers_kg: int = 1_000
    usual_paper_warn_ppm: int = 900_000
    paper_excess_high_ppm: int = 5_000
    out_and_in_warn_ppm: int = 1_000
    out_and_in_warn_days: int = 90
    entered_anew_warn_days: int = 10
    returns_high_ppm: int = 50_000
    supplier_median_warn_ppm: int = 1_900_000
    supplier_median_high_ppm: int = 2_500_000
    fired_net_gain_warn_ppm: int = 300_000
    wet_net_gain_warn_ppm: int = 5_000_000
    wet_dry_gain_warn_ppm: int = 1_000_000
    net_gain_high_ppm: int = 10_000_000
    wet_net_gain_high_ppm: int = 100_000_000


_EVERBATT = "EverBatt 2023, Argonne National Laboratory"
_PB = "RECOBAT 56 %, Jie 2022 65 %, Basel fact sheet on lead-acid batteries 65 to 75 % Pb"
_ACID = "RECOBAT 12 %, Basel fact sheet on lead-acid batteries 15 to 25 % of electrolyte"
_CLOSURE = "element balance; expanded uncertainty of ICP-OES analyses 1 to 4 % (practice of laboratories)"
_BLACK_MASS = f"{_EVERBATT}: 0.67 to 0.70 of cells, 0.43 to 0.46 of packs"
_RATIO = "stoichiometry of the cathode material; 3 to 8 % of batteries are declared wrongly"
_LEAD_YIELD = "lead of a tonne of spent batteries: 600 kg (ACME Taiwan), 650 kg (Chilwee)"
_POUNDS = "a kilogram is 2.2046 pounds (international avoirdupois pound, 1959); 14 % to either side for the loads"
_NAMEPLATE = "nameplate of the line; certificates beyond it: CPCB audit of plastic recyclers, India 2023"

SOURCES: dict[str, str] = {
    "lead_content_warn_ppm": _PB,
    "lead_content_high_ppm": _PB,
    "lead_content_low_ppm": "default, unsourced: below the least of published splits, 46 % Pb",
    "drained_factor_ppm": "RECOBAT and Basel fact sheet: electrolyte is 12 to 25 % of the mass",
    "metal_out_high_ppm": _CLOSURE,
    "explained_out_high_ppm": "default, unsourced: more than any table is wrong by",
    "lead_out_high_ppm": _CLOSURE,
    "lead_loss_warn_ppm": "default, unsourced: smelters recover 95 to 98 % of the lead",
    "nickel_cobalt_loss_warn_ppm": f"{_EVERBATT}: 95 % to black mass, 98 % of it to salts",
    "lithium_loss_warn_ppm": f"{_EVERBATT}: 95 % to black mass, 90 % of it to carbonate",
    "black_mass_of_cells_low_ppm": _BLACK_MASS,
    "black_mass_of_cells_warn_ppm": _BLACK_MASS,
    "black_mass_of_cells_high_ppm": _BLACK_MASS,
    "black_mass_of_packs_low_ppm": _BLACK_MASS,
    "black_mass_of_packs_warn_ppm": _BLACK_MASS,
    "black_mass_of_packs_high_ppm": _BLACK_MASS,
    "nickel_cobalt_ratio_warn_ppm": _RATIO,
    "nickel_cobalt_ratio_high_ppm": _RATIO,
    "product_fraction_low_ppm": "default, unsourced: part of what the formula gives",
    "product_fraction_high_ppm": "stoichiometry: no product holds more than its formula; 2 % for the analysis",
    "dry_net_gain_warn_ppm": "default, unsourced: 1 %, as for the refusal of packing and sorting",
    "packing_gain_warn_ppm": "default, unsourced: packing adds nothing, and a platform scale errs less",
    "handover_warn_ppm": "default, unsourced: a difference of 0.5 % is queried in the trade",
    "handover_high_ppm": "default, unsourced: weight tolerance of an LME lead lot, 2 %",
    "handover_content_warn_ppm": "default, unsourced: expanded uncertainty of Ni and Co by ICP-OES, 1 to 2 %",
    "handover_content_high_ppm": "default, unsourced: beyond the 2 to 4 % of Li by ICP-OES",
    "weighing_warn_ppm": "default, unsourced: a difference of 0.5 % is queried in the trade",
    "weighing_high_ppm": "default, unsourced: four times what is queried",
    "nameplate_month_warn_ppm": _NAMEPLATE,
    "nameplate_month_high_ppm": _NAMEPLATE,
    "nameplate_year_high_ppm": _NAMEPLATE,
    "residence_warn_days": "default, unsourced: from intake to run 1 to 120 days",
    "identical_weights": "default, unsourced: deliveries in a row",
    "supplier_spike_ppm": "default, unsourced: a month against the mean of those before",
    "supplier_spike_kg": "default, unsourced: smaller months are not looked at",
    "delivery_warn_kg": "default, unsourced: more than any truck carries (25 t)",
    "delivery_high_kg": "default, unsourced: a truck of 5 t in grams",
    "truck_warn_kg": "OIML R 76: a weighbridge of 20 kg steps weighs no less",
    "truck_high_kg": "default, unsourced: what a truck load in tonnes looks like",
    "composition_warn_ppm": f"{_EVERBATT}; recipes vary",
    "foreign_metal_warn_ppm": "default, unsourced: a metal that the chemistry does not have",
    "content_unit_high_ppm": "default, unsourced: a fiftieth of what such batteries hold",
    "lift_origin_high_ppm": "default, unsourced: what a mill certificate and a weighbridge leave open",
    "assay_change_warn_ppm": "default, unsourced: more than a sound sample and a sound table differ by",
    "assay_change_high_ppm": "default, unsourced: more than any honest table understates",
    "gained_on_way_warn_ppm": "default, unsourced: what settlements and yields in good faith do not add up to",
    "gained_on_way_high_ppm": "default, unsourced: more than any table is wrong by",
    "found_on_way_warn_ppm": "default, unsourced: by what a first analysis alone is worth a look, too",
    "found_on_way_high_ppm": "default, unsourced: what a first analysis and gains may each be, together",
    "uncertainty_cap_ppm": "default, unsourced: ICP-OES analyses have 1 to 4 % (practice of laboratories)",
    "power_low_kwh_per_t": "default, unsourced: less than any crusher takes",
    "power_high_kwh_per_t": "default, unsourced: more than any furnace takes",
    "count_uncertainty_ppm": "default, unsourced: a survey gives the mass of a heap to 10 %",
    "count_surplus_high_ppm": "default, unsourced: nothing grows in a store; 5 % for moisture and heaps",
    "count_shortage_high_ppm": "default, unsourced: a tenth of a lot is no weighing difference",
    "power_run_kg": "default, unsourced: no meter is read for smaller runs",
    "power_month_kg": "default, unsourced: smaller months are not looked at",
    "scrap_purity_warn_ppm": "default, unsourced: scrap has solder, oxide or dirt on it; rolled lead has 99.5 % Pb",
    "battery_purity_high_ppm": "ASTM B29-14: refined lead is purer; grids are alloys and have paste on them",
    "bullion_purity_high_ppm": "ASTM B29-14, Table 1: the least of refined lead, L51121; bullion is not refined yet",
    "cathode_content_warn_ppm": "part of the formula; EverBatt 2023: black mass holds 0.6 to 0.7 of it",
    "cathode_content_high_ppm": "part of the formula; EverBatt 2023: black mass holds 0.6 to 0.7 of it",
    "identical_in_month": "default, unsourced: a weighbridge of 20 kg steps repeats itself by chance, but less",
    "supplier_first_month_kg": "default, unsourced: some fifteen trucks",
    "delivery_papers_kg": "default, unsourced: what a van brings",
    "usual_paper_warn_ppm": "default, unsourced: nine deliveries of ten",
    "scale_step_kg": "default: the interval of a truck scale (OIML R 76, class III, 60 t), where none is registered",
    "paper_excess_high_ppm": "default, unsourced: a difference of 0.5 % is queried in the trade",
    "out_and_in_warn_ppm": "default, unsourced: one weighbridge finds the same load again to 0.1 %",
    "entered_anew_warn_days": "default, unsourced: a load that is entered anew is in the yard already",
    "out_and_in_warn_days": "default, unsourced: a quarter, in which a load goes out and comes in again",
    "returns_high_ppm": "default, unsourced: one load in twenty",
    "supplier_median_warn_ppm": _POUNDS,
    "supplier_median_high_ppm": _POUNDS,
    "lead_out_warn_ppm": _CLOSURE,
    "nickel_cobalt_out_warn_ppm": f"{_EVERBATT}: 95 % to black mass, 98 % of it to salts",
    "lithium_out_warn_ppm": f"{_EVERBATT}: 95 % to black mass, 90 % of it to carbonate",
    "lead_recovered_warn_ppm": "default, unsourced: slag and dust hold 2 to 5 % of the lead",
    "quarter_bias_warn_ppm": "default, unsourced: a plant's yield moves by less from quarter to quarter",
    "quarter_lead_warn_ppm": "RECOBAT 56 %, Jie 2022 65 % Pb: above what was found of whole batteries on average",
    "battery_acid_most_ppm": _ACID,
    "drained_acid_warn_ppm": f"{_ACID}: drained ones give less than half of the most that whole ones do",
    "bias_analysed_ppm": "default, unsourced: from four fifths on the figures bear a judgement",
    "lead_of_batteries_low_ppm": _LEAD_YIELD,
    "lead_of_batteries_warn_ppm": _LEAD_YIELD,
    "lead_of_batteries_high_ppm": _LEAD_YIELD,
    "handling_gain_warn_ppm": "default, unsourced: 1 %, as for the refusal of packing, over all its steps",
    "heel_warn_ppm": "default, unsourced: a smaller heel hides no loss",
    "fired_net_gain_warn_ppm": "default, unsourced: fluxes and air that are not on record",
    "wet_net_gain_warn_ppm": "default, unsourced: water, acid and soda that are not on record, without the liquids",
    "wet_dry_gain_warn_ppm": "default, unsourced: acid and soda that are not on record",
    "net_gain_high_ppm": "default, unsourced: far more than any reagent brings, as after a factor of 1,000",
    "wet_net_gain_high_ppm": "default, unsourced: far more than any water brings, as after a factor of 1,000",
    "like_black_mass_ppm": "default, unsourced: Li, Ni and Co together, more than any residue holds",
}
"""On whose authority each default stands; what is *unsourced* is meant to be replaced by a site's own."""

DEFAULTS = Limits()

_RANKS = ("low", "warn", "high")


def _pairs() -> tuple[tuple[str, str], ...]:
    """Return the limits that bound the same figure: the one whose default is smaller, then the other."""
    bounds: dict[str, list[str]] = {}
    for name in Limits._fields:
        parts = [part for part in name.split("_") if part not in _RANKS]
        bounds.setdefault("_".join(parts), []).append(name)
    ordered = (sorted(names, key=lambda name: getattr(DEFAULTS, name)) for names in bounds.values())
    return tuple(pair for names in ordered for pair in pairwise(names))


_PAIRS = _pairs()


def out_of_order(limits: Limits) -> tuple[str, str] | None:
    """Return two limits of which the smaller is to come first and does not, ``None`` where all are in order."""
    return next((pair for pair in _PAIRS if getattr(limits, pair[0]) > getattr(limits, pair[1])), None)
