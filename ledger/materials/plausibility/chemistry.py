"""Figures of substances, in ppm of mass.

``CEILINGS`` and ``FORMULAS`` follow from formulas and atomic weights (IUPAC): cathode
active material and salts hold so much of an element and no more. ``PACKED`` is the
composition of cells and packs in EverBatt 2023 (Argonne National Laboratory).
"""

from __future__ import annotations

from schemas.codes import Metal

STOICHIOMETRY = "stoichiometry of the formula, with atomic weights of IUPAC"
EVERBATT = "EverBatt 2023, Argonne National Laboratory"

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
"""Wt-ppm in pure cathode active material: no cell, scrap or black mass of that chemistry has more."""

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
}
"""Wt-ppm in the pure salt, without water of crystals where it comes with and without."""

MAIN: dict[str, tuple[Metal, int]] = {
    "lithium_carbonate": ("Li", 187_850),
    "cobalt_sulfate": ("Co", 209_700),
    "nickel_sulfate": ("Ni", 209_000),
    "refined_lead": ("Pb", 1_000_000),
    "nickel_metal": ("Ni", 1_000_000),
    "cobalt_metal": ("Co", 1_000_000),
}
"""What a product that is sold as such should about hold: the salt with most water, the metal itself."""

RICHEST_CATHODE = 673_000
"""Wt-ppm of Li, Ni and Co together in pure LCO: no mixture of cathode materials has more."""

LITHIUM_ION = frozenset({"lithium_ion_battery", "electrode_scrap", "black_mass"})
WET = frozenset(
    {"black_mass", "filter_cake", "mixed_hydroxide", "lead_paste", "desulphurised_paste", "cobalt_hydroxide"}
)
"""Materials that come wet from the process."""

PIECE_KG: dict[str, tuple[int, int]] = {
    "lead_acid_battery": (1, 3_000),
    "pack": (1, 1_000),
    "module": (1, 100),
    "cell": (0, 15),
}
"""What one piece weighs, from and to (Basel fact sheet: 10 to 70 kg; packs of EverBatt: to 650 kg)."""

PIECE_SOURCE = "Basel fact sheet on lead-acid batteries; EverBatt 2023, Argonne National Laboratory"

PACKED: dict[str, dict[str, dict[Metal, int]]] = {
    "cell": {
        "NMC111": {"Li": 34_300, "Ni": 94_500, "Co": 94_800},
        "NMC532": {"Li": 33_200, "Ni": 137_200, "Co": 55_100},
        "NMC622": {"Li": 32_800, "Ni": 162_700, "Co": 54_500},
        "NMC811": {"Li": 31_400, "Ni": 207_000, "Co": 26_000},
        "LCO": {"Li": 37_100, "Co": 308_200},
        "NCA": {"Li": 32_600, "Ni": 215_200, "Co": 40_500},
        "LFP": {"Li": 20_900},
    },
    "pack": {
        "NMC111": {"Li": 21_700, "Ni": 59_800, "Co": 60_100},
        "NMC532": {"Li": 20_700, "Ni": 85_500, "Co": 34_300},
        "NMC622": {"Li": 20_400, "Ni": 100_900, "Co": 33_800},
        "NMC811": {"Li": 19_100, "Ni": 126_100, "Co": 15_800},
        "LCO": {"Li": 24_600, "Co": 204_300},
        "NCA": {"Li": 20_100, "Ni": 132_800, "Co": 25_000},
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
