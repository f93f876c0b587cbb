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

from collections.abc import Container, Iterable, Iterator
from functools import partial

from ledger.materials.history.as_corrected import declared_origins, standing_deed, stated_content
from ledger.materials.mass.mix import content_of
from ledger.materials.moves.preconditions import check_lot, cite
from ledger.materials.moves.restatement import restate
from ledger.materials.plausibility.entry.analysed_content import find_in_analysis
from ledger.materials.plausibility.entry.analyses import Analysis, find_change, find_gain, find_uncertainty
from ledger.materials.plausibility.entry.dates import find_before_it_came
from ledger.materials.state.book import Effects, Lookup, MaterialBook, Speaker
from ledger.materials.state.findings import Bound, find
from ledger.materials.state.records import Lot, Posting, PostingKind
from schemas.assay import Assay
from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.refusals import RefusalCode
from schemas.codes import ASSAY_STAGES, METALS, Metal
from schemas.documents import Document
from schemas.errors import MalformedError
from schemas.findings import Finding
from schemas.fraction import BILLION
from schemas.refusal import RefusedError

_TOLERANCE_PERCENT = 2
"""What an assay without effect may differ from the book before it is odd (as for runs, section 7)."""


def judge_assay(event: Assay, speaker: Speaker, book: MaterialBook) -> Effects:
    """Record an assay, and restate the content of the lots that it governs.

    Raises:
        RefusedError: ``unknown-lot``, ``not-entitled``, ``unknown-assay``,
            ``content-exceeds-net``, ``duplicate-document``.
        MalformedError: a dry fraction of a lot whose dry mass is not known.
    """
    check_assay(event, speaker, book, event.lots, book.lots)
    effects = fold_assay(event, speaker, book)
    cite([*event.documents, *_report(event, speaker)], speaker, book, event.lots, effects)
    return effects


def check_assay(
    event: Assay, speaker: Speaker, book: MaterialBook, names: Iterable[str], lots: Lookup[str, Lot]
) -> None:
    """Demand that the speaker may say an assay, and that some of its lots can hold what it found.

    Args:
        event: the assay, or the word that another's holds.
        speaker: who says it.
        book: where statements are looked up.
        names: the lots that are looked at.
        lots: as they stand when it is said.

    Raises:
        RefusedError: ``unknown-assay``, ``unknown-lot``, ``not-entitled``, ``content-exceeds-net``.
        MalformedError: a dry fraction of a lot whose dry mass is not known.
    """
    source = _confirmed(event, speaker, book) if event.confirms is not None else event
    for name in names:
        lot = check_lot(name, lots)
        _check_entitled(lot, speaker, event)
        total, limit = _weigh(source, lot)
        if governs(source, lot, speaker) and total > limit:
            raise _too_heavy(lot, limit, total)


def _too_heavy(lot: Lot, limit: int, total: int) -> RefusedError:
    if limit < lot.net:
        return RefusedError(
            RefusalCode.CONTENT_EXCEEDS_NET, "assay_dry", lot=lot.id, limit_mg=limit, content_mg=total,
            collides_with=lot.id,
        )  # fmt: skip
    return RefusedError(
        RefusalCode.CONTENT_EXCEEDS_NET, "assay_net", lot=lot.id, limit_mg=limit, content_mg=total, collides_with=lot.id
    )


def _weigh(source: Assay, lot: Lot) -> tuple[int, int]:
    """Return what all metals of a lot weigh by an assay, and what they may weigh, in mg.

    No metal is in the water: whatever the fractions are of, the dry mass bounds them where it is known.
    """
    total = sum({**content_of(lot.mix), **found_content(source, lot)}.values())
    is_known = source.moisture is not None or lot.dry is not None
    return total, max(dry_of(source, lot) if is_known else lot.net, 0)


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
        # A confirmed assay may, by a correction, be one of other lots now.
        if lot is None or name not in source.lots or (lots is not None and name not in lots):
            continue
        effects.findings.extend(find_uncertainty(source, name, speaker))
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


def lot_now(effects: Effects, book: MaterialBook, name: str) -> Lot | None:
    """Return a lot as what is being judged leaves it so far."""
    return effects.lots.get(name) or book.lots.get(name)


