"""What is odd about a batch that enters."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.materials.mass.months import day_of
from ledger.materials.plausibility.entry.composition import check_content
from ledger.materials.plausibility.entry.origins import BOUND_TO_ORIGIN, find_odd_origin
from ledger.materials.plausibility.entry.papers import find_in_papers
from ledger.materials.plausibility.reference.bounds import Bound, bound_of, find, limits_of, ppm_of, share_bound
from ledger.materials.plausibility.reference.chemistry import KINDS, PIECE_KG, PIECE_SOURCE, WET
from ledger.materials.state.book import Speaker
from schemas.catalogue.figures import percent
from schemas.findings import Finding
from schemas.intake import Intake, Weighing
from schemas.limits import Limits
from schemas.quantity import MG_PER_KG, format_kg

_TRUCK_T = 5, 45
_WEIGHED = frozenset({"weighbridge_slip", "bill_of_lading", "packing_list", "count_sheet"})


def find_in_intake(event: Intake, speaker: Speaker) -> Iterator[Finding]:
    """Yield what is odd about an intake: masses, codes, documents, origin."""
    limits = limits_of(speaker.party)
    lots = (event.lot,)
    is_lead_acid = event.material == "lead_acid_battery"
    mass = event.net_kg if is_lead_acid else event.dry_kg or event.net_kg
    yield from check_content(event.material, event.chemistry, event.form, mass, event.content_kg, speaker, lots)
    if is_lead_acid and not event.content_kg.get("Pb"):
        yield find(
            "content-missing", "medium", "no Pb stated", share_bound(limits, "lead_content_low_ppm", "at least {} Pb"),
            f"{event.lot} is said to be lead-acid batteries without any lead", speaker, lots,
        )  # fmt: skip
    kinds = KINDS.get(event.material)
    if kinds is not None and event.chemistry not in kinds:
        yield find(
            "chemistry-does-not-fit", "medium", f"{event.chemistry} for {event.material}",
            Bound(", ".join(sorted(kinds))),
            f"{event.lot} is declared with a chemistry that such batteries do not have", speaker, lots,
        )  # fmt: skip
    if event.material in BOUND_TO_ORIGIN or event.reason == "customer_return":
        yield from find_odd_origin(event, limits, speaker)
    yield from _mass(event, limits, speaker)
    yield from _pieces(event, speaker)
    if event.weighing is not None:
        yield from _weighing(event, event.weighing, limits, speaker)
    yield from find_in_papers(event, limits, speaker)
    yield from _reason(event, speaker)
    if event.dry_kg == event.net_kg and event.material in WET:
        yield find(
            "dry-equals-wet", "medium", f"dry {format_kg(event.net_kg)} kg", Bound("less than the wet mass"),
            f"{event.lot} is {event.material}, which comes wet, yet its dry mass is its whole mass (wet for dry?)",
            speaker, lots,
        )  # fmt: skip


def _mass(event: Intake, limits: Limits, speaker: Speaker) -> Iterator[Finding]:
    if event.reason == "opening_stock":
        return
    kg = event.net_kg // MG_PER_KG
    if kg < limits.truck_warn_kg and any(document.kind == "weighbridge_slip" for document in event.documents):
        # A truck load in tonnes has decimals: 21.45. A pail of telephones has not, or weighs otherwise.
        is_tonnes = _TRUCK_T[0] <= kg <= min(_TRUCK_T[1], limits.truck_high_kg) and event.net_kg % MG_PER_KG != 0
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
    if weighing.scale is None and speaker.party.scales:
        yield find(
            "no-scale", "low", "no scale named", Bound(", ".join(scale.scale for scale in speaker.party.scales)),
            f"{event.lot} was weighed, but not said on which of the scales of {speaker.party.id}",
            speaker, (event.lot,),
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
