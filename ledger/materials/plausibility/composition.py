"""What a material may hold: ceilings of cathode materials and salts, nickel to cobalt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ledger.materials.book import Speaker
from ledger.materials.plausibility.chemistry import (
    BLACK_MASS,
    CEILINGS,
    EVERBATT,
    FORMULAS,
    LITHIUM_ION,
    MAIN,
    PACKED,
    RATIOS,
    RICHEST_CATHODE,
    STOICHIOMETRY,
)
from ledger.materials.plausibility.saying import MILLION, Bound, bound_of, find, limits_of, percent, ppm_of, share_bound
from schemas.codes import Metal
from schemas.findings import Finding
from schemas.limits import Limits


def check_composition(
    material: str, chemistry: str, net: int, content: Mapping[Metal, int], speaker: Speaker, lots: Iterable[str]
) -> Iterator[Finding]:
    """Yield what a material of a declared chemistry cannot hold, or hardly does.

    Args:
        material: the code of the material.
        chemistry: the declared chemistry.
        net: its net mass in mg.
        content: mg per metal.
        speaker: whose word it is.
        lots: on which it shows.
    """
    if not net or not content:
        return
    named = tuple(lots)
    limits = limits_of(speaker.party)
    if material in LITHIUM_ION and chemistry in CEILINGS:
        yield from _ceiling(CEILINGS[chemistry], chemistry, net, content, speaker, named)
        yield from _together(chemistry, net, content, speaker, named)
        yield from _ratio(chemistry, content, limits, speaker, named)
        yield from _foreign(CEILINGS[chemistry], chemistry, net, content, limits, speaker, named)
    if material in FORMULAS:
        highest = {
            metal: mass * limits.product_fraction_high_ppm // MILLION for metal, mass in FORMULAS[material].items()
        }
        yield from _ceiling(highest, material, net, content, speaker, named)
    if material in MAIN:
        metal, mass = MAIN[material]
        least = mass * limits.product_fraction_low_ppm // MILLION
        found = ppm_of(content.get(metal, 0), net)
        if content.get(metal) and found < least:
            yield find(
                "product-below-formula", "medium", f"{percent(found)} {metal}",
                bound_of(limits, "product_fraction_low_ppm", f"{percent(least)} {metal}"),
                f"{', '.join(named)} is told as {material}, but holds far less {metal} than that does", speaker, named,
            )  # fmt: skip


def _ceiling(
    ceiling: Mapping[Metal, int],
    what: str,
    net: int,
    content: Mapping[Metal, int],
    speaker: Speaker,
    lots: tuple[str, ...],
) -> Iterator[Finding]:
    for metal, most in ceiling.items():
        found = ppm_of(content.get(metal, 0), net)
        if found > most:
            yield find(
                "above-stoichiometric-ceiling", "high", f"{percent(found)} {metal}",
                Bound(f"{percent(most)} {metal} in pure {what}", STOICHIOMETRY),
                f"{', '.join(lots)} is said to hold more {metal} than pure {what} does: spiked, another chemistry, "
                "or a percentage taken for a fraction", speaker, lots,
            )  # fmt: skip


def _together(
    chemistry: str, net: int, content: Mapping[Metal, int], speaker: Speaker, lots: tuple[str, ...]
) -> Iterator[Finding]:
    """A mixture is bounded metal by metal only loosely; together its metals have one bound."""
    found = ppm_of(sum(content.get(metal, 0) for metal in ("Li", "Ni", "Co")), net)
    if chemistry in ("mixed", "unknown") and found > RICHEST_CATHODE:
        yield find(
            "above-stoichiometric-ceiling", "high", f"{percent(found)} Li, Ni and Co together",
            Bound(f"{percent(RICHEST_CATHODE)} in pure LCO, the richest", STOICHIOMETRY),
            f"{', '.join(lots)} is said to hold more metal than any mixture of cathode materials does", speaker, lots,
        )  # fmt: skip


def check_black_mass(
    chemistry: str, net: int, content: Mapping[Metal, int], speaker: Speaker, lots: Iterable[str]
) -> Iterator[Finding]:
    """Yield where all metals of black mass are a tiny part of what they should be."""
    usual = BLACK_MASS.get(chemistry, {})
    stated = [metal for metal in usual if content.get(metal)]
    limit = limits_of(speaker.party).content_unit_high_ppm
    if stated and all(ppm_of(content[metal], net) <= usual[metal] * limit // MILLION for metal in stated):
        found = percent(ppm_of(content[stated[0]], net))
        yield find(
            "content-unit", "high", f"{found} {stated[0]}",
            Bound(f"{percent(usual[stated[0]])} {stated[0]}", EVERBATT),
            f"{', '.join(lots)} is said to hold a tiny part of the metals that black mass of {chemistry} has "
            "(a percentage, or tonnes, taken for kilograms?)", speaker, lots,
        )  # fmt: skip


def check_recipe(
    chemistry: str, form: str, net: int, content: Mapping[Metal, int], speaker: Speaker, lots: Iterable[str]
) -> Iterator[Finding]:
    """Yield where cells or packs hold far more, or a fiftieth, of what their chemistry has."""
    recipe = PACKED.get("cell" if form in ("cell", "module") else form, {}).get(chemistry, {})
    limits = limits_of(speaker.party)
    for metal, usual in recipe.items():
        found = ppm_of(content.get(metal, 0), net)
        if found > usual * limits.composition_warn_ppm // MILLION:
            yield find(
                "content-unusual", "medium", f"{percent(found)} {metal}",
                share_bound(limits, "composition_warn_ppm", f"{{}} of the usual {percent(usual)} {metal}"),
                f"{', '.join(lots)} is said to hold more {metal} than a {form} of {chemistry} does", speaker, lots,
            )  # fmt: skip
        elif content.get(metal) and found <= usual * limits.content_unit_high_ppm // MILLION:
            yield find(
                "content-unit", "high", f"{percent(found)} {metal}", Bound(f"{percent(usual)} {metal}", EVERBATT),
                f"{', '.join(lots)} is said to hold a tiny part of the {metal} that a {form} of {chemistry} has "
                "(a percentage, or tonnes, taken for kilograms?)", speaker, lots,
            )  # fmt: skip


def _foreign(
    own: Mapping[Metal, int],
    chemistry: str,
    net: int,
    content: Mapping[Metal, int],
    limits: Limits,
    speaker: Speaker,
    lots: tuple[str, ...],
) -> Iterator[Finding]:
    for metal in ("Ni", "Co"):
        found = ppm_of(content.get(metal, 0), net)
        if metal not in own and found > limits.foreign_metal_warn_ppm:
            yield find(
                "foreign-metal", "medium", f"{percent(found)} {metal}",
                share_bound(limits, "foreign_metal_warn_ppm"),
                f"{', '.join(lots)} is declared as {chemistry}, which has no {metal}", speaker, lots,
            )  # fmt: skip


def _ratio(
    chemistry: str, content: Mapping[Metal, int], limits: Limits, speaker: Speaker, lots: tuple[str, ...]
) -> Iterator[Finding]:
    expected, cobalt = RATIOS.get(chemistry), content.get("Co", 0)
    if expected is None or not cobalt or not content.get("Ni"):
        return
    found = content["Ni"] * MILLION // cobalt
    off = abs(found - expected) * MILLION // expected
    if off <= limits.nickel_cobalt_ratio_warn_ppm:
        return
    is_high = off > limits.nickel_cobalt_ratio_high_ppm
    name = "nickel_cobalt_ratio_high_ppm" if is_high else "nickel_cobalt_ratio_warn_ppm"
    yield find(
        "nickel-cobalt-ratio", "high" if is_high else "medium",
        f"{found // MILLION}.{found % MILLION // 10_000:02d} kg Ni per kg Co",
        share_bound(limits, name, f"{{}} off {expected // MILLION}.{expected % MILLION // 10_000:02d}"),
        f"{', '.join(lots)} is declared as {chemistry}, whose nickel and cobalt stand in another ratio", speaker, lots,
    )  # fmt: skip