def found_content(source: Assay, lot: Lot) -> dict[Metal, int]:
    """Return the mass of each analysed metal in what is left of a lot, in mg (step 4).

    Raises:
        MalformedError: where the dry mass is not known.
    """
    mass = dry_of(source, lot) if source.basis == "dry" else lot.net
    results = source.results or {}
    return {metal: mass * results[metal].fraction // BILLION for metal in METALS if metal in results}


def unsure_content(source: Assay, lot: Lot) -> dict[Metal, int]:
    """Return the expanded uncertainty (k=2) of :func:`found_content`, in mg.

    Raises:
        MalformedError: where the dry mass is not known.
    """
    mass = dry_of(source, lot) if source.basis == "dry" else lot.net
    return {metal: mass * result.uncertainty // BILLION for metal, result in (source.results or {}).items()}


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


def _confirmed(event: Assay, speaker: Speaker, book: MaterialBook) -> Assay:
    deed = standing_deed(event.confirms or "", book)
    if deed is None or not isinstance(deed.event, Assay) or deed.event.results is None:
        raise RefusedError(RefusalCode.UNKNOWN_ASSAY, statement=event.confirms or "")
    others = set(event.lots) - set(deed.event.lots)
    if others:
        raise RefusedError(
            RefusalCode.UNKNOWN_ASSAY, "other_lots", lots=", ".join(sorted(others)), collides_with=deed.statement
        )
    if deed.issuer == speaker.party.id:
        raise RefusedError(RefusalCode.NOT_ENTITLED, "own_assay", party=speaker.party.id)
    return deed.event


def _report(event: Assay, speaker: Speaker) -> Iterator[Document]:
    """Yield the report of an assay as the file that it is, unless it is cited as a document as well."""
    if event.report is not None and all(document.sha256 != event.report for document in event.documents):
        yield Document.model_construct(
            kind="assay_report",
            issuer=speaker.party.id,
            number=f"{event.sample} of {', '.join(event.lots[:3])}",
            sha256=event.report,
        )


def _check_entitled(lot: Lot, speaker: Speaker, event: Assay) -> None:
    party = speaker.party
    if event.confirms is not None:
        if party.id != lot.park:
            raise RefusedError(
                RefusalCode.NOT_ENTITLED, "confirm_assay", park=lot.park, lot=lot.id, party=party.id,
                collides_with=lot.id,
            )  # fmt: skip
        return
    if party.id not in (lot.holder, lot.park) and "laboratory" not in party.roles:
        raise RefusedError(
            RefusalCode.NOT_ENTITLED, "assay", lot=lot.id, holder=lot.holder, park=lot.park, party=party.id,
            roles=", ".join(party.roles), collides_with=lot.id,
        )  # fmt: skip


def _apply(source: Assay, lot: Lot, speaker: Speaker, book: MaterialBook, effects: Effects) -> None:
    try:
        content = found_content(source, lot)
        total, limit = _weigh(source, lot)
    except MalformedError:
        # Only where a correction took the dry mass away that admission had seen.
        return
    if total > limit:
        # Only a correction leads here: admission refuses such an assay.
        effects.findings.append(
            find(
                FindingCode.ASSAY_WITHOUT_EFFECT, "high", (("metals_mg", total),), Bound((("weight_mg", limit),)),
                speaker, (lot.id,), about=(("site", speaker.party.id),),
            )
        )  # fmt: skip
        return
    run = None if lot.run is None else effects.runs.get(lot.run) or book.runs.get(lot.run)
    restated = restate(lot, content, run, speaker, declared_origins(lot, book))
    unsure = unsure_content(source, lot)
    before, lot = (
        lot,
        restated.lot._replace(
            stage=ASSAY_STAGES.index(source.stage) if source.stage else -1,
            uncertainty={metal: part for metal, part in {**lot.uncertainty, **unsure}.items() if part},
        ),
    )
    analysis = Analysis(content, unsure, len(source.lots))
    effects.findings.extend(find_change(analysis, before, stated_content(before, run, book), speaker))
    if run is not None:
        known = partial(lot_now, effects, book)
        effects.findings.extend(find_gain(analysis, before, lot, run, known, speaker))
    effects.postings.extend(restated.postings)
    effects.findings.extend(restated.findings)
    effects.findings.extend(_find(source, lot, content, speaker))
    if source.moisture is not None:
        lot = _dry(lot, dry_of(source, lot), speaker, effects)
    if restated.run is not None:
        effects.runs[restated.run.id] = restated.run
    effects.lots[lot.id] = lot


def _find(source: Assay, lot: Lot, content: dict[Metal, int], speaker: Speaker) -> Iterable[Finding]:
    """Return what a lot of this material cannot hold, whether the assay governs or not."""
    is_dry_known = source.moisture is not None or lot.dry is not None
    return find_in_analysis(lot, content, (lot.net, dry_of(source, lot) if is_dry_known else lot.net), speaker)


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
    found: list[Finding] = [*_find(source, lot, content, speaker)]
    results = source.results or {}
    for metal, mass in content.items():
        book_mass = sum(lot.mix.get(metal, ()))
        allowed = max(book_mass * _TOLERANCE_PERCENT // 100, lot.net * results[metal].uncertainty // BILLION)
        if lot.net and abs(mass - book_mass) > allowed:
            found.append(
                find(
                    FindingCode.ASSAY_DIFFERS, "medium",
                    (("found_mg", mass), ("metal", metal), ("fraction_ppb", results[metal].fraction)),
                    Bound((("book_mg", book_mass), ("allowed_mg", allowed))), speaker, (lot.id,),
                    about=(("stage", str(source.stage)), ("site", speaker.party.id)),
                )
            )  # fmt: skip
    return found
