"""What an event demands of the documents that it cites, and how they are used up."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.materials.plausibility.entry.papers import find_cited_file
from ledger.materials.state.book import Effects, MaterialBook, Speaker
from ledger.materials.state.citations import CitationUse, FileUse
from ledger.materials.state.layer import Layer
from schemas.catalogue.refusals import RefusalCode
from schemas.documents import Citation, Document
from schemas.ids import LotId
from schemas.refusal import RefusedError


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

    A file that another statement cited before is odd
    (:func:`~ledger.materials.plausibility.entry.papers.find_cited_file`).
    """
    for document in documents:
        if document.is_once_only:
            effects.citations[document.citation] = CitationUse(speaker.statement, speaker.party.id)
        if document.sha256 is not None:
            _note_file(document, document.sha256, speaker, book, tuple(lots), effects=effects)


def _note_file(
    document: Document, sha256: str, speaker: Speaker, book: MaterialBook, lots: tuple[LotId, ...], effects: Effects
) -> None:
    used = effects.files.get(sha256) or book.files.get(sha256)
    if used is None:
        effects.files[sha256] = FileUse(speaker.statement, (document.issuer, document.kind, document.number))
        return
    if used.statement == speaker.statement and sha256 not in effects.files:
        # A correction cites again what the corrected statement cited.
        return
    effects.findings.append(find_cited_file(document, sha256, used, speaker, lots))
