"""Labels: the QR code of a lot's page, alone or on a sheet to print."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Response

from api.deps import Desk, DeskDep, LotId
from api.pages import Page, inline_svg, render
from api.responses import PROBLEMS
from api.words import material_in_words
from ledger.labels import is_unreachable, lot_png, lot_svg, lot_url
from ledger.questions.lots import require_lot

router = APIRouter(prefix="/v1/lots/{lot}", tags=["labels"])

# The address on a label never changes, only the server's own address may.
_CACHE: Final = {"Cache-Control": "public, max-age=3600"}


def _image(media_type: str) -> dict[int | str, dict[str, Any]]:
    schema = {"schema": {"type": "string", "format": "binary"}}
    return {200: {"content": {media_type: schema}}, 404: PROBLEMS[404]}


@router.get("/qr.svg", summary="QR code as SVG", response_class=Response, responses=_image("image/svg+xml"))
def get_qr_svg(lot: LotId, desk: DeskDep) -> Response:
    """Return the QR code of the lot's page, one millimetre a module, quiet zone included."""
    return Response(lot_svg(_address(lot, desk)), headers=_CACHE, media_type="image/svg+xml")


@router.get("/qr.png", summary="QR code as PNG", response_class=Response, responses=_image("image/png"))
def get_qr_png(lot: LotId, desk: DeskDep) -> Response:
    """Return the QR code of the lot's page, ten pixels a module, quiet zone included."""
    return Response(lot_png(_address(lot, desk)), headers=_CACHE, media_type="image/png")


@router.get("/label", summary="Label to print", response_class=Page, responses={404: PROBLEMS[404]})
def get_label(lot: LotId, desk: DeskDep) -> Response:
    """Return a sheet to print: QR code, lot id, material and park."""
    with desk.home.store.reading() as snapshot:
        record = require_lot(snapshot, lot)
        park = snapshot.parties.get(record.park)
    address = lot_url(desk.public_url, lot)
    return render(
        "label.html",
        lot=record,
        material=material_in_words(record.material),
        park=park.name if park else record.park,
        address=address,
        is_unreachable=is_unreachable(address),
        code=inline_svg(lot_svg(address), f"QR code of {address}"),
    )


def _address(lot: LotId, desk: Desk) -> str:
    with desk.home.store.reading() as snapshot:
        require_lot(snapshot, lot)
    return lot_url(desk.public_url, lot)
