"""Figures of substances, in ppm of mass.

``CEILINGS`` and ``FORMULAS`` follow from formulas and atomic weights (IUPAC): cathode
active material and salts hold so much of an element and no more. ``PACKED`` is the
composition of cells and packs in EverBatt 2023 (Argonne National Laboratory).
"""

from __future__ import annotations

from schemas.codes import Metal

CEILINGS: dict[str, dict[Metal, int]] = {
    "LCO": {"Li": 70_900, "Co": 602_100},
    "NMC111": {"Li": 71_900, "Ni": 202_800, "Co": 203_700},
    "NMC532": {"Li": 71_900, "Ni": 303_900, "Co": 122_100},
    "NMC622": {"Li": 71_600, "Ni": 363_300, "Co": 121_600},
    "NMC811": {"Li": 71_300, "Ni": 482_700, "Co": 60_600},
    "NCA": {"Li": 72_200, "Ni": 488_700, "Co": 92_000},
    "LMO": {"Li": 38_400, "Mn": 607_700},
    "LFP": {"Li": 44_000, "Fe": 354_000},
}
CEILINGS["NMC9"] = CEILINGS["NMCA"] = {"Li": 72_200, "Ni": 544_000, "Co": 60_600}
CEILINGS["mixed"] = CEILINGS["unknown"] = {"Li": 72_200, "Ni": 544_000, "Co": 602_100}
# Lithium titanate is an anode; any cathode may stand against it.
CEILINGS["LTO"] = CEILINGS["mixed"]
CEILINGS["LMFP"] = {"Li": 44_300, "Mn": 350_300, "Fe": 354_000}
CEILINGS["sodium_ion"] = {"Ni": 516_300, "Co": 517_300, "Mn": 499_800, "Fe": 503_900}
CEILINGS["NiMH"] = {"Ni": 1_000_000, "Co": 634_100}
CEILINGS["NiCd"] = {"Ni": 1_000_000, "Co": 634_100, "Cd": 1_000_000}
CEILINGS["lead_acid"] = {"Pb": 1_000_000}
"""Wt-ppm in pure cathode active material: no cell, scrap or black mass of that chemistry has more."""

MANGANESE_SPINEL = 607_700
"""Wt-ppm Mn in LMO, which makers blend into other cathodes: no cathode has more."""

RATIOS: dict[str, int] = {
    "NMC111": 1_000_000,
    "NMC532": 2_490_000,
    "NMC622": 2_990_000,
    "NMC811": 7_970_000,
    "NCA": 5_310_000,
}
"""Mass of Ni to mass of Co, in millionths."""

FORMULAS: dict[str, dict[Metal, int]] = {
    "lithium_carbonate": {"Li": 187_850},
    "lithium_hydroxide": {"Li": 289_800},
    "lithium_phosphate": {"Li": 179_800},
    "lithium_sulfate": {"Li": 126_300},
    "nickel_sulfate": {"Ni": 379_300},
    "cobalt_sulfate": {"Co": 380_200},
    "cobalt_hydroxide": {"Co": 634_100},
    "manganese_sulfate": {"Mn": 363_800},
    "crude_lithium_carbonate": {"Li": 187_850},
    "mixed_hydroxide": {"Ni": 633_100, "Co": 634_100, "Mn": 617_600},
    "lead_carbonate": {"Pb": 801_400},
}
"""Wt-ppm in the pure salt, without water of crystals where it comes with and without."""

_CHLORIDES: dict[Metal, int] = {"Ni": 452_900, "Co": 453_900, "Li": 289_800, "Mn": 436_600}
_OXIDES: dict[Metal, int] = {"Ni": 785_800, "Co": 786_500, "Li": 289_800, "Mn": 696_000}
RICHEST: dict[str, dict[Metal, int]] = {
    "lead_paste": {"Pb": 960_000},
    "desulphurised_paste": {"Pb": 960_000},
    "lead_oxide": {"Pb": 960_000},
    "slag": {"Pb": 928_300},
    "flue_dust": {"Pb": 928_300},
    "leach_solution": _CHLORIDES,
    "leach_residue": _OXIDES,
    "filter_cake": _OXIDES,
    "electronics": {"Li": 72_200, "Ni": 544_000, "Co": 602_100},
    "foil_mix": {"Li": 72_200, "Ni": 544_000, "Co": 602_100},
    "graphite": {"Li": 72_200, "Ni": 544_000, "Co": 602_100},
    "mixed_battery": {"Pb": 750_000, "Li": 72_200, "Ni": 785_800, "Co": 634_100},
}
"""Wt-ppm in the richest compound of such a mixture: oxide (for lead with free metal), chloride, cathode."""

FOREIGN: dict[str, tuple[Metal, ...]] = {"lead_acid_battery": ("Ni", "Co", "Li")}
"""Metals that a material does not have; for lithium-ion material, lead and what its cathode lacks."""

