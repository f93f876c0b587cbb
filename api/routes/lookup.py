"""GS1 Digital Link: a GTIN with a lot, as printed on a product, leads to the lot.

Only the pair that this ledger can answer is taken, ``/01/{gtin}/10/{lot}``, uncompressed.
Which GTIN belongs to a lot is not recorded; the check digit catches a misread code.
"""

from __future__ import annotations

import re
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request, Response

from api.deps import LotId
from api.problems import BAD_GTIN, RequestError
from api.responses import PROBLEMS

router = APIRouter(tags=["lookup"])

_GTIN: Final = re.compile(r"[0-9]{14}", re.ASCII)
_HEADERS: Final = {"Vary": "Accept", "Access-Control-Allow-Origin": "*"}

Gtin = Annotated[str, Path(description="A GTIN-14", examples=["09506000134352"])]


@router.get("/01/{gtin}/10/{lot}/", include_in_schema=False)
@router.get(
    "/01/{gtin}/10/{lot}",
    summary="Follow a GS1 Digital Link",
    status_code=307,
    response_class=Response,
    responses={307: {"description": "To the page, or to JSON for who asks for it."}, 400: PROBLEMS[400]},
)
def follow_digital_link(gtin: Gtin, lot: LotId, request: Request) -> Response:
    """Lead to the lot's page, or to its JSON where `Accept` prefers that."""
    check_gtin(gtin)
    wants_json = _prefers_json(request.headers.get("accept", "*/*"))
    target = f"/v1/lots/{lot}" if wants_json else f"/lots/{lot}"
    # The standard wants the query passed on; it is data of the scanner, not of ours.
    query = request.url.query
    location = f"{target}?{query}" if query else target
    return Response(status_code=307, headers={"Location": location, **_HEADERS})


def check_gtin(gtin: str) -> None:
    """Check form and check digit of a GTIN-14 (GS1 General Specifications, section 7.9).

    Raises:
        RequestError: ``bad-gtin``.
    """
    if not _GTIN.fullmatch(gtin):
        raise RequestError(BAD_GTIN, f"expected a GTIN of 14 digits (a shorter one padded with 0), got {gtin[:40]!r}")
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(gtin[:13]))
    if (expected := -total % 10) != int(gtin[13]):
        raise RequestError(BAD_GTIN, f"expected check digit {expected}, got {gtin[13]} in {gtin}")


def _prefers_json(accept: str) -> bool:
    """Say whether JSON is asked for, and not less than HTML."""
    weights: dict[str, float] = {}
    for entry in accept.split(","):
        name, *parameters = (part.strip() for part in entry.split(";"))
        weight = next((part[2:] for part in parameters if part.startswith("q=")), "1")
        weights[name.lower()] = float(weight) if re.fullmatch(r"[01](\.[0-9]{0,3})?", weight) else 0.0
    json_weight = max(weights.get("application/json", 0.0), weights.get("application/ld+json", 0.0))
    return json_weight > max(weights.get("text/html", 0.0), weights.get("application/xhtml+xml", 0.0))
