"""The most of a claimed metal that a material or form which is no compound is known to hold, in ppm of mass.

Where a formula says so (``FORMULAS``, ``RICHEST`` and ``CEILINGS`` of the chemistry) it is
not here. Sulphides are bounded by galena, heazlewoodite and cobalt pentlandite (IUPAC
atomic weights); alloys by the richest standard alloy of that name; all others are
defaults without a published source, set far above what such waste carries.
"""

from __future__ import annotations

from schemas.codes import Metal

_TRACES: dict[Metal, int] = {"Pb": 50_000, "Li": 50_000, "Ni": 50_000, "Co": 50_000}
_RESIDUE_LEAD: dict[Metal, int] = {"Pb": 928_300}

RANGES: dict[str, dict[Metal, int]] = {
    "lead_dross": {"Pb": 985_000, "Li": 50_000, "Ni": 50_000, "Co": 50_000},
    "matte": {"Pb": 866_000, "Li": 50_000, "Ni": 733_000, "Co": 674_000},
    "slag": {"Li": 289_800, "Ni": 785_800, "Co": 786_500},
    "flue_dust": {"Li": 289_800, "Ni": 785_800, "Co": 786_500},
    "leach_residue": _RESIDUE_LEAD,
    "filter_cake": _RESIDUE_LEAD,
    "leach_solution": {"Pb": 300_000},
    "copper": {"Pb": 300_000, "Li": 50_000, "Ni": 450_000, "Co": 50_000},
    "aluminium": _TRACES,
    "steel": {"Pb": 50_000, "Li": 50_000, "Ni": 400_000, "Co": 200_000},
    "cable": {"Pb": 800_000, "Li": 50_000, "Ni": 50_000, "Co": 50_000},
    "electronics": {"Pb": 250_000},
    "foil_mix": {"Pb": 50_000},
    "graphite": {"Pb": 50_000},
    "polypropylene": _TRACES,
    "mixed_plastic": {"Pb": 100_000, "Li": 50_000, "Ni": 50_000, "Co": 50_000},
    "separator": {"Pb": 400_000, "Li": 50_000, "Ni": 50_000, "Co": 50_000},
    "electrolyte": _TRACES,
    "sulfuric_acid": _TRACES,
    "sodium_sulfate": _TRACES,
    "gypsum": {"Pb": 100_000, "Li": 50_000, "Ni": 50_000, "Co": 50_000},
}
"""By material. Leaded bronze has up to 30 % Pb, constantan 45 % Ni; a leaded cable is mostly sheath."""

FORMS: dict[str, dict[Metal, int]] = {"solution": {"Pb": 300_000, "Li": 100_000, "Ni": 250_000, "Co": 250_000}}
"""By form: more than this stays in no water."""

CATHODE_METALS = 580_000
"""Wt-ppm of Ni, Co and Mn together in pure layered cathode oxide, at least (NCA; stoichiometry)."""

CATHODE_LITHIUM = 70_900
"""Wt-ppm of Li in pure layered cathode oxide, at least (LCO; stoichiometry)."""
