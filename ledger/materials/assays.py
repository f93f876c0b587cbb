"""The judge of assays: what an analysis changes, and what it only says.

Plan for each lot of an assay, or of the assay that a park confirms:

1. Who speaks: holder, creating park or laboratory; else it is refused.
2. Whose word governs: the creating park's, or a laboratory's that the park confirms.
3. When: before the lot was ever dispatched, while the park has it, and not against an
   assay of a later stage.
4. What it makes of the content: fraction times wet or dry mass (:mod:`restating`).
5. What has no effect is recorded; where it differs from the book, that is a finding.
"""

from __future__ import annotations

from collections.abc import Container

from ledger.materials.apportioning import content_of
from ledger.materials.book import Deed, Effects, MaterialBook, Speaker
from ledger.materials.checks import check_lot, cite
from ledger.materials.plausibility.composition import check_composition
from ledger.materials.records import Lot, Posting, PostingKind
from ledger.materials.restating import restate
from ledger.materials.untimely import find_before_it_came
from schemas.assay import Assay
from schemas.codes import ASSAY_STAGES, METALS, Metal
from schemas.errors import MalformedError, RefusedError
from schemas.findings import Finding
from schemas.fraction import BILLION, format_fraction
from schemas.handover import AcceptedLot
from schemas.quantity import format_kg

_TOLERANCE_PERCENT = 2
"""What an assay without effect may differ from the book before it is odd (as for runs, section 7)."""


def judge_assay(event: Assay, speaker: Speaker, book: MaterialBook) -> Effects:
    """Record an assay, and restate the content of the lots that it governs.

    Raises:
        RefusedError: ``unknown-lot``, ``not-entitled``, ``unknown-assay``,
            ``content-exceeds-net``, ``duplicate-document``.
        MalformedError: a dry fraction of a lot whose dry mass is not known.
    """
    source = _confirmed(event, speaker, book) if event.confirms is not None else event
    for name in event.lots:
        lot = check_lot(name, book)
        _check_entitled(lot, speaker, event)
        content = found_content(source, lot)
        total = sum({**content_of(lot.mix), **content}.values())
        limit = dry_of(source, lot) if source.basis == "dry" else lot.net
        if governs(source, lot, speaker) and total > max(limit, 0):
            raise RefusedError(
                "content-exceeds-net",
                f"expected the metals in {name} to weigh at most its {format_kg(limit)} kg ({source.basis}), "
                f"got {format_kg(total)} kg (wet for dry mixed up?)",
                collides_with=name,
            )
    effects = fold_assay(event, speaker, book)
    cite(event.documents, speaker, book, event.lots, effects)
    return effects


def fold_assay(event: Assay, speaker: Speaker, book: MaterialBook, lots: Container[str] | None = None) -> Effects:
    """Return what an assay does, to some of its lots where ``lots`` are given."""
    effects = Effects()
    source: Assay | None = event
    if event.confirms is not None:
        deed = standing_deed(event.confirms, book)
        source = deed.event if deed is not None and isinstance(deed.event, Assay) else None
    if source is None or source.results is None:
        return effects
    for name in event.lots:
        lot = book.lots.get(name)
        if lot is None or (lots is not None and name not in lots):
            continue
        if governs(source, lot, speaker):
            _apply(source, lot, speaker, book, effects)
            # An analysis may well be older than the delivery; only its effect is odd then.
            effects.findings.extend(find_before_it_came((lot,), speaker.occurred_at, speaker, "medium"))
        else:
            effects.findings.extend(_differences(source, lot, speaker))
    return effects


def governs(source: Assay, lot: Lot, speaker: Speaker) -> bool:
    """Say whether an assay sets the content of a lot (steps 2 and 3)."""
    stage = ASSAY_STAGES.index(source.stage) if source.stage else -1
    is_parks = speaker.party.id == lot.park
    return is_parks and lot.holder == lot.park and lot.status == "open" and not lot.moved and stage >= lot.stage


