"""The checks that several events share, each raising its refusal (contract, section 7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ledger.materials.state.book import Effects, Lookup, MaterialBook, Speaker
from ledger.materials.state.citations import CitationUse, FileUse
from ledger.materials.state.records import Lot
from schemas.codes import Metal
from schemas.documents import Document
from schemas.errors import RefusedError
from schemas.findings import Finding
from schemas.party import Party
from schemas.quantity import format_kg

MAX_ISSUER_ID = 8


def check_own_id(record: str, kind: str, party: Party) -> None:
    """Demand that a new id begins with its issuer's id and ``-``.

    Raises:
        RefusedError: ``not-entitled``.
    """
    if len(party.id) > MAX_ISSUER_ID:
        raise RefusedError(
            "not-entitled",
            f"expected a party whose id has at most {MAX_ISSUER_ID} characters to issue the {kind} {record}, "
            f"got {party.id} with {len(party.id)}",
        )
    if not record.startswith(party.id + "-"):
        raise RefusedError("not-entitled", f'expected the id of a new {kind} to begin with "{party.id}-", got {record}')


def check_role(party: Party, roles: Iterable[str], what: str) -> None:
    """Demand one of the roles.

    Raises:
        RefusedError: ``not-entitled``.
    """
    wanted = tuple(roles)
    if not set(wanted) & set(party.roles):
        raise RefusedError(
            "not-entitled",
            f"expected {what} to be signed by a party with the role {' or '.join(wanted)}, "
            f"got {party.id} ({', '.join(party.roles)})",
        )


def check_lot(lot_id: str, lots: Lookup[str, Lot]) -> Lot:
    """Return a lot that the ledger knows.

    Raises:
        RefusedError: ``unknown-lot``.
    """
    lot = lots.get(lot_id)
    if lot is None:
        raise RefusedError("unknown-lot", f"expected a lot of this ledger, got {lot_id}, which is none")
    return lot


def check_available(lot_id: str, lot: Lot | None, party: Party, at: str) -> Lot:
    """Return the lot if ``party`` may move or use it.

    A hold does not bar what happened before it (``at``) and is only entered late.

    Raises:
        RefusedError: ``unknown-lot``, ``not-entitled``, ``lot-in-transit``,
            ``lot-disputed``, ``lot-left``, ``lot-held`` or ``insufficient-mass``
            (nothing left), whichever comes first in this order.
    """
    if lot is None:
        raise RefusedError("unknown-lot", f"expected a lot of this ledger, got {lot_id}, which is none")
    if lot.holder != party.id:
        raise RefusedError(
            "not-entitled", f"expected a lot that {party.id} holds, got {lot.id}, which {lot.holder} holds",
            collides_with=lot.id,
        )  # fmt: skip
    if lot.status in ("in_transit", "disputed", "left"):
        said = {"in_transit": "is in transit", "disputed": "is disputed", "left": "has left the ledger"}[lot.status]
        code = "lot-" + lot.status.replace("_", "-")
        raise RefusedError(code, f"expected an open lot, got {lot.id}, which {said}", collides_with=lot.id)
    if lot.holds and (hold := lot.held_at(at)) is not None and not hold.until:
        raise RefusedError(
            "lot-held",
            f"expected a lot without a hold, got {lot.id}, which {hold.issuer} has held since {hold.since}",
            collides_with=lot.id,
        )
    if lot.net == 0:
        raise RefusedError(
            "insufficient-mass", f"expected a lot with mass left, got {lot.id}, which is used up", collides_with=lot.id
        )
    return lot


def check_new_lot(lot_id: str, book: MaterialBook) -> None:
    """Demand an id that no lot has.

    Raises:
        RefusedError: ``lot-exists``.
    """
    if book.lots.get(lot_id) is not None:
        raise RefusedError("lot-exists", f"expected a new lot id, got {lot_id}, which is used", collides_with=lot_id)


def check_content(what: str, content: Mapping[Metal, int], net: int, dry: int | None = None) -> None:
    """Demand that the contained metals weigh no more than the whole (dry, where given).

    Raises:
        RefusedError: ``content-exceeds-net``.
    """
    limit, name = (net, "net_kg") if dry is None else (dry, "dry_kg")
    total = sum(content.values())
    if total > limit:
        raise RefusedError(
            "content-exceeds-net",
            f"expected the metals in {what} to weigh at most its {name} of {format_kg(limit)} kg, "
            f"got {format_kg(total)} kg (a unit or a comma mixed up?)",
        )


def cite(
    documents: Iterable[Document], speaker: Speaker, book: MaterialBook, lots: Iterable[str], effects: Effects
) -> None:
    """Use up the once-only documents of an event and note its file hashes.

    A file that was cited before raises the finding ``file-cited-twice``: ``low`` where
    it is another part of the same document, else ``medium``.

    Raises:
        RefusedError: ``duplicate-document``; the statement that used it before is
            named only to its own issuer.
    """
    for document in documents:
        if document.is_once_only:
            use_up(document, speaker, book, effects)
        if document.sha256 is not None:
            _note_file(document, document.sha256, speaker, book, tuple(lots), effects)


def use_up(document: Document, speaker: Speaker, book: MaterialBook, effects: Effects) -> None:
    """Use up one once-only document.

    Raises:
        RefusedError: ``duplicate-document``.
    """
    citation = document.citation
    used = effects.citations.get(citation) or book.citations.get(citation)
    if used is not None and used.statement:
        raise RefusedError(
            "duplicate-document",
            f"expected a {document.kind} that backs no other statement, "
            f"got number {document.number} of {document.issuer}, which was used before",
            collides_with=used.statement if used.issuer == speaker.party.id else None,
        )
    effects.citations[citation] = CitationUse(speaker.statement, speaker.party.id)


def _note_file(
    document: Document, sha256: str, speaker: Speaker, book: MaterialBook, lots: tuple[str, ...], effects: Effects
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
        Finding(
            "file-cited-twice",
            "low" if used.document == name else "medium",
            f"sha256 {sha256[:16]}...",
            "each file once",
            f"the file of {document.kind} {document.number} was cited before, as {used.document[1]} {used.document[2]}",
            speaker.index,
            speaker.statement,
            lots,
        )
    )
