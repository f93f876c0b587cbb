"""What is odd about a batch that enters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ledger.materials.book import Speaker
from ledger.materials.months import day_of
from ledger.materials.plausibility.chemistry import PIECE_KG, PIECE_SOURCE, WET
from ledger.materials.plausibility.codes import (
    BASEL,
    BASEL_SOURCE,
    BLACK_MASS_BAN,
    CHANGE,
    EU,
    LIST,
    OECD,
    WASTE_CODES,
)
from ledger.materials.plausibility.composition import check_black_mass, check_composition, check_recipe
from ledger.materials.plausibility.saying import Bound, bound_of, find, limits_of, percent, ppm_of, share_bound
from schemas.codes import Severity
from schemas.findings import Finding
from schemas.intake import Intake, Weighing
from schemas.limits import Limits
from schemas.quantity import MG_PER_KG, format_kg

_WEIGHED = frozenset({"weighbridge_slip", "bill_of_lading", "packing_list", "count_sheet"})


def find_in_intake(event: Intake, speaker: Speaker) -> Iterator[Finding]:
    """Yield what is odd about an intake: masses, codes, documents, origin."""
    limits = limits_of(speaker.party)
    lots = (event.lot,)
    mass = event.dry_kg or event.net_kg
    yield from check_composition(event.material, event.chemistry, mass, event.content_kg, speaker, lots)
    if event.material == "lithium_ion_battery":
        yield from check_recipe(event.chemistry, event.form, mass, event.content_kg, speaker, lots)
    if event.material in ("black_mass", "electrode_scrap"):
        yield from check_black_mass(event.chemistry, mass, event.content_kg, speaker, lots)
    yield from _lead(event, limits, speaker)
    yield from _mass(event, limits, speaker)
    yield from _pieces(event, speaker)
    if event.weighing is not None:
        yield from _weighing(event, event.weighing, limits, speaker)
    yield from _waste_code(event, speaker)
    yield from _movement(event, speaker)
    yield from _reason(event, speaker)
    if event.dry_kg == event.net_kg and event.material in WET:
        yield find(
            "dry-equals-wet", "medium", f"dry {format_kg(event.net_kg)} kg", Bound("less than the wet mass"),
            f"{event.lot} is {event.material}, which comes wet, yet its dry mass is its whole mass (wet for dry?)",
            speaker, lots,
        )  # fmt: skip


def _lead(event: Intake, limits: Limits, speaker: Speaker) -> Iterator[Finding]:
    """Lead of a lead-acid battery: 46 to 66 % of the wet mass in every published split."""
    if event.material != "lead_acid_battery":
        return
    if not event.content_kg.get("Pb"):
        yield find(
            "content-missing", "medium", "no Pb stated", share_bound(limits, "lead_content_low_ppm", "at least {} Pb"),
            f"{event.lot} is said to be lead-acid batteries without any lead", speaker, (event.lot,),
        )  # fmt: skip
        return
    found = ppm_of(event.content_kg["Pb"], event.net_kg)
    if found <= limits.lead_content_low_ppm // 4:
        yield find(
            "content-unit", "high", f"{percent(found)} Pb", share_bound(limits, "lead_content_low_ppm"),
            f"{event.lot} is said to hold hardly any lead (a percentage, or tonnes, taken for kilograms?)",
            speaker, (event.lot,),
        )  # fmt: skip
        return
    scaled = found * 1_000_000 // limits.drained_factor_ppm if event.form == "drained" else found
    severity: Severity = "high" if scaled > limits.lead_content_high_ppm else "medium"
    name = "lead_content_low_ppm"
    if scaled > limits.lead_content_warn_ppm:
        name = "lead_content_high_ppm" if severity == "high" else "lead_content_warn_ppm"
    elif scaled >= limits.lead_content_low_ppm:
        return
    yield find(
        "lead-content", severity, f"{percent(found)} Pb", share_bound(limits, name),
        f"{event.lot} is said to hold {percent(found)} lead, which {event.form} lead-acid batteries do not",
        speaker, (event.lot,),
    )  # fmt: skip


def _mass(event: Intake, limits: Limits, speaker: Speaker) -> Iterator[Finding]:
    if event.reason == "opening_stock":
        return
    kg = event.net_kg // MG_PER_KG
    if kg < limits.truck_warn_kg and any(document.kind == "weighbridge_slip" for document in event.documents):
        is_tonnes = kg <= limits.truck_high_kg
        name = "truck_high_kg" if is_tonnes else "truck_warn_kg"
        yield find(
            "delivery-mass", "high" if is_tonnes else "medium", f"{format_kg(event.net_kg)} kg on a weighbridge",
            bound_of(limits, name, f"more than {getattr(limits, name)} kg"),
            f"{event.lot} weighs less than a weighbridge can tell (tonnes taken for kilograms?)", speaker, (event.lot,),
        )  # fmt: skip
        return
    if kg <= limits.delivery_warn_kg and event.net_kg >= MG_PER_KG:
        return
    is_high = kg > limits.delivery_high_kg
    name = "delivery_high_kg" if is_high else "delivery_warn_kg"
    expected = bound_of(limits, name, "at least 1 kg" if kg < 1 else f"{getattr(limits, name):,} kg")
    yield find(
        "delivery-mass", "high" if is_high else "medium", f"{format_kg(event.net_kg)} kg", expected,
        f"{event.lot} weighs what no delivery does (grams, kilograms and tonnes mixed up?)", speaker, (event.lot,),
    )  # fmt: skip


def _pieces(event: Intake, speaker: Speaker) -> Iterator[Finding]:
    span = PIECE_KG.get(event.material if event.material == "lead_acid_battery" else event.form)
    if not event.pieces or span is None:
        return
    low, high = span[0] * MG_PER_KG * event.pieces, span[1] * MG_PER_KG * event.pieces
    if low <= event.net_kg <= high:
        return
    each = event.net_kg // event.pieces
    is_factor = each > 100 * span[1] * MG_PER_KG or 100 * each < span[0] * MG_PER_KG
    yield find(
        "pieces-do-not-fit", "high" if is_factor else "medium", f"{format_kg(each)} kg a piece",
        Bound(f"{span[0]} to {span[1]} kg a piece", PIECE_SOURCE),
        f"{event.lot}: {format_kg(event.net_kg)} kg fits no {event.pieces} pieces of {event.material}"
        + (" (a unit mixed up by 1,000?)" if is_factor else ""), speaker, (event.lot,),
    )  # fmt: skip


def _weighing(event: Intake, weighing: Weighing, limits: Limits, speaker: Speaker) -> Iterator[Finding]:
    difference = abs(weighing.gross_kg - weighing.tare_kg - event.net_kg)
    odd = ppm_of(difference, event.net_kg)
    if odd > limits.weighing_warn_ppm:
        is_high = odd > limits.weighing_high_ppm
        name = "weighing_high_ppm" if is_high else "weighing_warn_ppm"
        yield find(
            "weighing-does-not-add-up", "high" if is_high else "medium", f"{percent(odd)} off",
            share_bound(limits, name),
            f"{event.lot}: {format_kg(weighing.gross_kg)} kg gross less {format_kg(weighing.tare_kg)} kg tare is not "
            f"{format_kg(event.net_kg)} kg", speaker, (event.lot,),
        )  # fmt: skip
    scale = next((scale for scale in speaker.party.scales if scale.scale == weighing.scale), None)
    if scale is None:
        if weighing.scale and speaker.party.scales:
            known = ", ".join(scale.scale for scale in speaker.party.scales)
            yield find(
                "unknown-scale", "medium", weighing.scale, Bound(known),
                f"{event.lot} was weighed on a scale that {speaker.party.id} has not registered",
                speaker, (event.lot,),
            )  # fmt: skip
        return
    day = day_of(speaker.party, speaker.occurred_at)
    first, last = scale.calibrated_on or day, scale.calibrated_until or day
    if not first <= day <= last:
        yield find(
            "scale-out-of-calibration", "medium", f"weighed on {day}", Bound(f"calibrated from {first} to {last}"),
            f"{event.lot} was weighed on {scale.scale}, whose calibration did not hold that day",
            speaker, (event.lot,),
        )  # fmt: skip


def _waste_code(event: Intake, speaker: Speaker) -> Iterator[Finding]:
    if event.waste_code is None:
        return
    lots, day = (event.lot,), day_of(speaker.party, speaker.occurred_at)
    known = WASTE_CODES.get(event.waste_code.replace(" ", ""))
    if known is None:
        yield find(
            "waste-code-unknown", "low", event.waste_code, Bound("a code for batteries or what is made of them", LIST),
            f"{event.lot} has a waste code that this ledger does not know", speaker, lots,
        )  # fmt: skip
        return
    in_eu = bool(EU & {event.country, speaker.party.country})
    # Outside the EU papers may carry a code of the new list before it holds there.
    if day >= known.end or (day < known.first and in_eu):
        severity: Severity = "medium" if in_eu else "low"
        yield find(
            "waste-code-not-valid", severity, f"{event.waste_code} on {day}",
            Bound(f"{known.first} to before {known.end}", LIST),
            f"{event.lot} came in under a waste code that did not hold that day", speaker, lots,
        )  # fmt: skip
    if event.material not in known.materials:
        yield find(
            "waste-code-does-not-fit", "medium", f"{event.waste_code} for {event.material}",
            Bound(", ".join(sorted(known.materials)), LIST),
            f"{event.lot} came in under a waste code for another material", speaker, lots,
        )  # fmt: skip
    origins = {event.origin} if event.origin else {name for split in (event.origin_kg or {}).values() for name in split}
    wrong = "battery_post_consumer" if known.is_manufacturing else "battery_manufacturing"
    # Before the change no code told waste of manufacture from used batteries.
    if day >= CHANGE and known.is_manufacturing is not None and wrong in origins:
        said = "manufacturing waste" if known.is_manufacturing else "used batteries"
        yield find(
            "waste-code-contradicts-origin", "high" if known.is_manufacturing else "medium",
            f"{wrong} under {event.waste_code}", Bound(said, LIST),
            f"{event.lot} is told as {wrong.replace('_', ' ')}, but its waste code is for {said}", speaker, lots,
        )  # fmt: skip


def _movement(event: Intake, speaker: Speaker) -> Iterator[Finding]:
    lots, home = (event.lot,), speaker.party.country
    is_black_mass = event.material == "black_mass" or (event.waste_code or "").replace(" ", "") == "191402*"
    if is_black_mass and event.country in EU and home not in OECD:
        yield find(
            "eu-black-mass", "high", f"from {event.country} to {home}",
            Bound("to members of the OECD only", BLACK_MASS_BAN),
            f"{event.lot}: black mass is hazardous waste, and its export from the EU to countries outside the OECD is "
            "banned", speaker, lots,
        )  # fmt: skip
    fitting = BASEL.get(event.material)
    codes = set(re.findall(r"[A-Z][0-9]+", (event.basel_code or "").upper()))
    if event.basel_code and fitting and not (codes and codes <= fitting):
        yield find(
            "basel-code-does-not-fit", "medium", event.basel_code, Bound(", ".join(sorted(fitting)), BASEL_SOURCE),
            f"{event.lot} came in under a Basel code for something other than {event.material}", speaker, lots,
        )  # fmt: skip


def _reason(event: Intake, speaker: Speaker) -> Iterator[Finding]:
    lots = (event.lot,)
    if event.reason == "opening_stock":
        yield find(
            "opening-stock", "medium", f"{format_kg(event.net_kg)} kg", Bound("an attestation by a certifier"),
            f"{event.lot} was there before the ledger: nothing in it shows where it came from", speaker, lots,
        )  # fmt: skip
    elif event.reason == "found":
        yield find(
            "found-stock", "medium", f"{format_kg(event.net_kg)} kg", Bound("a delivery with its documents"),
            f"{event.lot} was found: nothing in the ledger shows where it came from", speaker, lots,
        )  # fmt: skip
    elif not any(document.kind in _WEIGHED for document in event.documents):
        yield find(
            "no-weighing-document", "low", "none",
            Bound("a weighbridge slip, bill of lading, packing list or count sheet", "UL 2809-1, records of inputs"),
            f"{event.lot} came in without a document that shows its weight", speaker, lots,
        )  # fmt: skip
