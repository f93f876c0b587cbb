"""The tree as C2SP tlog-tiles wants it read: checkpoint, hash tiles, entry bundles."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from api.deps import DeskDep
from api.responses import PROBLEMS
from ledger.log.tiles import parse_tile_path
from schemas.errors import MalformedError, NotFoundError

router = APIRouter(tags=["tiles"])

_ANY_SITE: Final = {"Access-Control-Allow-Origin": "*"}
_FRESH: Final = {"Cache-Control": "public, max-age=2", **_ANY_SITE}
# The bytes under a tile's path are fixed for ever: entries are only appended.
_FOR_EVER: Final = {"Cache-Control": "public, max-age=31536000, immutable", **_ANY_SITE}
_OCTETS: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}},
    404: PROBLEMS[404],
}


@router.get("/checkpoint", summary="Read the checkpoint", response_class=PlainTextResponse)
def get_checkpoint(desk: DeskDep) -> Response:
    """Return the signed checkpoint of the newest tree."""
    with desk.home.store.reading() as snapshot:
        note = snapshot.checkpoint()
    return Response(note, headers=_FRESH, media_type="text/plain; charset=utf-8")


@router.get("/tile/{path:path}", summary="Read a tile or entry bundle", response_class=Response, responses=_OCTETS)
def get_tile(path: str, desk: DeskDep) -> Response:
    """Return a hash tile (`0/x001/234`) or entry bundle (`entries/x001/234.p/5`).

    A partial one is answered for every width that the tree has reached, so that readers of
    an earlier checkpoint are not cut off.
    """
    try:
        tile = parse_tile_path(f"tile/{path}")
    except MalformedError as error:
        # An illegal path names nothing; the specification has no other answer for it.
        raise NotFoundError("tile", path[:80]) from error
    with desk.home.store.reading() as snapshot:
        raw = snapshot.tile(tile)
    return Response(raw, headers=_FOR_EVER, media_type="application/octet-stream")
