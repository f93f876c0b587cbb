"""What a settlement rests on: assays of the lot, within whose findings it has to be."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.materials.history.as_corrected import standing_event
from ledger.materials.mass.mix import content_of
from ledger.materials.moves.analysed_mass import found_content, unsure_content
from ledger.materials.plausibility.reference.bounds import limits_of
from ledger.materials.state.book import MaterialBook, Speaker
from ledger.materials.state.findings import NO_BOUND, find
from ledger.materials.state.records import Lot
from schemas.assay import Assay
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import Metal
from schemas.errors import MalformedError
from schemas.findings import Finding
from schemas.handover import AcceptedLot
from schemas.ids import StatementId
from schemas.limits import Limits

_SLACK_PERMILLE = 5
"""Settlements are rounded, and scales differ by as much (what is queried in the trade)."""

_MOST_PERCENT = 102
"""How much more than the book a receiver's own weight may carry into a settlement."""


def find_odd_settlement(line: AcceptedLot, lot: Lot, speaker: Speaker, book: MaterialBook) -> Finding | None:
    """Return why a settlement cannot change the content of a lot, ``None`` where it can.

    It is on the receiver's own weight, and between the book, which is what the sender
    found, and the assays that it names, as far as their uncertainties reach and are excused.
    """
    contents = line.content_kg or {}
    if not line.assays:
        return find(
            FindingCode.SETTLEMENT_WITHOUT_EFFECT, "medium", (), NO_BOUND, speaker, lots=(lot.id,),
            case="no_assay", about=(("site", speaker.party.id),),
        )  # fmt: skip
    assays: list[Assay] = []
    for statement in line.assays:
        assay = _assay_of(statement, lot, book)
        if assay is None:
            return find(
                FindingCode.SETTLEMENT_WITHOUT_EFFECT, "medium", (("assay", statement[:16]),), NO_BOUND, speaker,
                lots=(lot.id,), case="no_such_assay", about=(("site", speaker.party.id),),
            )  # fmt: skip
        assays.append(assay)
    if sum({**content_of(lot.mix), **contents}.values()) > lot.dry_or_net:
        return find(
            FindingCode.SETTLEMENT_WITHOUT_EFFECT, "medium", (("weight_mg", lot.dry_or_net),), NO_BOUND, speaker,
            lots=(lot.id,), case="too_heavy", about=(("site", speaker.party.id),),
        )  # fmt: skip
    return next(_outside(line, assays, lot, speaker), None)


def _assay_of(statement: StatementId, lot: Lot, book: MaterialBook) -> Assay | None:
    """Return what an assay of a lot found, also where it only confirms another's."""
    logged = standing_event(statement, book)
    if logged is None or not isinstance(logged.event, Assay) or lot.id not in logged.event.lots:
        return None
    if logged.event.confirms is not None:
        logged = standing_event(logged.event.confirms, book)
    found = logged.event if logged is not None and isinstance(logged.event, Assay) else None
    return found if found is not None and found.results is not None else None


def _outside(line: AcceptedLot, assays: list[Assay], lot: Lot, speaker: Speaker) -> Iterator[Finding]:
    """Yield the finding on each metal that is not settled between what was found."""
    limits = limits_of(speaker)
    lightest = min(line.net_kg, lot.net)
    whole = 1000 * (lot.net or 1)
    heaviest = max(lot.net, min(line.net_kg, lot.net * _MOST_PERCENT // 100))
    for metal, mass in (line.content_kg or {}).items():
        bounds = list(_bounds(metal, assays, lot, limits))
        if not bounds:
            yield find(
                FindingCode.SETTLEMENT_WITHOUT_EFFECT, "medium", (("metal", metal),), NO_BOUND, speaker, lots=(lot.id,),
                case="not_looked_for", about=(("site", speaker.party.id),),
            )  # fmt: skip
            continue
        book = sum(lot.mix.get(metal, ()))
        low = min(book, *(low for low, _ in bounds)) * lightest * (1000 - _SLACK_PERMILLE) // whole
        high = max(book, *(high for _, high in bounds)) * heaviest * (1000 + _SLACK_PERMILLE) // whole
        if not low <= mass <= high:
            yield find(
                FindingCode.SETTLEMENT_WITHOUT_EFFECT, "medium",
                (("settled_mg", mass), ("metal", metal), ("from_mg", low), ("to_mg", high)), NO_BOUND, speaker,
                lots=(lot.id,), case="outside", about=(("site", speaker.party.id),),
            )  # fmt: skip


def _bounds(metal: Metal, assays: list[Assay], lot: Lot, limits: Limits) -> Iterator[tuple[int, int]]:
    for assay in assays:
        try:
            found, unsure = found_content(assay, lot).get(metal), unsure_content(assay, lot).get(metal, 0)
        except MalformedError:
            # Only where a correction took the dry mass away that admission had seen.
            continue
        if found is not None:
            unsure = min(unsure, found * limits.uncertainty_cap_ppm // 1_000_000)
            yield found - unsure, found + unsure