NICKEL = frozenset({"NiMH", "NiCd"})
KINDS: dict[str, frozenset[str]] = {
    "lead_acid_battery": frozenset({"lead_acid", "unknown"}),
    "lithium_ion_battery": frozenset(CEILINGS) - NICKEL - {"lead_acid"},
}
"""Chemistries that a battery of that name may have."""

MAIN: dict[str, tuple[Metal, int]] = {
    "lithium_carbonate": ("Li", 187_850),
    "lithium_hydroxide": ("Li", 165_400),
    "lithium_phosphate": ("Li", 179_800),
    "lithium_sulfate": ("Li", 108_500),
    "cobalt_sulfate": ("Co", 209_700),
    "cobalt_hydroxide": ("Co", 300_000),
    "nickel_sulfate": ("Ni", 209_000),
    "manganese_sulfate": ("Mn", 246_300),
    "refined_lead": ("Pb", 1_000_000),
    "primary_lead": ("Pb", 1_000_000),
    "lead_alloy": ("Pb", 900_000),
    "lead_oxide": ("Pb", 866_200),
    "lead_carbonate": ("Pb", 775_400),
    "nickel_metal": ("Ni", 1_000_000),
    "cobalt_metal": ("Co", 1_000_000),
}
"""What a product that is sold as such should about hold: the salt with most water, the metal itself."""

USUAL: dict[str, tuple[Metal, int]] = {
    "lead_paste": ("Pb", 700_000),
    "lead_scrap": ("Pb", 900_000),
    "lead_bullion": ("Pb", 950_000),
}
"""What other lead-rich materials about hold, to see a unit that was mixed up."""

GRADES: dict[str, int] = {
    "PB990R": 999_900,
    "PB985R": 999_850,
    "PB970R": 999_700,
    "PB940R": 999_400,
    "L50006": 999_950,
    "L50021": 999_700,
    "L50049": 999_400,
    "L51121": 999_000,
}
"""The least lead of a grade in wt-ppm (EN 12659:1999; ASTM B29-14, Table 1)."""

RICHEST_CATHODE = 673_000
"""Wt-ppm of Li, Ni and Co together in pure LCO: no mixture of cathode materials has more."""

LITHIUM_ION = frozenset({"lithium_ion_battery", "electrode_scrap", "black_mass"})
WET = frozenset(
    {"black_mass", "filter_cake", "mixed_hydroxide", "lead_paste", "desulphurised_paste", "cobalt_hydroxide"}
)
"""Materials that come wet from the process."""

PIECE_KG: dict[str, tuple[int, int]] = {
    "lead_acid_battery": (5, 80),
    "pack": (1, 1_000),
    "module": (1, 100),
    "cell": (0, 15),
}
"""What one piece weighs, from and to (Basel fact sheet: cars 10 to 30 kg, trucks to 70; packs of EverBatt to 650)."""

PACKED: dict[str, dict[str, dict[Metal, int]]] = {
    "cell": {
        "NMC111": {"Li": 34_300, "Ni": 94_500, "Co": 94_800},
        "NMC532": {"Li": 33_200, "Ni": 137_200, "Co": 55_100},
        "NMC622": {"Li": 32_800, "Ni": 162_700, "Co": 54_500},
        "NMC811": {"Li": 31_400, "Ni": 207_000, "Co": 26_000},
        "LCO": {"Li": 37_100, "Co": 308_200},
        "NCA": {"Li": 32_600, "Ni": 215_200, "Co": 40_500},
        "LMO": {"Li": 20_400, "Mn": 311_000},
        "LFP": {"Li": 20_900},
    },
    "pack": {
        "NMC111": {"Li": 21_700, "Ni": 59_800, "Co": 60_100},
        "NMC532": {"Li": 20_700, "Ni": 85_500, "Co": 34_300},
        "NMC622": {"Li": 20_400, "Ni": 100_900, "Co": 33_800},
        "NMC811": {"Li": 19_100, "Ni": 126_100, "Co": 15_800},
        "LCO": {"Li": 24_600, "Co": 204_300},
        "NCA": {"Li": 20_100, "Ni": 132_800, "Co": 25_000},
        "LMO": {"Li": 13_500, "Mn": 206_100},
        "LFP": {"Li": 13_700},
    },
}
"""Wt-ppm in cells and electric vehicle packs (EverBatt 2023)."""

BLACK_MASS: dict[str, dict[Metal, int]] = {
    "NMC111": {"Li": 45_200, "Ni": 127_000, "Co": 128_000},
    "NMC532": {"Li": 43_700, "Ni": 185_000, "Co": 74_300},
    "NMC622": {"Li": 43_200, "Ni": 219_000, "Co": 73_400},
    "NMC811": {"Li": 41_200, "Ni": 279_000, "Co": 35_000},
    "LCO": {"Li": 49_800, "Co": 423_000},
    "NCA": {"Li": 42_700, "Ni": 289_000, "Co": 54_400},
    "LMO": {"Li": 26_900, "Mn": 427_000},
    "LFP": {"Li": 28_400, "Fe": 229_000},
}
"""Wt-ppm in black mass as EverBatt 2023 makes it."""
