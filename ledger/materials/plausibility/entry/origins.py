"""Origin against material: what no waste can be, and what hardly ever is."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.materials.plausibility.reference.bounds import MILLION, Bound, find, limits_of, ppm_of, share_bound
from ledger.materials.state.book import Effects, Speaker
from schemas.catalogue.figures import percent
from schemas.codes import ORIGINS, Metal, Severity
from schemas.findings import Finding
from schemas.intake import Intake
from schemas.limits import Limits
from schemas.quantity import format_kg

_CLAIMABLE = ORIGINS[:4]
"""The origins of waste, which can be claimed."""

_BATTERY = frozenset(_CLAIMABLE[:2])
_SLACK_PPM = 10_000
_PRODUCTS = frozenset(
    {"refined_lead", "lead_alloy", "lithium_carbonate", "lithium_hydroxide", "lithium_sulfate", "nickel_sulfate",
     "nickel_metal", "cobalt_sulfate", "cobalt_hydroxide", "cobalt_metal", "nickel_cobalt_alloy", "manganese_sulfate",
     "crude_lithium_carbonate", "lithium_phosphate", "mixed_hydroxide"}
)  # fmt: skip
_Misfit = tuple[frozenset[str], Severity, str, str]
_NEVER: dict[str, _Misfit] = {
    "primary_lead": (frozenset(_CLAIMABLE), "high", "primary", "is virgin metal by its own name"),
    "electrode_scrap": (
        frozenset({"battery_post_consumer"}), "medium", "battery_manufacturing", "is waste of battery making",
    ),
    **dict.fromkeys(
        _PRODUCTS, (_BATTERY, "medium", "internal, unknown or primary", "is made of batteries, and is none")
    ),
}  # fmt: skip
"""Origins that a material cannot be of, or hardly is, what is expected instead, and why."""

BOUND_TO_ORIGIN = frozenset(_NEVER) | {"lead_scrap"}
"""Materials that say something of their origin."""

_SOLD: _Misfit = (_BATTERY, "medium", "internal or unknown", "was sold before, and counted as waste then")


def find_odd_origin(event: Intake, limits: Limits, speaker: Speaker) -> Iterator[Finding]:
    """Yield where a batch is told as waste of an origin that its material does not come from."""
    material = event.material
    if material in _NEVER:
        origins, severity, expected, why = _NEVER[material]
    elif event.reason == "customer_return":
        origins, severity, expected, why = _SOLD
    else:
        if material == "lead_scrap":
            yield from _purity(event, limits, speaker)
        return
    if told := _told(event, origins):
        yield find(
            "origin-does-not-fit", severity, f"{material} told as {told}", Bound(expected),
            f"{event.lot}: {material} {why}", speaker, (event.lot,),
        )  # fmt: skip


def _purity(event: Intake, limits: Limits, speaker: Speaker) -> Iterator[Finding]:
    found = ppm_of(event.content_kg.get("Pb", 0), event.net_kg)
    if found >= limits.scrap_purity_warn_ppm and (told := _told(event, frozenset({"battery_post_consumer"}))):
        yield find(
            "origin-does-not-fit", "medium", f"{percent(found)} Pb told as {told}",
            share_bound(limits, "scrap_purity_warn_ppm", "less than {} Pb in scrap of used batteries"),
            f"{event.lot} is as pure as refined lead, yet told as scrap of used batteries", speaker, (event.lot,),
        )  # fmt: skip


def find_changed_origin(standing: object, replacement: object, effects: Effects, speaker: Speaker) -> Iterator[Finding]:
    """Yield where a correction makes metal claimable that was used already under another origin.

    Args:
        standing: what stood until now.
        replacement: what the correction puts in its place.
        effects: what the correction changes.
        speaker: who corrects.
    """
    if not isinstance(standing, Intake) or not isinstance(replacement, Intake):
        return
    lot = effects.lots.get(replacement.lot)
    is_used = bool(effects.runs) or (lot is not None and (lot.moved or lot.net < replacement.net_kg))
    before, after = _shares(standing), _shares(replacement)
    risen = sorted({origin for origin, share in after.items() if share > before.get(origin, 0) + _SLACK_PPM})
    if is_used and risen:
        yield find(
            "origin-corrected", "medium", ", ".join(origin for _, origin in risen), Bound("the origin as first told"),
            f"{speaker.party.id} made {replacement.lot} more claimable after metal of it had been used",
            speaker, tuple(effects.lots),
        )  # fmt: skip
    limits = limits_of(speaker.party)
    for metal, mass in replacement.content_kg.items() if is_used else ():
        was = standing.content_kg.get(metal, 0)
        if mass * MILLION > was * limits.metal_out_high_ppm:
            yield find(
                "content-corrected", "medium", f"{format_kg(mass)} kg {metal}",
                share_bound(limits, "metal_out_high_ppm", f"{{}} of the {format_kg(was)} kg first told"),
                f"{speaker.party.id} put more {metal} into {replacement.lot} after metal of it had been used",
                speaker, tuple(effects.lots),
            )  # fmt: skip


def _shares(event: Intake) -> dict[tuple[Metal, str], int]:
    """Return the part of each metal that is of each claimable origin, in ppm."""
    shares: dict[tuple[Metal, str], int] = {}
    for metal, mass in event.content_kg.items():
        split = event.origin_kg[metal] if event.origin_kg is not None else {event.origin or "": mass}
        shares.update({(metal, name): ppm_of(part, mass) for name, part in split.items() if name in _CLAIMABLE})
    return shares


def _told(event: Intake, origins: frozenset[str]) -> str | None:
    """Return the first of these origins that a batch is told as."""
    if event.origin is not None:
        return event.origin if event.origin in origins else None
    named = (name for split in (event.origin_kg or {}).values() for name, mass in split.items() if mass)
    return next((name for name in named if name in origins), None)
