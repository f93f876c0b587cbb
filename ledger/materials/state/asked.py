"""What a statement will look up, so that a batch is read in whole queries before it is judged."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.materials.state.kind import Asking
from schemas.documents import Citation, Document
from schemas.events import named_lots
from schemas.handover import Acceptance, Dispatch
from schemas.intake import Intake
from schemas.transformation import Transformation


def asked_issuer(asking: Asking) -> tuple[str, ...]:
    """Return who says it."""
    return (asking.issuer,)


def asked_lots(asking: Asking) -> tuple[str, ...]:
    """Return the lots that it names."""
    return named_lots(asking.event)


def asked_runs(asking: Asking) -> tuple[str, ...]:
    """Return the run that it creates."""
    return (asking.event.run,) if isinstance(asking.event, Transformation) else ()


def asked_shipments(asking: Asking) -> tuple[str, ...]:
    """Return the shipment that it sends or settles."""
    return (asking.event.shipment,) if isinstance(asking.event, Dispatch | Acceptance) else ()


def asked_citations(asking: Asking) -> list[Citation]:
    """Return the once-only documents that it cites."""
    return [document.citation for document in _documents(asking) if document.is_once_only]


def asked_files(asking: Asking) -> list[str]:
    """Return the hashes of the files that it cites."""
    return [document.sha256 for document in _documents(asking) if document.sha256 is not None]


def _documents(asking: Asking) -> Iterable[Document]:
    event = asking.event
    documents = event.documents if isinstance(event, Intake | Transformation | Dispatch) else ()
    if isinstance(event, Transformation):
        return (*documents, *(document for line in event.additions for document in line.documents))
    return documents
