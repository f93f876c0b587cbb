"""What a statement will look up, so that a batch is read in whole queries before it is judged."""

from __future__ import annotations

from ledger.materials.mass.months import following, preceding
from ledger.materials.state.credit_months import SiteMonth
from ledger.materials.state.kind import Asking
from ledger.materials.state.refs import RefKey
from ledger.materials.state.withdrawn_intakes import months_around
from schemas.documents import Citation
from schemas.events import speaks_of_materials
from schemas.ids import LotId, PartyId, RunId, ShipmentId


def asked_issuer(asking: Asking) -> tuple[PartyId, ...]:
    """Return who says it."""
    return (asking.issuer,)


def asked_lots(asking: Asking) -> tuple[LotId, ...]:
    """Return the lots that it names."""
    return asking.event.named_lots()


def asked_runs(asking: Asking) -> tuple[RunId, ...]:
    """Return the run that it creates."""
    return asking.event.named_runs()


def asked_shipments(asking: Asking) -> tuple[ShipmentId, ...]:
    """Return the shipment that it sends or settles."""
    return asking.event.named_shipments()


def asked_citations(asking: Asking) -> list[Citation]:
    """Return the papers that it cites, in normal form, and those of their numbers and days."""
    keys: list[Citation] = []
    for document in asking.event.cited_documents():
        if document.is_once_only:
            keys += (document.paper, document.on_day(asking.at[:10]))
        elif document.net_kg is not None:
            keys.append(document.paper)
    return keys


def asked_files(asking: Asking) -> list[str]:
    """Return the hashes of the files that it cites."""
    return [document.sha256 for document in asking.event.cited_documents() if document.sha256 is not None]


def asked_refs(asking: Asking) -> list[RefKey]:
    """Return its ref, if it has one."""
    event = asking.event
    if not speaks_of_materials(event) or event.ref is None:
        return []
    return [RefKey(event.ref, asking.issuer, event.type)]


def asked_account_months(asking: Asking) -> list[SiteMonth]:
    """Return the months of the issuer's account that it may earn or draw credit in, and those that this touches."""
    if not asking.event.moves_credit():
        return []
    month = asking.event.moved_at(asking.at)[:7]
    before, after = preceding(month), following(month)
    months = (preceding(before), before, month, after, following(after))
    return [SiteMonth(asking.issuer, name) for name in months]


def asked_withdrawn(asking: Asking) -> list[SiteMonth]:
    """Return the months in which the batch that it lets in may have come before, and did not occur."""
    event = asking.event
    return months_around(asking.issuer, asking.at) if event.stated_lots() and not event.input_lots() else []
