"""What a material may hold: one check, whoever says it.

Intakes, outputs of runs, assays (those that govern and those that do not) and a
receiver's own analysis all come here, so that no figure is believed by another road.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ledger.materials.plausibility.reference.bounds import MILLION, bound_of, limits_of, ppm_of, source_of
from ledger.materials.plausibility.reference.chemistry import (
    FORMULAS,
    LITHIUM_ION,
    RICHEST_CATHODE,
)
from ledger.materials.plausibility.reference.material_profiles import Figures, figures_of, is_calm
from ledger.materials.state.book import Speaker
from ledger.materials.state.findings import Bound, find
from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.findings.sources import Source
from schemas.codes import Metal, Severity
from schemas.findings import Finding
from schemas.ids import LotId
from schemas.limits import Limits


class Sample(NamedTuple):
    """What is said of some lots: content and mass in mg, as a material of a form, by whom."""

    material: str
    form: str | None
    mass: int
    content: Mapping[Metal, int]
    limits: Limits
    speaker: Speaker
    lots: tuple[LotId, ...]


def check_content(
    material: str,
    chemistry: str,
    form: str | None,
    mass: int,
    content: Mapping[Metal, int],
    speaker: Speaker,
    lots: tuple[LotId, ...],
) -> Iterable[Finding]:
    """Return what a material of a declared chemistry cannot hold, or hardly does.

    Args:
        material: the code of the material.
        chemistry: the declared chemistry.
        form: the declared form, ``None`` where none is.
        mass: its mass in mg: dry where that is known, as received for lead-acid batteries.
        content: mg per metal; metals that are not named are not judged.
        speaker: whose word it is.
        lots: on which it shows.
    """
    figures = figures_of(material, chemistry, form, speaker.rules)
    if figures is None or not content or mass <= 0 or is_calm(figures, mass, content, speaker):
        return ()
    return _check(
        figures,
        Sample(
            material=material,
            form=form,
            mass=mass,
            content=content,
            limits=limits_of(speaker),
            speaker=speaker,
            lots=lots,
        ),
        chemistry,
    )


def _check(figures: Figures, sample: Sample, chemistry: str) -> Iterator[Finding]:
    for metal, held in sample.content.items():
        found = held * MILLION // sample.mass
        if metal in figures.most and found > _ceiling(figures, sample, metal):
            yield _above(figures, sample, metal, found)
        elif metal in figures.foreign and found > sample.limits.foreign_metal_warn_ppm:
            yield _foreign(sample, chemistry, metal, found)
    yield from _together(figures, sample, chemistry)


def _together(figures: Figures, sample: Sample, chemistry: str) -> Iterator[Finding]:
    if figures.usual:
        yield from _usual(figures, sample, chemistry)
    if figures.main is not None:
        yield from _product(figures.main, sample)
    if figures.ratio is not None:
        yield from _ratio(figures.ratio, sample, chemistry)
    if chemistry in ("mixed", "unknown") and sample.material in LITHIUM_ION:
        yield from _sum(sample)
    if sample.material == "lead_acid_battery" and sample.content.get("Pb"):
        yield from _lead(sample)


def _ceiling(figures: Figures, sample: Sample, metal: Metal) -> int:
    """The most that a salt or cathode material can hold; of a salt with what its analysis leaves open."""
    most = figures.most[metal]
    if metal in figures.ranged:
        return most
    return most * sample.limits.product_fraction_high_ppm // MILLION if sample.material in FORMULAS else most


def _above(figures: Figures, sample: Sample, metal: Metal, found: int) -> Finding:
    most = _ceiling(figures, sample, metal)
    if metal in figures.ranged:
        return find(
            FindingCode.CONTENT_UNUSUAL, "medium", (("found_ppm", found), ("metal", metal)),
            Bound((("most_ppm", most),), Source.RANGES), sample.speaker, lots=sample.lots, case="material",
            about=(("material", sample.material),),
        )  # fmt: skip
    # Scrap may be pure cathode powder, and its analysis errs like any other.
    slack = MILLION + sample.limits.handover_content_high_ppm
    is_near = sample.material == "electrode_scrap" and found * MILLION <= most * slack
    severity: Severity = "medium" if figures.is_mixture or is_near else "high"
    return find(
        FindingCode.ABOVE_STOICHIOMETRIC_CEILING, severity, (("found_ppm", found), ("metal", metal)),
        Bound((("most_ppm", most),), Source.STOICHIOMETRY), sample.speaker, lots=sample.lots,
        case="pure" if figures.is_pure else "richest", about=(("substance", figures.substance),),
    )  # fmt: skip


def _foreign(sample: Sample, chemistry: str, metal: Metal, found: int) -> Finding:
    return find(
        FindingCode.FOREIGN_METAL, "medium", (("found_ppm", found), ("metal", metal)),
        bound_of(sample.limits, "foreign_metal_warn_ppm"), sample.speaker, lots=sample.lots,
        about=(("material", sample.material), ("chemistry", chemistry)),
    )  # fmt: skip


def _usual(figures: Figures, sample: Sample, chemistry: str) -> Iterator[Finding]:
    """Cells and packs against EverBatt: far more, or (black mass too) a fiftieth of it."""
    limits = sample.limits
    shares = {metal: ppm_of(sample.content[metal], sample.mass) for metal in figures.usual if sample.content.get(metal)}
    tiny = [metal for metal, found in shares.items() if _is_tiny(found, figures.usual[metal], limits)]
    if tiny and (sample.material == "lithium_ion_battery" or len(tiny) == len(shares)):
        for metal in tiny[: None if sample.material == "lithium_ion_battery" else 1]:
            yield _unit(sample, metal, shares[metal], figures.usual[metal])
        return
    for metal, found in shares.items():
        usual = figures.usual[metal]
        if figures.is_recipe and found > usual * limits.composition_warn_ppm // MILLION:
            yield find(
                FindingCode.CONTENT_UNUSUAL, "medium", (("found_ppm", found), ("metal", metal)),
                bound_of(limits, "composition_warn_ppm", ("usual_ppm", usual)), sample.speaker, lots=sample.lots,
                about=(("material", sample.material), ("chemistry", chemistry)),
            )  # fmt: skip


def _is_tiny(found: int, usual: int, limits: Limits) -> bool:
    return found <= usual * limits.content_unit_high_ppm // MILLION


def _unit(sample: Sample, metal: Metal, found: int, usual: int) -> Finding:
    return find(
        FindingCode.CONTENT_UNIT, "high", (("found_ppm", found), ("metal", metal)),
        Bound((("usual_ppm", usual),), Source.EVERBATT), sample.speaker, lots=sample.lots,
        about=(("material", sample.material),),
    )  # fmt: skip


def _product(main: tuple[Metal, int], sample: Sample) -> Iterator[Finding]:
    metal, mass = main
    held = sample.content.get(metal)
    least = mass * sample.limits.product_fraction_low_ppm // MILLION
    if not held or held * MILLION // sample.mass >= least:
        return
    found = ppm_of(held, sample.mass)
    if _is_tiny(found, mass, sample.limits):
        yield _unit(sample, metal, found, mass)
        return
    yield find(
        FindingCode.PRODUCT_BELOW_FORMULA, "medium", (("found_ppm", found), ("metal", metal)),
        Bound((("least_ppm", least),), source_of(sample.speaker, "product_fraction_low_ppm")),
        sample.speaker, lots=sample.lots, about=(("material", sample.material),),
    )  # fmt: skip


def _sum(sample: Sample) -> Iterator[Finding]:
    """A mixture is bounded metal by metal only loosely; together its metals have one bound."""
    found = ppm_of(sum(sample.content.get(metal, 0) for metal in ("Li", "Ni", "Co")), sample.mass)
    if found > RICHEST_CATHODE:
        yield find(
            FindingCode.ABOVE_STOICHIOMETRIC_CEILING, "high", (("together_ppm", found),),
            Bound((("most_ppm", RICHEST_CATHODE),), Source.STOICHIOMETRY), sample.speaker, lots=sample.lots,
            case="together",
        )  # fmt: skip


def _lead(sample: Sample) -> Iterator[Finding]:
    """Lead of a lead-acid battery: 46 to 66 % of the wet mass in every published split."""
    limits, found = sample.limits, ppm_of(sample.content["Pb"], sample.mass)
    if found <= limits.lead_content_low_ppm // 4:
        yield find(
            FindingCode.CONTENT_UNIT, "high", (("found_ppm", found), ("metal", "Pb")),
            bound_of(limits, "lead_content_low_ppm"), sample.speaker, lots=sample.lots, case="lead",
        )  # fmt: skip
        return
    scaled = found * MILLION // limits.drained_factor_ppm if sample.form == "drained" else found
    name = "lead_content_low_ppm"
    if scaled > limits.lead_content_warn_ppm:
        name = "lead_content_high_ppm" if scaled > limits.lead_content_high_ppm else "lead_content_warn_ppm"
    elif scaled >= limits.lead_content_low_ppm:
        return
    yield find(
        FindingCode.LEAD_CONTENT, "high" if name == "lead_content_high_ppm" else "medium",
        (("found_ppm", found), ("metal", "Pb")), bound_of(limits, name), sample.speaker, lots=sample.lots,
        about=(("form", sample.form or "whole"),),
    )  # fmt: skip


def _ratio(expected: int, sample: Sample, chemistry: str) -> Iterator[Finding]:
    cobalt, nickel, limits = sample.content.get("Co", 0), sample.content.get("Ni", 0), sample.limits
    if not cobalt or not nickel:
        return
    found = nickel * MILLION // cobalt
    off = abs(found - expected) * MILLION // expected
    if off <= limits.nickel_cobalt_ratio_warn_ppm:
        return
    is_high = off > limits.nickel_cobalt_ratio_high_ppm
    name = "nickel_cobalt_ratio_high_ppm" if is_high else "nickel_cobalt_ratio_warn_ppm"
    yield find(
        FindingCode.NICKEL_COBALT_RATIO, "high" if is_high else "medium", (("ni_per_co_millionths", found),),
        bound_of(limits, name, ("formula_millionths", expected)), sample.speaker, lots=sample.lots,
        about=(("chemistry", chemistry),),
    )  # fmt: skip
