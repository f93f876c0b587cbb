"""Request bodies: read within limits, then line by line.

Invariants:

* A body is limited while it is read. What is beyond the limit is thrown away as it
  comes, never kept, so that the sender still gets an answer instead of a broken pipe.
* A body of many lines waits on disk and is judged line by line from there; memory
  holds one chunk of lines, and a body that is too large is refused before any is taken.
* What JSON means is decided by :mod:`schemas.strict_json` alone; no other parser sees a body.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO, Final

from fastapi import Request

from api.problems import TOO_LARGE, RequestError
from ledger.submission import MAX_SUBMISSION_BYTES, Submission, read_submission
from schemas.errors import MalformedError

MAX_BODY_BYTES: Final = 64 * 1024 * 1024
_IN_MEMORY: Final = 1024 * 1024


async def read_body(request: Request) -> bytes:
    """Return the body of one submission.

    Raises:
        MalformedError: if it is larger than any submission.
        RequestError: if it is larger than any body.
    """
    with await spool_body(request, keep=MAX_SUBMISSION_BYTES) as body:
        raw = body.read(MAX_SUBMISSION_BYTES + 1)
    if len(raw) > MAX_SUBMISSION_BYTES:
        raise MalformedError(f"expected a statement with its event of at most {MAX_SUBMISSION_BYTES:,} bytes, got more")
    return raw


async def spool_body(request: Request, keep: int = MAX_BODY_BYTES) -> IO[bytes]:
    """Return the body as a file at its start, cut off one byte after ``keep``.

    Raises:
        RequestError: if the whole is larger than any body; ``too-large``.
    """
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:20]) > MAX_BODY_BYTES:
        raise _too_large()
    body = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the caller closes it
    total = 0
    try:
        async for part in request.stream():
            if (room := keep + 1 - total) > 0:
                body.write(part[:room])
            total += len(part)
            if total > MAX_BODY_BYTES:
                raise _too_large()
    except BaseException:
        body.close()
        raise
    body.seek(0)
    return body


def read_lines(body: IO[bytes]) -> Iterator[Submission | MalformedError]:
    """Yield each line of a body as a submission, or what is wrong with it.

    A newline ends a line, the last one may go without. A line beyond the limit is passed
    over in pieces and answered as malformed.
    """
    while line := body.readline(MAX_SUBMISSION_BYTES + 2):
        if not line.endswith(b"\n") and len(line) > MAX_SUBMISSION_BYTES:
            while (rest := body.readline(MAX_SUBMISSION_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield MalformedError(f"expected a line of at most {MAX_SUBMISSION_BYTES:,} bytes, got more")
            continue
        try:
            yield read_submission(line.removesuffix(b"\n"))
        except MalformedError as error:
            yield error


def _too_large() -> RequestError:
    return RequestError(TOO_LARGE, f"expected a request body of at most {MAX_BODY_BYTES:,} bytes, got more")
