"""What a statement will look up, so that a batch is read in whole queries before it is judged."""

from __future__ import annotations

from ledger.materials.mass.months import following, preceding
from ledger.materials.state.credit_months import SiteMonth
from ledger.materials.state.kind import Asking
from schemas.documents import Citation
from schemas.handover import Acceptance, Dispatch
from schemas.transformation import Transformation


def asked_issuer(asking: Asking) -> tuple[str, ...]:
    """Return who says it."""
    return (asking.issuer,)


def asked_lots(asking: Asking) -> tuple[str, ...]:
    """Return the lots that it names."""
    return asking.event.named_lots()


def asked_runs(asking: Asking) -> tuple[str, ...]:
    """Return the run that it creates."""
    return (asking.event.run,) if isinstance(asking.event, Transformation) else ()


def asked_shipments(asking: Asking) -> tuple[str, ...]:
    """Return the shipment that it sends or settles."""
    return (asking.event.shipment,) if isinstance(asking.event, Dispatch | Acceptance) else ()


def asked_citations(asking: Asking) -> list[Citation]:
    """Return the once-only documents that it cites."""
    return [document.citation for document in asking.event.cited_documents() if document.is_once_only]


def asked_files(asking: Asking) -> list[str]:
    """Return the hashes of the files that it cites."""
    return [document.sha256 for document in asking.event.cited_documents() if document.sha256 is not None]


def asked_account_months(asking: Asking) -> list[SiteMonth]:
    """Return the months of the issuer's account that it may earn or draw credit in, and those that this touches."""
    event = asking.event
    if isinstance(event, Transformation) and event.custody == "mass_balance":
        month = event.ended_at[:7]
    elif isinstance(event, Dispatch) and any(line.credit_kg is not None for line in event.lots):
        month = asking.at[:7]
    else:
        return []
    before, after = preceding(month), following(month)
    months = (preceding(before), before, month, after, following(after))
    return [SiteMonth(asking.issuer, name) for name in months]
