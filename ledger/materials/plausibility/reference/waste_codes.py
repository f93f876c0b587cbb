"""Waste codes, Basel codes and countries: what fits which material, from and to which day.

Sources: List of Waste, Decision 2000/532/EC as amended by Decision (EU) 2025/934, which
applies from 9 November 2026; Basel Convention Annex VIII; Regulation (EU) 2024/1157 and
Decision (EU) 2025/934 on black mass to countries outside the OECD.
"""

from __future__ import annotations

from typing import NamedTuple

CHANGE = "2026-11-09"
"""From this day the list as amended applies."""

_ALWAYS, _NEVER = "2000-01-01", "2999-12-31"


class WasteCode(NamedTuple):
    """The materials that a code is for, the days on which it holds, and what origin it means."""

    materials: frozenset[str]
    first: str = _ALWAYS
    end: str = _NEVER
    is_manufacturing: bool | None = None


def _code(materials: str, first: str = _ALWAYS, end: str = _NEVER, *, made: bool | None = None) -> WasteCode:
    return WasteCode(frozenset(materials.split()), first, end, made)


_LITHIUM = "lithium_ion_battery mixed_battery"
WASTE_CODES: dict[str, WasteCode] = {
    "160601": _code("lead_acid_battery mixed_battery", made=False),
    "160605": _code(_LITHIUM, end=CHANGE, made=False),
    "160606": _code("electrolyte sulfuric_acid"),
    "160607": _code(_LITHIUM, CHANGE, made=False),
    "160613": _code("mixed_battery lead_acid_battery lithium_ion_battery", CHANGE, made=False),
    "160622": _code("lead_paste lead_scrap lead_acid_battery lead_oxide other", CHANGE, made=True),
    "160623": _code("lead_scrap other", CHANGE, made=True),
    "160624": _code("electrode_scrap lithium_ion_battery black_mass", CHANGE, made=True),
    "160625": _code("electrode_scrap copper foil_mix graphite", CHANGE, made=True),
    "191401": _code("lead_paste lead_scrap", CHANGE),
    "191402": _code("black_mass", CHANGE),
    "191407": _code("foil_mix copper aluminium other", CHANGE),
    "191408": _code("lead_bullion nickel_cobalt_alloy other", CHANGE),
    "191211": _code("black_mass foil_mix mixed_plastic other"),
    "191212": _code("mixed_plastic polypropylene other"),
    "190211": _code("black_mass filter_cake other", end=CHANGE),
    "190212": _code("filter_cake leach_solution leach_residue other", CHANGE),
    "100401": _code("slag lead_dross"),
    "100402": _code("lead_dross slag"),
    "200133": _code("lead_acid_battery mixed_battery", end=CHANGE, made=False),
    "200134": _code("lithium_ion_battery mixed_battery", end=CHANGE, made=False),
    "200142": _code("lead_acid_battery mixed_battery", CHANGE, made=False),
    "200143": _code(_LITHIUM, CHANGE, made=False),
    "200144": _code("mixed_battery", CHANGE, made=False),
}
"""By their digits: the star is left out as often as not."""

BASEL: dict[str, frozenset[str]] = {
    "lead_acid_battery": frozenset({"A1160", "Y31", "Y34"}),
    "lithium_ion_battery": frozenset({"A1170", "A1180", "A1181", "Y49"}),
    "mixed_battery": frozenset({"A1170", "A1160"}),
}

EU = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905
)
OECD = frozenset(
    "AT AU BE CA CH CL CO CR CZ DE DK EE ES FI FR GB GR HU IE IL IS IT JP KR LT LU LV MX NL NO NZ PL PT SE SI SK TR "  # noqa: SIM905
    "US".split()
)
