"""What analyses say of a lot, and who says it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ledger.materials.history.closure import last_repairs, repaired
from ledger.materials.state.book import LoggedEvent
from ledger.materials.state.records import Lot
from schemas.assay import Assay
from schemas.fraction import format_fraction
from schemas.ids import PartyId
from schemas.party import Party


def assay_rows(
    logged_events: Iterable[LoggedEvent], lot: Lot, party: Callable[[PartyId], Party | None]
) -> list[dict[str, Any]]:
    """Return the assays of a lot as they stand, in the order of the ledger, as JSON.

    Args:
        logged_events: the entries that name the lot.
        lot: the lot.
        party: returns a party by its id.
    """
    own = sorted(logged_events, key=lambda logged: logged.index)
    repairs = last_repairs(own)
    rows: list[dict[str, Any]] = []
    for logged in own:
        stands = repaired(logged, repairs.get(logged.statement))
        if stands is not None and isinstance(event := stands.event, Assay) and lot.id in event.lots:
            rows.append(_row(stands, event, _voice(logged.issuer, lot, party)))
    return rows


def _voice(issuer: PartyId, lot: Lot, party: Callable[[PartyId], Party | None]) -> str:
    if issuer == lot.park:
        return "park"
    known = party(issuer)
    roles = known.roles if known is not None else ()
    return next((role for role in ("laboratory", "certifier") if role in roles), "holder")


def _row(logged: LoggedEvent, event: Assay, voice: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        "statement": logged.statement,
        "index": logged.index,
        "issuer": logged.issuer,
        "voice": voice,
        "occurred_at": logged.occurred_at,
        "lots": list(event.lots),
    }
    if event.results is None:
        return {**row, "confirms": event.confirms}
    results = {
        metal: {"fraction": format_fraction(found.fraction), "uncertainty": format_fraction(found.uncertainty)}
        for metal, found in event.results.items()
    }
    row |= {"stage": event.stage, "basis": event.basis, "method": event.method, "sample": event.sample}
    if event.moisture is not None:
        row["moisture"] = format_fraction(event.moisture)
    if event.report is not None:
        row["report"] = event.report
    return {**row, "results": results}
