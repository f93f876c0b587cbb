"""The checks that several events share, each raising its refusal (contract, section 7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ledger.materials.state.book import Effects, Lookup, MaterialBook, Speaker
from ledger.materials.state.citations import CitationUse, FileUse
from ledger.materials.state.findings import NO_BOUND, find
from ledger.materials.state.ground import Ground
from ledger.materials.state.layer import Layer
from ledger.materials.state.records import Lot
from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.refusals import RefusalCode
from schemas.codes import Metal
from schemas.documents import Citation, Document
from schemas.ids import LotId
from schemas.party import Party
from schemas.refusal import RefusedError

MAX_ISSUER_ID = 8


def check_own_id(record: str, kind: str, party: Party) -> None:
    """Demand that a new id begins with its issuer's id and ``-``.

    Raises:
        RefusedError: ``not-entitled``.
    """
    if len(party.id) > MAX_ISSUER_ID:
        raise RefusedError(
            RefusalCode.NOT_ENTITLED, "long_id", most=MAX_ISSUER_ID, kind=kind, id=record, party=party.id,
            length=len(party.id),
        )  # fmt: skip
    if not record.startswith(party.id + "-"):
        raise RefusedError(RefusalCode.NOT_ENTITLED, "foreign_id", kind=kind, party=party.id, id=record)


def check_role(party: Party, roles: Iterable[str], statement: str) -> None:
    """Demand one of the roles of who makes a ``statement`` of this type, or runs this process.

    Raises:
        RefusedError: ``not-entitled``.
    """
    wanted = tuple(roles)
    if not set(wanted) & set(party.roles):
        raise RefusedError(
            RefusalCode.NOT_ENTITLED, "role", statement=statement, wanted=", ".join(wanted), party=party.id,
            roles=", ".join(party.roles),
        )  # fmt: skip


def check_lot(lot_id: LotId, lots: Lookup[LotId, Lot]) -> Lot:
    """Return a lot that the ledger knows.

    Raises:
        RefusedError: ``unknown-lot``.
    """
    lot = lots.get(lot_id)
    if lot is None:
        raise RefusedError(RefusalCode.UNKNOWN_LOT, lot=lot_id)
    return lot


def check_available(lot_id: LotId, lot: Lot | None, party: Party, at: str) -> Lot:
    """Return the lot if ``party`` may move or use it.

    A hold does not bar what happened before it (``at``) and is only entered late.

    Raises:
        RefusedError: ``unknown-lot``, ``not-entitled``, ``lot-in-transit``,
            ``lot-disputed``, ``lot-left``, ``lot-held`` or ``insufficient-mass``
            (nothing left), whichever comes first in this order.
    """
    if lot is None:
        raise RefusedError(RefusalCode.UNKNOWN_LOT, lot=lot_id)
    if lot.holder != party.id:
        raise RefusedError(
            RefusalCode.NOT_ENTITLED, "holder", party=party.id, lot=lot.id, holder=lot.holder, collides_with=lot.id
        )
    if lot.status != "open":
        _check_status(lot)
    if lot.holds and (hold := lot.held_at(at)) is not None and not hold.until:
        raise RefusedError(RefusalCode.LOT_HELD, lot=lot.id, issuer=hold.issuer, since=hold.since, collides_with=lot.id)
    if lot.net == 0:
        raise RefusedError(RefusalCode.INSUFFICIENT_MASS, "used_up", lot=lot.id, collides_with=lot.id)
    return lot


def _check_status(lot: Lot) -> None:
    match lot.status:
        case "in_transit":
            raise RefusedError(RefusalCode.LOT_IN_TRANSIT, lot=lot.id, collides_with=lot.id)
        case "disputed":
            raise RefusedError(RefusalCode.LOT_DISPUTED, lot=lot.id, collides_with=lot.id)
        case "left":
            raise RefusedError(RefusalCode.LOT_LEFT, lot=lot.id, collides_with=lot.id)
        case _:
            pass


def check_new_lot(lot_id: LotId, ground: Ground) -> None:
    """Demand an id that no lot has, but one that the statement itself made before.

    Raises:
        RefusedError: ``lot-exists``.
    """
    if not ground.is_own(lot_id) and ground.book.lots.get(lot_id) is not None:
        raise RefusedError(RefusalCode.LOT_EXISTS, lot=lot_id, collides_with=lot_id)


def check_content(what: str, content: Mapping[Metal, int], net: int, dry: int | None = None) -> None:
    """Demand that the contained metals weigh no more than the whole (dry, where given).

    Raises:
        RefusedError: ``content-exceeds-net``.
    """
    total = sum(content.values())
    if dry is None and total > net:
        raise RefusedError(RefusalCode.CONTENT_EXCEEDS_NET, "net", what=what, limit_mg=net, content_mg=total)
    if dry is not None and total > dry:
        raise RefusedError(RefusalCode.CONTENT_EXCEEDS_NET, "dry", what=what, limit_mg=dry, content_mg=total)


def check_documents(documents: Iterable[Document], speaker: Speaker, layer: Layer) -> None:
    """Demand that the once-only documents of an event back no other statement, and each this one once.

    Args:
        documents: what the event cites.
        speaker: who cites them.
        layer: the state before it, with what a correction has let go and used up by now.

    Raises:
        RefusedError: ``duplicate-document``; the statement that used it before is
            named only to its own issuer.
    """
    seen: dict[Citation, CitationUse] = {}
    for document in documents:
        if not document.is_once_only:
            continue
        citation = document.citation
        used = seen.get(citation) or layer.use_of(citation)
        if used is not None and used.statement:
            raise RefusedError(
                RefusalCode.DUPLICATE_DOCUMENT, kind=document.kind, number=document.number, issuer=document.issuer,
                collides_with=used.statement if used.issuer == speaker.party.id else None,
            )  # fmt: skip
        seen[citation] = CitationUse(speaker.statement, speaker.party.id)


def cite(
    documents: Iterable[Document], speaker: Speaker, book: MaterialBook, lots: Iterable[LotId], effects: Effects
) -> None:
    """Use up the once-only documents of an event, which may be used, and note its file hashes.

    A file that was cited before raises the finding ``file-cited-twice``: ``low`` where
    it is another part of the same document, else ``medium``.
    """
    for document in documents:
        if document.is_once_only:
            effects.citations[document.citation] = CitationUse(speaker.statement, speaker.party.id)
        if document.sha256 is not None:
            _note_file(document, document.sha256, speaker, book, tuple(lots), effects=effects)


def _note_file(
    document: Document, sha256: str, speaker: Speaker, book: MaterialBook, lots: tuple[LotId, ...], effects: Effects
) -> None:
    name = (document.issuer, document.kind, document.number)
    used = effects.files.get(sha256) or book.files.get(sha256)
    if used is None:
        effects.files[sha256] = FileUse(speaker.statement, name)
        return
    if used.statement == speaker.statement and sha256 not in effects.files:
        # A correction cites again what the corrected statement cited.
        return
    effects.findings.append(
        find(
            FindingCode.FILE_CITED_TWICE, "low" if used.document == name else "medium", (("sha256", sha256[:16]),),
            NO_BOUND, speaker, lots=lots,
            about=(
                ("document", document.kind), ("number", document.number),
                ("other_document", used.document[1]), ("other_number", used.document[2]),
            ),
        )
    )  # fmt: skip
