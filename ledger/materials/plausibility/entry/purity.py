"""Waste that is as pure as what is made: virgin metal, or new cathode powder, under a name of waste.

The content of a batch is held against its origins, whoever states it: its intake, an
analysis of it, its receiver. What a run made is not looked at: there a furnace or a
refinery is the reason of its purity.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ledger.materials.plausibility.reference.bounds import MILLION, bound_of, limits_of, ppm_of
from ledger.materials.plausibility.reference.chemistry import CEILINGS, NICKEL
from ledger.materials.plausibility.reference.material_ranges import CATHODE_LITHIUM, CATHODE_METALS
from ledger.materials.state.book import Speaker
from ledger.materials.state.findings import find
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import CLAIMABLE_ORIGINS, Metal, Severity
from schemas.findings import Finding
from schemas.ids import LotId

_CLAIMED: tuple[Metal, ...] = ("Pb", "Li", "Ni", "Co")
WHOLE = frozenset({"lead_acid_battery"})
"""Batteries whose content is bounded already, by what whole ones hold."""

_PACKED = frozenset({"cell", "module", "pack"})
_POWDERS = frozenset(
    {"black_mass", "electrode_scrap", "lithium_ion_battery", "foil_mix", "graphite", "electronics"}
)  # fmt: skip
_CAKES = frozenset({"filter_cake", "leach_residue", "other"})
_USED = frozenset({"battery_post_consumer", "other_post_consumer"})
_ANY_CATHODE = NICKEL | {"mixed", "unknown", "LTO", "lead_acid"}
_TRANSITION: tuple[Metal, ...] = ("Ni", "Co", "Mn")


class Batch(NamedTuple):
    """What is said of a batch that came in: what it is called, its mass and content in mg, origins per metal."""

    material: str
    chemistry: str
    form: str | None
    mass: int
    content: Mapping[Metal, int]
    origins: Mapping[Metal, tuple[str, ...]]


def find_too_pure(batch: Batch, speaker: Speaker, lots: tuple[LotId, ...]) -> Iterator[Finding]:
    """Yield where waste is as pure as refined metal, or holds as much as new cathode material.

    Args:
        batch: what is said; origins that cannot be claimed are not looked at.
        speaker: whose word it is.
        lots: on which it shows.
    """
    if batch.material in WHOLE or batch.mass <= 0:
        return
    limits = limits_of(speaker)
    least = limits.scrap_purity_warn_ppm * batch.mass
    for metal in _CLAIMED:
        held = batch.content.get(metal)
        if held and held * MILLION > least and (origin := _worst(batch, (metal,))):
            if batch.material == "mixed_battery" and origin != "battery_post_consumer":
                # By the richest compound it is found already, of whatever origin.
                continue
            yield _metal(batch, metal, origin, speaker, lots)
    if batch.material in _CAKES or (batch.material in _POWDERS and batch.form not in _PACKED):
        yield from _cathode(batch, speaker, lots)


def _metal(batch: Batch, metal: Metal, origin: str, speaker: Speaker, lots: tuple[LotId, ...]) -> Finding:
    limits = limits_of(speaker)
    found = ppm_of(batch.content[metal], batch.mass)
    case, name, severity = "scrap", "scrap_purity_warn_ppm", _severity(is_high=False)
    if origin == "battery_post_consumer" and found > limits.battery_purity_high_ppm:
        case, name, severity = "batteries", "battery_purity_high_ppm", _severity(is_high=True)
    elif batch.material == "lead_bullion" and found > limits.bullion_purity_high_ppm:
        case, name, severity = "bullion", "bullion_purity_high_ppm", _severity(is_high=True)
    return find(
        FindingCode.PURER_THAN_WASTE, severity, (("found_ppm", found), ("metal", metal), ("origin", origin)),
        bound_of(limits, name), speaker, lots=lots, case=case, about=(("material", batch.material),),
    )  # fmt: skip


def _cathode(batch: Batch, speaker: Speaker, lots: tuple[LotId, ...]) -> Iterator[Finding]:
    limits = limits_of(speaker)
    found, metals = max(_of_cathode(batch), default=(0, ()))
    if found <= limits.cathode_content_warn_ppm or not (origin := _worst(batch, metals)):
        return
    is_high = origin in _USED and batch.material in _POWDERS and found > limits.cathode_content_high_ppm
    yield find(
        FindingCode.PURER_THAN_WASTE, _severity(is_high=is_high),
        (("cathode_ppm", found), ("metals", ", ".join(metals)), ("origin", origin)),
        bound_of(limits, "cathode_content_high_ppm" if is_high else "cathode_content_warn_ppm"),
        speaker, lots=lots, case="cathode", about=(("material", batch.material),),
    )  # fmt: skip


def _of_cathode(batch: Batch) -> Iterator[tuple[int, tuple[Metal, ...]]]:
    """Yield what it holds as a part of what pure cathode material does, with the metals by which that is seen."""
    own = CEILINGS.get(batch.chemistry)
    if own is not None and batch.chemistry not in _ANY_CATHODE:
        for metal, most in own.items():
            yield ppm_of(batch.content.get(metal, 0) * MILLION // most, batch.mass), (metal,)
        return
    together = tuple(metal for metal in _TRANSITION if batch.content.get(metal))
    yield ppm_of(sum(batch.content[metal] for metal in together) * MILLION // CATHODE_METALS, batch.mass), together
    yield ppm_of(batch.content.get("Li", 0) * MILLION // CATHODE_LITHIUM, batch.mass), ("Li",)


def _worst(batch: Batch, metals: Iterable[Metal]) -> str | None:
    """Return the claimable origin of these metals that waste of such purity fits worst, if one is claimable."""
    stated = {origin for metal in metals for origin in batch.origins.get(metal, ())}
    order = ("battery_post_consumer", "other_post_consumer", *CLAIMABLE_ORIGINS)
    return next((origin for origin in order if origin in stated), None)


def _severity(*, is_high: bool) -> Severity:
    return "high" if is_high else "medium"
