"""Submissions handed to the journal, its answers as what a sender reads.

A line of JSON Lines is answered as it would be alone, with its number and its status: the
receipt with 201 or 200, else the problem document, which has its status anyway. Only a
line that nobody looked at has the status ``not-judged``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import IO, Any, Final

from api.deps import Tally
from api.problems import problem_of
from api.request_bodies import read_lines
from ledger.files.formats import FORMATS
from ledger.files.receipt import Receipt
from ledger.home.opening import Home
from ledger.journal.answers import Answer, Refused, Taken
from ledger.journal.journal import Journal
from ledger.log.proofs import format_proof
from ledger.submission import Submission
from schemas.errors import LedgerError, MalformedError, QueueFullError
from schemas.strict_json import dump_json

# Enough lines to share a commit, and few enough bytes for many senders at once.
CHUNK_LINES: Final = 256
CHUNK_BYTES: Final = 4_000_000
NOT_JUDGED: Final = {"status": "not-judged"}

Body = dict[str, Any]
Outcome = Taken | LedgerError
Line = Submission | MalformedError


def outcome_of(answer: Answer) -> Outcome:
    """Return the error of a refusal, a receipt as it is."""
    return answer.error if isinstance(answer, Refused) else answer


def answer_of(outcome: Outcome, tally: Tally) -> tuple[int, Body]:
    """Return status and body for what became of one statement, and count it."""
    if isinstance(outcome, Taken):
        try:
            return _receipt(outcome, outcome.proof, tally)
        except LedgerError as error:
            outcome = error
    return _refusal(outcome, tally)


def answer_lines(body: IO[bytes], home: Home, tally: Tally, *, stops: bool) -> Iterator[bytes]:
    """Yield the answer to each line, in order; with ``stops``, none is taken after a refusal.

    Where the ledger itself fails, the lines that it could not take say so and those after
    them are not judged: to go on would take a chain's later statement before an earlier one.
    """
    with body:
        number = 0
        is_stopped = False
        for chunk in _chunks(read_lines(body)):
            outcomes = [None] * len(chunk) if is_stopped else _judge(chunk, home.journal, stops=stops)
            answers = _answers(outcomes, home, tally)
            for answer in answers:
                number += 1
                yield dump_json({"line": number, **answer}) + b"\n"
            is_stopped = is_stopped or any(_ends(answer, stops=stops) for answer in answers)


def _chunks(lines: Iterator[Line]) -> Iterator[list[Line]]:
    chunk: list[Line] = []
    size = 0
    for line in lines:
        chunk.append(line)
        size += len(line.event) if isinstance(line, Submission) else 0
        if len(chunk) == CHUNK_LINES or size > CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _judge(chunk: list[Line], journal: Journal, *, stops: bool) -> Sequence[Outcome | None]:
    """Judge a chunk; ``None`` for a line that was not judged because of an earlier one."""
    end = len(chunk)
    if stops:
        end = next((at for at, line in enumerate(chunk) if isinstance(line, MalformedError)), end)
    submissions = [line for line in chunk[:end] if isinstance(line, Submission)]
    try:
        answers = iter(journal.submit(submissions, stop_at_refusal=stops) if submissions else [])
    except LedgerError as error:
        return [error if isinstance(line, Submission) else line for line in chunk]
    judged = [line if isinstance(line, MalformedError) else _judged(next(answers)) for line in chunk[:end]]
    if end < len(chunk) and all(isinstance(outcome, Taken) for outcome in judged):
        fault = chunk[end]
        judged.append(fault if isinstance(fault, MalformedError) else None)
    return judged + [None] * (len(chunk) - len(judged))


def _judged(answer: Answer | None) -> Outcome | None:
    return None if answer is None else outcome_of(answer)


def _answers(outcomes: Sequence[Outcome | None], home: Home, tally: Tally) -> list[Body]:
    """Return a body for each line, all proofs of the chunk under one checkpoint."""
    taken = [outcome.index for outcome in outcomes if isinstance(outcome, Taken)]
    try:
        proofs = _prove(taken, home) if taken else {}
    except LedgerError as error:
        outcomes = [error if isinstance(outcome, Taken) else outcome for outcome in outcomes]
        proofs = {}
    return [_answer(outcome, proofs, tally) for outcome in outcomes]


def _answer(outcome: Outcome | None, proofs: dict[int, str], tally: Tally) -> Body:
    if outcome is None:
        return dict(NOT_JUDGED)
    if isinstance(outcome, Taken):
        status, receipt = _receipt(outcome, proofs[outcome.index], tally)
        return {"status": status, **receipt}
    return _refusal(outcome, tally)[1]


def _prove(indexes: list[int], home: Home) -> dict[int, str]:
    with home.store.reading() as snapshot:
        note = snapshot.checkpoint()
        return {index: format_proof(index, snapshot.path(index), note) for index in indexes}


def _receipt(taken: Taken, proof: str, tally: Tally) -> tuple[int, Body]:
    tally.add("new" if taken.is_new else "known")
    status = HTTPStatus.CREATED if taken.is_new else HTTPStatus.OK
    return status.value, FORMATS.receipts.newest.members(Receipt(taken.id, taken.index, proof))


def _refusal(error: LedgerError, tally: Tally) -> tuple[int, Body]:
    members = problem_of(error)
    tally.add(_outcome_name(error, members["status"]))
    return members["status"], members


def _ends(answer: Body, *, stops: bool) -> bool:
    """Say whether nothing may be taken behind this line."""
    status = answer["status"]
    least = HTTPStatus.BAD_REQUEST if stops else HTTPStatus.INTERNAL_SERVER_ERROR
    return isinstance(status, str) or status >= least


def _outcome_name(error: LedgerError, status: int) -> str:
    if isinstance(error, QueueFullError):
        return "queue_full"
    if isinstance(error, MalformedError):
        return "malformed"
    return "refused" if status < HTTPStatus.INTERNAL_SERVER_ERROR else "failed"
