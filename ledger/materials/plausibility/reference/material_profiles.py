"""What is known of each material, chemistry and form, put together once and kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from ledger.materials.plausibility.reference.bounds import MILLION
from ledger.materials.plausibility.reference.chemistry import (
    BLACK_MASS,
    CEILINGS,
    FOREIGN,
    FORMULAS,
    LITHIUM_ION,
    MAIN,
    MANGANESE_SPINEL,
    NICKEL,
    PACKED,
    RATIOS,
    RICHEST,
    RICHEST_CATHODE,
    USUAL,
)
from ledger.materials.plausibility.reference.material_ranges import FORMS, RANGES
from ledger.materials.state.book import Speaker
from schemas.codes import Metal
from schemas.limits import Limits
from schemas.rules.version import Rules


class Figures(NamedTuple):
    """What a material of some chemistry and form holds, in wt-ppm.

    ``most`` is impossible to exceed: what the pure ``substance`` holds (``is_pure``), else the
    richest compound in it. ``usual`` is what it is known to hold, ``main`` what it is sold
    for. Of a mixture (``is_mixture``), and of the metals in ``ranged``, which no formula bounds
    but what such material is known to hold, more is odd, but not impossible. ``calm`` are the
    metals with the span from and to which, by the default limits, nothing is odd.
    """

    most: Mapping[Metal, int]
    substance: str
    is_pure: bool
    foreign: tuple[Metal, ...]
    usual: Mapping[Metal, int]
    main: tuple[Metal, int] | None
    ratio: int | None
    is_mixture: bool
    is_recipe: bool
    ranged: frozenset[Metal] = frozenset()
    calm: tuple[tuple[Metal, int, int], ...] = ()


@lru_cache(maxsize=4096)
def figures_of(material: str, chemistry: str, form: str | None, rules: Rules) -> Figures | None:
    """Return what is known of a material, ``None`` where nothing is."""
    most, substance, is_pure, is_mixture = _most(material, chemistry)
    ranged = {metal: held for metal, held in _range_of(material, form).items() if held < most.get(metal, MILLION)}
    usual: Mapping[Metal, int] = {}
    if material == "lithium_ion_battery":
        kind = "cell" if form in ("cell", "module") else "pack"
        usual = PACKED[kind].get(chemistry, {})
    elif material in ("black_mass", "electrode_scrap"):
        usual = BLACK_MASS.get(chemistry, {})
    elif material in USUAL:
        usual = dict((USUAL[material],))
    foreign = FOREIGN.get(material, ())
    if material in LITHIUM_ION and chemistry in CEILINGS:
        own = CEILINGS[chemistry]
        foreign = tuple(metal for metal in ("Pb", "Ni", "Co") if metal not in own)
    if not (most or ranged or usual or foreign or material in MAIN):
        return None
    ratio = RATIOS.get(chemistry) if material in LITHIUM_ION else None
    is_recipe = material == "lithium_ion_battery" and form in ("cell", "module", "pack")
    figures = Figures(
        most={**most, **ranged},
        substance=substance,
        is_pure=is_pure,
        foreign=foreign,
        usual=usual,
        main=MAIN.get(material),
        ratio=ratio,
        is_mixture=is_mixture,
        is_recipe=is_recipe,
        ranged=frozenset(ranged),
    )
    return figures._replace(calm=tuple(_spans(figures, (material, chemistry, form), rules.limits)))


def _spans(figures: Figures, kind: tuple[str, str, str | None], limits: Limits) -> Iterator[tuple[Metal, int, int]]:
    """Yield the metals that anything is known of, each with what is not odd whatever else is there, in ppm."""
    material, chemistry, form = kind
    main = (figures.main[0],) if figures.main is not None else ()
    lead: tuple[Metal, ...] = ("Pb",) if material == "lead_acid_battery" else ()
    is_bounded_together = material in LITHIUM_ION and chemistry in ("mixed", "unknown")
    for metal in dict.fromkeys((*figures.most, *figures.foreign, *figures.usual, *main, *lead)):
        low, high = 0, figures.most.get(metal, MILLION)
        if metal in figures.foreign:
            high = min(high, limits.foreign_metal_warn_ppm)
        if metal in figures.usual:
            low = figures.usual[metal] * limits.content_unit_high_ppm // MILLION + 1
            high = min(
                high, figures.usual[metal] * limits.composition_warn_ppm // MILLION if figures.is_recipe else high
            )
        if figures.main is not None and metal in main:
            low = max(low, figures.main[1] * limits.product_fraction_low_ppm // MILLION)
        if lead and metal == "Pb":
            factor = limits.drained_factor_ppm if form == "drained" else MILLION
            low = limits.lead_content_low_ppm * factor // MILLION
            high = limits.lead_content_warn_ppm * factor // MILLION
        # Where the metals of a mixture are bounded together, a third of the bound each is surely within.
        yield metal, low, min(high, RICHEST_CATHODE // 3) if is_bounded_together else high


def is_calm(figures: Figures, mass: int, content: Mapping[Metal, int], speaker: Speaker) -> bool:
    """Say at little cost that nothing is odd, as almost always."""
    for metal, low, high in figures.calm:
        held = content.get(metal)
        if held and not low * mass <= held * MILLION <= high * mass:
            return False
    if figures.ratio is not None:
        cobalt = content.get("Co", 0) * figures.ratio
        off = abs(content.get("Ni", 0) * MILLION - cobalt) if cobalt else 0
        if off * MILLION > speaker.rules.limits.nickel_cobalt_ratio_warn_ppm * cobalt:
            return False
    return not speaker.party.limits


def _range_of(material: str, form: str | None) -> Mapping[Metal, int]:
    """Return the most of a metal that material of that name, and of that form, is known to hold."""
    own, of_form = RANGES.get(material, {}), FORMS.get(form or "", {})
    return {metal: min(own.get(metal, MILLION), of_form.get(metal, MILLION)) for metal in (*own, *of_form)}


def _most(material: str, chemistry: str) -> tuple[Mapping[Metal, int], str, bool, bool]:
    if material in LITHIUM_ION and chemistry in CEILINGS:
        # Lithium manganese oxide is blended into other cathodes; nickel cells have none.
        return {"Mn": MANGANESE_SPINEL, **CEILINGS[chemistry]}, chemistry, True, chemistry in NICKEL
    if material in FORMULAS:
        return FORMULAS[material], material, True, False
    return RICHEST.get(material, {}), material, False, True
