"""Assays: what an analysis changes, and what it only says.

Plan for each lot of an assay, or of the assay that a park confirms:

1. Who speaks: holder, creating park, laboratory or certifier; else it is refused.
2. Whose word governs: the creating park's, or another's that the park confirms.
3. When: before the lot was ever dispatched, while the park has it, and not against an
   assay of a later stage. Where the park used some of it already, the assay counts before
   that, and what was made of the lot is folded anew
   (:mod:`ledger.materials.corrections.late_assay`).
4. What it makes of the content: fraction times wet or dry mass (:mod:`ledger.materials.moves.analysed_mass`).
5. What has no effect is recorded; where it differs from the book, that is a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger.materials.events.documents import Cited, check_documents, cite
from ledger.materials.events.kind import CorrectableKind, Supply
from ledger.materials.history.as_corrected import declared_origins, standing_event, stated_content
from ledger.materials.mass.mix import content_of
from ledger.materials.moves.analysed_mass import dry_of, found_content, unsure_content
from ledger.materials.moves.preconditions import check_lot
from ledger.materials.moves.restated_content import restate
from ledger.materials.plausibility.entry.analysed_content import find_in_analysis
from ledger.materials.plausibility.entry.analyses import Analysis, find_change, find_gain, find_uncertainty
from ledger.materials.plausibility.entry.dates import find_before_it_came
from ledger.materials.plausibility.entry.growth import find_growth
from ledger.materials.state.book import Effects, MaterialBook, Speaker
from ledger.materials.state.findings import Bound, find
from ledger.materials.state.ground import Ground
from ledger.materials.state.layer import Layer
from ledger.materials.state.records import Lot, Posting, PostingKind
from schemas.assay import Assay
from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.refusals import RefusalCode
from schemas.codes import ASSAY_STAGES, Metal
from schemas.documents import Document
from schemas.errors import MalformedError
from schemas.findings import Finding
from schemas.fraction import BILLION
from schemas.ids import LotId
from schemas.refusal import RefusedError

_MAY_ANALYSE = frozenset({"laboratory", "certifier"})
"""Roles whose parties may analyse any lot: a certifier's is its own control."""

_TOLERANCE_PERCENT = 2
"""What an assay without effect may differ from the book before it is odd (as for runs, section 7)."""


class AssayKind(CorrectableKind[Assay]):
    """What an analysis found in lots, or the park's word that another's assay holds."""

    schema = Assay
    finds_content = True
    restates = True

    def check(self, event: Assay, speaker: Speaker, ground: Ground) -> None:
        """Demand that the party may analyse the lots, and that those which it governs can hold what it found.

        Raises:
            RefusedError: ``unknown-assay``, ``unknown-lot``, ``not-entitled``,
                ``content-exceeds-net``, ``duplicate-document``.
            MalformedError: a dry fraction of a lot whose dry mass is not known.
        """
        source = _confirmed(event, speaker, ground.book) if event.confirms is not None else event
        for name in filter(ground.knows, event.lots):
            lot = check_lot(name, ground.lots)
            if event.confirms is not None:
                _check_park(lot, speaker)
            if ground.looks_at(name):
                _check_entitled(lot, speaker, event)
                total, limit = _weigh(source, lot)
                if governs(source, lot, speaker) and total > limit:
                    raise _too_heavy(lot, limit, total)
        check_documents(event.documents, speaker, ground.layer)

    def apply(self, event: Assay, speaker: Speaker, layer: Layer, supply: Supply) -> None:
        """Restate the lots that it governs, with what is odd about it lot by lot."""
        source = _source(event, layer.book)
        if source is None or source.results is None:
            return
        findings = layer.effects.findings
        for name in event.lots:
            lot = layer.book.lots.get(name)
            # A confirmed assay may, by a correction, be one of other lots now.
            if lot is None or name not in source.lots or not layer.knows(name) or is_late(lot, speaker):
                continue
            findings.extend(find_uncertainty(source, name, speaker))
            if governs(source, lot, speaker):
                _restate(source, lot, speaker, layer)
                # An analysis may well be older than the delivery; only its effect is odd then.
                findings.extend(find_before_it_came((lot,), speaker.occurred_at, speaker, "medium"))
            else:
                findings.extend(_differences(source, lot, speaker))

    def reaches_back(self, event: Assay, speaker: Speaker, layer: Layer) -> frozenset[LotId]:
        """Return the lots that the park used already, and never sent."""
        lots = ((name, layer.book.lots.get(name)) for name in event.lots if layer.knows(name))
        return frozenset(name for name, lot in lots if lot is not None and is_late(lot, speaker))

    def record(self, event: Assay, speaker: Speaker, layer: Layer) -> None:
        """Use the documents up, and note the file of the report."""
        cite(map(Cited, (*event.documents, *_report(event, speaker))), speaker, layer, event.lots)


