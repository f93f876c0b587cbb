"""What a batch of statements will look up, so that it can be read in whole queries."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.admission.statements import Statement
from schemas.documents import Citation
from schemas.handover import Acceptance, Dispatch
from schemas.intake import Intake
from schemas.transformation import Transformation


def references(batch: Iterable[Statement]) -> tuple[list[str], list[str], list[Citation], list[str]]:
    """Return runs, shipments, once-only documents and file hashes that statements name."""
    runs: list[str] = []
    shipments: list[str] = []
    citations: list[Citation] = []
    files: list[str] = []
    for statement in batch:
        event = statement.event
        documents = event.documents if isinstance(event, Intake | Transformation | Dispatch) else ()
        if isinstance(event, Transformation):
            runs.append(event.run)
            documents = (*documents, *(document for line in event.additions for document in line.documents))
        elif isinstance(event, Dispatch | Acceptance):
            shipments.append(event.shipment)
        for document in documents:
            if document.is_once_only:
                citations.append(document.citation)
            if document.sha256 is not None:
                files.append(document.sha256)
    return runs, shipments, citations, files
