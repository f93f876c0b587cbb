"""Files that verify themselves: the bundle of a lot, the export of the whole ledger."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse

from api.deps import DeskDep, LotId
from api.problems import BUSY, NOT_READY, Json, RequestError
from api.responses import PROBLEMS, LedgerAnswer
from ledger.audit import write_bundle, write_export
from ledger.questions.lots import require_lot

router = APIRouter(prefix="/v1", tags=["audit"])

_PART: Final = 256 * 1024


@router.get(
    "/lots/{lot}/bundle",
    summary="Download a lot's bundle",
    response_class=Response,
    responses={200: {"content": {"application/json": {}}}, 404: PROBLEMS[404]},
)
def get_bundle(lot: LotId, desk: DeskDep) -> Response:
    """Return the lot bundle: `battery-ledger verify FILE --genesis ID` checks it offline."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        with desk.home.store.reading() as snapshot:
            require_lot(snapshot, lot)
            write_bundle(snapshot, lot, file)
    except BaseException:
        file.close()
        raise
    return _download(file, f"{lot}.bundle.json", "application/json")


@router.get(
    "/export",
    summary="Download the audit export",
    response_class=Response,
    responses={200: {"content": {"application/zip": {}}}, 503: PROBLEMS[503]},
)
def get_export(desk: DeskDep) -> Response:
    """Return the audit export: every entry, event and table in one zip that verifies itself."""
    if not desk.exporting.acquire(blocking=False):
        raise RequestError(BUSY, "expected no other export under way, got one; try again when it is done")
    folder = Path(tempfile.mkdtemp(prefix="battery-ledger-"))
    try:
        path = folder / "export.zip"
        with desk.home.store.reading() as snapshot:
            write_export(snapshot, path)
            name = f"export-{snapshot.size}.zip"
        # Open before it is removed: the name goes now, the bytes when the answer is sent.
        file = path.open("rb")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        desk.exporting.release()
    return _download(file, name, "application/zip")


@router.get("/ledger", summary="Read which ledger this is", responses={200: {"model": LedgerAnswer}})
def get_ledger(desk: DeskDep) -> Response:
    """Return origin, genesis id and log keys; pin the genesis from another source than this."""
    with desk.home.store.reading() as snapshot:
        facts, size = snapshot.facts, snapshot.size
    if facts is None:
        raise RequestError(NOT_READY, "expected a ledger with a genesis, got an empty one")
    return Json({"origin": facts.origin, "genesis": facts.genesis, "log_keys": list(facts.log_keys), "size": size})


def _download(file: IO[bytes], name: str, media_type: str) -> Response:
    length = file.seek(0, 2)
    file.seek(0)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Length": str(length)}
    return StreamingResponse(_parts(file), headers=headers, media_type=media_type)


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while part := file.read(_PART):
            yield part