def _source(event: Assay, book: MaterialBook) -> Assay | None:
    """Return the assay with results that an assay is, or confirms as it stands."""
    if event.confirms is None:
        return event
    logged = standing_event(event.confirms, book)
    return logged.event if logged is not None and isinstance(logged.event, Assay) else None


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


def governs(source: Assay, lot: Lot, speaker: Speaker) -> bool:
    """Say whether an assay sets the content of a lot (steps 2 and 3)."""
    stage = ASSAY_STAGES.index(source.stage) if source.stage else -1
    is_parks = speaker.party.id == lot.park
    return is_parks and lot.holder == lot.park and lot.status == "open" and not lot.moved and stage >= lot.stage


def is_late(lot: Lot, speaker: Speaker) -> bool:
    """Say whether an assay comes after the first use of a lot that its park still answers for."""
    return lot.used and lot.park == lot.holder == speaker.party.id and not lot.moved


def _confirmed(event: Assay, speaker: Speaker, book: MaterialBook) -> Assay:
    logged = standing_event(event.confirms, book) if event.confirms is not None else None
    is_earlier = logged is not None and logged.index < speaker.index
    if logged is None or not is_earlier or not isinstance(logged.event, Assay) or logged.event.results is None:
        raise RefusedError(RefusalCode.UNKNOWN_ASSAY, statement=event.confirms or "")
    others = set(event.lots) - set(logged.event.lots)
    if others:
        raise RefusedError(
            RefusalCode.UNKNOWN_ASSAY, "other_lots", lots=", ".join(sorted(others)), collides_with=logged.statement
        )
    if logged.issuer == speaker.party.id:
        raise RefusedError(RefusalCode.NOT_ENTITLED, "own_assay", party=speaker.party.id)
    return logged.event


def _report(event: Assay, speaker: Speaker) -> Iterator[Document]:
    """Yield the report of an assay as the file that it is, unless it is cited as a document as well."""
    if event.report is not None and all(document.sha256 != event.report for document in event.documents):
        yield Document.model_construct(
            kind="assay_report",
            issuer=speaker.party.id,
            number=f"{event.sample} of {', '.join(event.lots[:3])}",
            sha256=event.report,
        )


def _check_park(lot: Lot, speaker: Speaker) -> None:
    """Demand of a confirmation that it is its park's: of each lot, since a lot's park never changes."""
    if speaker.party.id != lot.park:
        raise RefusedError(
            RefusalCode.NOT_ENTITLED, "confirm_assay", park=lot.park, lot=lot.id, party=speaker.party.id,
            collides_with=lot.id,
        )  # fmt: skip


def _check_entitled(lot: Lot, speaker: Speaker, event: Assay) -> None:
    party = speaker.party
    if event.confirms is None and party.id not in (lot.holder, lot.park) and _MAY_ANALYSE.isdisjoint(party.roles):
        raise RefusedError(
            RefusalCode.NOT_ENTITLED, "assay", lot=lot.id, holder=lot.holder, park=lot.park, party=party.id,
            roles=", ".join(party.roles), collides_with=lot.id,
        )  # fmt: skip


def _restate(source: Assay, lot: Lot, speaker: Speaker, layer: Layer) -> None:
    """Let an assay that governs a lot into the layer, with what is odd about it."""
    book, effects = layer.book, layer.effects
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
                speaker, lots=(lot.id,), about=(("site", speaker.party.id),),
            )
        )  # fmt: skip
        return
    run = None if lot.run is None else layer.run(lot.run)
    restated = restate(lot, content, run, speaker, declared_origins(lot, book), is_first=lot.stage < 0)
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
        effects.findings.extend(find_gain(analysis, before, lot, run, layer.lot, speaker=speaker))
    effects.findings.extend(find_growth(before, lot, speaker))
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
            Posting(
                site=lot.holder,
                kind=kind,
                record=lot.id,
                material=lot.material,
                net=0,
                dry=abs(change),
                mix={},
                index=speaker.index,
                statement=speaker.statement,
            )
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
                    Bound((("book_mg", book_mass), ("allowed_mg", allowed))), speaker, lots=(lot.id,),
                    about=(("stage", str(source.stage)), ("site", speaker.party.id)),
                )
            )  # fmt: skip
    return found


ASSAY = AssayKind()
