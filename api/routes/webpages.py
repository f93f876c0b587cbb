"""Pages for people: the start, the search, a lot, and what the interface offers."""

from __future__ import annotations

import re
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.deps import LOT_PATTERN, Desk, DeskDep
from api.lot_page import lot_view
from api.pages import Page, inline_svg, quoted, render, style_sheet
from api.words import grouped
from ledger.labels import lot_svg, lot_url
from schemas.ids import LotId

router = APIRouter(include_in_schema=False)

_LOT: Final = re.compile(LOT_PATTERN.removesuffix("$"), re.ASCII)


@router.get("/", response_class=Page)
def show_start(desk: DeskDep) -> Response:
    """Show what this is, how large the ledger is, and a search for a lot."""
    return _start(desk, 200, "")


@router.get("/search", response_class=Page)
def search_lot(desk: DeskDep, lot: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Lead from the search to the page of a lot."""
    wanted = lot.strip().upper()
    if not _LOT.fullmatch(wanted):
        said = "A lot id has up to 20 letters A to Z, digits and hyphens, such as MUN-L-000007."
        return _start(desk, 422, f"{said} You typed: {quoted(lot)}" if lot else said)
    return RedirectResponse(f"/lots/{wanted}", 303)


@router.get("/lots/{lot}", response_class=Page)
def show_lot(lot: LotId, desk: DeskDep) -> Response:
    """Show a lot to whoever scanned its label."""
    with desk.home.store.reading() as snapshot:
        found = snapshot.lots.get(lot) if _LOT.fullmatch(lot) else None
        view = lot_view(snapshot, found) if found else None
    if view is None:
        return render("no_lot.html", 404, asked=quoted(lot))
    address = lot_url(desk.public_url, lot)
    return render("lot.html", **view, address=address, code=inline_svg(lot_svg(address), f"QR code of {address}"))


@router.get("/docs", response_class=Page)
def show_interface(request: Request) -> Response:
    """List the interface from its own description."""
    description = request.app.openapi()
    operations = [
        (method.upper(), path, operation["summary"], operation["operationId"])
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    ]
    return render("docs.html", operations=operations, version=description["info"]["version"])


@router.get("/style.css")
def get_style_sheet() -> Response:
    """Return the style of the pages."""
    return Response(style_sheet(), headers={"Cache-Control": "public, max-age=300"}, media_type="text/css")


def _start(desk: Desk, status: int, message: str) -> Page:
    with desk.home.store.reading() as snapshot:
        facts, size = snapshot.facts, snapshot.size
    return render("start.html", status, facts=facts, size=grouped(size), message=message)
