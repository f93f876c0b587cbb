"""Origin against material: what no waste can be, and what hardly ever is."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.materials.plausibility.reference.bounds import MILLION, bound_of, limits_of, ppm_of
from ledger.materials.state.book import Effects, Speaker
from ledger.materials.state.findings import NO_BOUND, find
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import BATTERY_ORIGINS, CLAIMABLE_ORIGINS, Metal, Severity
from schemas.findings import Finding
from schemas.intake import Intake

_BATTERY = frozenset(BATTERY_ORIGINS)
_SLACK_PPM = 10_000
_PRODUCTS = frozenset(
    {"refined_lead", "lead_alloy", "lithium_carbonate", "lithium_hydroxide", "lithium_sulfate", "nickel_sulfate",
     "nickel_metal", "cobalt_sulfate", "cobalt_hydroxide", "cobalt_metal", "nickel_cobalt_alloy", "manganese_sulfate",
     "crude_lithium_carbonate", "lithium_phosphate", "mixed_hydroxide"}
)  # fmt: skip
_Misfit = tuple[frozenset[str], Severity, str]
_NEVER: dict[str, _Misfit] = {
    "primary_lead": (frozenset(CLAIMABLE_ORIGINS), "high", "virgin"),
    "electrode_scrap": (frozenset({"battery_post_consumer"}), "medium", "battery_making"),
    "filter_cake": (frozenset({"battery_post_consumer"}), "medium", "product"),
    **dict.fromkeys(_PRODUCTS, (_BATTERY, "medium", "product")),
}  # fmt: skip
"""Origins that a material cannot be of, or hardly is, how that weighs, and the case of the finding on it."""

BOUND_TO_ORIGIN = frozenset(_NEVER)
"""Materials that say something of their origin."""

_SOLD: _Misfit = (frozenset(CLAIMABLE_ORIGINS), "medium", "sold")


def find_odd_origin(event: Intake, speaker: Speaker) -> Iterator[Finding]:
    """Yield where a batch is stated as waste of an origin that its material does not come from."""
    material = event.material
    misfits = [_NEVER[material]] if material in _NEVER else []
    if event.reason == "customer_return":
        misfits.append(_SOLD)
    for origins, severity, case in misfits:
        if stated := _stated(event, origins):
            yield find(
                FindingCode.ORIGIN_DOES_NOT_FIT, severity, (("material", material), ("origin", stated)), NO_BOUND,
                speaker, lots=(event.lot,), case=case,
            )  # fmt: skip
            return


def find_changed_origin(
    standing: Intake | None, replacement: Intake | None, effects: Effects, speaker: Speaker
) -> Iterator[Finding]:
    """Yield where a correction moves metal that was used already between origins that may be claimed, or adds a little.

    What it makes claimable, and what it adds beyond what tables differ by, is a lift
    (:mod:`ledger.materials.plausibility.entry.lifts`).


    Args:
        standing: what stood until now.
        replacement: what the correction puts in its place.
        effects: what the correction changes.
        speaker: who corrects.
    """
    if standing is None or replacement is None:
        return
    lot = effects.lots.get(replacement.lot)
    is_used = bool(effects.runs) or (lot is not None and (lot.moved or lot.net < replacement.net_kg))
    before, after = _shares(standing), _shares(replacement)
    risen = sorted(
        (metal, origin)
        for (metal, origin), share in after.items()
        if share > before.get((metal, origin), 0) + _SLACK_PPM and _claimable(before, metal) + _SLACK_PPM >= MILLION
    )
    if is_used and risen:
        yield find(
            FindingCode.ORIGIN_CORRECTED, "medium", (("origins", ", ".join(origin for _, origin in risen)),), NO_BOUND,
            speaker, lots=effects.lots, about=(("site", speaker.party.id), ("lot", replacement.lot)),
        )  # fmt: skip
    limits = limits_of(speaker)
    for metal, mass in replacement.content_kg.items() if is_used else ():
        was = standing.content_kg.get(metal, 0)
        if limits.metal_out_high_ppm * was < mass * MILLION <= (MILLION + limits.assay_change_warn_ppm) * was:
            yield find(
                FindingCode.CONTENT_CORRECTED, "medium", (("content_mg", mass), ("metal", metal)),
                bound_of(limits, "metal_out_high_ppm", ("first_mg", was)),
                speaker, lots=effects.lots, about=(("site", speaker.party.id), ("lot", replacement.lot)),
            )  # fmt: skip


def _claimable(shares: dict[tuple[Metal, str], int], metal: Metal) -> int:
    return sum(share for (of, _), share in shares.items() if of == metal)


def _shares(event: Intake) -> dict[tuple[Metal, str], int]:
    """Return the part of each metal that is of each claimable origin, in ppm."""
    shares: dict[tuple[Metal, str], int] = {}
    for metal, mass in event.content_kg.items():
        split = event.origin_kg[metal] if event.origin_kg is not None else {event.origin or "": mass}
        shares.update({(metal, name): ppm_of(part, mass) for name, part in split.items() if name in CLAIMABLE_ORIGINS})
    return shares


def _stated(event: Intake, origins: frozenset[str]) -> str | None:
    """Return the first of these origins that a batch is stated as."""
    if event.origin is not None:
        return event.origin if event.origin in origins else None
    named = (name for split in (event.origin_kg or {}).values() for name, mass in split.items() if mass)
    return next((name for name in named if name in origins), None)