def found_content(source: Assay, lot: Lot) -> dict[Metal, int]:
    """Return the mass of each analysed metal in what is left of a lot, in mg (step 4).

    Raises:
        MalformedError: where the dry mass is not known.
    """
    mass = dry_of(source, lot) if source.basis == "dry" else lot.net
    results = source.results or {}
    return {metal: mass * results[metal].fraction // BILLION for metal in METALS if metal in results}


def dry_of(source: Assay, lot: Lot) -> int:
    """Return the dry mass of what is left of a lot, by the assay's moisture or the book's, in mg.

    Raises:
        MalformedError: if neither says.
    """
    if source.moisture is not None:
        return lot.net - lot.net * source.moisture // BILLION
    if lot.dry is not None:
        return lot.dry
    raise MalformedError(
        f'expected the "moisture" of {lot.id} beside fractions of dry mass, or a lot with a dry_kg, got neither: '
        "a fraction of dry mass on a wet weight would make metal out of water",
        "moisture",
    )


def standing_deed(statement: str, book: MaterialBook) -> Deed | None:
    """Return what a statement says now: as corrected, ``None`` where it counts no more."""
    deed = book.history.deed_of(statement)
    standing = book.standing.get(statement)
    if deed is None or standing is None:
        return deed
    correction = book.history.deed_of(standing.correction)
    replacement = getattr(correction.event, "replacement", None) if correction is not None else None
    return None if replacement is None else deed._replace(event=replacement)


def odd_settlement(line: AcceptedLot, lot: Lot, book: MaterialBook) -> str | None:
    """Say why a settlement cannot change the content of a lot, ``None`` where it can."""
    contents = line.content_kg or {}
    if not line.assays:
        return "it names no assay"
    for statement in line.assays:
        deed = standing_deed(statement, book)
        if deed is None or not isinstance(deed.event, Assay) or lot.id not in deed.event.lots:
            return f"{statement[:16]}... is no assay of {lot.id}"
    if sum({**content_of(lot.mix), **contents}.values()) > lot.net:
        return f"its metals weigh more than the {format_kg(lot.net)} kg of the lot"
    return None


def _confirmed(event: Assay, speaker: Speaker, book: MaterialBook) -> Assay:
    deed = standing_deed(event.confirms or "", book)
    if deed is None or not isinstance(deed.event, Assay) or deed.event.results is None:
        raise RefusedError(
            "unknown-assay", f"expected the statement of an assay with results, got {(event.confirms or '')[:16]}..."
        )
    others = set(event.lots) - set(deed.event.lots)
    if others:
        raise RefusedError(
            "unknown-assay", f"expected lots that the confirmed assay names, got {', '.join(sorted(others))} besides",
            collides_with=deed.statement,
        )  # fmt: skip
    if deed.issuer == speaker.party.id:
        raise RefusedError("not-entitled", "expected the assay of another party to confirm, got one's own")
    return deed.event


def _check_entitled(lot: Lot, speaker: Speaker, event: Assay) -> None:
    party = speaker.party
    if event.confirms is not None:
        if party.id != lot.park:
            raise RefusedError(
                "not-entitled", f"expected {lot.park}, which made {lot.id}, to confirm its assay, got {party.id}",
                collides_with=lot.id,
            )  # fmt: skip
        return
    if party.id not in (lot.holder, lot.park) and "laboratory" not in party.roles:
        raise RefusedError(
            "not-entitled",
            f"expected an assay of {lot.id} by its holder {lot.holder}, by {lot.park}, which made it, or by a "
            f"laboratory, got {party.id} ({', '.join(party.roles)})",
            collides_with=lot.id,
        )


def _apply(source: Assay, lot: Lot, speaker: Speaker, book: MaterialBook, effects: Effects) -> None:
    try:
        content = found_content(source, lot)
    except MalformedError:
        # Only where a correction took the dry mass away that admission had seen.
        return
    results = source.results or {}
    mass = dry_of(source, lot) if source.basis == "dry" else lot.net
    run = None if lot.run is None else effects.runs.get(lot.run) or book.runs.get(lot.run)
    restated = restate(lot, content, run, speaker)
    unsure = {metal: mass * results[metal].uncertainty // BILLION for metal in content}
    lot = restated.lot._replace(
        stage=ASSAY_STAGES.index(source.stage) if source.stage else -1,
        uncertainty={metal: part for metal, part in {**lot.uncertainty, **unsure}.items() if part},
    )
    effects.postings.extend(restated.postings)
    effects.findings.extend(check_composition(lot.material, lot.chemistry, mass, content, speaker, (lot.id,)))
    if source.moisture is not None:
        lot = _dry(lot, dry_of(source, lot), speaker, effects)
    if restated.run is not None:
        effects.runs[restated.run.id] = restated.run
    effects.lots[lot.id] = lot


def _dry(lot: Lot, dry: int, speaker: Speaker, effects: Effects) -> Lot:
    change = dry - lot.dry_or_net
    if change:
        kind: PostingKind = "gain" if change > 0 else "loss"
        effects.postings.append(
            Posting(lot.holder, kind, lot.id, lot.material, 0, abs(change), {}, speaker.index, speaker.statement)
        )
    return lot._replace(dry=dry)


def _differences(source: Assay, lot: Lot, speaker: Speaker) -> list[Finding]:
    """Return what an assay without effect says otherwise than the book (step 5)."""
    try:
        content = found_content(source, lot)
    except MalformedError:
        return []
    found: list[Finding] = []
    results = source.results or {}
    for metal, mass in content.items():
        book_mass = sum(lot.mix.get(metal, ()))
        allowed = max(book_mass * _TOLERANCE_PERCENT // 100, lot.net * results[metal].uncertainty // BILLION)
        if lot.net and abs(mass - book_mass) > allowed:
            found.append(
                Finding(
                    "assay-differs", "medium",
                    f"{format_kg(mass)} kg {metal} ({format_fraction(results[metal].fraction)})",
                    f"{format_kg(book_mass)} kg {metal} in the book, {format_kg(allowed)} kg more or less",
                    f"the {source.stage} assay of {lot.id} by {speaker.party.id} differs from the book and changes "
                    "nothing: only the park's own before dispatch does, or a settlement after it",
                    speaker.index, speaker.statement, (lot.id,),
                )
            )  # fmt: skip
    return found
