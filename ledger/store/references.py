"""What a batch of statements will look up, so that it can be read in whole queries."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.admission.statements import Statement
from schemas.documents import Citation
from schemas.handover import Acceptance, Dispatch
from schemas.transformation import Transformation


def references(batch: Iterable[Statement]) -> tuple[list[str], list[str], list[Citation], list[str]]:
    """Return runs, shipments, once-only documents and file hashes that statements name."""
    runs: list[str] = []
    shipments: list[str] = []
    citations: list[Citation] = []
    files: list[str] = []
    for statement in batch:
        event = statement.event
        if isinstance(event, Transformation):
            runs.append(event.run)
        elif isinstance(event, Dispatch | Acceptance):
            shipments.append(event.shipment)
        for document in event.cited_documents():
            if document.is_once_only:
                citations.append(document.citation)
            if document.sha256 is not None:
                files.append(document.sha256)
    return runs, shipments, citations, files
