"""What is odd about a batch that enters."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.materials.mass.months import day_of
from ledger.materials.plausibility.entry.composition import check_content
from ledger.materials.plausibility.entry.origins import BOUND_TO_ORIGIN, find_odd_origin
from ledger.materials.plausibility.entry.papers import find_in_papers
from ledger.materials.plausibility.entry.purity import WHOLE, Batch, find_too_pure
from ledger.materials.plausibility.reference.bounds import bound_of, limits_of, ppm_of, source_of
from ledger.materials.plausibility.reference.chemistry import KINDS, PIECE_KG, WET
from ledger.materials.state.book import Speaker
from ledger.materials.state.findings import NO_BOUND, Bound, find
from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.findings.sources import Source
from schemas.codes import Metal
from schemas.findings import Finding
from schemas.intake import Intake, Weighing
from schemas.limits import Limits
from schemas.quantity import MG_PER_KG

_TRUCK_T = 5, 45
_WEIGHED = frozenset({"weighbridge_slip", "bill_of_lading", "packing_list", "count_sheet"})


def find_in_intake(event: Intake, speaker: Speaker) -> Iterator[Finding]:
    """Yield what is odd about an intake: masses, codes, documents, origin."""
    limits = limits_of(speaker)
    lots = (event.lot,)
    is_lead_acid = event.material == "lead_acid_battery"
    mass = event.net_kg if is_lead_acid else event.dry_kg or event.net_kg
    yield from check_content(
        event.material, event.chemistry, event.form, mass, event.content_kg, speaker=speaker, lots=lots
    )
    if event.material not in WHOLE:
        yield from _purity(event, mass, speaker)
    if is_lead_acid and not event.content_kg.get("Pb"):
        yield find(
            FindingCode.CONTENT_MISSING, "medium", (("metal", "Pb"),), bound_of(limits, "lead_content_low_ppm"),
            speaker, lots=lots,
        )  # fmt: skip
    kinds = KINDS.get(event.material)
    if kinds is not None and event.chemistry not in kinds:
        yield find(
            FindingCode.CHEMISTRY_DOES_NOT_FIT, "medium",
            (("chemistry", event.chemistry), ("material", event.material)),
            Bound((("chemistries", ", ".join(sorted(kinds))),)), speaker, lots=lots,
        )  # fmt: skip
    if event.material in BOUND_TO_ORIGIN or event.reason == "customer_return":
        yield from find_odd_origin(event, speaker)
    yield from find_in_delivery(event, speaker)
    if event.dry_kg == event.net_kg and event.material in WET:
        yield find(
            FindingCode.DRY_EQUALS_WET, "medium", (("dry_mg", event.net_kg),), NO_BOUND, speaker, lots=lots,
            about=(("material", event.material),),
        )  # fmt: skip


def find_in_delivery(event: Intake, speaker: Speaker) -> Iterator[Finding]:
    """Yield what is odd about how a batch came in, whatever is in it: masses, papers."""
    limits = limits_of(speaker)
    yield from _mass(event, limits, speaker)
    yield from _pieces(event, speaker)
    if event.weighing is not None:
        yield from _weighing(event, event.weighing, limits, speaker)
    yield from find_in_papers(event, limits, speaker)
    yield from _reason(event, speaker)


def _purity(event: Intake, mass: int, speaker: Speaker) -> Iterator[Finding]:
    if event.origin_kg is None:
        origins: dict[Metal, tuple[str, ...]] = dict.fromkeys(event.content_kg, (event.origin or "",))
    else:
        origins = {
            metal: tuple(name for name, part in split.items() if part) for metal, split in event.origin_kg.items()
        }
    batch = Batch(
        material=event.material,
        chemistry=event.chemistry,
        form=event.form,
        mass=mass,
        content=event.content_kg,
        origins=origins,
    )
    return find_too_pure(batch, speaker, (event.lot,))


def _mass(event: Intake, limits: Limits, speaker: Speaker) -> Iterator[Finding]:
    if event.reason == "opening_stock":
        return
    kg = event.net_kg // MG_PER_KG
    if kg < limits.truck_warn_kg and any(document.kind == "weighbridge_slip" for document in event.documents):
        # A truck load in tonnes has decimals: 21.45. A pail of telephones has not, or weighs otherwise.
        is_tonnes = _TRUCK_T[0] <= kg <= min(_TRUCK_T[1], limits.truck_high_kg) and event.net_kg % MG_PER_KG != 0
        name = "truck_high_kg" if is_tonnes else "truck_warn_kg"
        yield find(
            FindingCode.DELIVERY_MASS, "high" if is_tonnes else "medium", (("weighbridge_mg", event.net_kg),),
            bound_of(limits, name), speaker, lots=(event.lot,), case="weighbridge",
        )  # fmt: skip
        return
    if kg <= limits.delivery_warn_kg and event.net_kg >= MG_PER_KG:
        return
    is_high = kg > limits.delivery_high_kg
    name = "delivery_high_kg" if is_high else "delivery_warn_kg"
    yield find(
        FindingCode.DELIVERY_MASS, "high" if is_high else "medium", (("net_mg", event.net_kg),),
        Bound((("least_mg", MG_PER_KG),), source_of(speaker, name)) if kg < 1 else bound_of(limits, name),
        speaker, lots=(event.lot,), case="too_little" if kg < 1 else "",
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
        FindingCode.PIECES_DO_NOT_FIT, "high" if is_factor else "medium", (("each_mg", each),),
        Bound((("from_kg", span[0]), ("to_kg", span[1])), Source.PIECES), speaker, lots=(event.lot,),
        case="unit" if is_factor else "",
        about=(("net_mg", event.net_kg), ("pieces", event.pieces), ("material", event.material)),
    )  # fmt: skip


def _weighing(event: Intake, weighing: Weighing, limits: Limits, speaker: Speaker) -> Iterator[Finding]:
    difference = abs(weighing.gross_kg - weighing.tare_kg - event.net_kg)
    odd = ppm_of(difference, event.net_kg)
    if odd > limits.weighing_warn_ppm:
        is_high = odd > limits.weighing_high_ppm
        name = "weighing_high_ppm" if is_high else "weighing_warn_ppm"
        yield find(
            FindingCode.WEIGHING_DOES_NOT_ADD_UP, "high" if is_high else "medium", (("off_ppm", odd),),
            bound_of(limits, name), speaker, lots=(event.lot,),
            about=(("gross_mg", weighing.gross_kg), ("tare_mg", weighing.tare_kg), ("net_mg", event.net_kg)),
        )  # fmt: skip
    if weighing.scale is None and speaker.party.scales:
        yield find(
            FindingCode.NO_SCALE, "low", (), _scales(speaker), speaker, lots=(event.lot,),
            about=(("site", speaker.party.id),),
        )  # fmt: skip
    scale = next((scale for scale in speaker.party.scales if scale.scale == weighing.scale), None)
    if scale is None:
        if weighing.scale and speaker.party.scales:
            yield find(
                FindingCode.UNKNOWN_SCALE, "medium", (("scale", weighing.scale),), _scales(speaker),
                speaker, lots=(event.lot,), about=(("site", speaker.party.id),),
            )  # fmt: skip
        return
    day = day_of(speaker.party, speaker.occurred_at, speaker.rules)
    first, last = scale.calibrated_on or day, scale.calibrated_until or day
    if not first <= day <= last:
        yield find(
            FindingCode.SCALE_OUT_OF_CALIBRATION, "medium", (("day", day),),
            Bound((("calibrated_from", first), ("calibrated_until", last))),
            speaker, lots=(event.lot,), about=(("scale", scale.scale),),
        )  # fmt: skip


def _scales(speaker: Speaker) -> Bound:
    return Bound((("scales", ", ".join(scale.scale for scale in speaker.party.scales)),))


def _reason(event: Intake, speaker: Speaker) -> Iterator[Finding]:
    lots = (event.lot,)
    if event.reason == "opening_stock":
        yield find(
            FindingCode.OPENING_STOCK, "medium", (("net_mg", event.net_kg),), NO_BOUND, speaker, lots=lots,
        )  # fmt: skip
    elif event.reason == "found":
        yield find(
            FindingCode.FOUND_STOCK, "medium", (("net_mg", event.net_kg),), NO_BOUND, speaker, lots=lots,
        )  # fmt: skip
    elif not any(document.kind in _WEIGHED for document in event.documents):
        yield find(
            FindingCode.NO_WEIGHING_DOCUMENT, "low", (), Bound((), Source.INPUT_RECORDS), speaker, lots=lots,
        )  # fmt: skip
